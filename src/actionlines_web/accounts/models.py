"""People and their roles."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    """Makes users from their e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A new user; without a password nobody can sign in as them by password."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A user with the administrator's role."""
        user = self.create_user(email, password, **fields)
        RoleGrant.objects.create(user=user, role=RoleGrant.Role.ADMINISTRATOR)
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """A person, known by e-mail address."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=8, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    # An erased account keeps its number, which the audit trail and published entries name, and nothing else.
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)

    # Roles (role, scope) of somebody who is only looked at as (accounts.viewing); such a user is never stored.
    supposed: frozenset[tuple[str, str]] | None = None

    USERNAME_FIELD = "email"
    objects = UserManager()

    def __str__(self) -> str:
        return gettext("an erased person") if self.erased_at else self.name or self.email


class SignedIn(models.Model):
    """A browser somebody is signed in with: a session, and what to know it by. Where it stands is not kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    session_key = models.CharField(max_length=40, unique=True)
    # Names of programs and systems as their makers write them, '' where unknown.
    browser = models.CharField(max_length=32, blank=True)
    system = models.CharField(max_length=32, blank=True)
    begun_at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.user_id}: {self.browser} {self.system}".rstrip()


class RoleGrant(models.Model):
    """A role a person holds on the site, everywhere or within a scope.

    Submitting needs no grant (every person with a verified address may), and the manager of an organisation is a
    member of it (`organisations.Membership`): both are no rows here.
    """

    class Role(models.TextChoices):
        """The roles in use."""

        MODERATOR = "moderator", _("moderator")
        FACILITATOR = "facilitator", _("facilitator")
        REVIEWER = "reviewer", _("reviewer")
        STATISTICIAN = "statistician", _("statistician")
        COORDINATOR = "coordinator", _("coordinator")
        ADMINISTRATOR = "administrator", _("administrator")

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=32, choices=Role)
    # '' everywhere; a region (AFR) or an action line (C7-HEA) for a moderator; a line for a facilitator; an economy (SEN) for a statistician.
    scope = models.CharField(max_length=16, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "role", "scope"], name="role_once_per_user_and_scope")
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.role} {self.scope}".rstrip()
