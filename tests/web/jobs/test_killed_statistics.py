"""A worker killed at each stage of reading and of storing statistics: all of it stands afterwards, or nothing does."""

from collections.abc import Callable, Mapping

import pytest

from answering import Reply, listening
from web.jobs.test_killed import WORK_ON, kill_worker

STAGE = """
from datetime import date
from actionlines_web.accounts.actions import ensure_user
from actionlines_web.accounts.actor import System
from actionlines_web.indicators.actions import Given, order_download, order_reading, order_storing, stage_batch
user = ensure_user(System(), email="a@example.org", name="A", roles=("coordinator",))
rows = [f"{economy},{year},i112,{1000 + year}" for economy in ("SEN", "FRA", "KEN") for year in range(1980, 2020)]
data = "\\n".join(["economy,year,series,value", *rows, ""]).encode()
given = Given("Office", date(2024, 7, 1))
"""
ORDER_READING = STAGE + 'order_reading(user, data, "t.csv", given)'
ORDER_STORING = STAGE + 'order_storing(user, stage_batch(user, data, "t.csv", given).pk)'
ORDER_DOWNLOAD = STAGE + 'order_download(user, "itu", ["i112"], given, ["SEN", "FRA", "KEN"])'
LOOK = """
from django_tasks_db.models import DBTaskResult
from actionlines_web.audit.models import Record
from actionlines_web.audit.queries import verify
from actionlines_web.indicators.models import Coverage, Finding, Observation, ObservationBatch
batch = ObservationBatch.objects.get()
print(DBTaskResult.objects.get().status, batch.state, len(batch.rows), Observation.objects.count(), Coverage.objects.count(),
    Record.objects.filter(verb__in=["stage", "apply"]).count(), verify().sound, sep="|")
"""
READING = "actionlines_web.indicators.reading"
ORDERING = "actionlines_web.indicators.actions.ordering"
BATCHES = "actionlines_web.indicators.actions.batches"


@pytest.mark.parametrize(
    ("place", "when"),
    [
        (f"{ORDERING}:table_of", "after"),
        (f"{READING}:findings_on", "before"),
        (f"{ORDERING}:keep_reading", "after"),
        (f"{ORDERING}:write_record", "after"),
    ],
    ids=["reading", "checking", "staged", "before the commit"],
)
def test_a_killed_reading_has_staged_nothing_and_the_next_worker_stages_all(
    environment: Mapping[str, str], run: Callable[[str], str], place: str, when: str
) -> None:
    run(ORDER_READING)
    kill_worker(environment, place, when, 1)
    assert run(LOOK) == "RUNNING|reading|0|0|0|0|True"
    assert run(WORK_ON + LOOK) == "SUCCESSFUL|staged|120|0|0|1|True"


def test_a_reading_killed_after_its_commit_is_not_repeated(
    environment: Mapping[str, str], run: Callable[[str], str]
) -> None:
    run(ORDER_READING)
    kill_worker(environment, f"{ORDERING}:tidy", "before", 1)
    assert run(LOOK) == "RUNNING|staged|120|0|0|1|True"
    assert run(WORK_ON + LOOK) == "SUCCESSFUL|staged|120|0|0|1|True"


@pytest.mark.parametrize(
    ("place", "when"),
    [
        (f"{BATCHES}:keep_observations", "before"),
        ("actionlines_web.indicators.actions.observations:add_observations", "after"),
        ("actionlines_web.indicators.actions.observations:refresh_coverage", "after"),
        (f"{BATCHES}:write_record", "after"),
    ],
    ids=["before storing", "values without coverage", "all stored", "before the commit"],
)
def test_a_killed_storing_has_stored_nothing_and_the_next_worker_stores_all(
    environment: Mapping[str, str], run: Callable[[str], str], place: str, when: str
) -> None:
    run(ORDER_STORING)
    kill_worker(environment, place, when, 1)
    assert run(LOOK) == "RUNNING|ordered|120|0|0|1|True"
    assert run(WORK_ON + LOOK) == "SUCCESSFUL|applied|120|120|3|2|True"


def test_a_storing_killed_after_its_commit_is_not_repeated(
    environment: Mapping[str, str], run: Callable[[str], str]
) -> None:
    run(ORDER_STORING)
    kill_worker(environment, f"{ORDERING}:apply_batch", "after", 1)
    assert run(LOOK) == "RUNNING|applied|120|120|3|2|True"
    assert run(WORK_ON + LOOK) == "SUCCESSFUL|applied|120|120|3|2|True"


def test_a_killed_download_goes_on_where_it_was(
    environment: dict[str, str], run: Callable[[str], str]
) -> None:
    value = b'[{"code": "i112", "dataYear": 2020, "answer": [{"value": 5}]}]'
    with listening() as source:
        source.answer = lambda _: Reply(body=value)
        environment["ACTIONLINES_SOURCE_ITU"] = source.origin
        run(ORDER_DOWNLOAD)
        kill_worker(environment, "actionlines.connectors.client:Client.fetch", "before", 3)
        assert (run(LOOK), len(source.asked)) == ("RUNNING|reading|0|0|0|0|True", 2)
        assert run(WORK_ON + LOOK) == "SUCCESSFUL|staged|3|0|0|1|True"
        assert [path.rpartition("/")[2] for path, _ in source.asked] == ["SEN", "FRA", "KEN"]
