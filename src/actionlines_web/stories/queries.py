"""Reads of success stories."""

from django.db.models import QuerySet

from actionlines_web.stories.models import Story


def stories() -> QuerySet[Story]:
    """The stories of entries that stand, the newest year first."""
    found = Story.objects.filter(entry__archived_at=None).select_related("entry", "entry__organisation")
    return found.order_by("-year", "-pk")


def story_of(identifier: str) -> Story | None:
    """The story of an entry that stands, or None."""
    return stories().filter(entry__identifier=identifier).first()
