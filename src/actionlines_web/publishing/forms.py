"""The forms that ask for a report, and those of its desk."""

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.http import QueryDict
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from actionlines.frameworks import catalogue, region_names
from actionlines.reports import FORMATS
from actionlines.reports.measuring import NAME as MEASURING
from actionlines.text import LANGUAGES
from actionlines_web.indicators.queries.indices import edition_names
from actionlines_web.publishing.actions import Asked
from actionlines_web.publishing.labels import KINDS
from actionlines_web.publishing.models import Schedule
from actionlines_web.stocktaking.queries import EntryQuery
from actionlines_web.ui.language import library_language

_FORMAT_LABELS = {
    "docx": _("Word document (docx)"),
    "pdf": _("PDF"),
    "html": _("Web page (html)"),
    "xlsx": _("Workbook (xlsx)"),
    "json": _("Figures with their records (json)"),
}

# Which fields of a filter speak of entries, which of figures; the last year speaks of both.
_OF_ENTRIES = ("region", "line", "organisation", "year_from")
_OF_FIGURES = ("economies", "edition")


class ContributionForm(forms.Form):
    """Language, format and which entries a contribution report is about."""

    language = forms.ChoiceField(label=_("Language of the report"))
    format = forms.ChoiceField(label=_("Format"), choices=[(name, _FORMAT_LABELS[name]) for name in FORMATS])
    region = forms.ChoiceField(label=_("Region"), required=False)
    organisation = forms.CharField(
        label=_("Organisation"),
        required=False,
        max_length=300,
        help_text=_("Its name as it stands in the entries."),
    )
    year_from = forms.IntegerField(label=_("From year"), required=False, min_value=1900, max_value=2100)
    year_to = forms.IntegerField(label=_("To year"), required=False, min_value=1900, max_value=2100)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Fills the choices in the reader's language."""
        super().__init__(*args, **kwargs)
        language = library_language()
        self.fields["language"].choices = own_names()
        self.fields["region"].choices = [
            ("", _("All regions")),
            *((region, names.get(language)) for region, names in region_names().items()),
        ]
        self.initial.setdefault("language", language)
        self.initial.setdefault("format", "docx")


def own_names() -> list[tuple[str, str]]:
    """Each language with its own name."""
    return [(code, get_language_info({"zh": "zh-hans"}.get(code, code))["name_local"]) for code in LANGUAGES]


class DraftForm(forms.Form):
    """A report to be written: title, kind, languages, which entries, whom to tell."""

    title = forms.CharField(label=_("Title"), max_length=200, help_text=_("As you call it among yourselves."))
    kind = forms.ChoiceField(label=_("Kind of report"), choices=lambda: list(KINDS.items()))
    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=own_names, widget=forms.CheckboxSelectMultiple
    )
    region = forms.ChoiceField(label=_("Region"), required=False)
    line = forms.ChoiceField(label=_("Action line"), required=False)
    organisation = forms.CharField(
        label=_("Organisation"),
        required=False,
        max_length=300,
        help_text=_("Its name as it stands in the entries."),
    )
    year_from = forms.IntegerField(label=_("From year"), required=False, min_value=1900, max_value=2100)
    year_to = forms.IntegerField(label=_("To year"), required=False, min_value=1900, max_value=2100)
    filter = forms.CharField(
        label=_("Filter of the list"),
        required=False,
        max_length=2000,
        help_text=_("The address of a list of entries: whatever it is filtered by holds for the report too."),
    )
    economies = forms.CharField(
        label=_("Economies"),
        required=False,
        max_length=1000,
        help_text=_(
            "For a report that measures: three-letter codes of the economies whose profiles are shown, such as SEN."
        ),
    )
    edition = forms.ChoiceField(
        label=_("Edition of an index"),
        required=False,
        help_text=_("For a report that measures: it is computed anew, with intervals."),
    )
    recipients = forms.CharField(
        label=_("Whom to tell"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Mail addresses, one a line. They are told when the report is published."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Fills the choices in the reader's language."""
        super().__init__(*args, **kwargs)
        language = library_language()
        self.fields["region"].choices = [
            ("", _("All regions")),
            *((region, names.get(language)) for region, names in region_names().items()),
        ]
        self.fields["line"].choices = [
            ("", _("All action lines")),
            *(
                (node.code, f"{node.code} {node.title.get(language)}")
                for node in catalogue().frameworks["wsis"].nodes
            ),
        ]
        self.fields["edition"].choices = [("", _("No index")), *((name, name) for name in edition_names())]
        self.initial.setdefault("languages", [language])

    def asked(self) -> Asked:
        """What the valid form asks for: the fields go before what the filter says."""
        said = self.cleaned_data
        text = said["filter"].strip()
        given = QueryDict(urlsplit(text).query if "?" in text else text)
        known = set(EntryQuery.__dataclass_fields__) - {"problems"}
        params: dict[str, Any] = {name: given.get(name, "") for name in given if name in known}
        for name in (*_OF_ENTRIES, "year_to", *_OF_FIGURES):
            if said[name]:
                params[name] = str(said[name])
        other = _OF_ENTRIES if said["kind"] == MEASURING else _OF_FIGURES
        params = {name: value for name, value in params.items() if name not in other}
        return Asked(said["title"], said["kind"], said["languages"], params, said["recipients"].splitlines())


class ScheduleForm(DraftForm):
    """The same, again and again."""

    every = forms.ChoiceField(label=_("How often"), choices=Schedule.Every.choices)
    first_on = forms.DateField(
        label=_("First on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class PassageForm(forms.Form):
    """What people write in a part."""

    text = forms.CharField(
        label=_("Text"),
        required=False,
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 16, "dir": "auto"}),
        help_text=_(
            "An empty line begins a new paragraph; a line that begins with “- ” is an item of a list."
        ),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class CommentForm(forms.Form):
    """A remark on a part."""

    text = forms.CharField(
        label=_("Comment"), max_length=5000, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"})
    )


class AssigneeForm(forms.Form):
    """Who writes a part."""

    assignee = forms.EmailField(
        label=_("Who writes it"),
        required=False,
        help_text=_("The mail address of somebody with an account; empty for nobody."),
    )
