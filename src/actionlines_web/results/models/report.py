"""What was reported of an indicator in a period, and the figures that come of it."""

from django.conf import settings
from django.db import models
from django.utils.translation import pgettext_lazy

from actionlines_web.results.models.chain import Indicator


class Report(models.Model):
    """What an organisation says of an indicator in a period, on its way from draft to approval.

    One counts (`approved`) and one may be on its way beside it; an approved one that another took the place of stays as
    `replaced`, so that the history shows what was said when.
    """

    class State(models.TextChoices):
        """Where it stands."""

        DRAFT = "draft", pgettext_lazy("state of a report of results", "Draft")
        SUBMITTED = "submitted", pgettext_lazy("state of a report of results", "Waiting for approval")
        APPROVED = "approved", pgettext_lazy("state of a report of results", "Approved")
        REPLACED = "replaced", pgettext_lazy("state of a report of results", "Replaced by a later one")

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="reports")
    period = models.CharField(max_length=8)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    narrative = models.TextField(blank=True)
    language = models.CharField(max_length=2, default="en")
    # 'entry:ID' and 'row:LINE/CYCLE/NUMBER': what shows it.
    evidence = models.JSONField(default=list)
    # Why a coordinator gave it back.
    remark = models.TextField(blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "period"],
                condition=models.Q(state__in=["draft", "submitted"]),
                name="report_on_its_way_once",
            ),
            models.UniqueConstraint(
                fields=["indicator", "period"],
                condition=models.Q(state="approved"),
                name="report_approved_once",
            ),
        ]
        indexes = [models.Index(fields=["state", "id"], name="report_by_state")]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.period}: {self.state}"


class Measure(models.Model):
    """A figure of a report, for all (part '') or for one part, as the library's `Measure`."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="measures")
    part = models.CharField(max_length=60, blank=True)
    value = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True)
    weight = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True)
    members = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "part"], name="measure_once")]

    def __str__(self) -> str:
        return f"{self.report_id} {self.part}: {self.value}"


class Figure(models.Model):
    """The figure of an indicator up to a period and how it is rated; made of approved reports by the actions alone."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="figures")
    period = models.CharField(max_length=8)
    value = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True)
    partial = models.BooleanField(default=False)
    share = models.DecimalField(max_digits=10, decimal_places=4, null=True, blank=True)
    rating = models.CharField(max_length=10)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["indicator", "period"], name="figure_once")]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.period}: {self.value}"
