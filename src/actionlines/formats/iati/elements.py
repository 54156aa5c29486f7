"""The parts of an IATI element that many elements share: texts, codes, days, amounts, organisations."""

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any, Final

from lxml import etree

from actionlines.formats.iati.activity import Coded, Narratives, Organisation, Value
from actionlines.formats.iati.codes import upgrades
from actionlines.problems import Problem, marked

Element = etree._Element  # noqa: SLF001 - lxml offers no other name for the type

_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_LANGUAGE: Final = re.compile(r"[a-z]{2,8}(-[a-z0-9]{1,8})*")
_NO_REF: Final = frozenset({"n/a", "na", "none", "null", "unknown", "-", "n.a.", "not applicable"})
_GROUPED: Final = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?")


class ElementReader:
    """Reads parts of the elements of one file, in the language and currency of the activity at hand.

    Attributes:
        problems: what was mended or left out, so far.
        offset: lines of the file before the text the parser of XML counts from.
        old: the file says that it is of a version 1.0x.
    """

    def __init__(self, file: str, *, old: bool) -> None:
        self.problems: list[Problem] = []
        self.offset = 0
        self.old = old
        self._file = file
        self._language = ""
        self._currency = ""

    def note(
        self,
        element: Element,
        place: str,
        template: str,
        expected: str = "",
        *,
        severity: str = "warning",
        **values: object,
    ) -> None:
        """Say what was mended or left out, and where."""
        self.problems.append(
            Problem(template, values, self._file, self._line(element), place, expected, severity)
        )

    def _line(self, element: Element) -> int:
        counted: Any = element.sourceline
        return int(counted or 0) + self.offset

    def _language_of(self, element: Element) -> str:
        said = element.get(_LANG)
        return _language(said) if said else ""

    def _narratives(self, element: Element) -> Narratives:
        """Texts of the narratives, or of the element itself as 1.0x wrote them, white space at the ends removed."""
        found = []
        for child in element:
            if child.tag == "narrative":
                said = child.text if not len(child) else "".join(map(str, child.itertext()))
                if said and (text := said.strip()):
                    found.append((self._language_of(child) or self._language, text))
        if not found and element.text and (text := element.text.strip()):
            found.append((self._language_of(element) or self._language, text))
        return tuple(found)

    def _code(self, element: Element, code_list: str, attribute: str = "code") -> str:
        """The code in the attribute, or in the element's text as 1.0x wrote it, in the words of 2.0x."""
        said = (element.get(attribute) or "").strip()
        if not said and attribute == "code":
            said = (element.text or "").strip()
        return said if said.isdecimal() else upgrades(code_list).get(said.lower(), said)

    def _ref(self, element: Element, place: str) -> str:
        ref = (element.get("ref") or "").strip()
        if ref.lower() in _NO_REF:
            self.note(
                element,
                place,
                marked("“%(said)s” is no identifier of an organisation and is left out."),
                marked("an identifier, or no attribute."),
                said=ref,
            )
            return ""
        return ref

    def _organisation(self, element: Element) -> Organisation:
        return Organisation(
            ref=self._ref(element, f"{element.tag}/@ref"),
            type=(element.get("type") or "").strip(),
            role=self._code(element, "OrganisationRole", "role"),
            names=self._narratives(element),
            secondary=element.get("secondary-reporter") in {"1", "true"},
        )

    def _coded(self, element: Element, code_list: str = "") -> Coded:
        code = (element.get("code") or "").strip()
        vocabulary = (element.get("vocabulary") or "").strip()
        if vocabulary and code_list and not vocabulary.isdecimal():
            vocabulary = upgrades(code_list).get(vocabulary.lower(), vocabulary)
        if self.old and code_list == "SectorVocabulary" and vocabulary in {"", "1"} and len(code) == 3:
            vocabulary = "2"  # the three-digit sectors of the DAC had no vocabulary of their own
        return Coded(
            code,
            vocabulary,
            (element.get("vocabulary-uri") or "").strip(),
            self._percentage(element),
            self._narratives(element),
        )

    def _percentage(self, element: Element) -> Decimal | None:
        said = element.get("percentage")
        if said is None or not said.strip():
            return None
        number = _decimal(said.strip().removesuffix("%").rstrip())
        if number is None:
            self.note(
                element,
                f"{element.tag}/@percentage",
                marked("“%(said)s” is no percentage and is left out."),
                marked("a number from 0 to 100."),
                said=said.strip()[:40],
            )
        return number

    def day(self, element: Element | None, place: str) -> str:
        """ISO 8601 of an `iso-date` (or the text, in 1.0x); '' and a note for none or one that is no day."""
        if element is None:
            return ""
        said = (element.get("iso-date") or element.text or "").strip()
        if said:
            try:
                return date.fromisoformat(said[:10]).isoformat()
            except ValueError:
                pass
        self.note(
            element,
            place,
            marked("“%(said)s” is not a day and is left out."),
            marked("an iso-date such as 2018-02-28."),
            said=said[:40],
        )
        return ""

    def _value(self, element: Element | None, place: str) -> Value | None:
        if element is None:
            return None
        said = (element.text or "").strip()
        amount = _decimal(said)
        if amount is None and _GROUPED.fullmatch(said):
            amount = Decimal(said.replace(",", ""))
            self.note(
                element,
                place,
                marked("the commas of “%(said)s” are taken for separators of thousands."),
                marked("a number without separators."),
                said=said,
            )
        if amount is None:
            self.note(
                element,
                place,
                marked("“%(said)s” is not an amount and is left out."),
                marked("a number such as 1979997 or 1226993.60."),
                said=said[:40],
            )
            return None
        currency = (element.get("currency") or "").strip().upper() or self._currency
        if not currency:
            self.note(
                element, place, marked("the amount has no currency."), marked("a currency such as EUR.")
            )
        day = (element.get("value-date") or "").strip()[:10]
        return Value(amount, currency, day if _is_day(day) else "")


@lru_cache(maxsize=1_024)
def _language(said: str) -> str:
    """Lower-case BCP 47 of whatever case and hyphen; '' for what is no tag of a language."""
    code = said.strip().lower().replace("_", "-")
    return code if _LANGUAGE.fullmatch(code) else ""


def _decimal(said: str) -> Decimal | None:
    try:
        number = Decimal(said)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _is_day(said: str) -> bool:
    try:
        date.fromisoformat(said)
    except ValueError:
        return False
    return True
