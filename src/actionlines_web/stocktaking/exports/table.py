"""An exported entry as a row of a table: codes and, beside them, names in the reader's language."""

from actionlines_web.stocktaking.queries import ExportedEntry, Words
from actionlines_web.stocktaking.queries.rows import ExportedLink

COLUMNS = (
    "id",
    "title",
    "description",
    "organisation",
    "stakeholder_type",
    "stakeholder_type_name",
    "country_iso3",
    "country",
    "region",
    "region_name",
    "year",
    "start",
    "end",
    "status",
    "status_name",
    "lines",
    "line_titles",
    "goals",
    "goal_titles",
    "targets",
    "target_titles",
    "basis",
    "probability",
    "website",
    "source",
    "language",
    "demonstration",
    "address",
)


def cells(entry: ExportedEntry, words: Words) -> list[str]:
    """The cells under COLUMNS.

    Several codes in a cell are separated by '; ', their titles stand in the same order. `basis` and `probability`
    name each link: 'C2=declared; 9.c=lexicon' and 'C2=1; 9.c=0.73'.
    """
    lines = entry.linked("wsis")
    goals = [link for link in entry.links if link.framework == "sdg" and "." not in link.node]
    targets = [link for link in entry.links if link.framework == "sdg" and "." in link.node]
    return [
        entry.identifier,
        entry.title,
        entry.description,
        entry.organisation or "",
        entry.stakeholder_type,
        words.stakeholder_types.get(entry.stakeholder_type, entry.stakeholder_type),
        entry.country,
        words.countries.get(entry.country, entry.country),
        entry.region,
        words.regions.get(entry.region, entry.region),
        str(entry.year or ""),
        entry.starts_on.isoformat() if entry.starts_on else "",
        entry.ends_on.isoformat() if entry.ends_on else "",
        entry.status,
        words.statuses.get(entry.status, entry.status),
        *_codes_and_titles(lines, words),
        *_codes_and_titles(goals, words),
        *_codes_and_titles(targets, words),
        "; ".join(f"{link.node}={link.basis}" for link in entry.links),
        "; ".join(f"{link.node}={link.probability:.6g}" for link in entry.links),
        entry.website,
        entry.source,
        entry.language,
        "1" if entry.demonstration else "0",
        words.entry_address(entry.identifier),
    ]


def _codes_and_titles(links: list[ExportedLink], words: Words) -> tuple[str, str]:
    return (
        "; ".join([link.node for link in links]),
        "; ".join([words.nodes[link.framework, link.node] for link in links]),
    )
