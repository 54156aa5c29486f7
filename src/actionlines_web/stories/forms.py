"""The form that tells a story."""

from django import forms
from django.utils.translation import gettext_lazy as _

from actionlines.stocktaking.story import LEAST_CHARACTERS, MOST_CHARACTERS
from actionlines.text import LANGUAGES
from actionlines_web.ui.language import language_name


class StoryForm(forms.Form):
    """A summary, a year, a picture and what it shows."""

    summary = forms.CharField(
        label=_("Summary"),
        min_length=LEAST_CHARACTERS,
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
        help_text=_("What was achieved, in your own words: without quotations."),
    )
    language = forms.ChoiceField(
        label=_("Language of the summary"), choices=[(code, language_name(code)) for code in LANGUAGES]
    )
    year = forms.IntegerField(label=_("Year"), min_value=1990, max_value=2100)
    picture = forms.FileField(
        label=_("Picture"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        help_text=_("A JPEG, PNG or WebP picture of at most 8 MB. What the camera noted in it is taken out."),
    )
    alternative = forms.CharField(
        label=_("What the picture shows"),
        min_length=5,
        max_length=300,
        help_text=_("For readers who do not see it."),
    )
