"""What every page of an edition begins with."""

from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from actionlines_web.accounts.models import User
from actionlines_web.prizes.models import Edition
from actionlines_web.prizes.queries.editions import category_titles, edition_by_slug
from actionlines_web.prizes.queries.results import has_result
from actionlines_web.ui.language import library_language


def found_edition(slug: str) -> Edition:
    """The edition at this address."""
    found = edition_by_slug(slug)
    if found is None:
        raise Http404
    return found


def run_edition(request: HttpRequest, slug: str) -> tuple[User, Edition]:
    """The reader, who runs editions, and the edition."""
    if not request.user.has_perm("prizes.run_edition"):
        raise PermissionDenied
    return cast("User", request.user), found_edition(slug)


def context_of(request: HttpRequest, edition: Edition, **more: Any) -> dict[str, Any]:
    """What the head of each page shows: the edition, the ways into it, the names of its categories."""
    return {
        "edition": edition,
        "ways": _ways(request, edition),
        "names": category_titles(edition, library_language()),
        "now": timezone.now(),
        **more,
    }


def _ways(request: HttpRequest, edition: Edition) -> list[tuple[str, str, bool]]:
    """(label, address, whether it is this page) of each way that is open to the reader."""
    user = request.user
    offered = [
        (gettext("Overview"), "edition", True),
        (gettext("Categories"), "categories", True),
        (gettext("My projects"), "own", user.is_authenticated),
        (gettext("Review"), "reviews", user.has_perm("prizes.review_projects", edition)),
        (gettext("Vote"), "vote", True),
        (gettext("My votes"), "my-votes", user.is_authenticated),
        (gettext("Result"), "result", has_result(edition)),
        (gettext("Desk"), "desk", user.has_perm("prizes.run_edition")),
    ]
    here = request.resolver_match.view_name if request.resolver_match else ""
    return [
        (label, reverse(f"prizes:{name}", args=[edition.slug]), here == f"prizes:{name}")
        for label, name, shown in offered
        if shown
    ]
