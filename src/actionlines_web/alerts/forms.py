"""The form that keeps a search, and the one that changes it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from actionlines_web.alerts.models import SavedSearch


class SearchForm(forms.Form):
    """A name, and how often."""

    name = forms.CharField(label=_("Name"), max_length=100, help_text=_("For yourself, to know it by."))
    frequency = forms.ChoiceField(
        label=_("Mail me what is new"), choices=SavedSearch.Frequency.choices, initial="daily"
    )
