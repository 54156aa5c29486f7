"""The personal agenda."""

from django.db import transaction

from actionlines_web.accounts.models import User
from actionlines_web.forum.models import Favourite, Session


@transaction.atomic
def choose_session(user: User, session: Session, *, wanted: bool) -> None:
    """Put a session into the reader's own agenda, or take it out; nobody else sees it."""
    if wanted:
        Favourite.objects.get_or_create(session=session, user=user)
    else:
        Favourite.objects.filter(session=session, user=user).delete()
