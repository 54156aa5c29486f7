"""Numbers as people write them in tables of statistics: read in one way, or not at all."""

import re
from typing import Final

# What people write where there is no value.
NOTHING: Final = frozenset(
    {"", "..", "...", "n/a", "na", "n.a.", "n.a", "n.p.", "-", "–", "—", "null", "none", "nan"}
)
_PLAIN: Final = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_THOUSANDS: Final = re.compile(r"[-+]?\d{1,3}(?:([,\u00a0\u202f ’'])\d{3})(?:\1\d{3})*(?:\.\d+)?")
_DECIMAL_COMMA: Final = re.compile(r"[-+]?\d+,(?:\d{1,2}|\d{4,})")
_MARKED: Final = re.compile(r"(.*?\d)\s*([a-zA-Z*†‡¹²³])$")


def plain_number(text: str) -> tuple[str, str]:
    """The digits of a number with a point before its decimals, and the mark behind it ("12.3 e" is an estimate).

    ('', '') where the text is no number or could be read in two ways: "1,234" could be a thousand or one and a bit;
    "1,234,567", "1 234" and "12,5" can be read in one way only.
    """
    if _PLAIN.fullmatch(text):
        return text, ""
    match = _MARKED.fullmatch(text)
    if match:
        number, _ = plain_number(match[1])
        return (number, match[2].upper() if match[2].isalpha() else "E") if number else ("", "")
    match = _THOUSANDS.fullmatch(text)
    if match and (match[1] != "," or text.count(",") > 1 or "." in text):
        return re.sub(r"[,\s\u00a0\u202f’']", "", text), ""
    if _DECIMAL_COMMA.fullmatch(text):
        return text.replace(",", "."), ""
    return "", ""
