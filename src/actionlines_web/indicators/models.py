"""Observations of indicators."""

from django.db import models


class Observation(models.Model):
    """One value of one series for one economy and year, as the library's `Observation`."""

    economy = models.CharField(max_length=3)
    series = models.CharField(max_length=32)
    period = models.CharField(max_length=4)
    value = models.DecimalField(max_digits=24, decimal_places=6)
    flag = models.CharField(max_length=4)
    source = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    demonstration = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["economy", "series", "period", "source"], name="observation_once")
        ]
        indexes = [models.Index(fields=["series", "economy"], name="observation_by_series")]

    def __str__(self) -> str:
        return f"{self.economy} {self.series} {self.period}: {self.value}"
