"""The Open Consultation Process: what stakeholders send in, and whom they nominate."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from actionlines_web.forum.models.people import Person


class Contribution(models.Model):
    """What a stakeholder says about the next Forum. `fields` holds the answers: name of a question to text.

    Sent contributions are public, with the name of the organisation and not of the person.
    """

    class State(models.TextChoices):
        """Where it stands."""

        DRAFT = "draft", pgettext_lazy("state of a contribution", "Draft")
        SENT = "sent", pgettext_lazy("state of a contribution", "Sent")
        WITHDRAWN = "withdrawn", pgettext_lazy("state of a contribution", "Withdrawn")

    edition = models.ForeignKey("forum.Edition", on_delete=models.PROTECT, related_name="contributions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    organisation_name = models.CharField(_("organisation"), max_length=300, blank=True)
    stakeholder_type = models.CharField(_("stakeholder type"), max_length=32, blank=True)
    country = models.CharField(_("country"), max_length=3, blank=True)
    region = models.CharField(max_length=3, blank=True)
    language = models.CharField(max_length=2, default="en")
    # Code of the period it was sent in.
    period = models.CharField(max_length=40, blank=True)
    fields = models.JSONField(default=dict)
    # Action line → topics.
    topics = models.JSONField(default=dict)
    sent_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["edition", "number"], name="contribution_number_once")]
        indexes = [models.Index(fields=["edition", "state", "number"], name="contribution_by_state")]

    def __str__(self) -> str:
        return f"{self.number} · {self.organisation_name}"


class Nomination(models.Model):
    """Somebody nominated as a facilitator of the high-level track."""

    class State(models.TextChoices):
        """What became of it."""

        SENT = "sent", pgettext_lazy("state of a nomination", "Received")
        CHOSEN = "chosen", pgettext_lazy("state of a nomination", "Chosen")
        PASSED_OVER = "passed-over", pgettext_lazy("state of a nomination", "Not chosen")
        WITHDRAWN = "withdrawn", pgettext_lazy("state of a nomination", "Withdrawn")

    edition = models.ForeignKey("forum.Edition", on_delete=models.PROTECT, related_name="nominations")
    state = models.CharField(max_length=12, choices=State, default=State.SENT)
    nominator = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    name = models.CharField(_("name"), max_length=200)
    email = models.CharField(_("e-mail address"), max_length=254)
    organisation_name = models.CharField(_("organisation"), max_length=300)
    stakeholder_type = models.CharField(_("stakeholder type"), max_length=32)
    country = models.CharField(_("country"), max_length=3)
    region = models.CharField(max_length=3, blank=True)
    gender = models.CharField(_("gender"), max_length=8, choices=Person.Gender, blank=True)
    statement = models.TextField(_("why this person"), blank=True)
    reason = models.CharField(max_length=500, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "email"],
                condition=~models.Q(state="withdrawn"),
                name="nomination_once",
            )
        ]

    def __str__(self) -> str:
        return self.name
