"""Collect the words of the site and the library for translation, and compile the translations.

    python scripts/messages.py          extract, bring every .po up to date, compile every .mo
    python scripts/messages.py --check  change nothing; end with status 1 where something is missing or stale

Words are found in Python (`gettext` and its kin, and `marked` of the library's problems) and in Django templates,
which Django turns into something like Python first. No GNU gettext is needed.
"""

import argparse
import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src"
LOCALES = SOURCE / "actionlines_web" / "locale"
# Every language of the site but English; those named in COMPLETE must have every word translated.
LANGUAGES = ("ar", "es", "fr", "ru", "zh_Hans")
COMPLETE = LANGUAGES
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "marked": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
COMMENT_TAGS = ("Translators:",)
# A fixed day, so that an unchanged catalogue is an unchanged file.
DAY = datetime(2026, 1, 1, tzinfo=UTC)
HEADER = """\
# Words of the site and of the library's problems.
# Made by scripts/messages.py; translate the msgstr lines, leave the rest to it."""

Key = tuple[str | tuple[str, ...], str | None]


# Parts of the library whose messages the site does not show yet; the command line speaks English.
NOT_ON_THE_SITE = {("actionlines", "cli"), ("actionlines", "engine.py"), ("actionlines", "measurement")}


def sources() -> Iterator[tuple[Path, bytes]]:
    """Every Python file and template, as Python."""
    from django.utils.translation.template import templatize

    for path in sorted(SOURCE.rglob("*.py")):
        if path.relative_to(SOURCE).parts[:2] in NOT_ON_THE_SITE:
            continue
        if "migrations" not in path.parts:
            yield path, path.read_bytes()
    for path in sorted(SOURCE.rglob("templates/**/*.html")):
        pythonic = templatize(path.read_text(encoding="utf-8"), origin=str(path))
        # What is left of the markup keeps its indentation, which Python would take for blocks.
        yield path, "\n".join(line.strip() for line in pythonic.split("\n")).encode()


def template() -> Catalog:
    """All words in the order of the files."""
    catalog = new_catalog(None)
    for path, content in sources():
        place = path.relative_to(ROOT).as_posix()
        options = {"encoding": "utf-8"}
        for line, words, comments, context in extract(
            "python", BytesIO(content), KEYWORDS, COMMENT_TAGS, options
        ):
            catalog.add(words, None, [(place, line)], auto_comments=comments, context=context)
    return catalog


def new_catalog(language: str | None) -> Catalog:
    """An empty catalogue with the plural forms of its language."""
    return Catalog(
        locale=language,
        header_comment=HEADER,
        project="actionlines",
        msgid_bugs_address="the issues of the project",
        version="1",
        copyright_holder="the actionlines contributors",
        creation_date=DAY,
        revision_date=DAY,
        last_translator="the actionlines contributors",
        language_team="the actionlines contributors",
        charset="utf-8",
        fuzzy=False,
    )


def po_path(language: str) -> Path:
    """Where a language's words stand."""
    return LOCALES / language / "LC_MESSAGES" / "django.po"


def read(language: str) -> Catalog:
    """A language's catalogue as it stands, or an empty one."""
    path = po_path(language)
    if not path.is_file():
        return new_catalog(language)
    with path.open("rb") as handle:
        return read_po(handle, locale=language, domain="django")


def brought_up_to_date(language: str, words: Catalog) -> Catalog:
    """The language's translations for exactly the words in use, in their order."""
    known = {key(message): message for message in read(language)}
    catalog = new_catalog(language)
    for message in words:
        if not message.id:
            continue
        stood = known.get(key(message))
        catalog.add(
            message.id,
            stood.string if stood and "fuzzy" not in stood.flags else empty(message, catalog),
            message.locations,
            message.flags,
            message.auto_comments,
            stood.user_comments if stood else (),
            context=message.context,
        )
    return catalog


def key(message: Message) -> Key:
    """What tells one message from another."""
    # Babel reads the contexts of a .mo file as bytes.
    context = message.context.decode() if isinstance(message.context, bytes) else message.context
    return tuple(message.id) if message.pluralizable else message.id, context


def empty(message: Message, catalog: Catalog) -> str | tuple[str, ...]:
    """A translation still to be made."""
    return ("",) * catalog.num_plurals if message.pluralizable else ""


def po_bytes(catalog: Catalog) -> bytes:
    """The catalogue as a .po file."""
    buffer = BytesIO()
    write_po(buffer, catalog, width=110, include_lineno=False, ignore_obsolete=True)
    return buffer.getvalue()


def update() -> int:
    """Write every .po and .mo; say how much is translated."""
    words = template()
    for language in LANGUAGES:
        catalog = brought_up_to_date(language, words)
        path = po_path(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(po_bytes(catalog))
        with path.with_suffix(".mo").open("wb") as handle:
            write_mo(handle, catalog)
        missing = sum(1 for message in catalog if message.id and not translated(message))
        print(f"{language:8} {len(words)} messages, {missing} to translate")
    return 0


def strings(message: Message) -> tuple[str, ...]:
    """The translation in its plural forms (one for a message without)."""
    return tuple(message.string) if message.pluralizable else (message.string,)


def translated(message: Message) -> bool:
    """Whether the message has its translation, in every plural form."""
    return all(strings(message))


def check() -> int:
    """Print what is missing, wrong or stale; the exit status."""
    words = template()
    faults = [fault for language in LANGUAGES for fault in faults_of(language, words)]
    for fault in faults:
        print(fault, file=sys.stderr)
    if faults:
        print("Run: python scripts/messages.py, then translate what is empty.", file=sys.stderr)
    for language in LANGUAGES:
        untranslated = sum(
            1 for message in read(language) if is_of_the_site(message) and not translated(message)
        )
        if untranslated:
            print(f"{language}: {untranslated} messages of the site's own are shown in English.")
    return 1 if faults else 0


def is_of_the_site(message: Message) -> bool:
    """Whether the site's own pages say it (the rest are problems that the library finds)."""
    return bool(message.id) and any(
        place.startswith("src/actionlines_web/") for place, _ in message.locations
    )


def faults_of(language: str, words: Catalog) -> Iterator[str]:
    """What is missing, wrong or stale in one language."""
    catalog = read(language)
    name = po_path(language).relative_to(ROOT).as_posix()
    wanted = {key(message) for message in words if message.id}
    present = {key(message): message for message in catalog if message.id}
    for item in sorted(wanted - present.keys(), key=str):
        yield f"{name}: {item[0]!r} is missing"
    for item in sorted(present.keys() - wanted, key=str):
        yield f"{name}: {item[0]!r} is no longer in use"
    for message in present.values():
        if "fuzzy" in message.flags or (language in COMPLETE and not translated(message)):
            yield f"{name}: {message.id!r} is not translated"
        if translated(message):
            yield from (f"{name}: {message.id!r}: {error}" for error in message.check(catalog))
    if compiled(language) != {
        item: strings(message) for item, message in present.items() if translated(message)
    }:
        yield f"{name.removesuffix('po')}mo is not what the .po file says"


def compiled(language: str) -> dict[Key, tuple[str, ...]]:
    """The translations in a .mo file."""
    path = po_path(language).with_suffix(".mo")
    if not path.is_file():
        return {}
    with path.open("rb") as handle:
        return {key(message): strings(message) for message in read_mo(handle) if message.id}


def main() -> int:
    """Read the arguments, do it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--check", action="store_true", help="change nothing, report what is missing or stale"
    )
    arguments = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "actionlines_web.settings.test")
    return check() if arguments.check else update()


if __name__ == "__main__":
    sys.exit(main())
