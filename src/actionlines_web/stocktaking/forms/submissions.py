"""The form "Add an entry", made of its table of fields; whatever is written is kept, right or wrong."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from actionlines.frameworks import areas
from actionlines.problems import Problem
from actionlines.stocktaking.fields import FIRST_YEAR, LAST_YEAR
from actionlines.text import LANGUAGES, fold
from actionlines_web.organisations.queries import stakeholder_labels
from actionlines_web.stocktaking.forms.fields import FIELDS, FormField
from actionlines_web.stocktaking.models import Coverage, Stage
from actionlines_web.ui.language import country_name, language_name
from actionlines_web.ui.problems import sentence

OWN_ORGANISATION = "own_organisation"
PICKERS = ("nodes", "countries")


class SubmissionForm(forms.Form):
    """The fields of an entry as their owner writes them.

    Nothing is checked here but that it is text: the library reads it (`note`), and a draft may be unfinished.
    """

    def __init__(
        self, fields: Mapping[str, str], organisations: Iterable[str], data: Mapping[str, Any] | None = None
    ) -> None:
        own = list(organisations)
        initial: dict[str, Any] = {
            name: fields.get(name, "") if item.kind not in PICKERS else _codes(fields.get(name, ""))
            for name, item in FIELDS.items()
        }
        if own and fields.get("organisation") in own:
            initial |= {OWN_ORGANISATION: fields["organisation"], "organisation": ""}
        super().__init__(data, initial=initial)
        for name, item in FIELDS.items():
            if item.kind == "organisation" and own:
                self.fields[OWN_ORGANISATION] = forms.ChoiceField(
                    label=item.label,
                    required=False,
                    choices=[("", _("Another organisation")), *((said, said) for said in own)],
                )
            self.fields[name] = _made(item, str(initial[name]))
        if own:
            self.fields["organisation"].label = _("Name of the other organisation")

    def written(self) -> dict[str, str]:
        """Column to text, as an action takes it; a field that did not arrive is left out, and so stays as it is."""
        self.full_clean()
        found = {}
        for name, item in FIELDS.items():
            # A list in which nothing is chosen sends nothing: it counts as empty where the form around it arrived.
            if name not in self.data and not (item.kind in PICKERS and "title" in self.data):
                continue
            value = self.cleaned_data.get(name, self.data.get(name, ""))
            found[name] = "; ".join(value) if item.kind in PICKERS else str(value)
        if self.cleaned_data.get(OWN_ORGANISATION):
            found["organisation"] = self.cleaned_data[OWN_ORGANISATION]
        return found

    def note(self, problems: Iterable[Problem]) -> list[Problem]:
        """Put each problem beside its field; returns those that belong to no field."""
        self.full_clean()
        homeless = []
        for problem in problems:
            if problem.column in self.fields and problem.severity == "error":
                self.add_error(problem.column, sentence(problem))
            else:
                homeless.append(problem)
        return homeless


class _AnyChoice(forms.MultipleChoiceField):
    """Takes every code: what is not known is a matter for the reader of the fields, who says so."""

    def valid_value(self, value: str) -> bool:
        """Always."""
        return True


class _AnyOne(forms.ChoiceField):
    """As `_AnyChoice`, for one."""

    def valid_value(self, value: str) -> bool:
        """Always."""
        return True


def _codes(text: str) -> list[str]:
    return [code.strip() for code in text.split(";") if code.strip()]


def _made(item: FormField, value: str) -> forms.Field:
    words: dict[str, Any] = {"label": item.label, "help_text": item.help, "required": False}
    match item.kind:
        case "text" | "items":
            widget = forms.Textarea(attrs={"rows": item.rows, "dir": "auto"})
            return forms.CharField(widget=widget, strip=False, **words)
        case "day":
            return forms.CharField(widget=forms.TextInput(attrs={"type": "date"}), **words)
        case "year":
            limits = {"inputmode": "numeric", "maxlength": 4, "placeholder": f"{FIRST_YEAR}–{LAST_YEAR}"}
            return forms.CharField(widget=forms.TextInput(attrs=limits), **words)
        case "address":
            return forms.CharField(
                widget=forms.TextInput(attrs={"inputmode": "url", "dir": "ltr", "maxlength": 500}), **words
            )
        case "email":
            widget = forms.TextInput(attrs={"inputmode": "email", "dir": "ltr", "autocomplete": "off"})
            return forms.CharField(widget=widget, **words)
        case "choice" | "country":
            known = _choices(item.name if item.kind == "choice" else "country")
            if value and value not in dict(known):
                known.append((value, value))  # kept as it stands, until somebody chooses another
            return _AnyOne(choices=[("", "—"), *known], **words)
        case "nodes" | "countries":
            return _AnyChoice(choices=[], **words)
    return forms.CharField(
        widget=forms.TextInput(attrs={"dir": "auto", "maxlength": 300}), strip=False, **words
    )


def _choices(name: str) -> list[tuple[str, Any]]:
    match name:
        case "language":
            return [(code, language_name(code)) for code in LANGUAGES]
        case "stakeholder_type":
            return list(stakeholder_labels().items())
        case "coverage":
            return list(Coverage.choices)
        case "stage":
            return list(Stage.choices)
    named = ((area.iso3, country_name(area.iso3)) for area in areas())
    return sorted(named, key=lambda pair: fold(pair[1]))
