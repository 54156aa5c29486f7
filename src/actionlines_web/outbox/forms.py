"""The form in which a message is worded."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from actionlines.text import direction
from actionlines_web.outbox.wording import Source, compiled
from actionlines_web.ui.problems import sentence


class WordingForm(forms.Form):
    """Subject and text of one kind of message in one language; faults stand beside their field, with their line."""

    subject = forms.CharField(label=_("Subject of the message"), max_length=200)
    text = forms.CharField(
        label=_("Text of the message"),
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_("Markdown: an empty line begins a paragraph, [words](address) make a link."),
    )
    seen = forms.CharField(widget=forms.HiddenInput, max_length=16)

    def __init__(self, language: str, values: Collection[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._values = values
        self.source: Source | None = None
        for name in ("subject", "text"):
            self.fields[name].widget.attrs |= {"lang": language, "dir": direction(language)}

    def clean(self) -> dict[str, Any]:
        """The reading of the wording by its own rules."""
        found: dict[str, Any] = super().clean() or {}
        if not {"subject", "text"} <= found.keys():
            return found
        source = Source(" ".join(found["subject"].split()), found["text"].replace("\r\n", "\n").strip())
        _wording, problems = compiled(source, self._values)
        for problem in problems:
            said = sentence(problem)
            if problem.row is not None and problem.column == "text":
                said = gettext("Line %(line)s: %(message)s") % {"line": problem.row, "message": said}
            self.add_error(problem.column, said)
        if not problems:
            self.source = source
        return found
