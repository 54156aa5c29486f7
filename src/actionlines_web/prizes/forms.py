"""The forms of the prizes."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from actionlines.frameworks import areas
from actionlines.prizes import Rules, shipped_editions
from actionlines.prizes.rules import FIELDS
from actionlines.text import LANGUAGES
from actionlines_web.organisations.queries import stakeholder_labels
from actionlines_web.prizes import labels
from actionlines_web.prizes.models.edition import PHASES
from actionlines_web.prizes.queries.editions import category_title
from actionlines_web.prizes.queries.people import AUDIENCES
from actionlines_web.ui.language import country_name, language_name, library_language
from actionlines_web.ui.problems import sentence


class EditionForm(forms.Form):
    """A new edition."""

    slug = forms.CharField(
        label=_("Address"), max_length=40, help_text=_("Small letters, digits and hyphens, such as 2026.")
    )
    shipped = forms.ChoiceField(
        label=_("Rules of an earlier edition"),
        required=False,
        choices=lambda: [
            ("", pgettext_lazy("rules of an edition", "none")),
            *((name, name) for name in shipped_editions()),
        ],
    )
    file = forms.FileField(
        label=_("or your own rules"), required=False, help_text=_("A TOML file; see the documentation.")
    )
    name = forms.CharField(
        label=_("Name"), max_length=200, required=False, help_text=_("In place of the name in the rules.")
    )


def moment_field(label: Any, help_text: Any = "", *, required: bool = True) -> forms.DateTimeField:
    """A day and a time in the reader's time zone."""
    return forms.DateTimeField(
        label=label,
        help_text=help_text,
        required=required,
        widget=forms.DateTimeInput(
            attrs={"type": "datetime-local", "step": "1", "dir": "ltr"}, format="%Y-%m-%dT%H:%M:%S"
        ),
    )


class DatesForm(forms.Form):
    """New dates of a phase."""

    kind = forms.ChoiceField(label=_("Phase"), choices=PHASES)
    starts = moment_field(_("Begins"), _("In your time zone, which is told above."))
    ends = moment_field(_("Ends before"), _("This very moment no longer belongs to the phase."))
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        help_text=_("It is published, and mailed to everybody who takes part."),
    )


class ProjectForm(forms.Form):
    """A project; a draft may be unfinished, so that nothing is required here: the rules say what is missing."""

    def __init__(self, rules: Rules, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = library_language()
        none = ("", _("please choose"))
        choices = [
            (
                item.code,
                f"{item.code} {category_title(item, language)}"
                if item.line
                else category_title(item, language),
            )
            for item in rules.categories
        ]
        self.fields["category"] = forms.ChoiceField(
            label=_("Category"), choices=[none, *choices], required=False
        )
        self.fields["language"] = forms.ChoiceField(
            label=_("Language of the description"),
            choices=[(code, language_name(code)) for code in LANGUAGES],
            required=False,
        )
        wanted = [*rules.required, *(name for name in FIELDS if name not in rules.required)]
        for name in wanted:
            self.fields[name] = _field(name, asked=name in rules.required)
        self.asked = frozenset({"category", "language", *rules.required})

    def first(self) -> list[forms.BoundField]:
        """What the rules ask for."""
        return [field for field in self if field.name in self.asked]

    def others(self) -> list[forms.BoundField]:
        """What may be said besides."""
        return [field for field in self if field.name not in self.asked]

    def said(self) -> dict[str, str]:
        """The fields of a project as they were sent, right or wrong."""
        return {name: str(self.data.get(name, "")) for name in FIELDS}


def _field(name: str, *, asked: bool) -> forms.Field:
    label, help_text = labels.FIELDS[name]
    shared: Mapping[str, Any] = {"label": label, "help_text": help_text, "required": False}
    if name == "country":
        names = sorted(((area.iso3, country_name(area.iso3)) for area in areas()), key=lambda pair: pair[1])
        return forms.ChoiceField(choices=[("", _("please choose")), *names], **shared)
    if name == "stakeholder_type":
        return forms.ChoiceField(choices=[("", _("please choose")), *stakeholder_labels().items()], **shared)
    if name in labels.SHORT:
        kind = {"start": "date", "end": "date", "website": "url"}.get(name, "text")
        direction = "ltr" if name in {"website", "lines", "targets", "start", "end"} else "auto"
        return forms.CharField(widget=forms.TextInput(attrs={"type": kind, "dir": direction}), **shared)
    rows = 10 if name == "description" else 4 if asked else 3
    return forms.CharField(widget=forms.Textarea(attrs={"rows": rows, "dir": "auto"}), **shared)


class ReviewerForm(forms.Form):
    """A reviewer and what the assignment must know of them."""

    email = forms.EmailField(label=_("E-mail address"), help_text=_("Of a person with an account."))
    languages = forms.MultipleChoiceField(
        label=_("Reads"), choices=(), initial=["en"], widget=forms.CheckboxSelectMultiple
    )
    lines = forms.CharField(
        label=_("Action lines"),
        required=False,
        help_text=_("Codes such as C2 C7-HEA; empty for all."),
        widget=forms.TextInput(attrs={"dir": "ltr"}),
    )
    country = forms.ChoiceField(label=_("Country"), choices=(), required=False)
    most = forms.IntegerField(label=_("Projects at most"), min_value=1, max_value=1000, initial=30)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["languages"].choices = [(code, language_name(code)) for code in LANGUAGES]  # type: ignore[attr-defined]
        names = sorted(((area.iso3, country_name(area.iso3)) for area in areas()), key=lambda pair: pair[1])
        self.fields["country"].choices = [("", _("please choose")), *names]  # type: ignore[attr-defined]


class ShortlistForm(forms.Form):
    """How many of each category are nominated."""

    most = forms.IntegerField(
        label=_("Nominees of each category"),
        min_value=1,
        max_value=500,
        initial=20,
        help_text=_("The best by the adjusted score; equal scores come in together."),
    )
    reason = forms.CharField(
        label=_("What the others are told"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )


class MessageForm(forms.Form):
    """A message to an audience."""

    to = forms.ChoiceField(label=_("To"), choices=tuple(AUDIENCES.items()))
    subject = forms.CharField(label=_("Subject"), max_length=150)
    text = forms.CharField(label=_("Message"), widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}))


class AnnouncementForm(forms.Form):
    """When the winners may be read."""

    at = moment_field(_("Readable from"), _("Empty: at once."), required=False)


def show_problems(form: forms.Form, problems: Iterable[Any]) -> None:
    """The problems of an action beside the fields they are about."""
    for problem in problems:
        form.add_error(problem.column if problem.column in form.fields else None, sentence(problem))
