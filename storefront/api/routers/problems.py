"""What each kind of problem is: the addresses that problems name as their `type`."""

from django.http import Http404, HttpRequest
from ninja import Router

from storefront.api.errors import KINDS
from storefront.api.schemas.problem import ProblemKind

router = Router(tags=["Problems"])


@router.get("/problems/{slug:code}", response=ProblemKind)
def problem_kind(request: HttpRequest, code: str) -> ProblemKind:
    """Tell what a kind of problem is."""
    if code not in KINDS:
        raise Http404
    return ProblemKind(code=code, title=str(KINDS[code].title), status=KINDS[code].status)
