"""What coordinators fill in."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from actionlines.programme.edition import Edition
from actionlines.programme.edition_file import shipped_editions
from actionlines_web.forum.actions.schedule import LONGEST_RUN
from actionlines_web.forum.templatetags.forum import weekday


class EditionForm(forms.Form):
    """A new edition."""

    slug = forms.CharField(
        label=_("Address"), max_length=40, help_text=_("Small letters, digits and hyphens, such as 2026.")
    )
    shipped = forms.ChoiceField(
        label=_("Edition that comes with the site"),
        required=False,
        choices=lambda: [
            ("", pgettext_lazy("rules of an edition", "none")),
            *((name, name) for name in shipped_editions()),
        ],
    )
    file = forms.FileField(
        label=_("or your own file"), required=False, help_text=_("A TOML file; see the documentation.")
    )
    name = forms.CharField(
        label=_("Name"), max_length=200, required=False, help_text=_("In place of the name in the file.")
    )


class EditionFileForm(forms.Form):
    """New data of an edition."""

    file = forms.FileField(label=_("File"), help_text=_("A TOML file; see the documentation."))


class MoveDayForm(forms.Form):
    """A day that moves."""

    day = forms.ChoiceField(label=_("Day"), choices=())
    on = forms.DateField(
        label=_("New date"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    reason = forms.CharField(label=_("Reason"), max_length=500)

    def __init__(self, edition: Edition, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["day"].choices = [(day.code, weekday(day.on)) for day in edition.days]  # type: ignore[attr-defined]


class TableForm(forms.Form):
    """A table of requests."""

    file = forms.FileField(label=_("File"), help_text=_("csv, xlsx or ods."))


class RunForm(forms.Form):
    """An automatic scheduling."""

    seconds = forms.IntegerField(label=_("Seconds to search"), min_value=1, max_value=LONGEST_RUN, initial=60)
    keep_all = forms.BooleanField(
        label=_("Keep every place, and only place the rest"),
        required=False,
        help_text=_("Otherwise only agreed places stay."),
    )


class PublishForm(forms.Form):
    """A version that is published."""

    note = forms.CharField(label=_("What is new"), max_length=500, required=False)
