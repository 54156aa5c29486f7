"""Observations of indicators in all their vintages, and files of them on their way in."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Observation(models.Model):
    """One value of one series for one economy, year and breakdown, as the library's `Observation`, of one vintage.

    Rows are only ever added. `newest` marks, of all vintages of a value, the one that counts today: the latest,
    and a real one before one of the demonstration.
    """

    series = models.CharField(max_length=40)
    economy = models.CharField(max_length=3)
    period = models.CharField(max_length=4)
    breakdown = models.CharField(max_length=120, blank=True)
    value = models.DecimalField(max_digits=24, decimal_places=6)
    flag = models.CharField(max_length=4)
    source = models.CharField(max_length=300)
    note = models.TextField(blank=True)
    text = models.TextField(blank=True)
    # The day it was published or, where nobody says, became known here.
    vintage = models.DateField()
    # The population series a rate was made with, such as 'WPP 2024', '' where nobody says.
    population = models.CharField(max_length=40, blank=True)
    demonstration = models.BooleanField(default=False)
    newest = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["series", "economy", "period", "breakdown", "vintage", "demonstration"],
                name="observation_once",
            )
        ]
        indexes = [
            models.Index(
                fields=["series", "breakdown", "economy", "period"],
                name="observation_of_series",
                condition=models.Q(newest=True),
            ),
            models.Index(
                fields=["economy", "breakdown", "series", "period"],
                name="observation_of_economy",
                condition=models.Q(newest=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.economy} {self.series} {self.period}: {self.value}"


class Coverage(models.Model):
    """What is known of a series for an economy, kept by the action that stores observations.

    `latest` is the newest vintage of the latest year of the undivided series, if there is any.
    """

    series = models.CharField(max_length=40)
    economy = models.CharField(max_length=3)
    first = models.CharField(max_length=4)
    last = models.CharField(max_length=4)
    values = models.PositiveIntegerField()
    latest = models.ForeignKey(Observation, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["series", "economy"], name="coverage_once")]
        indexes = [models.Index(fields=["economy", "series"], name="coverage_of_economy")]

    def __str__(self) -> str:
        return f"{self.economy} {self.series}: {self.first}–{self.last}"


class Layout(models.Model):
    """How a spreadsheet's columns were read once, so that the next of its kind is read likewise.

    `signature` stands for the names of its columns; `mapping` is that of the library's `Mapping`.
    """

    signature = models.CharField(max_length=64, unique=True)
    mapping = models.JSONField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.signature[:12]


class ObservationBatch(models.Model):
    """An uploaded file of observations between its dry run and its application.

    `cells` are those of its sheet while it is undecided, so that it can be read in another way; `mapping` says how
    it was read, empty where nobody has said it yet. `rows` are observations, as `queries.batches` unpacks them.
    While a worker has it to read, `content` is the file as it came, `wanted` what else is known of it: the economy
    it is about, or the source and the series to download.
    """

    class State(models.TextChoices):
        """Where the batch stands."""

        READING = "reading", _("Being read")
        STAGED = "staged", _("Waiting for your decision")
        ORDERED = "ordered", _("Being stored")
        UNREADABLE = "unreadable", _("Could not be read")
        APPLIED = "applied", _("Applied")
        DISCARDED = "discarded", _("Discarded")

    file_name = models.CharField(max_length=255)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=16, choices=State, default=State.STAGED)
    mapping = models.JSONField(default=dict)
    cells = models.JSONField(default=list)
    content = models.BinaryField(default=bytes)
    wanted = models.JSONField(default=dict)
    source = models.CharField(max_length=300)
    vintage = models.DateField()
    population = models.CharField(max_length=40, blank=True)
    rows = models.JSONField(default=list)
    problems = models.JSONField(default=list)
    counts = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.file_name


class Finding(models.Model):
    """What a check found in a batch, what its owner says of it, and who agreed."""

    class State(models.TextChoices):
        """Where it stands."""

        OPEN = "open", _("to be answered")
        CONFIRMED = "confirmed", _("confirmed")
        CORRECTED = "corrected", _("corrected")
        LEFT_OUT = "left-out", _("value left out")

    batch = models.ForeignKey(ObservationBatch, on_delete=models.CASCADE, related_name="findings")
    rule = models.CharField(max_length=60)
    severity = models.CharField(max_length=10)
    economy = models.CharField(max_length=3)
    period = models.CharField(max_length=4)
    breakdown = models.CharField(max_length=120, blank=True)
    values = models.JSONField()
    template = models.TextField()
    said = models.JSONField()
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    signed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["economy", "-id"], name="finding_of_economy")]

    def __str__(self) -> str:
        return f"{self.rule} {self.economy} {self.period}"


class Questionnaire(models.Model):
    """Counts that an economy is asked for, of a year, until a day.

    `respondents` answer besides the statisticians of the economy. `batch` is the latest answer.
    """

    class Kind(models.TextChoices):
        """How much is asked."""

        SHORT = "short", _("Short")
        LONG = "long", _("Long")

    economy = models.CharField(max_length=3)
    year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, choices=Kind)
    due = models.DateField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    respondents = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True)
    reminded_on = models.DateField(null=True)
    batch = models.ForeignKey(ObservationBatch, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["economy", "year", "kind"], name="questionnaire_once")]

    def __str__(self) -> str:
        return f"{self.economy} {self.year} ({self.kind})"
