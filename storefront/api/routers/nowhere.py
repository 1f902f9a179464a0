"""Every address the API does not have: a problem too, rather than the shop's page for people."""

from django.http import Http404, HttpRequest
from ninja import Router

router = Router()


@router.api_operation(
    ["GET", "POST", "PUT", "PATCH", "DELETE"], "/{path:rest}", include_in_schema=False
)
def nowhere(request: HttpRequest, rest: str) -> None:
    """
    Say that there is nothing here.

    Raises:
        Http404: always.
    """
    raise Http404(rest)
