"""Organisations."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class StakeholderType(models.TextChoices):
    """The stakeholder types of the WSIS process (the library's `STAKEHOLDER_TYPES`)."""

    GOVERNMENT = "government", _("Government")
    PRIVATE_SECTOR = "private-sector", _("Private sector")
    INTERNATIONAL_ORGANISATION = "international-organisation", _("International organisation")
    CIVIL_SOCIETY = "civil-society", _("Civil society")
    ACADEMIA = "academia", _("Academia")
    TECHNICAL_COMMUNITY = "technical-community", _("Technical community")
    OTHER = "other", _("Other")


class Organisation(models.Model):
    """An organisation, known by its name; names that fold to the same text are one organisation."""

    name = models.CharField(_("name"), max_length=300)
    folded_name = models.CharField(max_length=300, unique=True, editable=False)
    stakeholder_type = models.CharField(
        _("stakeholder type"), max_length=32, choices=StakeholderType, blank=True
    )
    country = models.CharField(_("country"), max_length=3, blank=True)

    def __str__(self) -> str:
        return self.name


class Alias(models.Model):
    """A name an organisation also goes by: the one it had before, or that of one merged into it."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=300)
    folded_name = models.CharField(max_length=300, unique=True, editable=False)

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A person who belongs to an organisation."""

    class Role(models.TextChoices):
        """What a member may do for the organisation."""

        MEMBER = "member", _("member")
        MANAGER = "manager", _("manager")

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=16, choices=Role, default=Role.MEMBER)
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "user"], name="membership_once")]

    def __str__(self) -> str:
        return f"{self.user} · {self.organisation}"


class Invitation(models.Model):
    """An address whose owner is invited to act for an organisation; whoever confirmed that address may accept."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="invitations")
    address = models.EmailField()
    role = models.CharField(max_length=16, choices=Membership.Role, default=Membership.Role.MEMBER)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "address"], name="invitation_once")]

    def __str__(self) -> str:
        return f"{self.address} · {self.organisation}"


class JoinRequest(models.Model):
    """Somebody who asks to act for an organisation."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="requests")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    message = models.CharField(max_length=500, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "user"], name="join_request_once")]

    def __str__(self) -> str:
        return f"{self.user} → {self.organisation}"
