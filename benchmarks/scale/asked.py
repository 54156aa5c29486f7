"""What readers ask of the register, by kind of request, and how it is asked: several clients at once, over HTTP."""

import http.client
import random
import statistics
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import quote, urlencode

import numpy as np

from actionlines.frameworks import catalogue
from actionlines.stocktaking import STAKEHOLDER_TYPES
from scale.made import LAST_YEAR, organisations
from scale.serving import Server
from scale.words import vocabulary

CLIENTS = 4
# Places in the vocabulary: words in a tenth of the English entries and more, in a few of a thousand, in a handful.
COMMON, MIDDLE, RARE = (4, 60), (100, 900), (6_000, 30_000)


@dataclass(frozen=True, slots=True)
class Asked:
    """How the answers to one kind of request came.

    Attributes:
        seconds: of each request, on the clock.
        cpu: processor seconds a request, of the server and its database.
    """

    seconds: tuple[float, ...]
    cpu: float

    def __str__(self) -> str:
        return f"p50 {1000 * self.at(50):.0f} ms, p95 {1000 * self.at(95):.0f} ms; {1000 * self.cpu:.0f} ms of CPU a request"

    def at(self, percent: int) -> float:
        """The time under which so many of a hundred answers came."""
        return statistics.quantiles(self.seconds, n=100, method="inclusive")[percent - 1]


def requests(entries: int, each: int) -> Mapping[str, Sequence[str]]:
    """Addresses by kind, `each` of a kind, none twice where there are enough."""
    chance = random.Random(5)
    filters = _filters(entries)

    def listed(**more: str) -> str:
        return f"/entries/?{urlencode(more)}"

    def filtered(number: int) -> dict[str, str]:
        return {name: value for pick in chance.sample(filters, number) for name, value in pick().items()}

    def word(between: tuple[int, int]) -> str:
        return vocabulary(chance.choice(("en", "en", "fr", "es", "ru", "ar")))[chance.randrange(*between)]

    places = ("region", "country", "year_from", "stakeholder")
    return {
        "list without a filter": ["/entries/"] * each,
        "list with one filter": [listed(**filtered(1)) for _ in range(each)],
        "list with three filters": [listed(**filtered(3)) for _ in range(each)],
        "search, rare word": [listed(q=word(RARE)) for _ in range(each)],
        "search, common word": [listed(q=word(COMMON)) for _ in range(each)],
        "search, two words": [listed(q=f"{word(MIDDLE)} {word(COMMON)}") for _ in range(each)],
        "search and two filters": [listed(q=word(MIDDLE), **filtered(2)) for _ in range(each)],
        "matrix without a filter": ["/"] * each,
        "matrix with filters": [
            "/?"
            + urlencode({name: value for name, value in filtered(4).items() if name in (*places, "goal")})
            for _ in range(each)
        ],
        "entry": [f"/entries/scale-{chance.randrange(1, entries + 1):07}/" for _ in range(each)],
    }


def _filters(entries: int) -> list:
    chance = random.Random(6)
    known = catalogue().frameworks
    countries = list({item.country for item in organisations(entries)[:2_000]})
    lines = [node.code for node in known["wsis"].nodes]
    targets = [node.code for node in known["sdg"].of_kind("target")]
    return [
        lambda: {"region": chance.choice(("AFR", "AMS", "ARB", "ASP", "CIS", "EUR"))},
        lambda: {"country": chance.choice(countries)},
        lambda: {"year_from": str(chance.randrange(2008, LAST_YEAR))},
        lambda: {"stakeholder": chance.choice(STAKEHOLDER_TYPES)},
        lambda: {"line": chance.choice(lines)},
        lambda: {"goal": str(chance.randrange(1, 18))},
        lambda: {"target": chance.choice(targets)},
        lambda: {"status": chance.choice(("nominee", "champion", "winner"))},
        lambda: {"language": chance.choice(("ar", "en", "es", "fr", "ru", "zh"))},
        lambda: {"freshness": chance.choice(("current", "due", "overdue"))},
    ]


def ask(server: Server, addresses: Sequence[str], headers: Mapping[str, str] | None = None) -> Asked:
    """Ask all of them, CLIENTS at a time, each client over one connection."""
    parts = [addresses[start::CLIENTS] for start in range(CLIENTS)]
    before = server.cpu()
    with ThreadPoolExecutor(CLIENTS) as pool:
        found = [
            seconds
            for part in pool.map(lambda part: _ask(server.port, part, headers), parts)
            for seconds in part
        ]
    return Asked(tuple(found), (server.cpu() - before) / len(found))


def _ask(port: int, addresses: Sequence[str], headers: Mapping[str, str] | None) -> list[float]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=300)
    seconds = []
    for address in addresses:
        started = time.perf_counter()
        connection.request(
            "GET", quote(address, safe="/?&=%+-_.~"), headers={"Accept": "text/html", **(headers or {})}
        )
        answer = connection.getresponse()
        answer.read()
        seconds.append(time.perf_counter() - started)
        if answer.status != 200:
            raise SystemExit(f"{address} was answered with {answer.status}")
    connection.close()
    return seconds


def shuffled(addresses: Sequence[str]) -> list[str]:
    """In another order, always the same."""
    order = np.random.default_rng(7).permutation(len(addresses))
    return [addresses[place] for place in order]
