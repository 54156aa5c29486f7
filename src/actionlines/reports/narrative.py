"""What people write beside the counted parts of a report: a passage for a section, in one or several languages."""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from actionlines.problems import InputError, Problem, marked
from actionlines.reports.model import Block, Paragraph, Report, Section
from actionlines.reports.wording import Wording, wording
from actionlines.text import LANGUAGES

FOREWORD: Final = "foreword"  # a section of its own before all others, there when somebody has written it
MOST_CHARACTERS: Final = 200_000
# Sections whose generated text stands in for what nobody has written: a passage takes its place.
_STANDING_IN: Final = "paper-"
_AFTER_NUMBER: Final = "\u2003"
_FALLBACK: Final = ("en", "fr", "es", "ar", "ru", "zh")

# Section id → language → text. An empty line parts paragraphs; a line that begins with "- " is an item of a list.
Narrative = Mapping[str, Mapping[str, str]]


def read_narrative(data: bytes, name: str = "") -> dict[str, dict[str, str]]:
    """The passages of a toml file: a table for each section, in it a text for each language.

    Raises:
        InputError: no toml, a section without a table, an unknown language, no text; every fault at once.
    """
    try:
        found = tomllib.loads(data.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError([_unreadable(name, str(error))]) from None
    problems = list(_faults(found, name))
    if problems:
        raise InputError(problems)
    return {section: dict(texts) for section, texts in found.items()}


def narrative_text(narrative: Narrative) -> str:
    """The toml text of the passages, sections and languages in order; the same for the same passages."""
    parts = []
    for section in sorted(narrative):
        texts = {language: text for language, text in narrative[section].items() if text.strip()}
        if texts:
            lines = "\n".join(f"{language} = {_quoted(texts[language])}" for language in sorted(texts))
            parts.append(f"[{_quoted(section)}]\n{lines}\n")
    return "\n".join(parts)


def narrated(report: Report, narrative: Narrative) -> Report:
    """The report with the passages in their sections, each in the report's language where there is one.

    A passage that is not there in the report's language appears in its own, and a note says so.

    Raises:
        InputError: a passage for a section that the report does not have.
    """
    written = {
        name: texts for name, texts in narrative.items() if any(text.strip() for text in texts.values())
    }
    if not written:
        return report
    known = [section.id for _, section in report.walk()]
    strangers = sorted(written.keys() - {*known, FOREWORD})
    if strangers:
        raise InputError([_no_section(name, known) for name in strangers])
    words = wording(report.kind, report.language)
    sections = tuple(_told(section, written, words) for section in report.sections)
    if FOREWORD in written:
        title = words.say("narrative.foreword")
        sections = (Section(FOREWORD, title, tuple(_passage(written[FOREWORD], words))), *sections)
    return replace(report, sections=tuple(_numbered(sections, words)))


def _numbered(sections: tuple[Section, ...], words: Wording) -> Iterator[Section]:
    """The sections; the paragraphs of a meeting paper numbered through the whole paper, written ones with the others."""
    place = 0
    for section in sections:
        if not section.id.startswith(_STANDING_IN):
            yield section
            continue
        blocks: list[Block] = []
        for block in section.blocks:
            if isinstance(block, Paragraph) and block.style == "body":
                place += 1
                shown = str(place) if block.language else words.number(place)
                block = replace(
                    block, text=f"{shown}{_AFTER_NUMBER}{block.text.rpartition(_AFTER_NUMBER)[2]}"
                )
            blocks.append(block)
        yield replace(section, blocks=tuple(blocks))


def _told(section: Section, written: Narrative, words: Wording) -> Section:
    blocks: tuple[Block, ...] = section.blocks
    if section.id in written:
        kept = () if section.id.startswith(_STANDING_IN) else blocks
        blocks = (*_passage(written[section.id], words), *kept)
    below = tuple(_told(part, written, words) for part in section.sections)
    return replace(section, blocks=blocks, sections=below)


def _passage(texts: Mapping[str, str], words: Wording) -> Iterator[Paragraph]:
    """The paragraphs of a passage, with a note before them where they are in another language than the report."""
    wanted = (words.language, *_FALLBACK)
    language = next(code for code in wanted if texts.get(code, "").strip())
    spoken = "" if language == words.language else language
    if spoken:
        yield Paragraph(words.say("narrative.language", language=words.language_name(spoken)), "note")
    for part in re.split(r"\n\s*\n", texts[language].replace("\r\n", "\n").strip()):
        yield from _paragraphs(part, spoken)


def _paragraphs(part: str, spoken: str) -> Iterator[Paragraph]:
    """A part between empty lines: its lines are one paragraph, but for the items of a list."""
    running: list[str] = []
    for line in part.splitlines():
        if not line.lstrip().startswith("- "):
            running.append(line.strip())
            continue
        if running:
            yield Paragraph(" ".join(running), "body", spoken)
            running = []
        yield Paragraph(line.lstrip()[2:].strip(), "item", spoken)
    if running:
        yield Paragraph(" ".join(running), "body", spoken)


def _quoted(text: str) -> str:
    """A TOML basic string; what TOML forbids in one (DEL, lone halves of characters) is left out."""
    clean = text.replace("\x7f", "").encode("utf-8", errors="ignore").decode("utf-8")
    return json.dumps(clean, ensure_ascii=False)


def _faults(found: Mapping[str, Any], name: str) -> Iterator[Problem]:
    for section, texts in found.items():
        if not isinstance(texts, dict):
            yield Problem(
                marked("the section is no table."),
                file=name,
                column=section,
                expected=marked("a table with a text for each language."),
            )
            continue
        for language, text in texts.items():
            column = f"{section}.{language}"
            if language not in LANGUAGES:
                yield Problem(
                    marked("there is no report in the language '%(language)s'."),
                    {"language": language, "known": ", ".join(LANGUAGES)},
                    file=name,
                    column=column,
                    expected=marked("one of %(known)s."),
                )
            elif not isinstance(text, str) or len(text) > MOST_CHARACTERS:
                yield Problem(
                    marked("the field is no text."),
                    file=name,
                    column=column,
                    expected=marked("text in quotes."),
                )


def _no_section(name: str, known: list[str]) -> Problem:
    return Problem(
        marked("the report has no section '%(section)s'."),
        {"section": name, "known": ", ".join([FOREWORD, *known[:60]])},
        expected=marked("one of %(known)s."),
    )


def _unreadable(name: str, reason: str) -> Problem:
    return Problem(
        marked("the file cannot be read (%(reason)s)."),
        {"reason": reason},
        file=name,
        expected=marked("a toml file with a table for each section."),
    )
