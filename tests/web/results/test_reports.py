"""Reports: entered by those the result is given to, explained where they strike the eye, counting once approved."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from actionlines.formats.actuals import ActualRow
from actionlines.problems import InputError
from actionlines.results.aggregation import Measure
from actionlines_web.accounts.actor import System
from actionlines_web.accounts.models import User
from actionlines_web.audit.models import Record
from actionlines_web.audit.queries import verify
from actionlines_web.results.actions import frameworks
from actionlines_web.results.actions import reports as actions
from actionlines_web.results.actions.importing import import_actuals
from actionlines_web.results.models import Figure, Framework, Report, Result
from web.conftest import an_entry
from web.results.conftest import indicator, measured

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
TABLE = "indicator,period,part,value,weight,members,narrative\n"


def whole(value: int) -> dict[str, Measure]:
    return {"": Measure(Decimal(value))}


def figures(code: str) -> dict[str, Decimal | None]:
    return dict(Figure.objects.filter(indicator__code=code).order_by("period").values_list("period", "value"))


def fresh(report: Report) -> Report:
    return Report.objects.select_related("indicator__framework").get(pk=report.pk)


def test_what_is_approved_counts_in_its_indicator_and_in_the_whole(
    framework: Framework, member: User
) -> None:
    measured(member, "a1", "2024", 90)
    measured(System(), "b1", "2025", 5)
    assert figures("a1") == {"2024": 90, "2025": 90, "2026": 90}
    assert figures("all") == {"2024": 90, "2025": 95, "2026": 95}
    rated = Figure.objects.get(indicator__code="a1", period="2024")
    assert (rated.share, rated.rating) == (Decimal("0.9"), "on-track")
    assert Figure.objects.get(indicator__code="all", period="2024").partial


def test_editing_an_earlier_period_moves_the_figures_and_keeps_the_history(
    framework: Framework, member: User
) -> None:
    first = measured(member, "a1", "2024", 90)
    measured(member, "a1", "2025", 10)
    second = measured(member, "a1", "2024", 60)
    assert figures("a1") == figures("all") == {"2024": 60, "2025": 70, "2026": 70}
    assert [fresh(report).state for report in (first, second)] == ["replaced", "approved"]


def test_a_partial_breakdown_never_passes_for_the_whole(framework: Framework, member: User) -> None:
    report = actions.save_report(
        member, indicator("a1"), "2024", {"sex=F": Measure(Decimal(40))}, narrative="Men not counted."
    )
    actions.submit_report(member, report)
    actions.approve_report(System(), fresh(report))
    found = Figure.objects.get(indicator__code="a1", period="2024")
    assert (found.value, found.partial) == (40, True)
    assert Figure.objects.get(indicator__code="all", period="2024").partial


def test_stored_figures_are_those_that_a_computation_of_everything_gives(
    framework: Framework, member: User, coordinator: User
) -> None:
    measured(member, "a1", "2024", 90)
    measured(System(), "b1", "2025", 5)
    measured(member, "a1", "2025", 7)
    fields = ("indicator", "period", "value", "partial", "share", "rating")
    before = list(Figure.objects.order_by("indicator", "period").values(*fields))
    frameworks.compute_framework(coordinator, framework)
    assert list(Figure.objects.order_by("indicator", "period").values(*fields)) == before


def test_neither_draft_nor_submitted_reports_are_seen_or_counted(
    client: Client, framework: Framework, member: User
) -> None:
    report = actions.save_report(member, indicator("a1"), "2024", whole(77_777), narrative="A secret word")
    for submit in (False, True):
        if submit:
            actions.submit_report(member, report)
        for path in (
            "/results/mine/",
            "/results/mine/results/A/",
            "/results/mine/indicators/a1/",
            "/results/mine/actuals.csv",
            "/api/v1/results/mine/actuals",
            "/api/v1/results/mine/indicators",
            "/entries/?q=secret",
        ):
            shown = client.get(path).content.decode()
            assert "77777" not in shown
            assert "77,777" not in shown
            assert "A secret word" not in shown
    assert not Figure.objects.exists()


@pytest.mark.parametrize(
    ("code", "who", "may"),
    [
        ("a1", "member", True),
        ("b1", "member", False),
        ("all", "member", False),
        ("a1", "stranger", False),
        ("a1", "visitor", False),
        ("a1", "coordinator", True),
        ("b1", "coordinator", True),
    ],
)
def test_who_may_report(
    framework: Framework,
    member: User,
    stranger: User,
    visitor: User,
    coordinator: User,
    code: str,
    who: str,
    may: bool,
) -> None:
    people = {"member": member, "stranger": stranger, "visitor": visitor, "coordinator": coordinator}
    if may:
        assert actions.save_report(people[who], indicator(code), "2024", whole(1)).state == "draft"
    else:
        with pytest.raises(PermissionDenied):
            actions.save_report(people[who], indicator(code), "2024", whole(1))


def test_what_is_given_to_an_organisation_includes_what_is_below(
    framework: Framework, member: User, ministry: object
) -> None:
    frameworks.give_result(System(), Result.objects.get(code="P"), ministry.pk)  # type: ignore[attr-defined]
    for code in ("all", "a1", "b1"):
        assert actions.may_report(member, indicator(code))


def test_a_member_does_not_report_for_a_draft_framework(framework: Framework, member: User) -> None:
    frameworks.show_framework(System(), framework, "draft")
    assert not actions.may_report(member, indicator("a1"))


def test_only_coordinators_approve_and_give_back(framework: Framework, member: User) -> None:
    report = actions.save_report(member, indicator("a1"), "2024", whole(50))
    actions.submit_report(member, report)
    for refused in (
        lambda: actions.approve_report(member, fresh(report)),
        lambda: actions.return_report(member, fresh(report), "No."),
        lambda: actions.approve_all(member, framework),
    ):
        with pytest.raises(PermissionDenied):
            refused()
    assert fresh(report).state == "submitted"


def test_a_report_goes_its_way_and_every_step_is_recorded(
    framework: Framework, member: User, coordinator: User
) -> None:
    report = actions.save_report(member, indicator("a1"), "2024", whole(50))
    actions.submit_report(member, report)
    with pytest.raises(InputError):
        actions.save_report(member, indicator("a1"), "2024", whole(60))
    actions.withdraw_report(member, fresh(report))
    actions.save_report(member, indicator("a1"), "2024", whole(60))
    actions.submit_report(member, fresh(report))
    with pytest.raises(InputError):
        actions.return_report(coordinator, fresh(report), "  ")
    actions.return_report(coordinator, fresh(report), "Men are missing.")
    assert (fresh(report).state, fresh(report).remark) == ("draft", "Men are missing.")
    actions.submit_report(member, fresh(report))
    assert fresh(report).remark == ""
    actions.approve_report(coordinator, fresh(report))
    for refused in (
        lambda: actions.approve_report(coordinator, fresh(report)),
        lambda: actions.withdraw_report(member, fresh(report)),
        lambda: actions.submit_report(member, fresh(report)),
    ):
        with pytest.raises(InputError):
            refused()
    verbs = Record.objects.filter(object_type="results.report").order_by("sequence")
    assert list(verbs.values_list("verb", flat=True)) == [
        *("report", "submit", "withdraw", "report", "submit", "return", "submit", "approve")
    ]
    assert "Men are missing." not in "".join(map(str, verbs.values_list("detail", flat=True)))
    assert verify().sound


def test_a_dropped_draft_is_gone_and_recorded(framework: Framework, member: User) -> None:
    report = actions.save_report(member, indicator("a1"), "2024", whole(50))
    actions.withdraw_report(member, report)
    assert not Report.objects.exists()
    assert Record.objects.order_by("-sequence")[0].verb == "delete"


def test_what_strikes_the_eye_is_explained_before_it_is_submitted(framework: Framework, member: User) -> None:
    report = actions.save_report(member, indicator("a1"), "2024", whole(900))
    with pytest.raises(InputError) as error:
        actions.submit_report(member, report)
    assert [problem.column for problem in error.value.problems] == ["narrative", "value"]
    actions.save_report(member, indicator("a1"), "2024", whole(900), narrative="A campaign on television.")
    actions.submit_report(member, fresh(report))
    assert fresh(report).state == "submitted"


def test_a_closed_period_refuses_every_step_with_its_reason(
    framework: Framework, member: User, coordinator: User
) -> None:
    draft = actions.save_report(member, indicator("a1"), "2024", whole(50))
    sent = actions.save_report(coordinator, indicator("b1"), "2024", whole(5))
    actions.submit_report(coordinator, sent)
    frameworks.lock_period(coordinator, framework, "2024", "It went to the council.")
    for refused in (
        lambda: actions.save_report(member, indicator("a1"), "2024", whole(51)),
        lambda: actions.submit_report(member, fresh(draft)),
        lambda: actions.withdraw_report(member, fresh(draft)),
        lambda: actions.approve_report(coordinator, fresh(sent)),
        lambda: actions.return_report(coordinator, fresh(sent), "No."),
    ):
        with pytest.raises(InputError) as error:
            refused()
        assert error.value.problems[0].message == "the period 2024 is closed: It went to the council."
    assert actions.approve_all(coordinator, framework) == 0
    assert [fresh(report).state for report in (draft, sent)] == ["draft", "submitted"]


@pytest.mark.parametrize(
    ("evidence", "right"),
    [
        (["entry:a-1"], True),
        (["entry:nothing"], False),
        (["row:C2/2026-2029/1"], False),
        (["row:C2"], False),
        (["https://example.org"], False),
        (["entry:a-1"] * 51, False),
    ],
)
def test_evidence_is_an_entry_or_a_row_that_everybody_may_see(
    store, framework: Framework, member: User, evidence: list[str], right: bool
) -> None:
    store([an_entry("a-1")])
    if right:
        actions.save_report(member, indicator("a1"), "2024", whole(50), evidence=evidence)
        assert Report.objects.get().evidence == evidence
        return
    with pytest.raises(InputError):
        actions.save_report(member, indicator("a1"), "2024", whole(50), evidence=evidence)


def test_a_row_of_a_public_road_map_is_evidence_and_leads_there(
    client: Client, framework: Framework, member: User, coordinator: User
) -> None:
    from actionlines_web.coordination import actions as coordination

    road_map = coordination.create_road_map(coordinator, line="C2", cycle="2026-2029", language="en")
    coordination.save_row(coordinator, road_map, "1", {"activity": "Train"})
    with pytest.raises(InputError):
        actions.save_report(member, indicator("a1"), "2024", whole(50), evidence=["row:C2/2026-2029/1"])
    coordination.publish_road_map(coordinator, road_map)
    report = actions.save_report(member, indicator("a1"), "2024", whole(50), evidence=["row:C2/2026-2029/1"])
    actions.submit_report(member, report)
    actions.approve_report(coordinator, fresh(report))
    assert (
        'href="/lines/C2/road-maps/2026-2029/"' in client.get("/results/mine/indicators/a1/").content.decode()
    )


def test_a_member_reports_and_a_coordinator_approves_on_the_site(
    client: Client, framework: Framework, member: User, coordinator: User
) -> None:
    client.force_login(member, backend=BACKEND)
    path = "/results/mine/indicators/a1/2024/"
    assert client.get(path).status_code == 200
    answer = client.post(path, {"value-0": "900", "value-1": "500", "value-2": "300", "do": "submit"})
    assert (answer.status_code, Report.objects.get().state) == (422, "draft")
    assert "the parts make 800, the total is 900" in answer.content.decode().replace("The parts", "the parts")
    answer = client.post(
        path, {"value-0": "95", "value-1": "50", "value-2": "45", "narrative": "Fine.", "do": "submit"}
    )
    assert (answer.status_code, Report.objects.get().state) == (302, "submitted")
    assert "a1" in client.get("/results/waiting/").content.decode()
    assert client.post(path, {"do": "approve"}).status_code == 403
    client.force_login(coordinator, backend=BACKEND)
    assert [item.period for item in client.get("/results/waiting/").context["reports"]] == ["2024"]
    assert client.post(path, {"do": "return", "remark": ""}).status_code == 422
    assert client.post(path, {"do": "return", "remark": "Look again."}).status_code == 302
    client.force_login(member, backend=BACKEND)
    assert "Look again." in client.get(path).content.decode()
    client.post(path, {"value-0": "96", "narrative": "Fine.", "do": "save"})
    client.post(path, {"value-0": "96", "narrative": "Fine.", "do": "submit"})
    client.force_login(coordinator, backend=BACKEND)
    assert client.post(path, {"do": "approve"}).status_code == 302
    client.logout()
    shown = client.get("/results/mine/indicators/a1/").content.decode()
    assert "On track" in shown
    assert "<svg" in shown
    assert "Fine." in shown


def test_a_distinct_count_takes_members(client: Client, framework: Framework, coordinator: User) -> None:
    client.force_login(coordinator, backend=BACKEND)
    for period, members in (("2024", "SEN; MLI"), ("2025", "SEN, TGO")):
        path = f"/results/mine/indicators/b2/{period}/"
        client.post(path, {"members-0": members, "narrative": "x", "do": "submit"})
        client.post(path, {"do": "approve"})
    assert figures("b2") == {"2024": 2, "2025": 3, "2026": 3}


def test_a_table_is_looked_at_then_kept_as_drafts_once(
    client: Client, framework: Framework, member: User
) -> None:
    client.force_login(member, backend=BACKEND)

    def send(text: str, **more: str) -> object:
        return client.post(
            "/results/mine/import/", {"file": SimpleUploadedFile("t.csv", (TABLE + text).encode()), **more}
        )

    good = "a1,2024,,95,,,Fine.\na1,2024,sex=F,50,,,\na1,2024,sex=M,45,,,\na1,2025,,20,,,\n"
    looked = send(good)
    assert (looked.status_code, len(looked.context["brought"]), Report.objects.count()) == (200, 2, 0)
    assert send(good, sure="1").status_code == 302
    assert list(Report.objects.order_by("period").values_list("period", "state", "narrative")) == [
        ("2024", "draft", "Fine."),
        ("2025", "draft", ""),
    ]
    assert "Nothing differs." in send(good).content.decode()
    bad = send("b1,2024,,1,,,\na1,2030,,1,,,\nzz,2024,,1,,,\na1,2026,age,1,,,\n", sure="1")
    assert (bad.status_code, [problem["row"] for problem in bad.context["problems"]]) == (422, [2, 3, 4, 5])
    assert Report.objects.count() == 2


def test_what_counts_comes_out_of_the_site_as_it_goes_in(
    client: Client, framework: Framework, member: User, coordinator: User
) -> None:
    measured(member, "a1", "2024", 95, F=50, M=45)
    text = client.get("/results/mine/actuals.csv").content.decode("utf-8-sig")
    assert text.splitlines() == [
        "indicator,period,part,value,weight,members,narrative",
        "a1,2024,,95,,,So it was.",
        "a1,2024,sex=F,50,,,",
        "a1,2024,sex=M,45,,,",
    ]
    client.force_login(coordinator, backend=BACKEND)
    for form in ("csv", "xlsx"):
        content = client.get(f"/results/mine/actuals.{form}").content
        answer = client.post("/results/mine/import/", {"file": SimpleUploadedFile(f"t.{form}", content)})
        assert (answer.status_code, "Nothing differs." in answer.content.decode()) == (200, True)
    assert client.get("/results/mine/actuals.pdf").status_code == 404


def test_all_that_waits_is_approved_at_once(
    client: Client, framework: Framework, member: User, coordinator: User
) -> None:
    for period in ("2024", "2025"):
        report = actions.save_report(member, indicator("a1"), period, whole(50), narrative="x")
        actions.submit_report(member, report)
    client.force_login(coordinator, backend=BACKEND)
    client.post("/results/mine/approve/")
    assert figures("all") == {"2024": 50, "2025": 100, "2026": 100}
    assert Record.objects.filter(verb="approve").count() == 2


def test_an_erased_person_is_no_longer_named_and_the_reports_stay(framework: Framework, member: User) -> None:
    measured(member, "a1", "2024", 95)
    actions.erase_person(member)
    assert list(Report.objects.values_list("author", "state")) == [(None, "approved")]


def test_a_table_of_any_length_asks_the_database_a_few_times(
    framework: Framework, coordinator: User, django_assert_max_num_queries: Any
) -> None:
    first = indicator("b1")
    rows = []
    for number in range(150):
        first.pk, first.code = None, f"more{number}"
        first.save()
        rows += [
            ActualRow(first.code, period, "", Measure(Decimal(number)), row=number)
            for period in framework.periods
        ]
    for _ in range(2):
        with django_assert_max_num_queries(40):
            brought = import_actuals(coordinator, framework, rows)
        rows = [replace(row, measure=Measure(Decimal(7_000))) for row in rows]
    assert [item.kind for item in brought] == ["changed"] * 450
    assert set(Report.objects.values_list("state", "measures__value")) == {("draft", Decimal(7_000))}
    Report.objects.update(state="submitted")
    with django_assert_max_num_queries(40):
        assert actions.approve_all(coordinator, framework) == 450
    assert figures("more3") == {"2024": 7_000, "2025": 14_000, "2026": 21_000}


@pytest.mark.parametrize("state", ["draft", "public"])
@pytest.mark.parametrize("who", ["member", "stranger", "coordinator"])
def test_a_table_is_allowed_where_a_report_is(
    framework: Framework, member: User, stranger: User, coordinator: User, state: str, who: str
) -> None:
    actor = {"member": member, "stranger": stranger, "coordinator": coordinator}[who]
    frameworks.show_framework(System(), framework, state)
    for code in ("all", "a1", "b1"):
        row = ActualRow(code, "2024", "", Measure(Decimal(5)), row=2)
        try:
            import_actuals(actor, framework, [row], dry_run=True)
            taken = True
        except InputError:
            taken = False
        assert taken == actions.may_report(actor, indicator(code))
