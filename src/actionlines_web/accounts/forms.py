"""Forms of accounts."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import lazy
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from actionlines_web.accounts.models import RoleGrant, User


class SignUpPart(forms.Form):
    """What we ask at signing up beside allauth's questions."""

    name = forms.CharField(
        label=_("Your name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    field_order = ["name", "email", "password1"]

    def signup(self, request: HttpRequest, user: User) -> None:
        """Called with the saved user."""
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])


def _languages() -> list[tuple[str, str]]:
    return [(code, get_language_info(code)["name_local"]) for code, _name in settings.LANGUAGES]


def _zones() -> list[tuple[str, str]]:
    """The zones of the tz database by place; 'UTC' first, the historical names left out."""
    places = {
        name
        for name in available_timezones()
        if "/" in name
        and not name.startswith(("Etc/", "SystemV/", "US/", "Brazil/", "Canada/", "Chile/", "Mexico/"))
    }
    return [("UTC", "UTC"), *((name, name.replace("_", " ")) for name in sorted(places))]


class ProfileForm(forms.Form):
    """Name, language, time zone."""

    name = forms.CharField(
        label=_("Your name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    language = forms.ChoiceField(
        label=_("Language"),
        choices=lazy(_languages, list)(),
        help_text=_(
            "Mail comes in it, and you land in it when you sign in. Every page also has its own address in each language."
        ),
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone"), choices=lazy(_zones, list)(), help_text=_("Times are shown in it.")
    )


class GrantForm(forms.Form):
    """Whom to give which role, where."""

    email = forms.EmailField(label=_("E-mail address"))
    role = forms.ChoiceField(label=_("Role"), choices=RoleGrant.Role)
    scope = forms.CharField(
        label=_("Only for"),
        max_length=16,
        required=False,
        help_text=_(
            "A region (AFR) or an action line (C7-HEA) for a moderator, an economy (SEN) for a statistician; empty for everywhere."
        ),
    )


class ViewAsForm(forms.Form):
    """As whom to see the site: a person, or a role."""

    email = forms.EmailField(label=_("As the person with this address"), required=False)
    role = forms.ChoiceField(
        label=_("Or as anybody with the role"),
        choices=lazy(
            lambda: [("", "—"), ("none", _("somebody with an account")), *RoleGrant.Role.choices], list
        )(),
        required=False,
    )
    scope = forms.CharField(label=_("Only for"), max_length=16, required=False)

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        cleaned = super().clean() or {}
        if bool(cleaned.get("email")) == bool(cleaned.get("role")):
            raise forms.ValidationError(_("Choose a person or a role."))
        return cleaned
