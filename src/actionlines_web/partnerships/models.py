"""Needs and offers, introductions with their stages, pledges and payments."""

from django.conf import settings
from django.db import models
from django.utils.translation import pgettext_lazy

from actionlines.results import partnerships as library


class Proposal(models.Model):
    """A need or an offer of an organisation. Its contact is for those alone to whom it was introduced."""

    class Side(models.TextChoices):
        """Whether something is sought or given."""

        NEED = library.NEED, pgettext_lazy("side of a partnership", "Need")
        OFFER = library.OFFER, pgettext_lazy("side of a partnership", "Offer")

    class Kind(models.TextChoices):
        """What is sought or given."""

        FUNDING = "funding", pgettext_lazy("kind of support", "Funding")
        EXPERTISE = "expertise", pgettext_lazy("kind of support", "Expertise")
        EQUIPMENT = "equipment", pgettext_lazy("kind of support", "Equipment")
        INCUBATION = "incubation", pgettext_lazy("kind of support", "Incubation of small enterprises")

    class State(models.TextChoices):
        """Who sees it."""

        DRAFT = "draft", pgettext_lazy("state of a proposal", "Draft")
        PUBLIC = "public", pgettext_lazy("state of a proposal", "Open")
        CLOSED = "closed", pgettext_lazy("state of a proposal", "Closed")

    side = models.CharField(max_length=5, choices=Side)
    kind = models.CharField(max_length=12, choices=Kind)
    state = models.CharField(max_length=8, choices=State, default=State.DRAFT)
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.CASCADE, related_name="+")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    language = models.CharField(max_length=2, default="en")
    title = models.CharField(max_length=200)
    description = models.TextField()
    # Codes between blanks, so that one can be looked for.
    lines = models.CharField(max_length=300, blank=True)
    targets = models.CharField(max_length=1200, blank=True)
    countries = models.CharField(max_length=1200, blank=True)
    amount = models.DecimalField(max_digits=15, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    contact_name = models.CharField(max_length=200, blank=True)
    contact_email = models.EmailField(blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        indexes = [models.Index(fields=["state", "side", "kind"], name="proposal_kind")]

    def __str__(self) -> str:
        return self.title

    @property
    def line_codes(self) -> list[str]:
        """The action lines it is about."""
        return self.lines.split()

    @property
    def target_codes(self) -> list[str]:
        """The goals and targets it is about."""
        return self.targets.split()

    @property
    def country_codes(self) -> list[str]:
        """The countries it is for; none for every country."""
        return self.countries.split()


class Introduction(models.Model):
    """Two organisations brought together over a need and an offer; it begins when one side asks."""

    class Stage(models.TextChoices):
        """How far they are (`partnerships.STAGES`)."""

        ASKED = library.ASKED, pgettext_lazy("stage of a partnership", "Asked for")
        INTRODUCED = library.INTRODUCED, pgettext_lazy("stage of a partnership", "Introduced")
        TALKING = library.TALKING, pgettext_lazy("stage of a partnership", "In talks")
        AGREED = library.AGREED, pgettext_lazy("stage of a partnership", "Agreed")
        ENDED = library.ENDED, pgettext_lazy("stage of a partnership", "Ended")
        DECLINED = library.DECLINED, pgettext_lazy("stage of a partnership", "Declined")

    need = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="+")
    offer = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="+")
    # Which side asked: its contact is given to the other one with the question, the other's when it accepts.
    asked_by = models.CharField(max_length=5, choices=Proposal.Side)
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.ASKED)
    message = models.TextField(blank=True)
    # Whether a side lets the agreement be counted in public figures; both must.
    public_by_need = models.BooleanField(default=False)
    public_by_offer = models.BooleanField(default=False)
    made_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["need", "offer"], name="introduced_once")]

    def __str__(self) -> str:
        return f"{self.need_id} – {self.offer_id}"


class StageStep(models.Model):
    """That a stage was reached."""

    introduction = models.ForeignKey(Introduction, on_delete=models.CASCADE, related_name="steps")
    stage = models.CharField(max_length=10, choices=Introduction.Stage)
    note = models.TextField(blank=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.introduction_id}: {self.stage}"


class Pledge(models.Model):
    """What the offering side promised."""

    introduction = models.ForeignKey(Introduction, on_delete=models.CASCADE, related_name="pledges")
    day = models.DateField()
    amount = models.DecimalField(max_digits=15, decimal_places=2)
    currency = models.CharField(max_length=3)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["day", "pk"]

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"


class Payment(models.Model):
    """What of a pledge was paid."""

    pledge = models.ForeignKey(Pledge, on_delete=models.CASCADE, related_name="payments")
    day = models.DateField()
    amount = models.DecimalField(max_digits=15, decimal_places=2)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["day", "pk"]

    def __str__(self) -> str:
        return str(self.amount)
