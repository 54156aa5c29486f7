"""What an organisation has in the Forum goes over to another one."""

from actionlines_web.forum.models import Contribution, Organiser


def move_sessions(source: int, target: int) -> None:
    """Sessions and contributions of one organisation (its number) become those of another, in the caller's transaction.

    The names stay as they were printed.
    """
    Organiser.objects.filter(organisation_id=source).update(organisation_id=target)
    Contribution.objects.filter(organisation_id=source).update(organisation_id=target)
