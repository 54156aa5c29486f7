"""Forms of meetings."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from actionlines.text import LANGUAGES
from actionlines_web.meetings.models import Meeting
from actionlines_web.ui.language import language_name


def languages() -> list[tuple[str, str]]:
    """The six languages in their own words."""
    return [(code, language_name(code)) for code in LANGUAGES]


class _Day(forms.DateField):
    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)


class MeetingForm(forms.Form):
    """A meeting."""

    slug = forms.CharField(
        label=_("Code"),
        max_length=40,
        help_text=_("Small letters, digits and hyphens, such as tdag-18-23. It stays: addresses hold it."),
    )
    series = forms.CharField(
        label=_("Series of documents"),
        max_length=20,
        help_text=_("What the numbers of documents begin with, such as TDAG18-23."),
    )
    kind = forms.ChoiceField(label=_("Kind of meeting"), choices=Meeting.Kind.choices)
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    first_day = _Day(label=_("First day"))
    last_day = _Day(label=_("Last day"))
    deadline = forms.DateTimeField(
        label=_("Deadline for contributions"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("Later documents are taken until the last day, and listed as late."),
    )

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        for code, name in languages():
            self.fields[f"title_{code}"] = forms.CharField(
                label=_("Title (%(language)s)") % {"language": name}, max_length=200, required=False
            )

    def given(self) -> dict[str, Any]:
        """What the action takes."""
        found = dict(self.cleaned_data)
        titles = {code: found.pop(f"title_{code}") for code in LANGUAGES}
        return {**found, "titles": titles}


class AgendaForm(forms.Form):
    """An agenda in one language."""

    language = forms.ChoiceField(label=_("Language"), choices=languages)
    agenda = forms.CharField(
        label=_("Agenda"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("An item a line: its number, a blank, its title, such as “3.1 Road maps”."),
    )

    def items(self) -> list[tuple[str, str]]:
        """Number and title of each line."""
        lines = (line.strip() for line in self.cleaned_data["agenda"].splitlines())
        return [
            (number, title.strip()) for number, _, title in (line.partition(" ") for line in lines if line)
        ]


class StartForm(forms.Form):
    """For whom a contribution is begun."""

    organisation = forms.TypedChoiceField(label=_("For"), coerce=int)

    def __init__(self, *arguments: Any, organisations: list[tuple[int, str]], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["organisation"].choices = organisations  # type: ignore[attr-defined]


class WordsForm(forms.Form):
    """The texts of a contribution in one language."""

    title = forms.CharField(label=_("Title"), max_length=300)
    summary = forms.CharField(label=_("Summary"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 8}))
    action = forms.CharField(
        label=_("Action required"),
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What the meeting is asked to do."),
    )
    references = forms.CharField(
        label=_("References"),
        max_length=5_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One a line."),
    )
    item = forms.ChoiceField(label=_("Agenda item"), required=False)
    restricted = forms.BooleanField(
        label=_("Restricted: only coordinators and members of organisations may read it"), required=False
    )

    def __init__(self, *arguments: Any, items: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["item"].choices = [("", "–"), *items]  # type: ignore[attr-defined]


class PaperFileForm(forms.Form):
    """A file of a contribution."""

    language = forms.ChoiceField(label=_("Language"), choices=languages)
    file = forms.FileField(
        label=_("File"), help_text=_("pdf, docx, xlsx, pptx, OpenDocument, csv, txt, or a picture.")
    )
