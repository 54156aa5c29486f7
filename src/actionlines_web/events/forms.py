"""Forms of events."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _

from actionlines.frameworks.areas import areas, region_names
from actionlines.frameworks.initiatives import initiatives
from actionlines.text import LANGUAGES
from actionlines_web.events.models import Event
from actionlines_web.ui.language import country_name, language_name, library_language


def languages() -> list[tuple[str, str]]:
    """The six languages in their own words."""
    return [(code, language_name(code)) for code in LANGUAGES]


def regions() -> list[tuple[str, str]]:
    """The six regions in the reader's language."""
    language = library_language()
    return [(code, name.get(language)) for code, name in region_names().items()]


def countries() -> list[tuple[str, str]]:
    """All economies by their name in the reader's language."""
    return sorted(((area.iso3, country_name(area.iso3)) for area in areas()), key=lambda pair: pair[1])


class _Moment(forms.DateTimeField):
    def __init__(self, **options: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(widget=widget, **options)

    def to_python(self, value: Any) -> Any:
        """The moment without a zone: the event's own is said beside it."""
        found = super().to_python(value)
        return found.replace(tzinfo=None) if found else found


class EventForm(forms.Form):
    """An event."""

    slug = forms.CharField(
        label=_("Code"),
        max_length=60,
        help_text=_(
            "Small letters, digits and hyphens, such as rdf-africa-2027. It stays: addresses hold it."
        ),
    )
    kind = forms.ChoiceField(label=_("Kind of event"), choices=Event.Kind.choices)
    starts = _Moment(label=_("Beginning"), help_text=_("In the time of the place."))
    ends = _Moment(label=_("End"))
    zone = forms.CharField(
        label=_("Time zone"), max_length=50, initial="UTC", help_text=_("Such as Africa/Dakar or UTC.")
    )
    region = forms.ChoiceField(
        label=_("Region"), required=False, choices=lambda: [("", _("All regions")), *regions()]
    )
    country = forms.ChoiceField(label=_("Country"), required=False, choices=lambda: [("", "–"), *countries()])
    city = forms.CharField(label=_("Place"), max_length=100, required=False)
    online = forms.BooleanField(label=_("One can take part online"), required=False)
    website = forms.URLField(label=_("Website"), max_length=300, required=False, assume_scheme="https")
    serves = forms.MultipleChoiceField(
        label=_("Regional initiatives it serves"),
        required=False,
        choices=lambda: [
            (key, f"{item.cycle} {item.code} {item.title.get(library_language())}")
            for key, item in initiatives().items()
        ],
    )
    language = forms.ChoiceField(label=_("Language of the description"), choices=languages)
    description = forms.CharField(
        label=_("Description"), max_length=20_000, required=False, widget=forms.Textarea(attrs={"rows": 6})
    )

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        for code, name in languages():
            self.fields[f"title_{code}"] = forms.CharField(
                label=_("Title (%(language)s)") % {"language": name}, max_length=200, required=False
            )

    def clean_zone(self) -> str:
        """A zone that is known."""
        zone: str = self.cleaned_data["zone"]
        if zone not in available_timezones():
            raise forms.ValidationError(_("Expected: a time zone such as Africa/Dakar."))
        return zone

    def given(self) -> dict[str, Any]:
        """What the action takes."""
        found = dict(self.cleaned_data)
        titles = {code: found.pop(f"title_{code}") for code in LANGUAGES}
        return {**found, "titles": titles}


class EventAgendaForm(forms.Form):
    """An agenda."""

    agenda = forms.CharField(
        label=_("Agenda"),
        required=False,
        max_length=40_000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("An item a line: “09:00-10:30 Opening”, with its day before it where a new day begins."),
    )


class OutcomesForm(forms.Form):
    """What came of an event."""

    outcomes = forms.CharField(
        label=_("Outcomes"), required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": 8})
    )


class EventFileForm(forms.Form):
    """A document of an event."""

    title = forms.CharField(label=_("Title"), max_length=200)
    file = forms.FileField(
        label=_("File"), help_text=_("pdf, docx, xlsx, pptx, OpenDocument, csv, txt, or a picture.")
    )


class JoinForm(forms.Form):
    """How somebody takes part."""

    organisation = forms.TypedChoiceField(label=_("For"), coerce=int, empty_value=None, required=False)
    named = forms.BooleanField(label=_("My name may stand in the list of participants"), required=False)

    def __init__(self, *arguments: Any, organisations: list[tuple[int, str]], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["organisation"].choices = [("", _("myself")), *organisations]  # type: ignore[attr-defined]
