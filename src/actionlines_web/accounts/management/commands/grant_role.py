"""`actionlines-web grant-role EMAIL ROLE`."""

from getpass import getpass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from actionlines_web.accounts.actions import ensure_user, set_password
from actionlines_web.accounts.actor import System
from actionlines_web.accounts.models import RoleGrant
from actionlines_web.accounts.queries import user_by_email


class Command(BaseCommand):
    """Makes accounts and gives roles."""

    help = "Give a person a role; a new account is made where needed, and its password asked for."

    def add_arguments(self, parser: CommandParser) -> None:
        """Adds whom and what."""
        parser.add_argument("email")
        parser.add_argument("role", choices=RoleGrant.Role.values)
        parser.add_argument("--name", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, ask, write."""
        email = options["email"].lower()
        try:
            validate_email(email)
        except ValidationError as error:
            raise CommandError(f"{email}: not an e-mail address", returncode=2) from error
        password = ""
        if user_by_email(email) is None:
            password = getpass("Password (12 characters or more): ")
            try:
                validate_password(password)
            except ValidationError as error:
                raise CommandError(" ".join(error.messages), returncode=2) from error
        user = ensure_user(
            System(), email=email, name=options["name"], roles=(options["role"],), welcome=True
        )
        if password:
            set_password(System(), user, password)
        self.stdout.write(f"{user.email} is now {options['role']}.")
