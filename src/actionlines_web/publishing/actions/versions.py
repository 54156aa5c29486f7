"""Versions: ordered in a moment, made by a worker, whole or not there."""

import dataclasses
import json
import os
import secrets
import shutil
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django_tasks import task

from actionlines.problems import InputError
from actionlines.reports import Report as Made
from actionlines.reports import render
from actionlines.reports.bundle import FIGURES, REPORT_FORMATS
from actionlines.reports.changes import figure_changes
from actionlines.reports.narrative import FOREWORD, narrative_text
from actionlines.reports.render.as_html import fragments
from actionlines_web.accounts.actor import Actor, System
from actionlines_web.accounts.models import User
from actionlines_web.audit.actions import write_record
from actionlines_web.jobs.actions import enqueue
from actionlines_web.jobs.queries import status_of
from actionlines_web.jobs.running import report as say
from actionlines_web.outbox.actions import page_address, queue_message, site_page
from actionlines_web.publishing.actions.held import kept
from actionlines_web.publishing.files import figures_of, folder_of
from actionlines_web.publishing.models import Part, Report, Version
from actionlines_web.publishing.queries.building import bundle, material
from actionlines_web.publishing.queries.reports import narrative_of, newest_made
from actionlines_web.ui.problems import shown

# So many records that came or went are kept with a figure that changed; their number is kept whole.
_NAMED: Final = 50
_DAY_SECONDS: Final = 86_400
_WORKER: Final = System("worker")


@transaction.atomic
def order_version(actor: Actor, report: Report) -> Version:
    """Have a worker count the report anew with what people have written; whoever asks again for one being made gets that.

    Raises:
        PermissionDenied: the actor does not keep the report.
        InputError: it is not being written.
    """
    return order_in_transaction(actor, kept(actor, report, Report.State.WRITING))


def order_in_transaction(actor: Actor, report: Report) -> Version:
    """The same in the caller's transaction, for a report held by it."""
    last = report.versions.order_by("-number").first()
    if last is not None and last.made_at is None and not last.refused:
        job = status_of(last)
        if job is not None and job.unfinished:
            return last
    number = (report.versions.aggregate(last=Max("number"))["last"] or 0) + 1
    made = Version.objects.create(
        report=report,
        number=number,
        day=timezone.now().date(),
        narrative=narrative_of(report),
        ordered_by=actor if isinstance(actor, User) else report.owner,
    )
    enqueue(actor, make_version, made, version_id=made.pk)
    write_record(actor, "order version", report, {"name": str(number)})
    return made


@task()
def make_version(version_id: int) -> None:
    """The job that `order_version` queues; run again after its work is done, it does nothing.

    The files are written into a folder of this attempt alone, which takes its own name only when it is whole.
    """
    version = (
        Version.objects.filter(pk=version_id, made_at=None, refused=[])
        .select_related("report__owner")
        .first()
    )
    if version is None:
        return
    final = folder_of(version)
    part = final.with_name(f"{final.name}.{secrets.token_hex(4)}.part")
    part.mkdir(parents=True)
    try:
        try:
            found = _write(version, part)
        except InputError as error:
            _refuse(version, error)
        else:
            _keep(version, part, found)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _write(version: Version, folder: Path) -> dict[str, Any]:
    """Write the files of every language; returns what the row keeps of them."""
    report = version.report
    steps = 1 + len(report.languages) * (len(REPORT_FORMATS) + 1)
    done = 0

    def step(phase: str) -> None:
        nonlocal done
        say(phase, done, steps)
        done += 1

    step("reading")
    given = material(report.kind, report.params)
    narrative = narrative_text(version.narrative).encode()
    sizes: dict[str, int] = {}
    titles: dict[str, dict[str, str]] = {}
    entries = figures = 0
    for language in report.languages:
        step("counting")
        asked = (report.kind, report.params, language, version.day, given)
        source = bundle(*asked, narrative=narrative)
        made = source.report()
        figures, entries = len(made.figures), len(_counted(made))
        titles[language] = dict(_parts(made))
        address = site_page("publishing:figures", report.key, version.number, language=language)
        page = render(made, "html", figures_address=address)
        bare = bundle(*asked).report() if narrative else made
        parts = json.dumps(fragments(bare, figures_address=address), ensure_ascii=False).encode()
        archive = source.archive(made, on_format=step)
        for name, data in (
            (f"{language}.html", page),
            (f"{language}.parts.json", parts),
            (f"{language}.zip", archive),
        ):
            _written(folder / name, data)
            sizes[name] = len(data)
    return {
        "vintage": _vintage(folder / f"{report.languages[0]}.zip"),
        "figures": figures,
        "entries": entries,
        "files": sizes,
        "titles": titles,
    }


def _counted(made: Made) -> set[str]:
    """The entries that any figure counts."""
    of_entries = (figure for figure in made.figures.values() if figure.counting != "nodes")
    return {record for figure in of_entries for record in figure.records}


def _parts(made: Made) -> Iterator[tuple[str, str]]:
    """The sections in which people may write: those of the top, and the boxes at the head of a meeting paper."""
    for depth, section in made.walk():
        if section.id in (FOREWORD, "paper"):
            continue
        if depth == 1 or (section.id.startswith("paper-") and section.id != "paper-figures"):
            yield section.id, f"{section.number} {section.title}".strip()


def _written(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _vintage(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        first = next(iter(json.loads(archive.read(FIGURES))["figures"].values()), {})
    return str(first.get("vintage", ""))


@transaction.atomic
def _keep(version: Version, part: Path, found: dict[str, Any]) -> None:
    """Give the whole folder its name, note what it holds, make the parts people write in, and tell who ordered it."""
    report = Report.objects.select_for_update().get(pk=version.report_id)
    locked = Version.objects.select_for_update().filter(pk=version.pk, made_at=None).first()
    if locked is None:
        return
    before = newest_made(report)
    final = folder_of(version)
    # What an attempt left that died between this and its commit.
    shutil.rmtree(final, ignore_errors=True)
    part.replace(final)
    for name, value in found.items():
        setattr(locked, name, value)
    locked.made_at = timezone.now()
    locked.changes = _changes(before, locked) if before else []
    locked.save()
    _make_parts(report, found["titles"])
    write_record(_WORKER, "make version", report, {"name": str(locked.number), "entries": locked.entries})
    reader = version.ordered_by or report.owner
    if reader is not None:
        address = page_address(reader, "publishing:draft", report.key)
        values = {"report": report.title, "number": str(locked.number), "address": address}
        queue_message(_WORKER, reader, "report-ready", values)


def _changes(before: Version, after: Version) -> list[dict[str, Any]]:
    """The figures that differ from the version before, in the first language, with the records that came and went."""
    language = after.report.languages[0]
    try:
        old = figures_of(before, language)
    except FileNotFoundError:  # a folder that was lost: the version is made all the same
        return []
    found = []
    for change in figure_changes(old, figures_of(after, language)):
        said = dataclasses.asdict(change)
        for name in ("added", "removed"):
            said[f"{name}_number"] = len(said[name])
            said[name] = list(said[name][:_NAMED])
        found.append(said)
    return found


def _make_parts(report: Report, titles: dict[str, dict[str, str]]) -> None:
    """A part for each section; what people wrote in one stays, whatever the sections are called now."""
    names = [FOREWORD, *next(iter(titles.values()))]
    known = {part.name: part for part in report.parts.all()}
    for position, name in enumerate(names):
        said = {language: sections[name] for language, sections in titles.items() if name in sections}
        part = known.get(name) or Part(report=report, name=name)
        part.position, part.titles = position, said
        part.save()


@transaction.atomic
def _refuse(version: Version, error: InputError) -> None:
    """Note why the version cannot be made."""
    locked = Version.objects.select_for_update().get(pk=version.pk)
    locked.refused = [shown(problem) for problem in error.problems]
    locked.save(update_fields=["refused"])
    write_record(_WORKER, "refuse version", version.report, {"name": str(version.number)})


def remove_half_made() -> None:
    """Remove what killed workers left half made; no version takes a day."""
    for folder in (Path(settings.MEDIA_ROOT) / "reports").glob("*/*.part"):
        if time.time() - folder.stat().st_mtime > _DAY_SECONDS:
            shutil.rmtree(folder, ignore_errors=True)
