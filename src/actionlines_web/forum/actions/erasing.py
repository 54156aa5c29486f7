"""What is left of somebody whose account is erased."""

from collections.abc import Iterable

from actionlines_web.accounts.models import User
from actionlines_web.forum.actions.editions import note_change
from actionlines_web.forum.models import Contribution, Favourite, Nomination, Person, Session


def erase_visitor(user: User, addresses: Iterable[str]) -> None:
    """Forget a person in the Forum, in the transaction that erases the account.

    Sessions and contributions are their organisations' and stay, without them; as a speaker they are taken out of every
    session, and what they nominated stays without their name.
    """
    wanted = {address.lower() for address in addresses}
    speakers = Person.objects.filter(email__in=wanted) | Person.objects.filter(user=user)
    for edition in set(speakers.values_list("edition_id", flat=True)):
        note_change(edition)
    speakers.delete()
    Nomination.objects.filter(email__in=wanted).delete()
    Favourite.objects.filter(user=user).delete()
    Contribution.objects.filter(author=user, state=Contribution.State.DRAFT).delete()
    Session.objects.filter(submitter=user, state=Session.State.DRAFT).delete()
