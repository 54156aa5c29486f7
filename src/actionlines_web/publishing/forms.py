"""The form that asks for a report."""

from typing import Any

from django import forms
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from actionlines.frameworks import region_names
from actionlines.reports import FORMATS
from actionlines.text import LANGUAGES
from actionlines_web.ui.language import library_language

_FORMAT_LABELS = {
    "docx": _("Word document (docx)"),
    "pdf": _("PDF"),
    "html": _("Web page (html)"),
    "xlsx": _("Workbook (xlsx)"),
    "json": _("Figures with their records (json)"),
}


class ContributionForm(forms.Form):
    """Language, format and which entries a contribution report is about."""

    language = forms.ChoiceField(label=_("Language of the report"))
    format = forms.ChoiceField(label=_("Format"), choices=[(name, _FORMAT_LABELS[name]) for name in FORMATS])
    region = forms.ChoiceField(label=_("Region"), required=False)
    organisation = forms.CharField(
        label=_("Organisation"),
        required=False,
        max_length=300,
        help_text=_("Its name as it stands in the entries."),
    )
    year_from = forms.IntegerField(label=_("From year"), required=False, min_value=1900, max_value=2100)
    year_to = forms.IntegerField(label=_("To year"), required=False, min_value=1900, max_value=2100)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Fills the choices in the reader's language."""
        super().__init__(*args, **kwargs)
        language = library_language()
        self.fields["language"].choices = [
            (code, get_language_info({"zh": "zh-hans"}.get(code, code))["name_local"]) for code in LANGUAGES
        ]
        self.fields["region"].choices = [
            ("", _("All regions")),
            *((region, names.get(language)) for region, names in region_names().items()),
        ]
        self.initial.setdefault("language", language)
        self.initial.setdefault("format", "docx")
