"""The forms of the consultation."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from actionlines.frameworks import areas, catalogue
from actionlines.programme.consultation import LONGEST_ANSWER, Answers
from actionlines_web.forum.actions.consultation import Nominated
from actionlines_web.forum.labels import QUESTIONS
from actionlines_web.forum.models import Person
from actionlines_web.organisations.queries import stakeholder_labels
from actionlines_web.ui.language import country_name, library_language

_CHOOSE = ("", _("please choose"))


def _countries() -> list[tuple[str, Any]]:
    names = sorted(((area.iso3, country_name(area.iso3)) for area in areas()), key=lambda pair: pair[1])
    return [_CHOOSE, *names]


class ContributionForm(forms.Form):
    """What a stakeholder says: who, the questions, and topics of each action line."""

    organisation = forms.CharField(label=_("Organisation"), max_length=300, required=False)
    stakeholder_type = forms.ChoiceField(label=_("Stakeholder type"), choices=(), required=False)
    country = forms.ChoiceField(label=_("Country"), choices=(), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = library_language()
        self.fields["stakeholder_type"].choices = [_CHOOSE, *stakeholder_labels().items()]  # type: ignore[attr-defined]
        self.fields["country"].choices = _countries()  # type: ignore[attr-defined]
        for name, label in QUESTIONS.items():
            self.fields[name] = _answer(label, 4)
        for node in catalogue().frameworks["wsis"].nodes:
            self.fields[f"topics-{node.code}"] = _answer(f"{node.code} · {node.title.get(language)}", 2)

    @property
    def first(self) -> list[Any]:
        """The fields before the action lines."""
        return [field for field in self if not field.name.startswith("topics-")]

    @property
    def topics(self) -> list[Any]:
        """A field for each action line."""
        return [field for field in self if field.name.startswith("topics-")]

    def answers(self) -> Answers:
        """What stands in the form."""
        said = {name: str(value).strip() for name, value in self.cleaned_data.items()}
        return Answers(
            said["organisation"],
            said["stakeholder_type"],
            said["country"],
            {name: said[name] for name in QUESTIONS if said[name]},
            {
                name.removeprefix("topics-"): text
                for name, text in said.items()
                if name.startswith("topics-") and text
            },
        )


def contribution_initial(said: Answers) -> dict[str, str]:
    """What the form begins with."""
    return {
        "organisation": said.organisation,
        "stakeholder_type": said.stakeholder_type,
        "country": said.country,
        **said.answers,
        **{f"topics-{line}": text for line, text in said.topics.items()},
    }


def _answer(label: Any, rows: int) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": rows, "dir": "auto"}),
    )


class NominationForm(forms.Form):
    """Somebody to be nominated."""

    name = forms.CharField(label=_("Name"), max_length=200)
    email = forms.EmailField(label=_("E-mail address"))
    organisation = forms.CharField(label=_("Organisation"), max_length=300)
    stakeholder_type = forms.ChoiceField(label=_("Stakeholder type"), choices=())
    country = forms.ChoiceField(label=_("Country"), choices=())
    gender = forms.ChoiceField(
        label=pgettext_lazy("name of a field", "Gender"), choices=Person.Gender.choices, required=False
    )
    statement = forms.CharField(
        label=_("Why this person"), max_length=5_000, widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stakeholder_type"].choices = [_CHOOSE, *stakeholder_labels().items()]  # type: ignore[attr-defined]
        self.fields["country"].choices = _countries()  # type: ignore[attr-defined]

    def nominated(self) -> Nominated:
        """What stands in the form."""
        return Nominated(**self.cleaned_data)
