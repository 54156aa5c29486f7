"""The kinds of check: each a small function from statistics and a rule to findings, and how many cases it looked at."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from math import log
from statistics import median
from typing import Any, Final, NamedTuple

from actionlines.measurement.checks.statistics import Place, Statistics, Value, with_part, years_after
from actionlines.problems import marked


class Case(NamedTuple):
    """Something looked at: where, what was compared, and the sentence if it is a finding ('' if not)."""

    economy: str
    breakdown: str
    period: int
    values: Mapping[str, float]
    template: str = ""
    said: Mapping[str, object] = {}


Kind = Callable[[Statistics, Mapping[str, Any]], Iterator[Case]]


def order(statistics: Statistics, needs: Mapping[str, Any]) -> Iterator[Case]:
    """`smaller` may not be more than `slack` above `larger`."""
    larger, smaller = needs["larger"], needs["smaller"]
    low = statistics.of(smaller)
    for place, years in statistics.of(larger).items():
        for year, value in years.items():
            other = low.get(place, {}).get(year)
            if other is None:
                continue
            above = other.number > value.number + needs["slack"]
            values = {larger: value.number, smaller: other.number}
            yield _case(
                *(place, year, values, above),
                marked("%(smaller)s is %(low)s, above %(larger)s, which is %(high)s."),
                larger=larger,
                smaller=smaller,
                low=other.number,
                high=value.number,
            )


def parts(statistics: Statistics, needs: Mapping[str, Any]) -> Iterator[Case]:
    """The parts of a breakdown add up to less than the total, by more than `share` of it."""
    for place, year, values, total, added in _added(statistics, needs):
        off = total != 0 and (added - total) / total < -needs["share"]
        yield _case(
            *(place, year, values, off),
            marked("the parts add up to %(added)s, %(missing).1f %% less than the total of %(total)s."),
            added=added,
            total=total,
            missing=100 * (total - added) / total if total else 0.0,
        )


def parts_above(statistics: Statistics, needs: Mapping[str, Any]) -> Iterator[Case]:
    """The parts of a breakdown add up to more than the total, by more than `share` of it."""
    for place, year, values, total, added in _added(statistics, needs):
        off = added > total * (1 + needs["share"])
        yield _case(
            *(place, year, values, off),
            marked("the parts add up to %(added)s, more than the total of %(total)s."),
            added=added,
            total=total,
        )


def _added(
    statistics: Statistics, needs: Mapping[str, Any]
) -> Iterator[tuple[Place, int, dict[str, float], float, float]]:
    """Totals beside their parts, where all parts are there."""
    series, by = needs["total"], needs["by"]
    all_ = statistics.of(series)
    for (economy, breakdown), years in all_.items():
        if f"{by}=" in breakdown:
            continue
        split = [all_.get((economy, with_part(breakdown, by, part)), {}) for part in needs["parts"]]
        for year, total in years.items():
            found = [one.get(year) for one in split]
            if all(value is not None for value in found):
                numbers = [value.number for value in found if value is not None]
                values = {series: total.number} | {
                    f"{series} {part}": number for part, number in zip(needs["parts"], numbers, strict=True)
                }
                yield (economy, breakdown), year, values, total.number, sum(numbers)


def sum_of_series(statistics: Statistics, needs: Mapping[str, Any]) -> Iterator[Case]:
    """Series that are the parts of another differ from it by more than `share`."""
    for place, years in statistics.of(needs["total"]).items():
        for year, total in years.items():
            found = [statistics.of(part).get(place, {}).get(year) for part in needs["parts"]]
            numbers = [value.number for value in found if value is not None]
            if len(numbers) < len(found):
                continue
            added = sum(numbers)
            off = abs(added - total.number) > needs["share"] * abs(total.number)
            values = {needs["total"]: total.number, **dict(zip(needs["parts"], numbers, strict=True))}
            yield _case(
                *(place, year, values, off),
                marked("%(parts)s add up to %(added)s; %(total_name)s is %(total)s."),
                parts=" + ".join(needs["parts"]),
                added=added,
                total_name=needs["total"],
                total=total.number,
            )


def between(statistics: Statistics, needs: Mapping[str, Any]) -> Iterator[Case]:
    """A total lies between its two parts: it is their weighted mean. Counts are none of it."""
    for series, all_ in statistics.values.items():
        if statistics.units.get(series) == "number":
            continue
        for (economy, breakdown), years in all_.items():
            if f"{needs['by']}=" in breakdown:
                continue
            split = [
                all_.get((economy, with_part(breakdown, needs["by"], part)), {}) for part in needs["parts"]
            ]
            for year, total in years.items():
                found = [one[year].number for one in split if year in one]
                if len(found) < len(split):
                    continue
                low, high = min(found), max(found)
                off = not low - needs["slack"] <= total.number <= high + needs["slack"]
                values = {series: total.number} | {
                    f"{series} {part}": number for part, number in zip(needs["parts"], found, strict=True)
                }
                yield _case(
                    *((economy, breakdown), year, values, off),
                    marked("%(series)s is %(total)s for all, outside %(low)s to %(high)s of its parts."),
                    series=series,
                    total=total.number,
                    low=low,
                    high=high,
                )


def implied(statistics: Statistics, needs: Mapping[str, Any]) -> Iterator[Case]:
    """The population that one count and its rate imply is that of another count and rate."""
    first, *others = needs["pairs"]
    for other in others:
        for place, years in statistics.of(first[0]).items():
            for year in years:
                numbers = {
                    series: statistics.of(series).get(place, {}).get(year, Value(0.0)).number
                    for series in (*first, *other)
                }
                if not all(numbers.values()):
                    continue
                one, two = (100 * numbers[count] / numbers[rate] for count, rate in (first, other))
                off = abs(one / two - 1) > needs["share"]
                yield _case(
                    *(place, year, numbers, off),
                    marked("%(first)s imply %(one).0f inhabitants, %(second)s %(two).0f."),
                    first=" and ".join(first),
                    second=" and ".join(other),
                    one=one,
                    two=two,
                )


def range_(statistics: Statistics, needs: Mapping[str, Any]) -> Iterator[Case]:
    """A value lies between `least` and `most`."""
    slack = needs.get("slack", 0)
    least, most = needs["least"] - slack, needs.get("most", float("inf")) + slack
    for series, all_ in statistics.values.items():
        if statistics.units.get(series) not in needs["units"]:
            continue
        for place, years in all_.items():
            for year, value in years.items():
                off = not least <= value.number <= most
                yield _case(
                    *(place, year, {series: value.number}, off),
                    marked("%(series)s is %(value)s, out of its range."),
                    series=series,
                    value=value.number,
                )


def jump(statistics: Statistics, needs: Mapping[str, Any]) -> Iterator[Case]:
    """A change from one year to the next of more than `points`, or of more than `share` from a base over `base`."""
    points, share, base = needs.get("points"), needs.get("share"), needs.get("base", 0)
    for series, place, year, before, after in _changes(statistics, needs["series"]):
        change = after.number - before.number
        off = (points is not None and abs(change) > points) or (
            share is not None and before.number > base and abs(change) > share * before.number
        )
        yield _case(
            *(place, year, _two(series, year, before, after), off),
            marked("%(series)s goes from %(before)s to %(after)s in a year."),
            series=series,
            before=before.number,
            after=after.number,
        )


def fall(statistics: Statistics, needs: Mapping[str, Any]) -> Iterator[Case]:
    """A value below that of the year before."""
    for series, place, year, before, after in _changes(statistics, needs["series"]):
        yield _case(
            *(place, year, _two(series, year, before, after), after.number < before.number),
            marked("%(series)s falls from %(before)s to %(after)s."),
            series=series,
            before=before.number,
            after=after.number,
        )


def stale(statistics: Statistics, needs: Mapping[str, Any]) -> Iterator[Case]:
    """The very value of the year before."""
    for series, place, year, before, after in _changes(statistics, needs["series"]):
        yield _case(
            *(place, year, _two(series, year, before, after), after.number == before.number),
            marked("%(series)s is %(after)s as the year before: measured again, or carried on?"),
            series=series,
            after=after.number,
        )


def slip(statistics: Statistics, needs: Mapping[str, Any]) -> Iterator[Case]:
    """A value that would fit its neighbours on both sides if it were divided or multiplied by a factor.

    Both neighbours (the year before and the year after) must agree with one another to within a factor of two.
    """
    factors = [float(factor) for factor in needs["factors"]]
    for series, all_ in statistics.values.items():
        for place, years in all_.items():
            for year, value in years.items():
                before, after = years.get(year - 1), years.get(year + 1)
                if before is None or after is None or not min(before.number, after.number, value.number) > 0:
                    continue
                if not 0.5 <= before.number / after.number <= 2:
                    continue
                expected = before.number**0.5 * after.number**0.5  # the product of two tiny values may be 0
                factor = _factor(value.number / expected, factors, needs["share"])
                values = _two(series, year, before, value) | {f"{series} {year + 1}": after.number}
                yield _case(
                    *(place, year, values, factor is not None),
                    marked(
                        "%(series)s is %(value)s between %(before)s and %(after)s: off by a factor of %(factor)s?"
                    ),
                    series=series,
                    value=value.number,
                    before=before.number,
                    after=after.number,
                    factor=f"{factor:g}" if factor else "",
                )


def _factor(ratio: float, factors: list[float], share: float) -> float | None:
    return next(
        (
            factor
            for factor in factors
            if abs(ratio / factor - 1) <= share or abs(ratio * factor - 1) <= share
        ),
        None,
    )


def break_(statistics: Statistics, needs: Mapping[str, Any]) -> Iterator[Case]:
    """A value flagged as a break of the series has a note that says what changed."""
    for series, all_ in statistics.values.items():
        for place, years in all_.items():
            for year, value in years.items():
                if value.flag in needs["flags"]:
                    yield _case(
                        *(place, year, {series: value.number}, not value.note),
                        marked("%(series)s is flagged as a break, and no note says what changed."),
                        series=series,
                    )


def peers(statistics: Statistics, needs: Mapping[str, Any]) -> Iterator[Case]:
    """A value far from those of the other economies in the year: over `distance` robust standard deviations.

    On the scale of log(x + 1) for rates and of log odds for shares; the spread is 1.4826 times the median absolute
    deviation; at least `least` economies must have a value.
    """
    for series, all_ in statistics.values.items():
        unit = statistics.units.get(series, "")
        if unit not in needs["units"]:
            continue
        years: defaultdict[tuple[str, int], list[tuple[str, float]]] = defaultdict(list)
        for (economy, breakdown), own in all_.items():
            for year, value in own.items():
                if value.number >= 0:
                    years[breakdown, year].append((economy, value.number))
        for (breakdown, year), found in years.items():
            if len(found) < needs["least"]:
                continue
            scaled = [_scaled(number, unit) for _, number in found]
            middle = median(scaled)
            spread = 1.4826 * median(abs(value - middle) for value in scaled)
            usual = median(number for _, number in found)
            for (economy, number), place in zip(found, scaled, strict=True):
                off = spread > 0 and abs(place - middle) > needs["distance"] * spread
                yield _case(
                    *((economy, breakdown), year, {series: number, "median": usual}, off),
                    marked("%(series)s is %(value)s; half of %(count)d economies are below %(usual)s."),
                    series=series,
                    value=number,
                    count=len(found),
                    usual=usual,
                )


def _scaled(number: float, unit: str) -> float:
    if unit == "percent":
        share = min(max(number, 0.05), 99.95) / 100
        return log(share / (1 - share))
    return log(number + 1)


def revision(statistics: Statistics, needs: Mapping[str, Any]) -> Iterator[Case]:
    """A value that differs from that of the vintage before by more than `share`."""
    for series, all_ in statistics.earlier.items():
        for place, years in all_.items():
            for year, history in years.items():
                for (old_vintage, old), (vintage, new) in pairwise(history):
                    off = abs(new - old) > needs["share"] * abs(old)
                    values = {f"{series} {old_vintage}": old, f"{series} {vintage}": new}
                    yield _case(
                        *(place, year, values, off),
                        marked(
                            "%(series)s was %(old)s in the vintage %(before)s and is %(new)s in that of %(after)s."
                        ),
                        series=series,
                        old=old,
                        new=new,
                        before=old_vintage,
                        after=vintage,
                    )


def _changes(statistics: Statistics, series: list[str]) -> Iterator[tuple[str, Place, int, Value, Value]]:
    for code in series:
        for place, years in statistics.of(code).items():
            for year, before, after in years_after(years):
                yield code, place, year, before, after


def _two(series: str, year: int, before: Value, after: Value) -> dict[str, float]:
    return {f"{series} {year - 1}": before.number, f"{series} {year}": after.number}


def _case(
    place: Place, year: int, values: Mapping[str, float], off: bool, template: str, **said: object
) -> Case:
    return Case(*place, year, values, template if off else "", said)


KINDS: Final[Mapping[str, Kind]] = {
    "order": order,
    "parts": parts,
    "parts-above": parts_above,
    "sum": sum_of_series,
    "between": between,
    "implied": implied,
    "range": range_,
    "jump": jump,
    "fall": fall,
    "stale": stale,
    "slip": slip,
    "break": break_,
    "peers": peers,
    "revision": revision,
}
