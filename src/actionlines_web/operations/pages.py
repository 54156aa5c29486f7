"""Addresses for machines: is the process alive, can it serve, how much does it do."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from actionlines_web.operations.health import checks, is_ready
from actionlines_web.operations.maintenance import is_closed


@never_cache
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """200 while the process answers: for whoever would start it again. It asks nothing of the database."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """200 when readers can be sent here, 503 when not; what was found in words for who sends the token of metrics."""
    found = checks()
    well = is_ready(found) and not is_closed()
    told = _has_token(request)
    said = {
        "ready": well,
        "maintenance": is_closed(),
        "checks": {
            check.name: {"well": check.well, "vital": check.vital} | ({"said": check.said} if told else {})
            for check in found
        },
    }
    return JsonResponse(said, status=200 if well else 503)


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus' page, for who sends the token of ACTIONLINES_METRICS_TOKEN; without one there is no page."""
    if not _has_token(request):
        raise Http404
    from actionlines_web.operations.metrics import exposition

    text, kind = exposition()
    return HttpResponse(text, content_type=kind)


def _has_token(request: HttpRequest) -> bool:
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    return bool(settings.METRICS_TOKEN) and constant_time_compare(given, settings.METRICS_TOKEN)
