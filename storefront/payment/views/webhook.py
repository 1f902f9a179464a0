"""The provider's door."""

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from storefront.core.services import count_refused
from storefront.payment import services
from storefront.payment.gateways.base import BadSignature
from storefront.payment.tasks import work_event

LARGEST_MESSAGE = 256 * 1024
# Genuine, but of a kind the shop did not ask for: refused, it would be sent again for days.
ANSWERS = {"thin": 200}


@csrf_exempt
@require_POST
def stripe_webhook(request: HttpRequest) -> HttpResponse:
    """Keep a message and answer at once; the worker acts on it."""
    body = _body(request)
    if body is None:
        count_refused("provider", "too-large")
        return HttpResponse(status=413)
    try:
        event = services.receive(body=body, signature=request.headers.get("Stripe-Signature", ""))
    except BadSignature as refused:
        return HttpResponse(status=ANSWERS.get(refused.reason, 400))
    if event is not None:
        work_event.enqueue(event.pk)
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
