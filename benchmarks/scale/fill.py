"""A made register written into the site's database, past the actions: a million entries in minutes, not in hours.

Entries, organisations and links are written as they are made (COPY on PostgreSQL); the matrix and the search index are
then built by the site's own commands, whose times are figures of their own.
"""

import time
from collections.abc import Iterable, Iterator
from itertools import chain

from django.db import connection, models, transaction

from actionlines_web.organisations.actions import folded_name
from actionlines_web.organisations.models import Organisation
from actionlines_web.stocktaking.models import Entry, EntryLink
from scale.made import Made, MadeOrganisation, batches, organisations

BASES = {1: "declared", 2: "lexicon", 3: "lexicon"}
NOW = "2026-11-25 00:00:00"


def fill(entries: int) -> float:
    """Write so many entries into the empty tables; seconds it took."""
    started = time.perf_counter()
    with transaction.atomic():
        _write(Organisation, ORGANISATION, (_organisation(item) for item in organisations(entries)))
        for made in batches(entries):
            _write(Entry, ENTRY, (_entry(item) for item in made))
            _write(EntryLink, LINK, chain.from_iterable(_links(item) for item in made))
    if connection.vendor == "postgresql":
        _restart_keys()
    return time.perf_counter() - started


def gather_statistics() -> None:
    """What a database that has run for a day knows of its tables."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


# The columns that are written; every other one has what Django gives a new row.
ORGANISATION = ("id", "name", "folded_name", "stakeholder_type", "country")
ENTRY = (
    *("id", "identifier", "title", "description", "language", "organisation_id", "stakeholder_type"),
    *("country", "region", "year", "status", "website", "site", "source", "stage", "beneficiaries"),
    *("confirmed_on", "created_at", "changed_at"),
)
LINK = ("entry_id", "framework", "node", "basis", "tier", "probability", "evidence")

Row = tuple[object, ...]


def _organisation(item: MadeOrganisation) -> Row:
    return item.number, item.name, folded_name(item.name), item.stakeholder_type, item.country


def _entry(item: Made) -> Row:
    site = f"project{item.number}.example.org"
    return (
        *(item.number, item.identifier, item.title, item.description, item.language),
        *(item.organisation or None, item.stakeholder_type, item.country, item.region, item.year),
        *(item.status, f"https://{site}/", site, "benchmarks/scale", item.stage, item.beneficiaries),
        *(str(item.confirmed), NOW, NOW),
    )


def _links(item: Made) -> Iterator[Row]:
    evidence = f"[[0, {len(item.title)}]]"
    for framework, node, tier, probability in item.links:
        yield (
            *(item.number, framework, node, BASES[tier], tier, probability),
            "[]" if tier == 1 else evidence,
        )


def _write(model: type[models.Model], columns: tuple[str, ...], rows: Iterable[Row]) -> None:
    """Rows of some columns; the others get what Django gives a new row."""
    meta = model._meta  # noqa: SLF001
    fields = [
        field for field in meta.concrete_fields if field.attname not in columns and not field.primary_key
    ]
    rest = tuple(field.get_db_prep_save(field.pre_save(model(), True), connection) for field in fields)
    names = [meta.get_field(name.removesuffix("_id")).column for name in columns]
    names += [field.column for field in fields]
    listed = ", ".join(f'"{name}"' for name in names)
    table = meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            places = ", ".join(["?"] * len(names))
            statement = f"INSERT INTO {table} ({listed}) VALUES ({places})"
            connection.connection.executemany(statement, ((*row, *rest) for row in rows))
        else:
            with cursor.copy(f"COPY {table} ({listed}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row((*row, *rest))


def _restart_keys() -> None:
    with connection.cursor() as cursor:
        for model in (Organisation, Entry):
            table = model._meta.db_table  # noqa: SLF001
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}")
