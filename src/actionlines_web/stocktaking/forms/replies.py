"""The form in which a canned reply is worded."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from actionlines.text import LANGUAGES, Text, direction
from actionlines_web.stocktaking.replies import Reply

# "new" is the address of the page on which a kind begins.
_CODE = RegexValidator(
    r"\A(?!new\Z)[a-z0-9]+(-[a-z0-9]+)*\Z",
    _("Write small letters and digits, with hyphens between words: too-long."),
)


class ReplyForm(forms.Form):
    """Title and text in each of the six languages; with a code where the reply is a new one."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        validators=[_CODE],
        help_text=_("Small letters, digits and hyphens: too-long. It cannot be changed later."),
    )
    seen = forms.CharField(widget=forms.HiddenInput, max_length=16, required=False)

    def __init__(self, kind: str, standing: Reply | None, data: Any = None) -> None:
        """`kind` is empty for a new reply; `standing` is what is shown first."""
        super().__init__(data, initial=_initial(standing))
        self._kind = kind
        self.reply: Reply | None = None
        if kind:
            del self.fields["code"]
        for language in LANGUAGES:
            written = {"lang": language, "dir": direction(language)}
            self.fields[f"title-{language}"] = forms.CharField(
                label=_("Title"), max_length=100, widget=forms.TextInput(attrs=written)
            )
            self.fields[f"text-{language}"] = forms.CharField(
                label=_("Text"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4, **written})
            )

    def by_language(self) -> Sequence[tuple[str, list[BoundField]]]:
        """The fields of each language."""
        return [(code, [self[f"title-{code}"], self[f"text-{code}"]]) for code in LANGUAGES]

    def clean(self) -> dict[str, Any]:
        """The reply; a mail says it in one paragraph, so ends of lines become spaces."""
        found: dict[str, Any] = super().clean() or {}
        if not self.errors:
            parts = [
                Text({code: " ".join(found[f"{name}-{code}"].split()) for code in LANGUAGES})
                for name in ("title", "text")
            ]
            self.reply = Reply(self._kind or found["code"], *parts)
        return found


def _initial(standing: Reply | None) -> dict[str, str]:
    if standing is None:
        return {}
    parts = (("title", standing.title), ("text", standing.text))
    words = {f"{name}-{code}": part.get(code) for code in LANGUAGES for name, part in parts}
    return {**words, "seen": standing.fingerprint}
