"""Whether the shop is alive, and whether it is ready to serve."""

from datetime import timedelta

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse

from storefront.core.clock import now
from storefront.core.models import Heartbeat
from storefront.core.queries import late_jobs

# The clock beats every minute; three missed beats are a fault.
SILENCE = timedelta(minutes=3)


def alive(request: HttpRequest) -> HttpResponse:
    """Say that the process answers; asks nobody."""
    del request
    return HttpResponse("ok", content_type="text/plain")


def ready(request: HttpRequest) -> JsonResponse:
    """
    Say whether database, migrations and background work are as they should be.

    A job that is late is named, and keeps nobody from buying: the shop is ready all the same.
    """
    del request
    late: list[str] = []
    checks = {"database": False, "migrations": False, "worker": False, "clock": False}
    try:
        executor = MigrationExecutor(connection)
        checks["database"] = True
        checks["migrations"] = not executor.migration_plan(executor.loader.graph.leaf_nodes())
        beats = Heartbeat.objects.filter(at__gte=now() - SILENCE).values_list("name", flat=True)
        checks |= {name: True for name in beats if name in checks}
        late = late_jobs(now=now())
    except DatabaseError:
        pass
    is_ready = all(checks.values())
    told = {"ready": is_ready, **checks, "late_jobs": late}
    return JsonResponse(told, status=200 if is_ready else 503)
