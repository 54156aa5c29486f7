"""What every page of an edition begins with."""

from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from actionlines.problems import InputError
from actionlines_web.accounts.models import RoleGrant, User
from actionlines_web.accounts.rules import scopes
from actionlines_web.forum.models import Edition, Session
from actionlines_web.forum.queries.editions import edition_by_slug, edition_of
from actionlines_web.forum.queries.published import published
from actionlines_web.forum.queries.sessions import session_by_number
from actionlines_web.forum.rules import owns
from actionlines_web.ui.problems import shown

METHODS = ["GET", "HEAD", "POST"]


def found_edition(slug: str) -> Edition:
    """The edition at this address."""
    found = edition_by_slug(slug)
    if found is None:
        raise Http404
    return found


def run_edition(request: HttpRequest, slug: str) -> tuple[User, Edition]:
    """The reader, who runs editions, and the edition."""
    if not request.user.has_perm("forum.run_edition"):
        raise PermissionDenied
    return cast("User", request.user), found_edition(slug)


def sees_desk(request: HttpRequest) -> bool:
    """Coordinators, and facilitators of any line."""
    return request.user.has_perm("forum.run_edition") or bool(
        scopes(cast("User", request.user), RoleGrant.Role.FACILITATOR)
    )


def own_session(request: HttpRequest, slug: str, number: int) -> tuple[User, Edition, Session]:
    """The reader, the edition, and the session, which the reader keeps; for anybody else there is none."""
    actor, edition, found = seen_session(request, slug, number)
    if not actor.has_perm("forum.keep_session", found):
        raise Http404
    return actor, edition, found


def seen_session(request: HttpRequest, slug: str, number: int) -> tuple[User, Edition, Session]:
    """The reader, the edition, and the session, which the reader may see: a draft its owners alone."""
    edition = found_edition(slug)
    found = session_by_number(edition, number)
    actor = cast("User", request.user)
    if found is None or not actor.has_perm("forum.see_session", found):
        raise Http404
    if found.state == Session.State.DRAFT and not owns(actor, found):
        raise Http404
    return actor, edition, found


def told(error: InputError) -> list[dict[str, Any]]:
    """The problems of an action, as pages show them."""
    return [shown(problem) for problem in error.problems]


def context_of(request: HttpRequest, edition: Edition, **more: Any) -> dict[str, Any]:
    """What the head of each page shows: the edition and the ways into it."""
    return {
        "edition": edition,
        "forum": edition_of(edition),
        "ways": _ways(request, edition),
        "now": timezone.now(),
        **more,
    }


def _ways(request: HttpRequest, edition: Edition) -> list[tuple[str, str, bool]]:
    """(label, address, whether it is this page) of each way that is open to the reader."""
    user = request.user
    offered = [
        (gettext("Overview"), "edition", True),
        (gettext("Programme"), "programme", published(edition).number > 0),
        (gettext("My agenda"), "agenda", user.is_authenticated and published(edition).number > 0),
        (gettext("Consultation"), "consultation", True),
        (gettext("My sessions"), "own", user.is_authenticated),
        (gettext("Desk"), "desk", user.is_authenticated and sees_desk(request)),
    ]
    here = request.resolver_match.view_name if request.resolver_match else ""
    return [
        (label, reverse(f"forum:{name}", args=[edition.slug]), here == f"forum:{name}")
        for label, name, is_shown in offered
        if is_shown
    ]
