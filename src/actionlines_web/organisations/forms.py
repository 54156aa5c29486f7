"""Forms of organisations."""

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from actionlines.frameworks import areas
from actionlines_web.organisations.models import Membership, Organisation, StakeholderType
from actionlines_web.organisations.queries import organisation_by_name
from actionlines_web.ui.language import country_name


def _countries() -> list[tuple[str, str]]:
    named = sorted(((area.iso3, country_name(area.iso3)) for area in areas()), key=lambda pair: pair[1])
    return [("", "—"), *named]


class OrganisationForm(forms.Form):
    """Name, type, country."""

    name = forms.CharField(label=_("Name"), max_length=300)
    stakeholder_type = forms.ChoiceField(
        label=_("Stakeholder type"), choices=[("", "—"), *StakeholderType.choices]
    )
    country = forms.ChoiceField(
        label=_("Country"),
        choices=lazy(_countries, list)(),
        required=False,
        help_text=_("None for an international organisation."),
    )


class InvitationForm(forms.Form):
    """Whom to invite, as what."""

    address = forms.EmailField(label=_("E-mail address"))
    role = forms.ChoiceField(label=_("As"), choices=Membership.Role)


class JoinForm(forms.Form):
    """What to tell the managers."""

    message = forms.CharField(label=_("A word to the managers"), max_length=500, required=False)


class OtherForm(forms.Form):
    """Another organisation, by a name it has or had."""

    target = forms.CharField(
        label=_("Name of the other organisation"),
        max_length=300,
        widget=forms.TextInput(attrs={"list": "names"}),
    )

    def clean_target(self) -> Organisation:
        """The organisation of that name."""
        found = organisation_by_name(self.cleaned_data["target"])
        if found is None:
            raise forms.ValidationError(_("There is no organisation of this name."))
        return found


class TransferForm(OtherForm):
    """Which entries go to another organisation."""

    entries = forms.CharField(
        label=_("Identifiers of the entries, one a line; empty for all"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def clean_entries(self) -> list[str] | None:
        """The identifiers, or None for all."""
        return self.cleaned_data["entries"].split() or None
