"""Signs that votes were not given freely: data for people, each beside how common it is. Nothing is refused here."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import exp, lgamma, log
from typing import Final

BURST: Final = "burst"
DOMAIN: Final = "domain"
DEVICE: Final = "device"
SEQUENCE: Final = "sequence"


@dataclass(frozen=True, slots=True)
class Vote:
    """What is looked at of a vote; `device` and `domain` are keyed digests or names the site may keep."""

    number: int
    voter: str
    nominee: str
    at: int
    domain: str = ""
    device: str = ""


@dataclass(frozen=True, slots=True)
class Sign:
    """Something for people to look at.

    Attributes:
        kind: BURST, DOMAIN, DEVICE or SEQUENCE.
        about: the nominee, the domain or the device.
        votes: numbers of the votes concerned.
        observed, usual: what was found and what is usual here, in the same unit (votes, or a share).
        chance: how probable as much or more would be if nothing were odd (a Poisson tail), or None.
        base_rate: the share of all nominees (domains, devices, voters) that show as much: how often a sign like this
            one comes up.
    """

    kind: str
    about: str
    votes: tuple[int, ...]
    observed: float
    usual: float
    chance: float | None
    base_rate: float


def signs(votes: Sequence[Vote], *, window: int = 600, chance: float = 1e-6, voters: int = 5) -> list[Sign]:
    """Every sign in the votes, the least probable first.

    Args:
        votes: as they stand.
        window: seconds that make a burst.
        chance: what is rarer than this is a burst or an odd domain.
        voters: a device shared by this many voters, or a sequence voted by as many, is a sign.
    """
    found = [
        *_bursts(votes, window, chance),
        *_domains(votes, chance),
        *_devices(votes, voters),
        *_sequences(votes, voters),
    ]
    return sorted(found, key=lambda sign: (sign.chance is None, sign.chance or 0, -sign.observed, sign.about))


def _grouped(votes: Iterable[Vote], key: Callable[[Vote], str]) -> dict[str, list[Vote]]:
    groups: defaultdict[str, list[Vote]] = defaultdict(list)
    for vote in votes:
        groups[key(vote)].append(vote)
    return dict(groups)


def _bursts(votes: Sequence[Vote], window: int, chance: float) -> list[Sign]:
    """A nominee's votes in one window against its own pace and that of everybody in the same window."""
    everybody = Counter(vote.at // window for vote in votes)
    total = len(votes)
    most: dict[str, tuple[float, Sign]] = {}
    groups = _grouped(votes, lambda vote: vote.nominee)
    for nominee, cast in groups.items():
        for slot, count in Counter(vote.at // window for vote in cast).items():
            # A vote of all categories late in the evening is busy for everybody: the pace of the hour counts.
            usual = len(cast) * everybody[slot] / total
            tail = poisson_tail(count, usual)
            if count > 2 and tail < chance and tail < most.get(nominee, (1.0, None))[0]:
                numbers = tuple(vote.number for vote in cast if vote.at // window == slot)
                most[nominee] = (tail, Sign(BURST, nominee, numbers, count, usual, tail, 0.0))
    rate = len(most) / len(groups) if groups else 0.0
    return [_with_rate(sign, rate) for _, sign in most.values()]


def _domains(votes: Sequence[Vote], chance: float) -> list[Sign]:
    """A domain that gives one nominee far more of its votes than the nominee has of all."""
    shares = Counter(vote.nominee for vote in votes)
    found: list[Sign] = []
    groups = {domain: cast for domain, cast in _grouped(votes, lambda vote: vote.domain).items() if domain}
    for domain, cast in groups.items():
        nominee, count = Counter(vote.nominee for vote in cast).most_common(1)[0]
        usual = len(cast) * shares[nominee] / len(votes)
        tail = poisson_tail(count, usual)
        if count > 2 and tail < chance:
            numbers = tuple(vote.number for vote in cast if vote.nominee == nominee)
            found.append(Sign(DOMAIN, f"{domain} → {nominee}", numbers, count, usual, tail, 0.0))
    rate = len(found) / len(groups) if groups else 0.0
    return [_with_rate(sign, rate) for sign in found]


def _devices(votes: Sequence[Vote], voters: int) -> list[Sign]:
    """A device from which many people voted: a shared computer, or one person."""
    groups = {device: cast for device, cast in _grouped(votes, lambda vote: vote.device).items() if device}
    people = {device: len({vote.voter for vote in cast}) for device, cast in groups.items()}
    usual = sum(people.values()) / len(people) if people else 0.0
    return [
        Sign(
            DEVICE,
            device,
            tuple(vote.number for vote in groups[device]),
            count,
            usual,
            None,
            sum(other >= count for other in people.values()) / len(people),
        )
        for device, count in people.items()
        if count >= voters
    ]


def _sequences(votes: Sequence[Vote], voters: int) -> list[Sign]:
    """The same nominees in the same order at the same pace, by many voters one after the other."""
    paths: defaultdict[tuple[tuple[str, ...], tuple[int, ...]], list[str]] = defaultdict(list)
    by_voter = _grouped(sorted(votes, key=lambda vote: (vote.at, vote.number)), lambda vote: vote.voter)
    for voter, cast in by_voter.items():
        if len(cast) >= 3:
            # To two seconds: a person needs longer between two choices, and is never so even.
            pace = tuple((after.at - before.at) // 2 for before, after in pairwise(cast))
            paths[tuple(vote.nominee for vote in cast), pace].append(voter)
    usual = sum(map(len, paths.values())) / len(paths) if paths else 0.0
    return [
        Sign(
            SEQUENCE,
            " ".join(path),
            tuple(vote.number for voter in same for vote in by_voter[voter]),
            len(same),
            usual,
            None,
            sum(len(other) >= len(same) for other in paths.values()) / len(paths),
        )
        for (path, _), same in paths.items()
        if len(same) >= voters
    ]


def _with_rate(sign: Sign, rate: float) -> Sign:
    return Sign(sign.kind, sign.about, sign.votes, sign.observed, sign.usual, sign.chance, rate)


def poisson_tail(count: int, mean: float) -> float:
    """The probability of `count` or more where `mean` is usual, by the Poisson distribution."""
    if count <= 0:
        return 1.0
    if mean <= 0:
        return 0.0
    if count <= mean:
        return max(0.0, 1 - sum(exp(_log_poisson(k, mean)) for k in range(count)))
    # Past the mean each term is smaller than the one before by more than mean / count.
    term, total, k = exp(_log_poisson(count, mean)), 0.0, count
    while term > total * 1e-17:
        total += term
        k += 1
        term *= mean / k
    return min(total, 1.0)


def _log_poisson(count: int, mean: float) -> float:
    return count * log(mean) - mean - lgamma(count + 1)
