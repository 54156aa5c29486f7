"""Forms of partnerships."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from actionlines.frameworks.areas import areas
from actionlines.text import LANGUAGES
from actionlines_web.partnerships.models import Introduction, Proposal
from actionlines_web.partnerships.queries import currencies
from actionlines_web.ui.language import country_name, language_name


class Codes(forms.CharField):
    """Codes separated by commas or blanks, as a list without repetition."""

    def clean(self, value: Any) -> list[str]:
        """The codes."""
        text: str = super().clean(value) or ""
        return list(dict.fromkeys(text.replace(",", " ").split()))


class ProposalForm(forms.Form):
    """A need or an offer."""

    organisation = forms.TypedChoiceField(label=_("For"), coerce=int)
    side = forms.ChoiceField(label=_("Need or offer"), choices=Proposal.Side.choices)
    kind = forms.ChoiceField(label=_("Kind of support"), choices=Proposal.Kind.choices)
    language = forms.ChoiceField(
        label=_("Language"), choices=lambda: [(code, language_name(code)) for code in LANGUAGES]
    )
    title = forms.CharField(label=_("Title"), max_length=200)
    description = forms.CharField(
        label=_("Description"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 6})
    )
    lines = Codes(label=_("Action lines"), required=False, help_text=_("Codes such as C2, C7-HEA."))
    targets = Codes(label=_("Goals and targets"), required=False, help_text=_("Codes such as 9, 4.a."))
    countries = forms.MultipleChoiceField(
        label=_("Countries"),
        required=False,
        choices=lambda: sorted(
            ((area.iso3, country_name(area.iso3)) for area in areas()), key=lambda pair: pair[1]
        ),
        help_text=_("None for every country."),
    )
    amount = forms.DecimalField(label=_("Amount"), required=False, max_digits=15, decimal_places=2)
    currency = forms.ChoiceField(
        label=_("Currency"),
        required=False,
        choices=lambda: [("", "–"), *((code, code) for code in currencies())],
    )
    contact_name = forms.CharField(label=_("Contact person"), max_length=200, required=False)
    contact_email = forms.EmailField(
        label=_("Address of the contact"), help_text=_("Given only to those to whom you are introduced.")
    )

    def __init__(self, *arguments: Any, organisations: list[tuple[int, str]], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["organisation"].choices = organisations  # type: ignore[attr-defined]


class AskForm(forms.Form):
    """A question for an introduction."""

    own = forms.TypedChoiceField(label=_("With our proposal"), coerce=int)
    message = forms.CharField(
        label=_("Message"), required=False, max_length=2_000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *arguments: Any, proposals: list[tuple[int, str]], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["own"].choices = proposals  # type: ignore[attr-defined]


class StageForm(forms.Form):
    """How far a partnership is."""

    stage = forms.ChoiceField(label=_("Stage"))
    note = forms.CharField(label=_("Note"), required=False, max_length=2_000)

    def __init__(self, *arguments: Any, stages: tuple[str, ...], **options: Any) -> None:
        super().__init__(*arguments, **options)
        words = dict(Introduction.Stage.choices)
        self.fields["stage"].choices = [(stage, words[stage]) for stage in stages]  # type: ignore[attr-defined]


class _Day(forms.DateField):
    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)


class PledgeForm(forms.Form):
    """A pledge."""

    day = _Day(label=_("Day"), initial=date.today)
    amount = forms.DecimalField(label=_("Amount"), max_digits=15, decimal_places=2)
    currency = forms.ChoiceField(label=_("Currency"), choices=lambda: [(code, code) for code in currencies()])
    note = forms.CharField(label=_("Note"), required=False, max_length=300)


class PaymentForm(forms.Form):
    """A payment."""

    day = _Day(label=_("Day"), initial=date.today)
    amount = forms.DecimalField(label=_("Amount"), max_digits=15, decimal_places=2)
    note = forms.CharField(label=_("Note"), required=False, max_length=300)
