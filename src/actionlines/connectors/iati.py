"""Files of IATI activities from the bulk service of the standard: one origin for what thousands of publishers publish.

The service (bulk-data.iatistandard.org) fetches every registered file several times a day, keeps the last good copy of
each, and lists them in `datasets-minimal`. Older lists name the files by dataset instead of in a row; both are read.
"""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from actionlines.connectors.client import Client, Fetched, Progress, silent
from actionlines.problems import InputError, Problem, marked

ORIGIN: Final = "https://bulk-data.iatistandard.org"
LIST: Final = "/datasets-minimal"
# The list is written anew every few hours.
LIST_SECONDS: Final = 3_600.0


@dataclass(frozen=True, slots=True)
class Dataset:
    """A file that a publisher has registered.

    Attributes:
        name: of the file in the registry.
        publisher: short name of who publishes it.
        licence: as its publisher says, or ''.
        address: of the last good copy.
    """

    name: str
    publisher: str
    licence: str
    address: str


def datasets(client: Client, origin: str = ORIGIN, publishers: Collection[str] = ()) -> list[Dataset]:
    """The files of some publishers, or of all, by name; those the service has no copy of are left out.

    Raises:
        InputError: the list cannot be had or read, or names none of a publisher.
    """
    address = f"{origin}{LIST}"
    try:
        listed = json.loads(client.fetch(address, max_age=LIST_SECONDS).read())
        found = [one for one in map(_dataset, _rows(listed)) if one is not None]
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        fault = marked("%(address)s is no list of files of IATI (%(reason)s).")
        values = {"address": address, "reason": type(error).__name__}
        raise InputError([Problem(fault, values)]) from None
    missing = set(publishers) - {one.publisher for one in found}
    if missing:
        template = marked("no file of the publisher “%(publisher)s” is listed.")
        expected = marked("a short name of the registry.")
        raise InputError(
            [Problem(template, {"publisher": one}, expected=expected) for one in sorted(missing)]
        )
    wanted = [one for one in found if not publishers or one.publisher in publishers]
    return sorted(wanted, key=lambda one: (one.publisher, one.name))


def fetch_datasets(
    client: Client, wanted: Sequence[Dataset], progress: Progress = silent
) -> Iterator[tuple[Dataset, Fetched | Problem]]:
    """Each file in the client's folder, or what kept it from there; a file that cannot be had costs the others nothing.

    Run again, it asks the service what has changed and takes only that.
    """
    for one in wanted:
        try:
            yield one, client.fetch(one.address, progress=progress)
        except InputError as error:
            yield one, error.problems[0]


def _rows(listed: Any) -> list[Mapping[str, Any]]:
    found = listed["datasets"]
    return list(found.values()) if isinstance(found, dict) else list(found)


def _dataset(row: Mapping[str, Any]) -> Dataset | None:
    kept = row.get("last_known_good_dataset") or {}
    address = kept.get("cached_dataset_xml_url") or kept.get("cached_dataset_url_xml") or row.get("url_xml")
    if not address:
        return None
    return Dataset(
        str(row.get("short_name") or row["name"]),
        str(row.get("reporting_org_short_name") or row.get("publisher_name") or ""),
        str(row.get("licence_id") or row.get("license_id") or ""),
        str(address),
    )
