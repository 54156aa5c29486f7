"""Finding organisations by their names, and making those that are missing."""

from collections.abc import Iterable

from actionlines.text import fold
from actionlines_web.organisations.models import Alias, Organisation


def ensure_organisations(wanted: Iterable[tuple[str, str, str]]) -> dict[str, int]:
    """Find or make organisations by name, inside the caller's transaction.

    Args:
        wanted: (name, stakeholder type or '', country or '').

    Returns:
        Name as given to primary key. A known organisation's empty type or country is filled, never overwritten. The
        name of one that was merged into another finds the other.
    """
    asked: dict[str, tuple[str, str, str]] = {}
    names: dict[str, str] = {}
    for name, stakeholder_type, country in wanted:
        names[name] = folded = folded_name(name)
        known = asked.get(folded, (name, "", ""))
        asked[folded] = (known[0], known[1] or stakeholder_type, known[2] or country)
    found = {item.folded_name: item for item in Organisation.objects.filter(folded_name__in=asked)}
    aliases = Alias.objects.filter(folded_name__in=asked).select_related("organisation")
    found |= {alias.folded_name: alias.organisation for alias in aliases}
    changed: list[Organisation] = []
    for folded, item in found.items():
        _, stakeholder_type, country = asked[folded]
        if (stakeholder_type and not item.stakeholder_type) or (country and not item.country):
            item.stakeholder_type = item.stakeholder_type or stakeholder_type
            item.country = item.country or country
            changed.append(item)
    Organisation.objects.bulk_update(changed, ["stakeholder_type", "country"])
    made = [
        Organisation(name=name, folded_name=folded, stakeholder_type=stakeholder_type, country=country)
        for folded, (name, stakeholder_type, country) in asked.items()
        if folded not in found
    ]
    for item in Organisation.objects.bulk_create(made):
        found[item.folded_name] = item
    return {name: found[folded].pk for name, folded in names.items()}


def folded_name(name: str) -> str:
    """The form under which two spellings of one name meet."""
    return " ".join(fold(name).split())[:300]
