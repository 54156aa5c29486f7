"""An exported entry as a row of a table: codes and, beside them, names in the reader's language."""

from actionlines_web.stocktaking.queries import ExportedEntry, Words

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
    lines, goals, targets, bases, probabilities = _link_cells(entry, words)
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
        *lines,
        *goals,
        *targets,
        bases,
        probabilities,
        entry.website,
        entry.source,
        entry.language,
        "1" if entry.demonstration else "0",
        words.entry_address(entry.identifier),
    ]


Pair = tuple[str, str]


def _link_cells(entry: ExportedEntry, words: Words) -> tuple[Pair, Pair, Pair, str, str]:
    """Codes and titles of lines, goals and targets, then bases and probabilities; one pass, for it runs a million times."""
    groups: tuple[list[Pair], list[Pair], list[Pair]] = ([], [], [])
    bases, probabilities = [], []
    for framework, node, basis, probability in entry.links:
        group = 0 if framework == "wsis" else 2 if "." in node else 1
        groups[group].append((node, words.nodes[framework, node]))
        bases.append(f"{node}={basis}")
        probabilities.append(f"{node}={probability:.6g}")
    lines, goals, targets = [
        ("; ".join([node for node, _ in group]), "; ".join([title for _, title in group]))
        if group
        else ("", "")
        for group in groups
    ]
    return lines, goals, targets, "; ".join(bases), "; ".join(probabilities)
