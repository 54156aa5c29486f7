"""Which figures are there: by economy and by the organisation that collects them."""

from dataclasses import dataclass, field

from actionlines.measurement import series, series_by_code
from actionlines_web.indicators.models import Coverage


@dataclass
class Available:
    """What is known of an economy, or of a custodian's series.

    Attributes:
        series: custodian to how many of its series have a value; of an economy.
        last: the latest year of any value; values: how many there are.
        economies: with any value; of a custodian.
    """

    series: dict[str, int] = field(default_factory=dict)
    last: str = ""
    values: int = 0
    economies: set[str] = field(default_factory=set)


def availability() -> tuple[dict[str, Available], dict[str, Available], dict[str, int]]:
    """By economy, by custodian, and how many series each custodian has in the catalogue."""
    known = series_by_code()
    by_economy: dict[str, Available] = {}
    by_custodian: dict[str, Available] = {}
    seen: dict[str, set[str]] = {}
    rows = Coverage.objects.values_list("economy", "series", "last", "values").iterator(chunk_size=5_000)
    for economy, code, last, values in rows:
        custodian = known[code].custodian if code in known else ""
        own = by_economy.setdefault(economy, Available())
        own.series[custodian] = own.series.get(custodian, 0) + 1
        theirs = by_custodian.setdefault(custodian, Available())
        theirs.economies.add(economy)
        seen.setdefault(custodian, set()).add(code)
        for one in (own, theirs):
            one.last, one.values = max(one.last, last), one.values + values
    for custodian, codes in seen.items():
        by_custodian[custodian].series = {custodian: len(codes)}
    catalogue: dict[str, int] = {}
    for item in series():
        catalogue[item.custodian] = catalogue.get(item.custodian, 0) + 1
    return by_economy, by_custodian, catalogue
