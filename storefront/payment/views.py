"""The provider's door."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from storefront.payment import services
from storefront.payment.gateways.base import BadSignature
from storefront.payment.tasks import work_event


@csrf_exempt
@require_POST
def stripe_webhook(request: HttpRequest) -> HttpResponse:
    """Keep a message and answer at once; the worker acts on it."""
    try:
        event = services.receive(
            body=request.body, signature=request.headers.get("Stripe-Signature", "")
        )
    except BadSignature:
        return HttpResponse(status=400)
    if event is not None:
        work_event.enqueue(event.pk)
    return HttpResponse(status=200)
