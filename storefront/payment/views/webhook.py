"""The providers' door."""

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from storefront.core.services import ask_once, count_refused
from storefront.payment import services
from storefront.payment.gateways.base import BadSignature, UnknownThere
from storefront.payment.gateways.registry import gateway_of
from storefront.payment.tasks import WORKED_AFTER, work_messages

LARGEST_MESSAGE = 256 * 1024
# Genuine, but of a kind the shop did not ask for: refused, it would be sent again for days.
ANSWERS = {"thin": 200}


@csrf_exempt
@require_POST
def webhook(request: HttpRequest, provider: str) -> HttpResponse:
    """Keep a provider's message and answer at once; the worker acts on it."""
    try:
        header = gateway_of(provider).signature_header
    except UnknownThere as error:
        raise Http404 from error
    body = _body(request)
    if body is None:
        count_refused("provider", "too-large")
        return HttpResponse(status=413)
    try:
        signature = request.headers.get(header, "")
        event = services.receive(provider=provider, body=body, signature=signature)
    except BadSignature as refused:
        return HttpResponse(status=ANSWERS.get(refused.reason, 400))
    if event is not None:
        ask_once(work_messages, after=WORKED_AFTER)
    return HttpResponse(status=200)


def _body(request: HttpRequest) -> bytes | None:
    """Return what was sent, as it was sent; nothing if it is larger than any message."""
    try:
        length = int(request.headers.get("Content-Length") or 0)
        if length > LARGEST_MESSAGE:
            return None
        body: bytes = request.body
    except (RequestDataTooBig, ValueError):
        return None
    return body if len(body) <= LARGEST_MESSAGE else None
