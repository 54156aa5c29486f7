"""The forms of the import of statistics."""

from collections.abc import Mapping as Mapping_
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actionlines.connectors import Source
from actionlines.formats.statistics import Mapping
from actionlines.formats.tabular import Grid, cell_name
from actionlines.frameworks import areas
from actionlines.measurement import series
from actionlines_web.indicators.models import Questionnaire
from actionlines_web.ui.language import country_name, library_language

FACTORS = (("", _("not said")), ("1", _("units")), ("1000", _("thousands")), ("1000000", _("millions")))
FRACTIONS = (("", _("not said")), ("no", _("as 45.2")), ("yes", _("as 0.452")))
LAYOUT_NAMES = (
    ("long", _("One row for each value")),
    ("wide", _("A column for each year")),
    ("labels", _("A column for each year, rows named in words, one economy")),
)


def _economies() -> list[tuple[str, str]]:
    return [
        ("", "–"),
        *sorted(((one.iso3, country_name(one.iso3)) for one in areas()), key=lambda one: one[1]),
    ]


def _series() -> list[tuple[str, str]]:
    language = library_language()
    return [("", "–"), *((one.code, f"{one.code} · {one.title.get(language)}") for one in series())]


class UploadForm(forms.Form):
    """The file, and what holds for all of its values."""

    file = forms.FileField(
        label=_("Table of statistics"),
        help_text=_(
            "csv, xlsx or SDMX (csv, xml), at most 20 MB. Nothing is stored until you have seen what would happen."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.tsv,.xlsx,.xls,.ods,.xml"}),
        error_messages={"required": _("Choose a file first: csv, xlsx or SDMX.")},
        allow_empty_file=True,
    )
    source = forms.CharField(
        label=_("Source"),
        max_length=300,
        help_text=_("Who counted; rows that name a source of their own keep it."),
    )
    vintage = forms.DateField(
        label=_("Published on"),
        initial=lambda: timezone.now().date(),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The vintage: revised values are kept beside those of earlier days."),
    )
    population = forms.CharField(
        label=_("Population series used"),
        max_length=40,
        required=False,
        help_text=_("Such as WPP 2024; if you know it."),
    )
    economy = forms.ChoiceField(
        label=_("Economy"), required=False, help_text=_("Only where the table itself does not say it.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["economy"].choices = _economies()  # type: ignore[attr-defined]


class DownloadForm(forms.Form):
    """What to download from where."""

    source = forms.ChoiceField(label=_("Source"))
    series = forms.MultipleChoiceField(
        label=_("Series"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Behind each stand the sources that have it."),
        error_messages={"required": _("Choose one series or more.")},
    )
    economy = forms.ChoiceField(label=_("Economy"), required=False)
    first = forms.IntegerField(label=_("From year"), min_value=1960, max_value=2100, initial=2000)
    last = forms.IntegerField(
        label=_("Until year"), min_value=1960, max_value=2100, initial=lambda: timezone.now().year
    )
    vintage = forms.DateField(
        label=_("Published on"),
        initial=lambda: timezone.now().date(),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The vintage: revised values are kept beside those of earlier days."),
    )

    def __init__(
        self, sources: Mapping_[str, Source], economies: Sequence[str] | None, *args: Any, **kwargs: Any
    ) -> None:
        """A form for the sources that are configured, and the economies one reports for (None: all)."""
        super().__init__(*args, **kwargs)
        language = library_language()
        known: dict[str, list[str]] = {}
        for source in sources.values():
            for code in source.codes():
                known.setdefault(code, []).append(source.name)
        self.fields["source"].choices = [(code, one.name) for code, one in sources.items()]  # type: ignore[attr-defined]
        self.fields["series"].choices = [  # type: ignore[attr-defined]
            (one.code, f"{one.code} · {one.title.get(language)} ({', '.join(known[one.code])})")
            for one in series()
            if one.code in known
        ]
        every = _economies()[1:]
        self.fields["economy"].choices = (  # type: ignore[attr-defined]
            [("", _("All")), *every] if economies is None else [one for one in every if one[0] in economies]
        )

    def clean(self) -> dict[str, Any]:
        """The years in their order."""
        given = super().clean() or {}
        if given.get("first") and given.get("last") and given["first"] > given["last"]:
            self.add_error("last", _("It is before the first year."))
        return given


class MappingForm(forms.Form):
    """How a table is read."""

    layout = forms.ChoiceField(label=_("Layout"), choices=LAYOUT_NAMES)
    header = forms.IntegerField(label=_("Row of the header"), min_value=1)
    factor = forms.ChoiceField(label=_("Counts are in"), choices=FACTORS, required=False)
    fractions = forms.ChoiceField(label=_("Percentages are written"), choices=FRACTIONS, required=False)
    economy = forms.ChoiceField(label=_("All values are of the economy"), required=False)
    series = forms.ChoiceField(label=_("All values are of the series"), required=False)
    economy_column = forms.ChoiceField(label=_("Column of the economy"), required=False)
    series_column = forms.ChoiceField(label=_("Column of the series"), required=False)
    period_column = forms.ChoiceField(label=_("Column of the year"), required=False)
    value_column = forms.ChoiceField(label=_("Column of the value"), required=False)
    label_column = forms.ChoiceField(label=_("Column of the rows’ names"), required=False)
    flag_column = forms.ChoiceField(label=_("Column of the flag"), required=False)
    note_column = forms.ChoiceField(label=_("Column of the notes"), required=False)
    source_column = forms.ChoiceField(label=_("Column of the source"), required=False)

    def __init__(self, grid: Grid, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.grid = grid
        self.fields["economy"].choices = _economies()  # type: ignore[attr-defined]
        self.fields["series"].choices = _series()  # type: ignore[attr-defined]
        said = str(self.data.get("header") or self.initial.get("header", ""))
        header = int(said) if said.isdecimal() and len(said) < 9 else 1
        head = grid.rows[min(max(header, 1), len(grid.rows)) - 1]
        width = max(len(row) for row in grid.rows[:50])
        columns = [("", "–")] + [
            (str(place), f"{cell_name(1, place)[:-1]} · {head[place] if place < len(head) else ''}"[:60])
            for place in range(min(width, 100))
        ]
        for name, field in self.fields.items():
            if name.endswith("_column"):
                field.choices = columns  # type: ignore[attr-defined]

    @classmethod
    def of(cls, grid: Grid, mapping: Mapping | None) -> "MappingForm":
        """The form with what is known filled in."""
        if mapping is None:
            return cls(grid, initial={"header": 1, "layout": "long"})
        initial: dict[str, Any] = {
            "layout": mapping.layout,
            "header": mapping.header,
            "economy": mapping.economy,
            "series": mapping.series,
            "factor": "" if mapping.factor is None else str(mapping.factor),
            "fractions": {None: "", True: "yes", False: "no"}[mapping.fractions],
        }
        initial |= {f"{role}_column": str(place) for role, place in mapping.columns.items()}
        return cls(grid, initial=initial)

    def clean_header(self) -> int:
        """Within the table."""
        header: int = self.cleaned_data["header"]
        if header > len(self.grid.rows):
            raise forms.ValidationError(_("The table has no such row."))
        return header

    def clean(self) -> dict[str, Any]:
        """What a layout cannot do without."""
        given = super().clean() or {}
        needed = {
            "long": (("economy",), ("series",), ("period_column",), ("value_column",)),
            "wide": (("economy",), ("series",)),
            "labels": (("label_column",),),
        }
        for (name,) in needed.get(given.get("layout", ""), ()):
            column = name if name.endswith("_column") else f"{name}_column"
            if not given.get(column) and not given.get(name):
                self.add_error(column, _("The layout needs it."))
        if given.get("layout") == "labels":
            for name in ("economy", "series"):
                if not given.get(name):
                    self.add_error(name, _("The layout needs it."))
        return given

    def mapping(self) -> Mapping:
        """What was said; the columns of years are still to be found."""
        given = self.cleaned_data
        columns = {
            name.removesuffix("_column"): int(value)
            for name, value in given.items()
            if name.endswith("_column") and value
        }
        return Mapping(
            given["layout"],
            given["header"],
            columns,
            economy=given["economy"],
            series=given["series"],
            factor=int(given["factor"]) if given["factor"] else None,
            fractions={"": None, "yes": True, "no": False}[given["fractions"]],
        )


class AnswerForm(forms.Form):
    """What the owner of a figure says to a finding."""

    kind = forms.ChoiceField(
        choices=(
            ("confirm", _("It is right")),
            ("correct", _("It is wrong: correct it")),
            ("leave-out", _("Leave it out")),
        )
    )
    reason = forms.CharField(max_length=2_000, required=False)
    place = forms.IntegerField(required=False)
    value = forms.DecimalField(required=False, max_digits=24, decimal_places=6)


class AskForm(forms.Form):
    """Whom to ask for which year, until when."""

    economy = forms.ChoiceField(label=_("Economy"))
    year = forms.IntegerField(label=_("Year"), min_value=1990, max_value=2100)
    kind = forms.ChoiceField(label=_("Questionnaire"), choices=Questionnaire.Kind.choices)
    due = forms.DateField(
        label=_("Answer until"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["economy"].choices = _economies()  # type: ignore[attr-defined]
