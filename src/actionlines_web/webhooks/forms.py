"""The form that subscribes."""

from django import forms
from django.utils.translation import gettext_lazy as _

from actionlines_web.webhooks.kinds import KINDS


class SubscriptionForm(forms.Form):
    """Where to tell it, and what."""

    address = forms.URLField(
        label=_("Address"),
        max_length=500,
        assume_scheme="https",
        help_text=_("Begins with https:// and can be reached from everywhere. Redirects are not followed."),
        widget=forms.URLInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )
    label = forms.CharField(
        label=_("Name"), max_length=100, required=False, help_text=_("For yourself, to know it by.")
    )
    kinds = forms.MultipleChoiceField(
        label=_("Tell it when"), choices=tuple(KINDS.items()), widget=forms.CheckboxSelectMultiple
    )
