"""The fields of an entry, read from the text of a cell; what cannot be read becomes a problem of that cell."""

import calendar
import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Final

from actionlines.frameworks import catalogue
from actionlines.frameworks.areas import areas, find_area
from actionlines.problems import Problem, marked
from actionlines.stocktaking.codes import find_line, find_target, line_with_title, near
from actionlines.stocktaking.length import WordRule
from actionlines.stocktaking.translation import MAKERS, Translation, columns_of
from actionlines.stocktaking.wordings import key, wordings
from actionlines.text import LANGUAGES

STAKEHOLDER_TYPES: Final = (
    "government",
    "private-sector",
    "international-organisation",
    "civil-society",
    "academia",
    "technical-community",
    "other",
)
STATUSES: Final = ("entry", "nominee", "champion", "winner", "other")
COVERAGES: Final = ("national", "regional", "international")
STAGES: Final = ("planned", "ongoing", "completed")

# The first projects of the register began before the Summit of 2003; a year far ahead is a slip of the keys.
FIRST_YEAR: Final = 1970
LAST_YEAR: Final = 2050

_CHOICES: Final[Mapping[str, Sequence[str]]] = {
    "status": STATUSES,
    "stakeholder_type": STAKEHOLDER_TYPES,
    "coverage": COVERAGES,
    "stage": STAGES,
    "translation": MAKERS,
    "language": LANGUAGES,
}
_LIST_SEPARATOR: Final = re.compile(r"[;,|/\n،؛；，、]+")
_COUNTRY_SEPARATOR: Final = re.compile(r"[;|/\n؛；]+")
_COMMA: Final = re.compile("[,،、，]+")
# Names of partners and the words of a figure hold commas, bars and slashes of their own.
_ITEM_SEPARATOR: Final = re.compile(r"[;\n؛；]+")
_MOST_ITEMS: Final = 100
_ELEMENTS: Final = (
    "a|abbr|article|b|big|blockquote|body|br|button|center|code|div|em|embed|font|form|h[1-6]|head|hr|html|i|iframe|img|"
    "input|li|link|meta|object|ol|p|pre|script|section|small|span|strong|style|sub|sup|svg|table|tbody|td|th|tr|u|ul|video"
)
_HTML: Final = re.compile(rf"</?(?:{_ELEMENTS})(?:[\s/][^<>]*)?>|<!--|<!doctype", re.IGNORECASE)
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_YEAR: Final = re.compile(r"\d{4}")
_DAY_FORMS: Final = (
    re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})"),
    re.compile(r"(?P<day>\d{1,2})[-/.](?P<month>\d{1,2})[-/.](?P<year>\d{4})"),
)


class RowReader:
    """Reads the cells of one row and collects what is wrong with them."""

    def __init__(
        self, row: Mapping[str, str], file: str, number: int | None, columns: Mapping[str, str]
    ) -> None:
        self.problems: list[Problem] = []
        self._row = row
        self._file = file
        self._number = number
        self._columns = columns

    @property
    def refused(self) -> bool:
        """Whether an error stops the record."""
        return any(problem.severity == "error" for problem in self.problems)

    def _cell(self, field: str) -> str:
        return self._row.get(field, "").strip()

    def note(
        self, field: str, template: str, expected: str = "", *, severity: str = "error", **values: object
    ) -> None:
        """Add a problem of the cell of `field`."""
        column = self._columns.get(field, field)
        self.problems.append(Problem(template, values, self._file, self._number, column, expected, severity))

    def plain(self, field: str, *, most: int, required: bool = False, lines: bool = False) -> str:
        """Plain text of at most `most` characters; `lines` lets it have several lines."""
        text = self._cell(field)
        if not text:
            if required:
                self.note(field, marked("the cell is empty."), marked("a text."))
            return ""
        if not lines:
            text = " ".join(text.split())
        if len(text) > most:
            self.note(
                field,
                marked("the text has %(found)d characters."),
                marked("at most %(most)d characters."),
                found=len(text),
                most=most,
            )
        tag = _HTML.search(text)
        if tag:
            self.note(
                field,
                marked("the text holds HTML: %(tag)s"),
                marked("plain text without tags."),
                tag=tag.group()[:40],
            )
        control = _CONTROL.search(text)
        if control:
            self.note(
                field,
                marked("the text holds a control character (%(character)s)."),
                marked("plain text."),
                character=f"U+{ord(control.group()):04X}",
            )
        return text

    def choice(self, field: str, kind: str = "") -> str:
        """One of the values of `kind` (the field's own by default), in any of the six languages; '' for an empty cell."""
        said = self._cell(field)
        if not said:
            return ""
        kind = kind or field
        known = wordings(kind)
        value = known.get(key(said)) or (
            known.get(key(said)[:2]) if kind == "language" and _is_locale(said) else None
        )
        if value is None:
            self.note(
                field,
                marked("“%(said)s” is not known."),
                marked("one of: %(known)s."),
                said=said,
                known=", ".join(_CHOICES[kind]),
            )
        return value or ""

    def country(self, field: str) -> str:
        """ISO 3166-1 alpha-3 of the country named; '' for an empty cell, or with a warning where it names several."""
        codes = self._country_codes(field)
        if len(codes) > 1:
            self.note(
                field,
                marked("“%(said)s” names several countries; the entry stands without a lead country."),
                severity="warning",
                said=self._cell(field),
            )
        return codes[0] if len(codes) == 1 else ""

    def further_countries(self, field: str, lead_field: str) -> tuple[str, ...]:
        """The countries beyond the lead; a lead cell that names several leads none, so all of them are further ones."""
        lead = self._country_codes(lead_field, quiet=True)
        codes = dict.fromkeys((*(lead if len(lead) > 1 else ()), *self._country_codes(field)))
        return tuple(code for code in codes if lead != [code])

    def _country_codes(self, field: str, *, quiet: bool = False) -> list[str]:
        """The countries a cell names, each once; unknown ones are noted unless `quiet`."""
        said = self._cell(field)
        whole = find_area(said) if said else None  # some names hold a comma
        if whole is not None:
            return [whole.iso3]
        codes: list[str] = []
        for part in filter(None, map(str.strip, _COUNTRY_SEPARATOR.split(said))):
            found = find_area(part)
            listed = [found] if found else [find_area(name.strip()) for name in _COMMA.split(part)]
            if None in listed and not quiet:
                self._unknown_country(field, part)
            codes += [place.iso3 for place in listed if place is not None]
        return list(dict.fromkeys(codes))

    def _unknown_country(self, field: str, said: str) -> None:
        offers = near(said, _country_names())
        self.note(
            field,
            marked("“%(said)s” is not a country."),
            marked("a country's ISO code or name; near: %(near)s.")
            if offers
            else marked("a country's ISO code or name, such as SEN or Senegal."),
            said=said,
            near=", ".join(offers),
        )

    def items(self, field: str, *, most: int = 300) -> tuple[str, ...]:
        """Names or short phrases separated by semicolons or lines, each once, of at most `most` characters."""
        text = self.plain(field, most=_MOST_ITEMS * most, lines=True)
        items = dict.fromkeys(" ".join(item.split()) for item in _ITEM_SEPARATOR.split(text))
        found = tuple(item for item in items if item)
        for item in found:
            if len(item) > most:
                self.note(
                    field,
                    marked("“%(said)s…” has %(found)d characters."),
                    marked("at most %(most)d characters each, separated by semicolons."),
                    said=item[:40],
                    found=len(item),
                    most=most,
                )
        if len(found) > _MOST_ITEMS:
            self.note(
                field,
                marked("the cell lists %(found)d things."),
                marked("at most %(most)d."),
                found=len(found),
                most=_MOST_ITEMS,
            )
        return found

    def figures(self, field: str) -> tuple[str, ...]:
        """Figures such as 'Teachers trained: 1200 persons (2023)', separated by semicolons or lines."""
        found = self.items(field)
        for item in found:
            if not any(character.isdigit() for character in item):
                self.note(
                    field,
                    marked("“%(said)s” holds no number."),
                    marked("what was counted, a colon, the number: Teachers trained: 1200 persons (2023)."),
                    severity="warning",
                    said=item[:80],
                )
        return found

    def translations(self, own_language: str) -> tuple[Translation, ...]:
        """The translations in the columns of the six languages; one into the entry's own language is left out."""
        found = []
        for language in LANGUAGES:
            columns = columns_of(language)
            if self._row.keys().isdisjoint(columns):
                continue
            title_column, text_column, maker_column = columns
            title = self.plain(title_column, most=300)
            text = self.plain(text_column, most=20_000, lines=True)
            maker = self.choice(maker_column, "translation") or MAKERS[0]
            if not (title or text):
                continue
            if language == own_language:
                self.note(
                    title_column if title else text_column,
                    marked("the entry itself is written in this language; the translation is left out."),
                    severity="warning",
                )
                continue
            if not title:
                self.note(title_column, marked("the cell is empty."), marked("the translated title."))
            found.append(Translation(language, title, text, maker))
        return tuple(found)

    def year(self, field: str, *, otherwise: date | None) -> int | None:
        """The year; for an empty cell that of the day `otherwise`, if there is one."""
        said = self._cell(field)
        if not said:
            return otherwise.year if otherwise else None
        year = int(said) if _YEAR.fullmatch(said) else None
        if year is not None and FIRST_YEAR <= year <= LAST_YEAR:
            return year
        self.note(
            field,
            marked("“%(said)s” is not a year.")
            if year is None
            else marked("the year %(said)s is out of range."),
            marked("a year from %(first)d to %(last)d, in four digits."),
            said=said,
            first=FIRST_YEAR,
            last=LAST_YEAR,
        )
        return None

    def day(self, field: str) -> date | None:
        """A day, written 2018-02-28 or 28/02/2018 (day before month); None for an empty cell."""
        said = self._cell(field)
        if not said:
            return None
        match = next(
            (match for form in _DAY_FORMS if (match := form.fullmatch(said.removesuffix(" 00:00:00")))), None
        )
        expected = marked("a day such as 2018-02-28 or 28/02/2018.")
        if match is None:
            self.note(field, marked("“%(said)s” is not a day."), expected, said=said)
            return None
        year, month, day = (int(match[part]) for part in ("year", "month", "day"))
        if not FIRST_YEAR <= year <= LAST_YEAR:
            self.note(
                field,
                marked("the year of %(said)s is out of range."),
                marked("a day from %(first)d to %(last)d."),
                said=said,
                first=FIRST_YEAR,
                last=LAST_YEAR,
            )
        elif not 1 <= month <= 12:
            self.note(
                field,
                marked("“%(said)s” is not a day: there is no month %(month)d."),
                expected,
                said=said,
                month=month,
            )
        elif not 1 <= day <= (days := calendar.monthrange(year, month)[1]):
            self.note(
                field,
                marked("“%(said)s” is not a day: month %(month)d of %(year)d has %(days)d days."),
                expected,
                said=said,
                month=month,
                year=year,
                days=days,
            )
        else:
            return date(year, month, day)
        return None

    def check_words(self, field: str, rule: WordRule, language: str) -> None:
        """Note a text shorter or longer than the rule wants it."""
        problem = rule.check(self._cell(field), language)
        if problem is not None:
            self.note(
                field, problem.template, problem.expected, severity=problem.severity, **dict(problem.values)
            )

    def check_order(self, first: date | None, last: date | None, last_field: str) -> None:
        """Note a last day that lies before the first."""
        if first is not None and last is not None and last < first:
            self.note(
                last_field,
                marked("the end %(end)s lies before the start %(start)s."),
                marked("a day not before the start."),
                end=last.isoformat(),
                start=first.isoformat(),
            )

    def lines(self, field: str) -> tuple[str, ...]:
        """Action lines, by code or title, in reading order."""
        codes = []
        whole = line_with_title(self._cell(field))  # some titles hold a comma
        for said in self._items(field) if whole is None else ():
            code = find_line(said)
            if code is not None:
                codes.append(code)
                continue
            known = [node.code for node in catalogue().frameworks["wsis"].nodes]
            self.note(
                field,
                marked("“%(said)s” is not an action line."),
                marked("codes such as C2 or C7-HEA, separated by semicolons; near: %(near)s."),
                said=said,
                near=", ".join(near(said, known) or known),
            )
        return _in_order("wsis", codes if whole is None else [whole])

    def targets(self, field: str) -> tuple[str, ...]:
        """Goals and targets of the SDGs, by code, in reading order."""
        codes = []
        for said in self._items(field):
            code, offers = find_target(said)
            if code is not None:
                codes.append(code)
                continue
            self.note(
                field,
                marked("“%(said)s” is not a goal or target of the SDGs."),
                marked("codes such as 9 or 9.c, separated by semicolons; near: %(near)s.")
                if offers
                else marked("codes such as 9 or 9.c, separated by semicolons."),
                said=said,
                near=", ".join(offers),
            )
        return _in_order("sdg", codes)

    def _items(self, field: str) -> list[str]:
        return [item.strip() for item in _LIST_SEPARATOR.split(self._cell(field)) if item.strip()]

    def address(self, field: str, *, text_allowed: bool = False) -> str:
        """A web address; with `text_allowed` any plain text that is not an address of another kind."""
        said = self.plain(field, most=500)
        scheme = re.match(r"([a-z][a-z0-9+.-]*):", said, re.IGNORECASE)
        is_web = re.match(r"https?://[^\s/]+", said, re.IGNORECASE) is not None
        is_text = text_allowed and (scheme is None or said[scheme.end() : scheme.end() + 1].isspace())
        if said and not is_web and not is_text:
            self.note(
                field,
                marked("“%(said)s” is not a web address."),
                marked("an address beginning with http:// or https://."),
                said=said[:80],
            )
        return said


def _is_locale(said: str) -> bool:
    """'fr-FR', 'en_GB'."""
    return re.fullmatch(r"[A-Za-z]{2}[-_][A-Za-z]{2,4}", said) is not None


def _in_order(framework: str, codes: Sequence[str]) -> tuple[str, ...]:
    nodes = catalogue().frameworks[framework]
    return tuple(sorted(dict.fromkeys(codes), key=lambda code: nodes[code].order))


@cache
def _country_names() -> tuple[str, ...]:
    return tuple(name for area in areas() for name in (area.iso3, *area.names.by_language.values()))
