"""The form of a request for a session."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from actionlines.frameworks import areas
from actionlines.programme.edition import FEATURES, Edition
from actionlines.programme.request import (
    LONGEST_SESSION,
    LONGEST_TEXT,
    LONGEST_TITLE,
    MOST_ATTENDANCE,
    Request,
    Speaker,
)
from actionlines.text import LANGUAGES
from actionlines_web.forum.labels import FEATURES as FEATURE_LABELS
from actionlines_web.forum.models import Appearance, Session
from actionlines_web.forum.templatetags.forum import slot_name
from actionlines_web.ui.language import country_name, language_name, library_language

EMPTY_ROWS = 3
_CHOOSE = ("", _("please choose"))


class RequestForm(forms.Form):
    """What organisers say about a session they would like to hold."""

    title = forms.CharField(
        label=_("Title"), max_length=LONGEST_TITLE, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    kind = forms.ChoiceField(label=_("Type of session"), choices=(), required=False)
    track = forms.ChoiceField(label=_("Track"), choices=(), required=False)
    organisers = forms.CharField(
        label=_("Organisers"),
        required=False,
        help_text=_("One organisation a line."),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    description = forms.CharField(
        label=_("Description"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
    )
    language = forms.ChoiceField(label=_("Language of the description"), choices=())
    lines = forms.CharField(
        label=_("Action lines"),
        required=False,
        help_text=_("Codes such as C2 or C7-HEA, with semicolons between them."),
        widget=forms.TextInput(attrs={"dir": "ltr"}),
    )
    targets = forms.CharField(
        label=_("Goals and targets"),
        required=False,
        help_text=_("Codes such as 9.c, with semicolons between them."),
        widget=forms.TextInput(attrs={"dir": "ltr"}),
    )
    format = forms.ChoiceField(label=_("Format"), choices=Session.Format.choices)
    length = forms.IntegerField(label=_("Length in slots"), min_value=1, max_value=LONGEST_SESSION, initial=1)
    attendance = forms.IntegerField(
        label=_("Expected persons"), min_value=0, max_value=MOST_ATTENDANCE, initial=30, required=False
    )
    needs = forms.MultipleChoiceField(
        label=_("The room must offer"),
        required=False,
        choices=[(code, FEATURE_LABELS[code]) for code in FEATURES],
        widget=forms.CheckboxSelectMultiple,
    )
    wishes = forms.MultipleChoiceField(
        label=_("Preferred slots"), required=False, choices=(), widget=forms.SelectMultiple(attrs={"size": 6})
    )
    barred = forms.MultipleChoiceField(
        label=_("Impossible slots"),
        required=False,
        choices=(),
        widget=forms.SelectMultiple(attrs={"size": 6}),
    )
    constraints = forms.CharField(
        label=_("Other constraints"), required=False, widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"})
    )
    series = forms.CharField(
        label=_("Series"),
        required=False,
        max_length=60,
        help_text=_("Sessions of one series are held in one room if possible."),
    )

    def __init__(self, edition: Edition, *args: Any, everything: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = library_language()
        slots = [(slot.id, slot_name(slot)) for slot in edition.slots]
        kinds = [(kind.code, kind.title.get(language)) for kind in edition.kinds if kind.asked or everything]
        tracks = [(track.code, track.title.get(language)) for track in edition.tracks]
        for name, choices in (
            ("kind", [_CHOOSE, *kinds]),
            ("track", [("", pgettext_lazy("track of a session", "any")), *tracks]),
            ("wishes", slots),
            ("barred", slots),
            ("language", [(code, language_name(code)) for code in LANGUAGES]),
        ):
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def request(self, speakers: tuple[Speaker, ...], added: list[str]) -> Request:
        """The request that stands in the form, with proposals that were ticked ('wsis C2')."""
        said = self.cleaned_data
        own = {"lines": _cut(said["lines"]), "targets": _cut(said["targets"])}
        for item in added:
            framework, _space, code = item.partition(" ")
            name = {"wsis": "lines", "sdg": "targets"}.get(framework)
            if name and code not in own[name]:
                own[name].append(code)
        return Request(
            said["title"].strip(),
            _text(said["description"]),
            said["language"],
            said["kind"],
            said["track"],
            said["series"].strip(),
            said["format"],
            said["length"],
            said["attendance"] or 0,
            tuple(said["needs"]),
            tuple(said["wishes"]),
            tuple(said["barred"]),
            _text(said["constraints"]),
            tuple(line.strip() for line in said["organisers"].splitlines() if line.strip()),
            tuple(own["lines"]),
            tuple(own["targets"]),
            speakers,
        )


def initial_of(request: Request) -> dict[str, Any]:
    """What the form begins with."""
    return {
        **{
            name: getattr(request, name)
            for name in (
                *("title", "kind", "track", "description", "language", "format", "length", "attendance"),
                *("constraints", "series"),
            )
        },
        "needs": list(request.needs),
        "wishes": list(request.wishes),
        "barred": list(request.barred),
        "organisers": "\n".join(request.organisers),
        "lines": "; ".join(request.lines),
        "targets": "; ".join(request.targets),
    }


class SpeakerForm(forms.Form):
    """One speaker; a row without a name is none."""

    name = forms.CharField(label=_("Name"), max_length=200, required=False)
    email = forms.EmailField(label=_("E-mail address"), required=False, max_length=254)
    role = forms.ChoiceField(label=_("Role"), choices=Appearance.Role.choices, initial="panellist")
    title = forms.CharField(label=_("Title or position"), max_length=200, required=False)
    organisation = forms.CharField(label=_("Organisation"), max_length=300, required=False)
    country = forms.ChoiceField(label=_("Country"), choices=(), required=False)
    remote = forms.BooleanField(label=_("Takes part remotely"), required=False)

    def __init__(self, *args: Any, countries: Sequence[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = countries  # type: ignore[attr-defined]


def country_choices() -> list[tuple[str, Any]]:
    """Every country by its name in the reader's language: sorted once for all rows."""
    names = sorted(((area.iso3, country_name(area.iso3)) for area in areas()), key=lambda pair: pair[1])
    return [_CHOOSE, *names]


SpeakerForms = forms.formset_factory(SpeakerForm, extra=EMPTY_ROWS, max_num=60, validate_max=True)


def speakers_of(rows: Any) -> tuple[Speaker, ...]:
    """The speakers that stand in the rows."""
    return tuple(
        Speaker(
            said["name"].strip(),
            said["email"].lower(),
            said["role"],
            said["organisation"].strip(),
            said["title"].strip(),
            said["country"],
            remote=said["remote"],
        )
        for said in (form.cleaned_data for form in rows if form.is_valid())
        if said.get("name", "").strip()
    )


def speaker_initial(request: Request) -> list[dict[str, Any]]:
    """What the rows begin with."""
    return [
        {
            name: getattr(speaker, name)
            for name in ("name", "email", "role", "title", "organisation", "country", "remote")
        }
        for speaker in request.speakers
    ]


def _cut(said: str) -> list[str]:
    return [part.strip() for part in said.replace(",", ";").split(";") if part.strip()]


def _text(said: str) -> str:
    return said.replace("\x00", "").replace("\r\n", "\n").strip()
