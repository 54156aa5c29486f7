"""What to align."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from actionlines.text import LANGUAGES
from actionlines_web.ui.language import language_name

MOST_CHARACTERS = 100_000
MOST_MEGABYTES = 5


class AlignForm(forms.Form):
    """A text or a file, and its language where the reader knows better than the detection."""

    text = forms.CharField(
        label=_("Text"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "dir": "auto", "maxlength": MOST_CHARACTERS}),
    )
    file = forms.FileField(
        label=_("Or a file"),
        help_text=_("txt, md, html, docx or pdf, at most 5 MB."),
        required=False,
        allow_empty_file=True,  # the reader of documents says what is wrong with it, and names it
        widget=forms.FileInput(attrs={"accept": ".txt,.md,.markdown,.html,.htm,.docx,.pdf"}),
    )
    language = forms.ChoiceField(label=_("Language"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [  # type: ignore[attr-defined]
            ("", gettext("found from the text")),
            *((code, language_name(code)) for code in LANGUAGES),
        ]
