"""IATI activities as entries of the register: what a careful person would enter.

One language, the organisation that does the work, the day it really began, the goals, targets and lines named anywhere
in the activity. What our own export wrote beside the standard (see `export.py`) is taken as it says.
"""

import hashlib
import html
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final

from actionlines.formats.iati.activity import (
    Activity,
    Description,
    Narratives,
    Organisation,
)
from actionlines.formats.iati.codes import PAGE, classified
from actionlines.formats.iati.reading import read_activities
from actionlines.formats.tabular.entries import EntryFile
from actionlines.frameworks.areas import find_area
from actionlines.problems import InputError, Problem, marked
from actionlines.stocktaking import Entry, entry_from_row
from actionlines.stocktaking.fields import FIRST_YEAR, LAST_YEAR
from actionlines.text import LANGUAGES

MOST_TITLE: Final = 300
MOST_DESCRIPTION: Final = 20_000
MOST_ID: Final = 64

# OrganisationType of IATI to stakeholder type.
_STAKEHOLDERS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("10", "11", "15"), "government"),
    **dict.fromkeys(("21", "22", "23", "24", "60"), "civil-society"),
    "40": "international-organisation",
    **dict.fromkeys(("70", "71", "72", "73"), "private-sector"),
    "80": "academia",
    **dict.fromkeys(("30", "90"), "other"),
}
# Who carries an activity out: who implements it, or is accountable for it, or passes the money on; else who reports it.
_DOERS: Final = ("4", "2", "3")
_TAG: Final = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>|<!--.*?-->", re.IGNORECASE | re.DOTALL)
_REFERENCE: Final = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8}\d?);", re.IGNORECASE)
# Characters of a file's texts that tell their language, and the fewest that tell it surely.
_TOLD_BY: Final = 400
_TOLD_SURELY: Final = 100


def read_entries(source: Path | bytes, name: str = "") -> EntryFile:
    """The entries of a file of IATI activities; `Entry.row` is the line an activity begins on.

    Raises:
        InputError: the file as a whole cannot be read: see `read_activities`; it holds no activity.
    """
    file = read_activities(source, name)
    entries: list[Entry] = []
    problems: list[Problem] = []
    lines: dict[str, int] = {}
    texts: dict[str, str] = {}
    count = 0
    for activity in file.activities:
        count += 1
        entry, found = entry_from_activity(activity, file.name)
        problems += found
        if entry is None:
            continue
        twin = lines.setdefault(entry.id, activity.line)
        if len(lines) == len(entries):
            problems.append(_duplicate(activity, twin, file.name))
            continue
        entries.append(entry)
        said = texts.get(entry.language, "")
        if entry.language and len(said) < _TOLD_BY:
            texts[entry.language] = f"{said} {entry.title.lower()} {entry.description.lower()}"
    problems += file.problems
    count += sum(problem.severity == "error" for problem in file.problems)
    if not count:
        raise InputError(file.problems or [Problem(marked("the file holds no activity."), file=file.name)])
    problems += _languages(texts, file.name)
    problems.sort(key=lambda problem: problem.row or 0)
    return EntryFile(file.name, tuple(entries), tuple(problems), {"title": "title"}, (), count)


def stream_entries(source: Path | bytes, name: str = "") -> Iterator[Entry | Problem]:
    """Every entry of a file as it is read, and every fault that costs one: for files larger than memory.

    Raises:
        InputError: as `read_entries`.
    """
    file = read_activities(source, name)
    seen: set[str] = set()
    said, empty = 0, True
    for activity in file.activities:
        empty = False
        entry, found = entry_from_activity(activity, file.name)
        yield from (problem for problem in found if problem.severity == "error")
        yield from (problem for problem in file.problems[said:] if problem.severity == "error")
        said = len(file.problems)
        # The first of an identifier is the one `read_entries` keeps.
        if entry is not None and entry.id not in seen:
            seen.add(entry.id)
            yield entry
    left = [problem for problem in file.problems[said:] if problem.severity == "error"]
    if empty:
        raise InputError(left or [Problem(marked("the file holds no activity."), file=file.name)])
    yield from left


def entry_from_activity(activity: Activity, file: str = "") -> tuple[Entry | None, list[Problem]]:
    """The entry (None when an error stops it) and what was mended, left out or refused."""
    reading = _Reading(activity, file)
    row = {name: value for name, value in reading.row().items() if value}
    entry, problems = entry_from_row(row, file=file, number=activity.line or None)
    return entry, [*reading.problems, *problems]


class _Reading:
    """One activity on its way to a row of an entry."""

    def __init__(self, activity: Activity, file: str) -> None:
        self.problems: list[Problem] = []
        self._activity = activity
        self._file = file
        self._kept = activity.kept
        self._language = _chosen_language(activity)

    def row(self) -> dict[str, str]:
        """Column of an entry to its text."""
        activity = self._activity
        found = classified(activity)
        for kind, code in found.unknown:
            self._note(
                kind,
                marked("“%(code)s” is no goal, target or indicator of the SDGs and is left out.")
                if kind != "line"
                else marked("“%(code)s” is not an action line and is left out."),
                marked("a code such as 9, 9.c or 9.c.1.")
                if kind != "line"
                else marked("a code such as C7-HEA."),
                code=code,
            )
        title = self._plain(self._said(activity.titles), "title", MOST_TITLE)
        start, end = self._days()
        doer = self._doer()
        return {
            "id": self._kept.get("id") or self._id(),
            "title": title,
            "description": self._description(title),
            "organisation": self._said(doer.names)[:MOST_TITLE] or doer.ref if doer is not None else "",
            "stakeholder_type": self._kept.get("stakeholder_type")
            or (_STAKEHOLDERS.get(doer.type, "") if doer is not None else ""),
            "country": self._country(),
            "year": self._kept.get("year", ""),
            "start": start,
            "end": end,
            "status": self._kept.get("status", ""),
            "lines": "; ".join(found.lines),
            "targets": "; ".join(found.targets),
            "language": self._language if self._language in LANGUAGES else "",
            "website": self._website(),
            "source": self._kept.get("source", "") if self._kept else self._source(),
        }

    def _note(self, place: str, template: str, expected: str = "", **values: object) -> None:
        self.problems.append(
            Problem(template, values, self._file, self._activity.line or None, place, expected, "warning")
        )

    def _said(self, texts: Narratives) -> str:
        """The text in the entry's language, or the first there is."""
        return next((text for code, text in texts if code == self._language), texts[0][1] if texts else "")

    def _plain(self, text: str, place: str, most: int) -> str:
        """The text without marks of HTML, not longer than a field may be; a comma that became “<” stays as it is."""
        plain = html.unescape(text) if _REFERENCE.search(text) else text
        if _TAG.search(plain):
            plain = _TAG.sub(" ", plain)
        plain = plain.replace("\x7f", "").strip()
        if plain != text:
            self._note(place, marked("marks of HTML were taken out of the text."), marked("plain text."))
        if len(plain) > most:
            self._note(
                place,
                marked("the text has %(found)d characters and was cut."),
                marked("at most %(most)d characters."),
                found=len(plain),
                most=most,
            )
            plain = plain[: most - 1].rsplit(None, 1)[0] + "…"
        return plain

    def _description(self, title: str) -> str:
        """The general description, then aims and the rest; the title where there is none."""
        parts = [self._said(one.texts) for one in sorted(self._activity.descriptions, key=_by_type)]
        text = self._plain("\n\n".join(dict.fromkeys(filter(None, parts))), "description", MOST_DESCRIPTION)
        if not text and title:
            self._note(
                "description",
                marked("the activity has no description; its title stands for it."),
                marked("a description."),
            )
        return text or title

    def _doer(self) -> Organisation | None:
        for role in _DOERS[:1] if self._kept else _DOERS:
            for one in self._activity.organisations:
                if one.role == role and (one.names or one.ref):
                    return one
        return None if self._kept else self._activity.reporter

    def _id(self) -> str:
        identifier = self._activity.identifier
        if len(identifier) <= MOST_ID:
            return identifier
        mark = hashlib.sha256(identifier.encode()).hexdigest()[:16]
        return f"{identifier[: MOST_ID - len(mark) - 1]}-{mark}"

    def _days(self) -> tuple[str, str]:
        if "dates" in self._kept:
            return "", ""
        start, end = (self._possible(self._activity.day(*types)) for types in (("2", "1"), ("4", "3")))
        if start and end and end < start:
            self._note(
                "activity-date",
                marked("the end %(end)s lies before the start %(start)s and is left out."),
                marked("a day not before the start."),
                start=start,
                end=end,
            )
            end = ""
        return start, end

    def _possible(self, day: str) -> str:
        if day and not FIRST_YEAR <= int(day[:4]) <= LAST_YEAR:
            self._note(
                "activity-date",
                marked("the day %(day)s is out of range and is left out."),
                marked("a day from %(first)d to %(last)d."),
                day=day,
                first=FIRST_YEAR,
                last=LAST_YEAR,
            )
            return ""
        return day

    def _country(self) -> str:
        """The country, if the activity is about one; those of its transactions where it names none itself."""
        coded = self._activity.countries or tuple(
            country for one in self._activity.transactions for country in one.countries
        )
        codes = dict.fromkeys(one.code for one in coded)
        known = {found for code in codes if (found := _iso3(code))}
        for code in codes:
            if not _iso3(code):
                self._note(
                    "recipient-country",
                    marked("“%(code)s” is no country and is left out."),
                    marked("an ISO 3166-1 code such as SN."),
                    code=code,
                )
        return next(iter(known)) if len(known) == 1 else ""

    def _website(self) -> str:
        for document in self._activity.documents:
            url = f"http://{document.url}" if document.url.startswith("www.") else document.url
            if PAGE in document.categories and re.match(r"https?://[^\s/]+\S*$", url):
                return url[:500] if len(url) <= 500 else ""
        return ""

    def _source(self) -> str:
        reporter = self._said(self._activity.reporter.names) or self._activity.reporter.ref
        return f"IATI: {self._activity.identifier}" + (f" ({reporter[:200]})" if reporter else "")


def _chosen_language(activity: Activity) -> str:
    """The language of the entry: the activity's own if its title has it, else the first of ours, else the first."""
    there = [code for code, _ in activity.titles]
    if activity.language in there:
        return activity.language
    return next((code for code in there if code in LANGUAGES), there[0] if there else activity.language)


def _by_type(description: Description) -> str:
    return description.type


@lru_cache(maxsize=1_024)
def _iso3(code: str) -> str:
    found = find_area(code) if code else None
    return found.iso3 if found is not None else ""


def _duplicate(activity: Activity, twin: int, file: str) -> Problem:
    return Problem(
        marked("the activity “%(id)s” stands on line %(twin)d already."),
        {"id": activity.identifier, "twin": twin},
        file,
        activity.line,
        "iati-identifier",
        marked("each activity once."),
    )


def _languages(texts: Mapping[str, str], file: str) -> Iterator[Problem]:
    """Texts that do not look like the language the file declares; they stay under it, for it is the owner's word."""
    # Imported here: the aligner's package takes longer to load than most files take to read.
    from actionlines.alignment.language import detect_language

    for declared, text in texts.items():
        found = detect_language(text) if len(text) >= _TOLD_SURELY else ""
        if found and found != declared:
            yield Problem(
                marked("the texts are declared as “%(declared)s” and look like “%(found)s”."),
                {"declared": declared, "found": found},
                file,
                None,
                "xml:lang",
                marked("the language the texts are in."),
                "warning",
            )
