"""ITU's Data Hub, from the interface its own pages use (api.datahub.itu.int, version 2).

`/v2/data/bycode/ID/byiso/SEN` answers with the values of a series for an economy. The interface is not documented in
public and may refuse or change: every answer is held against the code of the series, and what differs is named.
"""

from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import quote

from actionlines.connectors.statistics import Asking, Source, Wanted, figure, unexpected, within
from actionlines.frameworks import areas
from actionlines.measurement.series import find_series
from actionlines.problems import InputError, marked


def _rows(asking: Asking, code: str) -> Iterator[tuple[str, ...]]:
    number = quote(asking.source.codes()[code].code, safe="")
    told = False
    for economy in _economies(asking.wanted):
        path = f"/v2/data/bycode/{number}/byiso/{economy}"
        answer = asking.answer(path)
        try:
            found = [(str(one["dataYear"]), _value(one), one) for one in answer]
        except (KeyError, TypeError, ValueError, AttributeError, IndexError):
            raise InputError([unexpected(path)]) from None
        for year, value, one in found:
            known = find_series(str(one.get("code") or code))
            if known is None or known.code != code:
                if not told:
                    template = marked("%(series)s: the source answers with %(said)s, which is left out.")
                    asking.note(template, series=code, said=str(one.get("code"))[:40])
                told = True
                continue
            if value is not None and within(asking.wanted, year):
                source = str(one.get("dataSource") or "ITU")
                note = str(one.get("dataNote") or "")
                flag = "E" if "estimate" in source.lower() else ""
                yield (economy, year, figure(value), flag, "", "", "", source, note)


def _value(one: Any) -> object:
    answer = one["answer"]
    return answer[0]["value"] if answer else None


def _economies(wanted: Wanted) -> tuple[str, ...]:
    return wanted.economies or tuple(one.iso3 for one in areas())


ITU: Final = Source(
    "itu", "ITU Data Hub", "https://api.datahub.itu.int", _rows, lambda wanted: len(_economies(wanted))
)
