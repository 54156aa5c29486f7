"""The form of the staged import."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ImportForm(forms.Form):
    """The file to import."""

    file = forms.FileField(
        label=_("File with entries"),
        help_text=_(
            "csv, xlsx or IATI (xml), at most 20 MB. Nothing is changed until you have seen what would happen."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.tsv,.xlsx,.xls,.ods,.xml"}),
        error_messages={"required": _("Choose a file first: csv, xlsx or IATI (xml).")},
        allow_empty_file=True,  # the reader of tables says what is wrong with it, and names it
    )
