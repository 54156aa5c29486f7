"""What a figure counts, found again by plain loops over the entries and links."""

from datetime import date

from actionlines.frameworks import area, catalogue

LINES = [
    "C1",
    "C2",
    "C3",
    "C4",
    "C5",
    "C6",
    "C7-GOV",
    "C7-BUS",
    "C7-LEA",
    "C7-HEA",
    "C7-EMP",
    "C7-ENV",
    "C7-AGR",
    "C7-SCI",
    "C8",
    "C9",
    "C10",
    "C11",
]


def recount(figure, entries, links, today, counted=("declared", "cited", "lexicon"), least=0.5):
    """The value and the record ids of a figure, from its query alone."""
    if figure.counting == "nodes":
        framework = catalogue().frameworks[figure.query["framework"]]
        found = sorted(f"{n.framework}:{n.code}" for n in framework.nodes if n.kind in figure.query["kind"])
        if figure.query["framework"] == "wsis":
            found.remove("wsis:C7")  # 18 lines: C7 stands for its eight sub-lines
        return len(found), tuple(found)
    matching = [e for e in entries if matches(e, links.get(e.id, ()), figure.query, today, counted, least)]
    if figure.counting in ("entries", "mentions"):
        return len(matching), tuple(sorted(e.id for e in matching))
    if figure.counting in ("first year", "last year"):
        years = [e.year for e in matching if e.year is not None]
        year = min(years) if figure.counting == "first year" else max(years)
        return year, tuple(sorted(e.id for e in matching if e.year == year))
    values = {e.id: values_of(e, links.get(e.id, ()), figure, today) for e in matching}
    return len(set().union(*values.values())), tuple(sorted(name for name, found in values.items() if found))


def values_of(entry, links, figure, today):
    if figure.counting == "organisations":
        return {entry.organisation.lower()} - {""}
    if figure.counting == "countries":
        return {entry.country} - {""}
    if figure.counting == "regions":
        return {region(entry, today)} - {"none"}
    basis, least = figure.query["basis"], figure.query["probability_from"]
    if figure.counting == "lines":
        return lines_of(links, basis, least) & {*LINES}
    if figure.counting == "goals":
        return goals_of(links, basis, least)
    return targets_of(links, basis, least)


def matches(entry, links, query, today, counted, least):
    if "year_from" in query and (entry.year is None or entry.year < query["year_from"]):
        return False
    if "year_to" in query and (entry.year is None or entry.year > query["year_to"]):
        return False
    if query.get("year") == "none" and entry.year is not None:
        return False
    if "region" in query and region(entry, today) != query["region"]:
        return False
    if "country" in query and (entry.country or "none") != query["country"]:
        return False
    if "status" in query and entry.status not in query["status"]:
        return False
    if "organisation" in query and entry.organisation.lower() != query["organisation"].lower():
        return False
    if query.get("basis") == ["matrix"]:
        suggested = goals_of(links, ["matrix"], 0) - goals_of(links, counted, least)
        return query["goal"] in suggested if "goal" in query else bool(suggested)
    for name, find in (
        ("line", lines_of),
        ("sub_line", sub_lines_of),
        ("goal", goals_of),
        ("target", targets_of),
    ):
        if name in query:
            found = find(links, query["basis"], query["probability_from"])
            if (query[name] not in found) if query[name] != "none" else found:
                return False
    return True


def region(entry, today):
    day = date(entry.year, 7, 1) if entry.year else today
    return (area(entry.country).region(day) if entry.country else "") or "none"


def nodes(links, framework, basis, least):
    return {
        link.node
        for link in links
        if link.framework == framework and link.basis in basis and link.probability >= least
    }


def lines_of(links, basis, least):
    found = nodes(links, "wsis", basis, least)
    return found | {node.split("-")[0] for node in found}


def sub_lines_of(links, basis, least):
    return {node for node in lines_of(links, basis, least) if "-" in node}


def goals_of(links, basis, least):
    return {node.split(".")[0] for node in nodes(links, "sdg", basis, least)}


def targets_of(links, basis, least):
    return {".".join(node.split(".")[:2]) for node in nodes(links, "sdg", basis, least) if "." in node}
