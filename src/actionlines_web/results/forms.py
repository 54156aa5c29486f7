"""Forms of results and of plans."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from actionlines.formats.actuals import members_of
from actionlines.frameworks import areas
from actionlines.results.aggregation import Aggregation
from actionlines.results.aggregation import Measure as LibraryMeasure
from actionlines.results.framework import frameworks
from actionlines.text import LANGUAGES
from actionlines_web.results.models import Indicator, Measure, Plan, Report
from actionlines_web.ui.language import country_name, language_name, library_language

LARGEST_TABLE = 5 * 1024 * 1024


class LoadForm(forms.Form):
    """A framework that comes with the site, or a file of one."""

    shipped = forms.ChoiceField(label=_("A framework that comes with the site"), required=False)
    file = forms.FileField(
        label=_("Or a file of your own"),
        required=False,
        help_text=_("A toml file of results and indicators."),
    )

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        language = library_language()
        self.fields["shipped"].choices = [  # type: ignore[attr-defined]
            ("", "—"),
            *((item.code, item.title.get(language)) for item in frameworks().values()),
        ]

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        cleaned = super().clean() or {}
        if bool(cleaned.get("shipped")) == bool(cleaned.get("file")):
            raise forms.ValidationError(_("Choose a framework or a file."))
        return cleaned


class LockForm(forms.Form):
    """Why a period is closed."""

    reason = forms.CharField(label=_("Why it is closed"), max_length=500)


class BudgetForm(forms.Form):
    """What was planned and spent."""

    currency = forms.CharField(
        label=_("Currency"), max_length=3, min_length=3, help_text=_("Its three letters, such as CHF.")
    )
    planned = forms.DecimalField(
        label=_("Planned"), required=False, min_value=0, max_digits=18, decimal_places=2
    )
    spent = forms.DecimalField(label=_("Spent"), required=False, min_value=0, max_digits=18, decimal_places=2)


class OrganisationForm(forms.Form):
    """Which organisation reports."""

    organisation = forms.CharField(
        label=_("Organisation that reports"),
        max_length=300,
        required=False,
        help_text=_("Its name as the site knows it; empty takes it back."),
    )


class TableForm(forms.Form):
    """A table of what was measured."""

    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "csv, xlsx or ods with the columns indicator, period, part, value, weight, members and narrative. You "
            "first see what would be kept."
        ),
    )


class RemarkForm(forms.Form):
    """Why a report is given back."""

    remark = forms.CharField(
        label=_("What is to be mended"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )


class ReportForm(forms.Form):
    """What was measured of an indicator in a period: a field for the whole and one for each part."""

    narrative = forms.CharField(
        label=_("What is behind the figures"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
    )
    evidence = forms.CharField(
        label=_("What shows it"),
        required=False,
        max_length=5_000,
        help_text=_(
            "Separated by commas: entry:ID for an entry of the register, row:LINE/CYCLE/NUMBER for an activity of a "
            "public road map."
        ),
    )

    def __init__(
        self,
        *arguments: Any,
        indicator: Indicator,
        report: Report | None = None,
        measures: Mapping[str, Measure] | None = None,
        **options: Any,
    ) -> None:
        if report is not None:
            options.setdefault("initial", _initial(report, measures or {}))
        super().__init__(*arguments, **options)
        self.parts = ["", *indicator.parts]
        narrative, evidence = self.fields.pop("narrative"), self.fields.pop("evidence")
        for place, part in enumerate(self.parts):
            self._add(indicator, place, part)
        self.fields |= {"narrative": narrative, "evidence": evidence}

    def _add(self, indicator: Indicator, place: int, part: str) -> None:
        name = part or _("For all")
        number = forms.DecimalField(
            label=name, required=False, max_digits=24, decimal_places=6, localize=False
        )
        if indicator.aggregation == Aggregation.DISTINCT:
            number.help_text = _("Leave it empty where the members are named: they are counted.")
        self.fields[f"value-{place}"] = number
        if indicator.aggregation == Aggregation.WEIGHTED_MEAN:
            self.fields[f"weight-{place}"] = forms.DecimalField(
                label=_("Size of what it is a share of: %(part)s") % {"part": name},
                required=False,
                min_value=0,
                max_digits=24,
                decimal_places=6,
            )
        if indicator.aggregation == Aggregation.DISTINCT:
            self.fields[f"members-{place}"] = forms.CharField(
                label=_("Members: %(part)s") % {"part": name},
                required=False,
                max_length=10_000,
                help_text=_("Separated by semicolons, such as SEN; MLI."),
            )

    def measures(self) -> dict[str, LibraryMeasure]:
        """Part to measure, those only in which anything stands."""
        found = {}
        for place, part in enumerate(self.parts):
            measure = LibraryMeasure(
                self.cleaned_data.get(f"value-{place}"),
                self.cleaned_data.get(f"weight-{place}"),
                members_of(self.cleaned_data.get(f"members-{place}") or ""),
            )
            if measure.value is not None or measure.members:
                found[part] = measure
        return found

    def clean_evidence(self) -> list[str]:
        """What shows it, each once."""
        parts = (part.strip() for part in self.cleaned_data["evidence"].split(","))
        return list(dict.fromkeys(part for part in parts if part))


def _initial(report: Report, measures: Mapping[str, Measure]) -> dict[str, Any]:
    initial: dict[str, Any] = {"narrative": report.narrative, "evidence": ", ".join(report.evidence)}
    for place, part in enumerate(["", *report.indicator.parts]):
        if part in measures:
            row = measures[part]
            initial[f"value-{place}"] = None if row.members else _plain(row.value)
            initial[f"weight-{place}"] = _plain(row.weight)
            initial[f"members-{place}"] = "; ".join(row.members)
    return initial


def _plain(value: Decimal | None) -> str | None:
    return None if value is None else f"{value.normalize():f}"


def _countries() -> list[tuple[str, str]]:
    return sorted(((area.iso3, country_name(area.iso3)) for area in areas()), key=lambda pair: pair[1])


class PlanForm(forms.Form):
    """A plan to be read."""

    title = forms.CharField(label=_("Title"), max_length=300)
    country = forms.ChoiceField(label=_("Country"), choices=lazy(_countries, list)())
    kind = forms.ChoiceField(label=_("Kind of plan"), choices=Plan.Kind)
    language = forms.ChoiceField(
        label=_("Language of the plan"), required=False, help_text=_("Left open, it is found out.")
    )
    organisation = forms.TypedChoiceField(
        label=_("For"), coerce=int, required=False, empty_value=None, help_text=_("Whose members keep it.")
    )
    file = forms.FileField(label=_("File"), help_text=_("docx, PDF or plain text, with text in it."))
    public = forms.BooleanField(label=_("Everybody may see what it covers"), required=False)

    def __init__(
        self, *arguments: Any, organisations: list[tuple[int, str]], open_to_none: bool, **options: Any
    ) -> None:
        super().__init__(*arguments, **options)
        self.fields["language"].choices = [  # type: ignore[attr-defined]
            ("", "—"),
            *((code, language_name(code)) for code in LANGUAGES),
        ]
        none = [("", "—")] if open_to_none else []
        self.fields["organisation"].choices = [*none, *organisations]  # type: ignore[attr-defined]
        self.fields["organisation"].required = not open_to_none
