"""The stored figures, made of the approved reports by the library: within the transaction that changes those."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from actionlines.results.chain import rated
from actionlines_web.results.models import Figure, Framework
from actionlines_web.results.queries.chain import chain_of

_BATCH: Final = 2_000
_FARTHEST: Final = Decimal(99_999)
_PLACES: Final = Decimal("0.000001")


def store_figures(framework: Framework, keys: Sequence[int] | None = None) -> int:
    """Compute the figures of indicators (None: of all) anew and put them in the place of the stored ones.

    Those that hang together through `part_of` must come together. Returns how many figures stand there now.
    """
    chain, key_of = chain_of(framework, keys)
    histories = chain.histories(framework.periods)
    rows = []
    for indicator in chain.indicators:
        for period, figure in histories[indicator.code].items():
            if figure.value is None and not figure.partial:
                continue
            told = rated(indicator, figure.value, period, framework.periods)
            share = None if told.share is None else round(max(-_FARTHEST, min(_FARTHEST, told.share)), 4)
            value = None if figure.value is None else figure.value.quantize(_PLACES)
            rows.append(
                Figure(
                    indicator_id=key_of[indicator.code],
                    period=period,
                    value=value,
                    partial=figure.partial,
                    share=share,
                    rating=told.rating,
                )
            )
    old = Figure.objects.filter(indicator__framework=framework)
    if keys is not None:
        for start in range(0, len(keys), _BATCH):
            Figure.objects.filter(indicator__in=keys[start : start + _BATCH]).delete()
    else:
        old._raw_delete(old.db)  # noqa: SLF001 - nothing refers to a figure, and a hundred thousand go at once
    Figure.objects.bulk_create(rows, batch_size=_BATCH)
    return len(rows)
