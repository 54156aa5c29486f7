"""A cycle's framework: results in a tree, their indicators with targets, their budgets, and the periods that are closed."""

from django.conf import settings
from django.db import models
from django.utils.translation import pgettext_lazy

from actionlines.results.aggregation import Aggregation
from actionlines.results.chain import LEVELS


class Framework(models.Model):
    """The results framework of a cycle. While it is a draft, only coordinators see it. `title` is a text by language."""

    class State(models.TextChoices):
        """Who sees it."""

        DRAFT = "draft", pgettext_lazy("state of a results framework", "Draft")
        PUBLIC = "public", pgettext_lazy("state of a results framework", "Public")

    code = models.CharField(max_length=40, unique=True)
    cycle = models.CharField(max_length=40)
    title = models.JSONField(default=dict)
    source = models.CharField(max_length=500)
    periods = models.JSONField(default=list)
    state = models.CharField(max_length=8, choices=State, default=State.DRAFT)
    changed_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.code


class Lock(models.Model):
    """A period that is closed: nothing of it is entered, submitted, approved or withdrawn until it is opened again."""

    framework = models.ForeignKey(Framework, on_delete=models.CASCADE, related_name="locks")
    period = models.CharField(max_length=8)
    reason = models.CharField(max_length=500)
    locked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    locked_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["framework", "period"], name="period_locked_once")]

    def __str__(self) -> str:
        return f"{self.framework} {self.period}"


class Result(models.Model):
    """A programme, priority, objective, outcome or output. `organisation` reports for it and for what is below it."""

    framework = models.ForeignKey(Framework, on_delete=models.CASCADE, related_name="results")
    code = models.CharField(max_length=40)
    level = models.CharField(max_length=12, choices=[(level, level) for level in LEVELS])
    title = models.JSONField(default=dict)
    parent = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="children"
    )
    position = models.PositiveIntegerField()
    lines = models.JSONField(default=list)
    goals = models.JSONField(default=list)
    unverified = models.BooleanField(default=False)
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["framework", "code"], name="result_code_once")]
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return f"{self.framework_id} {self.code}"


class Indicator(models.Model):
    """A performance indicator; its fields are those of the library's `Indicator`."""

    framework = models.ForeignKey(Framework, on_delete=models.CASCADE, related_name="indicators")
    result = models.ForeignKey(Result, on_delete=models.CASCADE, related_name="indicators")
    code = models.CharField(max_length=40)
    title = models.JSONField(default=dict)
    unit = models.CharField(max_length=60, blank=True)
    aggregation = models.CharField(max_length=16, choices=[(kind.value, kind.value) for kind in Aggregation])
    baseline = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True)
    baseline_period = models.CharField(max_length=8, blank=True)
    parts = models.JSONField(default=list)
    part_of = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="made_of"
    )
    position = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["framework", "code"], name="indicator_code_once")]
        indexes = [models.Index(fields=["result", "position", "id"], name="indicator_of_result")]
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return f"{self.framework_id} {self.code}"


class Target(models.Model):
    """What an indicator is to reach by a period."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="targets")
    period = models.CharField(max_length=8)
    value = models.DecimalField(max_digits=24, decimal_places=6)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["indicator", "period"], name="target_once")]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.period}: {self.value}"


class Budget(models.Model):
    """What was planned and spent for a result in a period, in one currency."""

    result = models.ForeignKey(Result, on_delete=models.CASCADE, related_name="budgets")
    period = models.CharField(max_length=8)
    currency = models.CharField(max_length=3)
    planned = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    spent = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["result", "period", "currency"], name="budget_once")]
        ordering = ["period", "currency"]

    def __str__(self) -> str:
        return f"{self.result_id} {self.period} {self.currency}"
