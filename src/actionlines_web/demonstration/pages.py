"""The way into a demonstration site without a password."""

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from actionlines_web.demonstration.queries import demonstration_coordinator

LOOPBACK = {"127.0.0.1", "::1"}


@require_POST
def enter(request: HttpRequest) -> HttpResponse:
    """Sign in as the demonstration's coordinator: only on a demonstration site, only from this machine itself."""
    if not settings.DEMONSTRATION or request.META.get("REMOTE_ADDR") not in LOOPBACK:
        raise Http404
    coordinator = demonstration_coordinator()
    if coordinator is None:
        raise Http404
    login(request, coordinator, backend="django.contrib.auth.backends.ModelBackend")
    following = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(following, allowed_hosts={request.get_host()}):
        following = "stocktaking:matrix"
    return redirect(following)
