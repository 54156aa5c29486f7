"""Beginning and ending to see the site as somebody else."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from actionlines.problems import InputError, Problem, marked
from actionlines_web.accounts.actions.roles import scope_problems
from actionlines_web.accounts.models import User
from actionlines_web.accounts.queries import user_with_address
from actionlines_web.accounts.viewing import Viewing
from actionlines_web.audit.actions import write_record


@transaction.atomic
def begin_viewing(actor: User, *, email: str = "", role: str = "", scope: str = "") -> Viewing:
    """Note in the audit trail that an administrator looks at the site as a person, or as somebody with a role.

    Raises:
        PermissionDenied: the actor may not.
        InputError: nobody has this address, or the role knows no such scope.
    """
    if not actor.has_perm("accounts.view_as"):
        raise PermissionDenied("only administrators look at the site as others")
    if not email:
        if problems := scope_problems(role, scope):
            raise InputError(problems)
        write_record(actor, "view as", actor, {"role": role, "scope": scope})
        return Viewing(role=role, scope=scope)
    person = user_with_address(email)
    if person is None or not person.is_active:
        raise InputError(
            [Problem(marked("nobody has the address %(email)s."), {"email": email}, column="email")]
        )
    write_record(actor, "view as", person)
    return Viewing(person=person.pk)


@transaction.atomic
def end_viewing(actor: User) -> None:
    """Note the end of it."""
    write_record(actor, "view as oneself", actor)
