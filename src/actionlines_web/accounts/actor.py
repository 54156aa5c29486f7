"""The actor of an action: a signed-in user, a visitor, or the command line of the machine itself."""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser

from actionlines_web.accounts.models import User


@dataclass(frozen=True, slots=True)
class System:
    """Somebody with a shell on the server: may do all an administrator may; audited under this name."""

    label: str = "command line"
    is_authenticated: bool = True

    def __str__(self) -> str:
        return self.label


Actor = User | AnonymousUser | System
