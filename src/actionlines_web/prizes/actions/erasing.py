"""Taking a person out of the prizes."""

from actionlines_web.accounts.models import User
from actionlines_web.prizes.models import Ballot, Project, Reviewer, Voter

_UNSENT = (Project.State.DRAFT, Project.State.WITHDRAWN)


def erase_participant(user: User) -> int:
    """Delete what was never sent or was taken back; returns how many projects. Part of erasing an account.

    Projects that were sent and scores that were given stay under an erased person. Ballots stay counted under their
    tags and lead to nobody any more; appeals go.
    """
    doomed = Project.objects.filter(submitter=user, state__in=_UNSENT)
    number = doomed.count()
    doomed.delete()
    Reviewer.objects.filter(user=user).exclude(assignments__overall__isnull=False).delete()
    Ballot.objects.filter(voter__user=user).update(device="")
    Voter.objects.filter(user=user).delete()
    return number
