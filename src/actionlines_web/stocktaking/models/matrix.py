"""The counted matrix."""

from django.db import models

from actionlines_web.stocktaking.models.choices import Tier


class MatrixCell(models.Model):
    """How many entries touch a row and a column of the matrix, kept by the actions that write links.

    `rows` names the framework of the rows ('wsis' or 'itu-d-2020'). `row` or `column` '*' is the margin: distinct
    entries over the whole row or column. `level` is 'goal' for the goals' columns and the margins, or the goal whose
    target the column is. `tier` is the firmest tier at which those entries reach the cell, so a matrix "up to tier 3"
    adds tiers 1 to 3. An entry stands in each cell at exactly one tier.
    Cells of `scope` 'all' add up over every country, year and stakeholder type: the page without a filter.
    """

    scope = models.CharField(max_length=8)
    rows = models.CharField(max_length=16)
    level = models.CharField(max_length=8)
    row = models.CharField(max_length=16)
    column = models.CharField(max_length=8)
    tier = models.PositiveSmallIntegerField(choices=Tier)
    region = models.CharField(max_length=3, blank=True)
    country = models.CharField(max_length=3, blank=True)
    year = models.PositiveSmallIntegerField(default=0)
    stakeholder_type = models.CharField(max_length=32, blank=True)
    entries = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=[
                    *("scope", "rows", "level", "row", "column"),
                    *("tier", "region", "country", "year", "stakeholder_type"),
                ],
                name="cell_once",
            )
        ]
        # A matrix is read in this order, from the index alone.
        indexes = [
            models.Index(
                fields=[
                    *("scope", "rows", "level", "row", "column"),
                    *("tier", "region", "country", "year", "stakeholder_type", "entries"),
                ],
                name="cell_read",
            )
        ]

    def __str__(self) -> str:
        return f"{self.row} × {self.column}: {self.entries}"
