"""The form that makes a token."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from actionlines_web.api.models import Scope

_DAYS = (30, 90, 365)


class TokenForm(forms.Form):
    """What the token is for, what it may do, how long."""

    label = forms.CharField(
        label=_("What it is for"), max_length=100, help_text=_("Such as “nightly import from our database”.")
    )
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"), choices=Scope.choices, widget=forms.CheckboxSelectMultiple
    )
    days = forms.TypedChoiceField(
        label=_("How long it holds"),
        coerce=int,
        choices=[
            (days, ngettext_lazy("%(days)d day", "%(days)d days", days) % {"days": days}) for days in _DAYS
        ],
        initial=90,
    )
