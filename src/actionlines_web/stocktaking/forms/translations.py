"""The form in which an entry is translated."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from actionlines.stocktaking import Translation
from actionlines.stocktaking.fields import RowReader
from actionlines.stocktaking.translation import columns_of
from actionlines.text import direction
from actionlines_web.stocktaking.models import EntryTranslation
from actionlines_web.ui.problems import sentence

_FIELDS = ("title", "description", "made_by")


class TranslationForm(forms.Form):
    """Title and description in one language, read by the rules of an imported table."""

    title = forms.CharField(label=_("Title"), required=False)
    description = forms.CharField(
        label=_("Description"), required=False, widget=forms.Textarea(attrs={"rows": 10})
    )
    made_by = forms.ChoiceField(
        label=_("How was it made?"),
        choices=EntryTranslation.Maker,
        help_text=_("A translation by machine that a person has checked is a translation by a person."),
    )

    def __init__(self, language: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._language = language
        self.translation: Translation | None = None
        for name in ("title", "description"):
            self.fields[name].widget.attrs |= {"lang": language, "dir": direction(language)}

    def clean(self) -> dict[str, Any]:
        """The library's reading of the three cells; what is wrong stands beside its field."""
        found: dict[str, Any] = super().clean() or {}
        columns = columns_of(self._language)
        # A text of several lines comes with the ends of lines that browsers send.
        texts = [str(found.get(name, "")).replace("\r\n", "\n") for name in _FIELDS]
        if not texts[0].strip():
            self.add_error("title", _("Enter the translated title."))
            return found
        reader = RowReader(dict(zip(columns, texts, strict=True)), "", None, {})
        read = reader.translations("")
        for problem in reader.problems:
            self.add_error(_FIELDS[columns.index(problem.column)], sentence(problem))
        if read and not reader.refused:
            self.translation = read[0]
        return found
