"""Seeing the site as somebody else: a person, or anybody with a role. Nothing can be changed meanwhile."""

from dataclasses import asdict, dataclass
from typing import Any, Final

from django.utils.translation import gettext

from actionlines_web.accounts.models import RoleGrant, User

SESSION_KEY: Final = "viewing"
# The number of a person who is not there: lists of "mine" are empty.
NOBODY: Final = 0
NO_ROLE: Final = "none"


@dataclass(frozen=True, slots=True)
class Viewing:
    """As whom: the number of a person, or a role ('none' for an account without one) and its scope."""

    person: int = NOBODY
    role: str = ""
    scope: str = ""

    def kept(self) -> dict[str, Any]:
        """As a session keeps it."""
        return asdict(self)

    def user(self) -> User | None:
        """The person, if the account is still there; a stand-in for a role."""
        if not self.role:
            return User.objects.filter(pk=self.person, is_active=True).first()
        role = (
            gettext("somebody with an account") if self.role == NO_ROLE else RoleGrant.Role(self.role).label
        )
        stand_in = User(pk=NOBODY, name=f"{role} {self.scope}".strip())
        stand_in.supposed = frozenset() if self.role == NO_ROLE else frozenset({(self.role, self.scope)})
        return stand_in
