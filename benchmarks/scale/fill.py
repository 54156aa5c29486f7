"""A made register written into the site's database, past the actions: a million entries in minutes, not in hours.

Entries, organisations and links are written as they are made (COPY on PostgreSQL); the matrix and the search index are
then built by the site's own commands, whose times are figures of their own.
"""

import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import chain

from django.db import connection, models, transaction

from actionlines_web.organisations.actions import folded_name
from actionlines_web.organisations.models import Organisation
from actionlines_web.stocktaking.models import Entry, EntryLink
from scale.made import Made, MadeOrganisation, batches, organisations

BASES = {1: "declared", 2: "lexicon", 3: "lexicon"}
NOW = datetime(2026, 11, 25, tzinfo=UTC)


def fill(entries: int) -> float:
    """Write so many entries into the empty tables; seconds it took."""
    started = time.perf_counter()
    with transaction.atomic():
        _write(Organisation, (_organisation(item) for item in organisations(entries)))
        for made in batches(entries):
            _write(Entry, (_entry(item) for item in made))
            _write(EntryLink, chain.from_iterable(_links(item) for item in made))
    if connection.vendor == "postgresql":
        _restart_keys()
    return time.perf_counter() - started


def gather_statistics() -> None:
    """What a database that has run for a day knows of its tables."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def _organisation(item: MadeOrganisation) -> Organisation:
    name = item.name
    return Organisation(
        id=item.number,
        name=name,
        folded_name=folded_name(name),
        stakeholder_type=item.stakeholder_type,
        country=item.country,
    )


def _entry(item: Made) -> Entry:
    site = f"project{item.number}.example.org"
    return Entry(
        id=item.number,
        identifier=item.identifier,
        title=item.title,
        description=item.description,
        language=item.language,
        organisation_id=item.organisation or None,
        stakeholder_type=item.stakeholder_type,
        country=item.country,
        region=item.region,
        year=item.year,
        status=item.status,
        website=f"https://{site}/",
        site=site,
        source="benchmarks/scale",
        stage=item.stage,
        beneficiaries=item.beneficiaries,
        confirmed_on=item.confirmed,
        created_at=NOW,
        changed_at=NOW,
    )


def _links(item: Made) -> Iterator[EntryLink]:
    for framework, node, tier, probability in item.links:
        yield EntryLink(
            entry_id=item.number,
            framework=framework,
            node=node,
            basis=BASES[tier],
            tier=tier,
            probability=probability,
            evidence=[] if tier == 1 else [[0, len(item.title)]],
        )


def _write(model: type[models.Model], rows: Iterable[models.Model]) -> None:
    """The rows, column by column as Django would save them."""
    fields = [field for field in model._meta.concrete_fields if model is not EntryLink or field.name != "id"]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    values = ([_value(field, row) for field in fields] for row in rows)
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            places = ", ".join(["%s"] * len(fields))
            cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({places})", values)
        else:
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in values:
                    copy.write_row(row)


def _value(field: models.Field, row: models.Model) -> object:
    value = getattr(row, field.attname)
    return value if isinstance(value, str | int) else field.get_db_prep_save(value, connection)


def _restart_keys() -> None:
    with connection.cursor() as cursor:
        for model in (Organisation, Entry):
            table = model._meta.db_table
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")
