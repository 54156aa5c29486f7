"""Filters in words of the reader's language."""

from django.utils.translation import gettext

from actionlines.frameworks import catalogue, region_names
from actionlines_web.organisations.queries import stakeholder_labels
from actionlines_web.stocktaking.labels import FRESHNESS_NAMES
from actionlines_web.stocktaking.models import Status
from actionlines_web.stocktaking.queries.filters import NONE, EntryQuery
from actionlines_web.ui.language import country_name, language_name, library_language


def filter_titles() -> dict[str, str]:
    """Titles of the parameters that narrow a list."""
    return {
        "line": gettext("Action line"),
        "goal": gettext("Goal"),
        "target": gettext("Target"),
        "sub_line": gettext("Part of the line"),
        "outcome": gettext("Outcome"),
        "region": gettext("Region"),
        "country": gettext("Country"),
        "year": gettext("Year"),
        "stakeholder": gettext("Stakeholder type"),
        "organisation": gettext("Organisation"),
        "status": gettext("Status"),
        "language": gettext("Language"),
        "q": gettext("Search"),
        "year_from": gettext("From year"),
        "year_to": gettext("To year"),
        "basis": gettext("Links that count"),
        "freshness": gettext("Still true?"),
        "story": gettext("Success story"),
    }


def filter_label(name: str, value: str) -> str:
    """A facet value in words (codes of lines and goals keep their code in front)."""
    language = library_language()
    known = catalogue()
    if value == NONE:
        return gettext("none")
    match name:
        case "line" | "goal" | "target" | "outcome":
            framework = {"line": "wsis", "outcome": "itu-d-2020"}.get(name, "sdg")
            return known.frameworks[framework][value].title.get(language)
        case "region":
            names = region_names()
            return names[value].get(language) if value in names else value
        case "country":
            return country_name(value)
        case "stakeholder":
            return stakeholder_labels().get(value, value)
        case "basis":
            return basis_labels()[value]
        case "status":
            return str(Status(value).label)
        case "freshness":
            return str(FRESHNESS_NAMES[value])
        case "story":
            return gettext("yes")
        case "language":
            return language_name(value)
        case _:
            return value


def basis_labels() -> dict[str, str]:
    """What links count, in words."""
    return {
        "declared": gettext("declared by the owner"),
        "accepted": gettext("declared, or accepted by a reviewer"),
        "evidence": gettext("declared, accepted or found in the text"),
    }


def filter_words(query: EntryQuery) -> list[dict[str, str]]:
    """The filters in force, each with the address that takes it off."""
    titles = filter_titles()
    return [
        {
            "name": name,
            "title": titles[name],
            "label": filter_label(name, value),
            "code": value if name in {"line", "goal", "target", "outcome"} and value != NONE else "",
            "address": query.address(**{name: None}) or "?",
        }
        for name, value in query.params().items()
        if name in titles
    ]
