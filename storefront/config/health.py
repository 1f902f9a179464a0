"""Whether the shop is alive, and whether it is ready to serve."""

from datetime import timedelta

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse

from storefront.core.clock import now
from storefront.core.models import Heartbeat

# The clock beats every minute; three missed beats are a fault.
SILENCE = timedelta(minutes=3)


def alive(request: HttpRequest) -> HttpResponse:
    """Say that the process answers; asks nobody."""
    del request
    return HttpResponse("ok", content_type="text/plain")


def ready(request: HttpRequest) -> JsonResponse:
    """Say whether database, migrations and background work are as they should be."""
    del request
    checks = {"database": False, "migrations": False, "worker": False, "clock": False}
    try:
        executor = MigrationExecutor(connection)
        checks["database"] = True
        checks["migrations"] = not executor.migration_plan(executor.loader.graph.leaf_nodes())
        beats = Heartbeat.objects.filter(at__gte=now() - SILENCE).values_list("name", flat=True)
        checks |= {name: True for name in beats if name in checks}
    except DatabaseError:
        pass
    is_ready = all(checks.values())
    return JsonResponse({"ready": is_ready, **checks}, status=200 if is_ready else 503)
