"""Every address the API does not have: a problem too, rather than the shop's page for people."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import resolve
from ninja import Router

router = Router()


@router.api_operation(
    ["GET", "POST", "PUT", "PATCH", "DELETE"], "/{path:rest}", include_in_schema=False
)
def nowhere(request: HttpRequest, rest: str) -> HttpResponse:
    """
    Send on who wrote a slash too many; to anybody else say that there is nothing here.

    Raises:
        Http404: there is nothing without the slash either.
    """
    bare = request.path_info.rstrip("/")
    if bare == request.path_info or resolve(bare).url_name == "nowhere":
        raise Http404(rest)
    address = request.get_full_path().replace(request.path_info, bare, 1)
    return redirect(address, permanent=True, preserve_request=True)
