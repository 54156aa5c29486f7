"""The reader's language in the library's terms."""

from django.utils.translation import get_language

from actionlines.text import LANGUAGES


def library_language() -> str:
    """The active language as one of the library's six codes ('zh-hans' → 'zh')."""
    code = (get_language() or "en").split("-", 1)[0]
    return code if code in LANGUAGES else "en"
