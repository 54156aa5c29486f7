"""Vintages: nothing is overwritten, what was known on a day can be asked for, the same file changes nothing."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied

from actionlines.measurement import Observation as LibraryObservation
from actionlines_web.accounts.actor import System
from actionlines_web.accounts.models import User
from actionlines_web.indicators.actions import Stored, store_observations
from actionlines_web.indicators.models import Coverage, Observation
from actionlines_web.indicators.queries import known_on, latest_by_economy, revisions, summaries

pytestmark = pytest.mark.django_db
JUNE, JULY = date(2019, 6, 1), date(2019, 7, 1)


def seen(value: str, period: str = "2018", **other: str) -> LibraryObservation:
    return LibraryObservation(
        **{
            "economy": "SEN",
            "series": "i99H",
            "period": period,
            "unit": "per cent",
            "source": "ITU",
            **other,
        },
        value=Decimal(value),
    )


def stored(observations: Sequence[LibraryObservation], vintage: date = JUNE, **other: bool) -> Stored:
    return store_observations(System(), observations, vintage=vintage, **other)


def values(day: date | None = None) -> list[tuple[str, str]]:
    rows = known_on(day).order_by("period")
    return [(row.period, f"{row.value.normalize():f}") for row in rows]


def test_same_values_again_change_nothing() -> None:
    assert stored([seen("46"), seen("50", "2019")]) == Stored(first=2)
    assert stored([seen("46"), seen("50", "2019")], JULY) == Stored(unchanged=2)
    assert Observation.objects.count() == 2


def test_revision_is_a_new_vintage_and_the_old_one_stays() -> None:
    stored([seen("46")])
    assert stored([seen("47")], JULY) == Stored(revised=1)
    assert values() == [("2018", "47")]
    assert values(date(2019, 6, 30)) == [("2018", "46")]
    assert values(date(2019, 5, 31)) == []
    ((new, old), (first, none)) = revisions("i99H", "SEN")
    assert (new.value, old and old.value, first.value, none) == (47, 46, 46, None)


def test_older_vintage_is_kept_as_history() -> None:
    stored([seen("47")], JULY)
    assert stored([seen("46")], JUNE) == Stored(revised=1)
    assert stored([seen("46")], JUNE) == Stored(unchanged=1)
    assert (values(), values(JUNE)) == ([("2018", "47")], [("2018", "46")])


def test_other_value_of_the_same_vintage_is_refused() -> None:
    stored([seen("46")])
    assert stored([seen("47")]) == Stored(refused=1)
    assert values() == [("2018", "46")]


def test_two_vintages_in_one_file_are_stored_in_their_order() -> None:
    both = [seen("47", vintage="2019-07-01"), seen("46", vintage="2019-06-01")]
    assert stored(both) == Stored(first=1, revised=1)
    assert (values(), values(JUNE)) == ([("2018", "47")], [("2018", "46")])


def test_real_figure_counts_before_one_of_the_demonstration_whatever_its_vintage() -> None:
    stored([seen("60")], JULY, demonstration=True)
    assert stored([seen("46")], JUNE) == Stored(revised=1)
    assert (values(), values(JULY)) == ([("2018", "46")], [("2018", "46")])
    assert stored([seen("61")], date(2020, 1, 1), demonstration=True) == Stored(unchanged=1)


def test_breakdowns_are_values_of_their_own() -> None:
    stored([seen("46"), seen("40", breakdown="sex=F"), seen("52", breakdown="sex=M")])
    assert Observation.objects.count() == 3
    assert [row.breakdown for row in latest_by_economy("i99H")] == [""]


def test_coverage_follows_what_is_stored() -> None:
    stored([seen("46"), seen("50", "2019"), seen("44", "2017"), seen("40", breakdown="sex=F")])
    (row,) = Coverage.objects.select_related("latest")
    assert (row.first, row.last, row.values, row.latest and row.latest.value) == ("2017", "2019", 4, 50)
    stored([seen("51", "2019")], JULY)
    (row,) = Coverage.objects.select_related("latest")
    assert (row.values, row.latest and row.latest.value) == (4, 51)
    assert {code: (one.economies, one.values) for code, one in summaries().items()} == {"i99H": (1, 4)}


def test_people_store_through_imports_only(coordinator: User) -> None:
    with pytest.raises(PermissionDenied):
        store_observations(coordinator, [seen("46")])


def test_values_from_before_the_vintages_keep_the_one_stored_last() -> None:
    for value, vintage in (("46", JUNE), ("47", JULY)):
        stored([seen(value)], vintage)
    Coverage.objects.all().delete()
    Observation.objects.filter(vintage=JUNE).update(vintage=date(2019, 6, 30))
    migration = import_module("actionlines_web.indicators.migrations.0003_newest_vintages")
    migration.order_vintages(apps, None)
    migration.fill_coverage(apps, None)
    (row,) = Coverage.objects.select_related("latest")
    assert (row.values, row.latest and row.latest.value) == (1, 47)
