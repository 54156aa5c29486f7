"""An exported entry as a row of a table: codes and, beside them, names in the reader's language."""

from collections.abc import Sequence

from actionlines.stocktaking import LONG_TEXTS
from actionlines_web.stocktaking.queries import ExportedEntry, Words
from actionlines_web.stocktaking.queries.rows import ExportedLink

COLUMNS = (
    "id",
    "title",
    "description",
    "organisation",
    "stakeholder_type",
    "stakeholder_type_name",
    "partners",
    "country_iso3",
    "country",
    "further_countries_iso3",
    "further_countries",
    "region",
    "region_name",
    "coverage",
    "coverage_name",
    "year",
    "start",
    "end",
    "stage",
    "stage_name",
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
    "directions",
    "setbacks",
    *LONG_TEXTS,
    "figures",
    "website",
    "source",
    "language",
    "demonstration",
    "address",
)


def cells(entry: ExportedEntry, words: Words) -> list[str]:
    """The cells under COLUMNS.

    Several codes, names or figures in a cell are separated by '; ', the titles and names of codes stand in the same
    order. `basis`, `probability` and `directions` name each link: 'C2=declared; 9.c=lexicon', 'C2=1; 9.c=0.73' and
    'C2=advances; 9.c=mentions'. `setbacks` are codes the entry works against: they stand in no other column.
    """
    return [
        entry.identifier,
        entry.title,
        entry.description,
        entry.organisation or "",
        entry.stakeholder_type,
        words.stakeholder_types.get(entry.stakeholder_type, entry.stakeholder_type),
        entry.partners.replace("\n", "; "),
        entry.country,
        words.countries.get(entry.country, entry.country),
        entry.countries.replace(" ", "; "),
        "; ".join([words.countries.get(code, code) for code in entry.countries.split()]),
        entry.region,
        words.regions.get(entry.region, entry.region),
        entry.coverage,
        words.coverages.get(entry.coverage, ""),
        str(entry.year or ""),
        entry.starts_on.isoformat() if entry.starts_on else "",
        entry.ends_on.isoformat() if entry.ends_on else "",
        entry.stage,
        words.stages.get(entry.stage, ""),
        entry.status,
        words.statuses.get(entry.status, entry.status),
        *_link_cells(entry.links, words),
        "; ".join([link.node for link in entry.setbacks]),
        *entry[_TEXTS],
        entry.figures.replace("\n", "; "),
        entry.website,
        entry.source,
        entry.language,
        "1" if entry.demonstration else "0",
        words.entry_address(entry.identifier),
    ]


# Where the LONG_TEXTS stand in an exported entry.
_TEXTS = slice(ExportedEntry._fields.index(LONG_TEXTS[0]), ExportedEntry._fields.index(LONG_TEXTS[-1]) + 1)


def _link_cells(links: Sequence[ExportedLink], words: Words) -> list[str]:
    """Codes and titles of lines, goals and targets, then bases, probabilities and directions; one pass, for it runs a million times."""
    lines, goals, targets = ([], []), ([], []), ([], [])  # type: tuple[tuple[list[str], list[str]], ...]
    bases, probabilities, directions = [], [], []
    for link in links:
        framework, node, _, probability, _, direction = link
        codes, titles = lines if framework == "wsis" else targets if "." in node else goals
        codes.append(node)
        titles.append(words.nodes[framework, node])
        bases.append(f"{node}={link.reason}")
        probabilities.append(f"{node}={probability:.6g}")
        directions.append(f"{node}={direction}")
    return ["; ".join(cell) for cell in (*lines, *goals, *targets, bases, probabilities, directions)]
