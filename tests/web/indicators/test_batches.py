"""The staged import of observations: a dry run with checks, answers, a decision; layouts are remembered."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from actionlines.formats.statistics import Mapping
from actionlines.problems import InputError
from actionlines_web.accounts.models import RoleGrant, User
from actionlines_web.audit.queries import records_of
from actionlines_web.indicators.actions import (
    Given,
    answer_finding,
    apply_batch,
    confirm_rule,
    discard_batch,
    map_batch,
    rows_in_question,
    sign_off,
    stage_batch,
)
from actionlines_web.indicators.models import Finding, Layout, Observation, ObservationBatch
from actionlines_web.indicators.queries.batches import published_findings
from web.indicators.conftest import table

pytestmark = pytest.mark.django_db
GIVEN = Given("National office", date(2024, 7, 1), "WPP 2024")
COVERAGE = table("SEN,2020,IT_MOB_2GNTWK,90", "SEN,2020,IT_MOB_3GNTWK,95", "SEN,2021,i99H,58")


def staged(actor: User, data: bytes = COVERAGE, given: Given = GIVEN) -> ObservationBatch:
    return stage_batch(actor, data, "t.csv", given)


def test_staging_changes_nothing_and_says_what_would_happen(statistician: User) -> None:
    batch = staged(statistician)
    assert not Observation.objects.exists()
    assert batch.counts == {
        "created": 3,
        "changed": 0,
        "unchanged": 0,
        "findings": 1,
        "problems": 0,
        "rows": 3,
    }
    (finding,) = batch.findings.all()
    assert (finding.rule, finding.severity, finding.economy, finding.values) == (
        *("3g-above-2g", "error", "SEN"),
        {"IT_MOB_2GNTWK": 90.0, "IT_MOB_3GNTWK": 95.0},
    )


def test_file_is_applied_once_its_errors_are_answered(statistician: User, coordinator: User) -> None:
    batch = staged(statistician)
    with pytest.raises(InputError, match="1 findings that cannot be true wait for an answer"):
        apply_batch(statistician, batch.pk)
    finding = batch.findings.get()
    answer_finding(statistician, finding.pk, "confirm", "Two operators measured on different days.")
    with pytest.raises(PermissionDenied):
        sign_off(statistician, finding.pk)
    sign_off(coordinator, finding.pk)
    assert apply_batch(statistician, batch.pk).first == 3
    row = Observation.objects.get(series="i99H")
    assert (row.value, row.vintage, row.source, row.population) == (
        *(Decimal(58), date(2024, 7, 1), "National office", "WPP 2024"),
    )
    assert [one.answer for one in published_findings("SEN")] == ["Two operators measured on different days."]
    assert [record.verb for record in records_of(batch)] == ["apply", "stage"]
    with pytest.raises(ValueError, match="is applied"):
        apply_batch(statistician, batch.pk)


def test_corrected_value_is_checked_again(statistician: User) -> None:
    batch = staged(statistician)
    finding = batch.findings.get()
    (place,) = [place for place, row in rows_in_question(finding) if row[0] == "IT_MOB_3GNTWK"]
    answer_finding(statistician, finding.pk, "correct", "Misread.", place=place, value=Decimal("85.5"))
    apply_batch(statistician, batch.pk)
    assert Observation.objects.get(series="IT_MOB_3GNTWK").value == Decimal("85.5")
    assert Finding.objects.get().state == "corrected"


def test_correction_that_is_as_wrong_raises_a_new_finding(statistician: User) -> None:
    batch = staged(statistician)
    finding = batch.findings.get()
    (place,) = [place for place, row in rows_in_question(finding) if row[0] == "IT_MOB_3GNTWK"]
    answer_finding(statistician, finding.pk, "correct", "Misread.", place=place, value=Decimal(99))
    assert list(Finding.objects.order_by("pk").values_list("state", flat=True)) == ["corrected", "open"]


def test_value_can_be_left_out(statistician: User) -> None:
    batch = staged(statistician)
    finding = batch.findings.get()
    place, _ = rows_in_question(finding)[0]
    answer_finding(statistician, finding.pk, "leave-out", "Not ours.", place=place)
    assert apply_batch(statistician, batch.pk).first == 2


@pytest.mark.parametrize(
    ("kind", "reason", "said"), [("confirm", " ", "the reason"), ("correct", "So.", "say which value")]
)
def test_answer_without_what_it_needs_changes_nothing(
    statistician: User, kind: str, reason: str, said: str
) -> None:
    finding = staged(statistician).findings.get()
    with pytest.raises(InputError, match=said):
        answer_finding(statistician, finding.pk, kind, reason)
    finding.refresh_from_db()
    assert finding.state == "open"


def test_findings_of_one_rule_are_confirmed_together(statistician: User) -> None:
    rows = [
        f"SEN,{year},IT_MOB_{generation}GNTWK,{80 + generation}"
        for year in (2019, 2020)
        for generation in (2, 3)
    ]
    batch = staged(statistician, table(*rows))
    assert confirm_rule(statistician, batch.pk, "3g-above-2g", "Known.") == 2
    assert apply_batch(statistician, batch.pk).first == 4


def test_file_is_checked_beside_what_is_known(statistician: User) -> None:
    for year in (2019, 2021):
        apply_batch(statistician, staged(statistician, table(f"SEN,{year},i112,30{year}")).pk)
    batch = staged(statistician, table("SEN,2020,i112,302000000"))
    assert "unit-slip" in set(batch.findings.values_list("rule", flat=True))


def test_revision_is_asked_about(statistician: User) -> None:
    apply_batch(statistician, staged(statistician, table("SEN,2020,i99H,40")).pk)
    later = Given("National office", date(2025, 7, 1))
    batch = staged(statistician, table("SEN,2020,i99H,55"), later)
    assert batch.counts["changed"] == 1
    assert {"revised", "revised-much"} <= set(batch.findings.values_list("rule", flat=True))


def test_other_value_of_a_stored_vintage_is_named(statistician: User) -> None:
    apply_batch(statistician, staged(statistician, table("SEN,2020,i99H,40")).pk)
    batch = staged(statistician, table("SEN,2020,i99H,41"))
    assert (batch.rows, [problem["column"] for problem in batch.problems]) == ([], ["D2"])


def test_statistician_reports_for_her_own_economy_only(statistician: User, visitor: User) -> None:
    batch = staged(statistician, table("SEN,2021,i99H,58", "FRA,2021,i99H,86"))
    assert [row[1] for row in batch.rows] == ["SEN"]
    assert batch.problems[0]["values"] == {"economy": "FRA"}
    with pytest.raises(PermissionDenied):
        staged(visitor)


def test_file_of_another_economy_is_decided_by_nobody_else(statistician: User, coordinator: User) -> None:
    neighbour = User.objects.create_user("neighbour@example.org")
    RoleGrant.objects.create(user=neighbour, role=RoleGrant.Role.STATISTICIAN, scope="GMB")
    columns = {"economy": 0, "period": 1, "series": 2, "value": 3}
    for batch in (staged(statistician), staged(statistician, b"Pays;Valeur\nGambie;1\n")):
        for decide in (
            lambda number: discard_batch(neighbour, number),
            lambda number: map_batch(neighbour, number, Mapping("long", 1, columns)),
        ):
            with pytest.raises(PermissionDenied):
                decide(batch.pk)
        kept = ObservationBatch.objects.get(pk=batch.pk)
        assert (kept.state, kept.rows, kept.cells) == ("staged", batch.rows, batch.cells)
        discard_batch(coordinator, batch.pk)


def test_colleague_of_the_same_office_discards_a_file(statistician: User) -> None:
    colleague = User.objects.create_user("colleague@example.org")
    RoleGrant.objects.create(user=colleague, role=RoleGrant.Role.STATISTICIAN, scope="SEN")
    batch = staged(statistician)
    discard_batch(colleague, batch.pk)
    batch.refresh_from_db()
    assert batch.state == "discarded"


def test_discarded_file_leaves_nothing(statistician: User) -> None:
    batch = staged(statistician)
    discard_batch(statistician, batch.pk)
    batch.refresh_from_db()
    assert (batch.state, batch.rows, batch.cells, batch.findings.count()) == ("discarded", [], [], 0)
    assert not Observation.objects.exists()


def test_layout_a_person_explained_is_remembered_for_next_year(statistician: User) -> None:
    def sheet(year: int, value: str) -> bytes:
        return f"Pays;Annee;Valeur {year}\nSénégal;{year};{value}\n".encode()

    batch = staged(statistician, sheet(2020, "45,5"))
    assert (batch.mapping, batch.rows) == ({}, [])
    columns = {"economy": 0, "period": 1, "value": 2}
    map_batch(statistician, batch.pk, Mapping("long", 1, columns, series="i99H"))
    apply_batch(statistician, batch.pk)
    assert Layout.objects.get().mapping["series"] == "i99H"
    same = b"Pays;Annee;Valeur 2020\nSENEGAL;2021;47\n"
    again = staged(statistician, same)
    assert [row[:5] for row in again.rows] == [["i99H", "SEN", "2021", "", "47"]]


def test_table_of_one_economy_waits_for_its_name(statistician: User) -> None:
    data = b"17.8.1 Internet users\nItems,2019,2020\nTotal,40,45\nBy sex,,\nWomen,38,43\n"
    batch = staged(statistician, data)
    assert batch.rows == []
    assert batch.problems[0]["template"] == "no cell says which economy the table is about."
    batch = staged(statistician, data, Given("National office", date(2024, 7, 1), economy="SEN"))
    assert [row[2:5] for row in batch.rows] == [
        ["2019", "", "40"],
        ["2020", "", "45"],
        ["2019", "sex=F", "38"],
        ["2020", "sex=F", "43"],
    ]
