"""Forms of coordination."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from actionlines.formats.asks import ask_set_of
from actionlines.formats.tabular import read_table
from actionlines.problems import InputError, Problem, marked
from actionlines.results.followup import AskSet, read_ask_set
from actionlines.text import LANGUAGES
from actionlines_web.coordination.labels import ANSWER_STATES, ROLES, ROW_STATES
from actionlines_web.ui.language import language_name

LARGEST_FILE = 5 * 1024 * 1024


class Day(forms.DateField):
    """A day, with the browser's own picker."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)


class DayForm(forms.Form):
    """For which day the roles are asked."""

    on = Day(label=_("On the day"), required=False)


class AppointmentForm(forms.Form):
    """A role of an organisation on a line."""

    organisation = forms.CharField(label=_("Organisation"), max_length=200)
    role = forms.ChoiceField(label=_("Role"), choices=lambda: list(ROLES.items()))
    inside = forms.CharField(
        label=_("Within the organisation"),
        max_length=200,
        required=False,
        help_text=_("For a focal point: whose it is."),
    )
    start = Day(label=_("First day"), required=False)
    end = Day(label=_("Last day"), required=False)
    source = forms.CharField(
        label=_("Source"),
        max_length=500,
        help_text=_("Where it is written: a resolution, a letter, an address."),
    )


class RoadMapForm(forms.Form):
    """A new road map."""

    cycle = forms.CharField(label=_("Cycle"), max_length=20, help_text=_("Years such as 2026-2029."))
    vision = forms.CharField(label=_("Vision"), required=False, widget=forms.Textarea(attrs={"rows": 4}))


class VisionForm(forms.Form):
    """The vision of a road map."""

    vision = forms.CharField(label=_("Vision"), required=False, widget=forms.Textarea(attrs={"rows": 4}))


class RowForm(forms.Form):
    """A row of a road map."""

    number = forms.CharField(
        label=_("Number"), max_length=16, help_text=_("It stays: versions are compared by it.")
    )
    activity = forms.CharField(label=_("Activity"), widget=forms.Textarea(attrs={"rows": 3}))
    expected = forms.CharField(
        label=_("Expected result"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    indicator = forms.CharField(label=_("Indicator"), required=False)
    baseline = forms.CharField(label=_("Baseline"), required=False)
    target = forms.CharField(label=_("Target to reach"), required=False)
    start = Day(label=_("First day"), required=False)
    end = Day(label=_("Last day"), required=False)
    resources = forms.CharField(label=_("Resources"), required=False)
    partners = forms.CharField(label=_("Partners"), required=False)
    links = forms.CharField(
        label=_("Serves"),
        required=False,
        help_text=_("Codes of goals, targets, resolutions and initiatives, separated by commas."),
    )

    def clean_links(self) -> list[str]:
        """The codes, each once."""
        return list(
            dict.fromkeys(part.strip() for part in self.cleaned_data["links"].split(",") if part.strip())
        )


class UpdateForm(forms.Form):
    """How a row stands."""

    state = forms.ChoiceField(label=_("State"), choices=lambda: list(ROW_STATES.items()))
    percent = forms.IntegerField(label=_("Per cent done"), min_value=0, max_value=100)
    day = Day(label=_("Day"), initial=date.today)
    note = forms.CharField(label=_("What happened"), required=False, widget=forms.Textarea(attrs={"rows": 2}))


class FileForm(forms.Form):
    """A road map in a table."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("csv, xlsx, ods or docx with a column “activity”. You first see what would change."),
    )


class AskSetForm(forms.Form):
    """A set of asks in a file."""

    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "A table (csv, xlsx, ods) with the columns number, text and asked, and if you like due, lines and targets;"
            " or a toml file of a whole set in several languages."
        ),
    )
    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        required=False,
        help_text=_("Small letters, digits and hyphens, such as res-80-173. A set of this code is replaced."),
    )
    title = forms.CharField(label=_("Title"), max_length=200, required=False)
    source = forms.CharField(label=_("Source"), max_length=500, required=False)
    day = Day(label=_("Date of the document"), required=False)
    language = forms.ChoiceField(
        label=_("Language of the table"), choices=lambda: [(code, language_name(code)) for code in LANGUAGES]
    )

    def clean_file(self) -> Any:
        """A file that is not larger than a table of asks can be."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError(_("at most %(most)d MB.") % {"most": LARGEST_FILE // 2**20})
        return file

    def clean(self) -> dict[str, Any]:
        """What a table does not say must be said beside it."""
        given: dict[str, Any] = super().clean() or {}
        file = given.get("file")
        if file is not None and not file.name.lower().endswith(".toml"):
            for name in ("code", "title", "source", "day"):
                if not given.get(name) and name not in self.errors:
                    self.add_error(name, _("A table needs this beside it."))
        return given

    def ask_set(self) -> AskSet:
        """The set of the file.

        Raises:
            InputError: what is wrong with it.
        """
        given = self.cleaned_data
        file = given["file"]
        content = file.read()
        if not file.name.lower().endswith(".toml"):
            table = read_table(content, file.name)
            named = {name: given[name] for name in ("code", "title", "source", "day", "language")}
            return ask_set_of(table, **named)
        try:
            return read_ask_set(file.name, content.decode("utf-8"))
        except UnicodeDecodeError as error:
            raise InputError(
                [Problem(marked("is not TOML: %(error)s"), {"error": error}, file.name)]
            ) from error


class AskedForm(forms.Form):
    """An organisation that is asked."""

    name = forms.CharField(
        label=_("Name of the organisation"),
        max_length=200,
        help_text=_("As the register has it. It is reminded 30 days before, 7 days before and on the day."),
    )


class AnswerForm(forms.Form):
    """What an organisation did about an ask."""

    organisation = forms.TypedChoiceField(label=_("For"), coerce=int)
    state = forms.ChoiceField(label=_("State"), choices=lambda: list(ANSWER_STATES.items()))
    text = forms.CharField(
        label=_("What was done"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 5})
    )
    entries = forms.CharField(
        label=_("Entries that show it"),
        required=False,
        help_text=_("Identifiers of entries of the register, separated by commas."),
    )
    public = forms.BooleanField(label=_("Everybody may read it"), required=False)

    def __init__(self, *arguments: Any, organisations: list[tuple[int, str]], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["organisation"].choices = organisations  # type: ignore[attr-defined]

    def clean_entries(self) -> list[str]:
        """The identifiers, each once."""
        return list(
            dict.fromkeys(part.strip() for part in self.cleaned_data["entries"].split(",") if part.strip())
        )
