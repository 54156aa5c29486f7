"""Memory of steps done: the same step on the same data is not run twice."""

from collections import OrderedDict
from dataclasses import dataclass, field

from actionlines.measurement.steps.step import StepResult


@dataclass
class Memory:
    """Results of steps by key, the latest `size` of them.

    A key is the digest of everything that led to a result: the data, then each step with its parameters and
    version. So two specifications share what they have in common, and neither can get the other's numbers.
    """

    size: int = 256
    hits: int = 0
    misses: int = 0
    _kept: OrderedDict[str, StepResult] = field(default_factory=OrderedDict)

    def get(self, key: str) -> StepResult | None:
        """The result under `key`, if it is kept."""
        found = self._kept.get(key)
        if found is None:
            self.misses += 1
        else:
            self.hits += 1
            self._kept.move_to_end(key)
        return found

    def keep(self, key: str, result: StepResult) -> None:
        """Keep a result, and let go of the one unused for longest."""
        self._kept[key] = result
        if len(self._kept) > self.size:
            self._kept.popitem(last=False)
