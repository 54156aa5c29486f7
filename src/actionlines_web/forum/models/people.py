"""People of an edition and the sessions they appear in."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Person(models.Model):
    """Somebody who speaks at an edition; with or without an account. `code` is their name in addresses."""

    class Gender(models.TextChoices):
        """As they say themselves, for statistics and for a balanced choice."""

        FEMALE = "female", pgettext_lazy("gender", "Female")
        MALE = "male", pgettext_lazy("gender", "Male")
        OTHER = "other", pgettext_lazy("gender", "Other")
        UNSAID = "", pgettext_lazy("gender", "Not said")

    edition = models.ForeignKey("forum.Edition", on_delete=models.PROTECT, related_name="people")
    code = models.CharField(max_length=12)
    name = models.CharField(_("name"), max_length=200)
    # Small letters; '' where none is known. Never public.
    email = models.CharField(_("e-mail address"), max_length=254, blank=True)
    title = models.CharField(_("title or position"), max_length=200, blank=True)
    organisation = models.CharField(_("organisation"), max_length=300, blank=True)
    country = models.CharField(_("country"), max_length=3, blank=True)
    gender = models.CharField(_("gender"), max_length=8, choices=Gender, blank=True)
    language = models.CharField(max_length=2, default="en")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # Slots of the edition in which they cannot come.
    away = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "code"], name="person_code_once"),
            models.UniqueConstraint(
                fields=["edition", "email"], condition=~models.Q(email=""), name="person_email_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Appearance(models.Model):
    """A person in a session."""

    class Role(models.TextChoices):
        """What the person does there."""

        MODERATOR = "moderator", pgettext_lazy("role in a session", "Moderator")
        PANELLIST = "panellist", pgettext_lazy("role in a session", "Panellist")
        SPEAKER = "speaker", pgettext_lazy("role in a session", "Speaker")
        RAPPORTEUR = "rapporteur", pgettext_lazy("role in a session", "Rapporteur")

    class State(models.TextChoices):
        """What they answered."""

        NAMED = "named", pgettext_lazy("state of a speaker", "Not invited yet")
        INVITED = "invited", pgettext_lazy("state of a speaker", "Invited")
        CONFIRMED = "confirmed", pgettext_lazy("state of a speaker", "Confirmed")
        DECLINED = "declined", pgettext_lazy("state of a speaker", "Declined")

    session = models.ForeignKey("forum.Session", on_delete=models.CASCADE, related_name="appearances")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="appearances")
    role = models.CharField(_("role"), max_length=12, choices=Role, default=Role.PANELLIST)
    remote = models.BooleanField(_("takes part remotely"), default=False)
    state = models.CharField(max_length=10, choices=State, default=State.NAMED)
    position = models.PositiveSmallIntegerField(default=0)
    invited_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["session", "person"], name="appearance_once")]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.session_id}"
