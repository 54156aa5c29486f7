"""An announced event of Africa, and who keeps it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from actionlines_web.accounts.models import RoleGrant, User
from actionlines_web.events import actions
from actionlines_web.events.models import Event


@pytest.fixture
def keeper(db: None) -> User:
    """Moderates Africa."""
    user = User.objects.create_user("keeper@example.org")
    RoleGrant.objects.create(user=user, role=RoleGrant.Role.MODERATOR, scope="AFR")
    return user


def made(user: User, slug: str, days: int = 30, **options: object) -> Event:
    """An event that begins in so many days."""
    starts = timezone.now().replace(minute=0, second=0, microsecond=0) + timedelta(days=days)
    given = {
        "titles": {"en": f"Forum {slug}", "fr": f"Forum fr {slug}"},
        "kind": "development-forum",
        "starts": starts,
        "ends": starts + timedelta(days=2),
        "zone": "Africa/Nairobi",
        "region": "AFR",
        "country": "KEN",
        "city": "Nairobi",
        **options,
    }
    return actions.save_event(user, slug, new=True, **given)  # type: ignore[arg-type]


@pytest.fixture
def event(keeper: User) -> Event:
    """Announced, serving two regional initiatives."""
    found = made(keeper, "rdf", serves=["2018-2021/AFR1", "2023-2025/AFR1"])
    return actions.announce_event(keeper, found.slug, "public")
