"""The reader's language in the library's terms, and names in it."""

from django.utils.translation import get_language, get_language_info

from actionlines.frameworks import area
from actionlines.text import LANGUAGES


def library_language() -> str:
    """The active language as one of the library's six codes ('zh-hans' → 'zh')."""
    code = (get_language() or "en").split("-", 1)[0]
    return code if code in LANGUAGES else "en"


def country_name(iso3: str) -> str:
    """The name of an economy in the reader's language ('' for '', the code itself where it is unknown)."""
    try:
        return area(iso3).names.get(library_language()) if iso3 else ""
    except KeyError:
        return iso3


def language_name(code: str) -> str:
    """A language of the library in its own words: 'fr' → 'français'; an unknown code stays as it is."""
    try:
        return get_language_info({"zh": "zh-hans"}.get(code, code))["name_local"]
    except KeyError:
        return code
