"""The files of a version on the disk: a bundle for each language, the page with links, and what the desk shows of it."""

import json
import zipfile
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from actionlines.reports.bundle import FIGURES, REPORT_FORMATS
from actionlines_web.publishing.models import Version

FORMS: Final = (*REPORT_FORMATS, "zip")
MEDIA_TYPES: Final = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}


def folder_of(version: Version) -> Path:
    """Where the files of a version lie once they are whole."""
    return Path(settings.MEDIA_ROOT) / "reports" / version.report.key / str(version.number)


def bundle_path(version: Version, language: str) -> Path:
    """The bundle of a language."""
    return folder_of(version) / f"{language}.zip"


def content_of(version: Version, language: str, form: str) -> bytes:
    """A file of the version; the html is the one whose figures are links.

    Raises:
        FileNotFoundError: the version has no such file.
    """
    if form == "html":
        return (folder_of(version) / f"{language}.html").read_bytes()
    path = bundle_path(version, language)
    if form == "zip":
        return path.read_bytes()
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.read(f"report.{form}")
    except KeyError as error:
        raise FileNotFoundError(f"{path}: report.{form}") from error


def figures_of(version: Version, language: str) -> dict[str, dict[str, Any]]:
    """The figures of a version that was made, as its bundle holds them. A version never changes, so they are kept."""
    return _figures(bundle_path(version, language))


@lru_cache(maxsize=8)
def _figures(path: Path) -> dict[str, dict[str, Any]]:
    with zipfile.ZipFile(path) as archive:
        return dict(json.loads(archive.read(FIGURES))["figures"])


def generated_part(version: Version, language: str, name: str) -> str:
    """The counted part of a section as html, '' where there is none."""
    path = folder_of(version) / f"{language}.parts.json"
    try:
        return str(json.loads(path.read_bytes()).get(name, ""))
    except FileNotFoundError:
        return ""
