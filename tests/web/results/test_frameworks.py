"""Frameworks: loaded from files without loss, drafts for coordinators only, periods closed with a reason."""

from decimal import Decimal
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client

from actionlines.problems import InputError
from actionlines.results.framework import frameworks as shipped
from actionlines.results.framework import read_framework
from actionlines_web.accounts.actor import System
from actionlines_web.accounts.models import User
from actionlines_web.audit.models import Record
from actionlines_web.audit.queries import verify
from actionlines_web.results.actions import frameworks as actions
from actionlines_web.results.models import Budget, Framework, Indicator, Lock, Result, Target
from web.results.conftest import FILE, measured

pytestmark = pytest.mark.django_db


def read(text: str = FILE) -> object:
    return read_framework("mine.toml", text)


@pytest.mark.parametrize("code", list(shipped()))
def test_every_cycle_that_comes_with_the_library_is_loaded_whole(client: Client, code: str) -> None:
    wanted = shipped()[code]
    actions.load_framework(System(), wanted)
    found = Framework.objects.get()
    actions.show_framework(System(), found, "public")
    kept = Result.objects.filter(framework=found).order_by("position").values_list("code", "parent__code")
    assert dict(kept) == {one.code: one.parent or None for one in wanted.results}
    assert client.get(f"/results/{code}/").status_code == 200
    for one in wanted.results[:2]:
        assert client.get(f"/results/{code}/results/{one.code}/").status_code == 200


def test_loading_the_same_file_again_changes_nothing(framework: Framework) -> None:
    records = Record.objects.count()
    assert actions.load_framework(System(), read()) == []
    assert Record.objects.count() == records


def test_a_dry_run_tells_and_stores_nothing() -> None:
    changes = actions.load_framework(System(), read(), dry_run=True)
    assert [(change.kind, change.what, change.code) for change in changes][:3] == [
        ("added", "framework", "mine"),
        ("added", "result", "P"),
        ("added", "result", "A"),
    ]
    assert (Framework.objects.count(), Record.objects.count()) == (0, 0)


def test_a_changed_file_changes_what_differs_and_takes_nothing_away(framework: Framework) -> None:
    changed = FILE.replace("2024 = 100", "2024 = 150").replace('title.en = "Networks"', 'title.en = "Nets"')
    changed = changed.replace('code = "b2"', 'code = "b3"')
    told = actions.load_framework(System(), read(changed))
    assert [(change.kind, change.code, change.fields) for change in told] == [
        ("changed", "B", ("title",)),
        ("added", "b3", ()),
        ("changed", "a1", ("targets",)),
    ]
    assert Target.objects.get(indicator__code="a1", period="2024").value == 150
    assert set(Indicator.objects.values_list("code", flat=True)) == {"all", "a1", "b1", "b2", "b3"}


def test_a_changed_target_rates_anew(framework: Framework, member: User) -> None:
    measured(member, "a1", "2024", 100)
    figure = Indicator.objects.get(code="a1").figures.get(period="2024")
    assert figure.rating == "achieved"
    actions.load_framework(System(), read(FILE.replace("2024 = 100", "2024 = 200")))
    assert Indicator.objects.get(code="a1").figures.get(period="2024").rating == "off-track"


@pytest.mark.parametrize(
    ("was", "becomes", "column"),
    [
        ('parts = ["sex=F", "sex=M"]\nof = "all"', "", None),
        ('aggregation = "sum"', 'aggregation = "latest"', "aggregation"),
        ('["2024", "2025", "2026"]', '["2025", "2026"]', "periods"),
    ],
)
def test_what_would_falsify_reported_figures_is_refused(
    framework: Framework, member: User, was: str, becomes: str, column: str | None
) -> None:
    measured(member, "a1", "2024", 100)
    text = FILE.replace(was, becomes).replace("2024 = 100, ", "" if column == "periods" else "2024 = 100, ")
    if column is None:
        assert actions.load_framework(System(), read(text))
        return
    with pytest.raises(InputError) as error:
        actions.load_framework(System(), read(text))
    assert {problem.column for problem in error.value.problems} == {column}


def test_only_coordinators_keep_frameworks(framework: Framework, member: User) -> None:
    result = Result.objects.get(code="A")
    for refused in (
        lambda: actions.load_framework(member, read()),
        lambda: actions.show_framework(member, framework, "draft"),
        lambda: actions.lock_period(member, framework, "2024", "Closed."),
        lambda: actions.unlock_period(member, framework, "2024"),
        lambda: actions.give_result(member, result, None),
        lambda: actions.compute_framework(member, framework),
        lambda: actions.save_budget(
            member, result, period="2024", currency="CHF", planned=Decimal(1), spent=None
        ),
    ):
        with pytest.raises(PermissionDenied):
            refused()


def test_a_draft_is_for_coordinators_alone(
    client: Client, framework: Framework, coordinator: User, member: User
) -> None:
    addresses = [
        "/results/mine/",
        "/results/mine/results/A/",
        "/results/mine/indicators/a1/",
        "/results/mine/actuals.csv",
        "/api/v1/results/mine",
        "/api/v1/results/mine/indicators",
        "/api/v1/results/mine/actuals",
    ]

    def seen(user: User | None) -> list[int]:
        client.logout()
        if user:
            client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return [client.get(address).status_code for address in addresses]

    assert seen(None) == seen(member) == [200] * 7
    actions.show_framework(coordinator, framework, "draft")
    assert seen(None) == seen(member) == [404] * 7
    assert seen(coordinator) == [200] * 4 + [404] * 3
    client.logout()
    assert "Mine" not in client.get("/results/").content.decode()
    assert client.get("/api/v1/results").json() == []


def test_a_period_is_closed_once_with_a_reason(framework: Framework, coordinator: User) -> None:
    actions.lock_period(coordinator, framework, "2024", "The report went to the council.")
    for period, reason in (("2024", "Again."), ("2023", "Unknown."), ("2025", " ")):
        with pytest.raises(InputError):
            actions.lock_period(coordinator, framework, period, reason)
    assert [(lock.period, lock.locked_by) for lock in Lock.objects.all()] == [("2024", coordinator)]
    actions.unlock_period(coordinator, framework, "2024")
    assert not Lock.objects.exists()
    assert [record.verb for record in Record.objects.order_by("-sequence")[:2]] == ["unlock", "lock"]


def test_money_adds_up_by_currency_and_branch(
    client: Client, framework: Framework, coordinator: User
) -> None:
    for code, currency, planned, spent in (("A", "CHF", 100, 40), ("B", "CHF", 50, None), ("B", "USD", 7, 8)):
        actions.save_budget(
            coordinator,
            Result.objects.get(code=code),
            period="2025",
            currency=currency,
            planned=Decimal(planned),
            spent=None if spent is None else Decimal(spent),
        )
    shown = [
        [(row.currency, row.planned, row.spent) for row in client.get(path).context["money"]]
        for path in (
            "/results/mine/?period=2025",
            "/results/mine/results/B/?period=2025",
            "/results/mine/?period=2024",
        )
    ]
    assert shown == [[("CHF", 150, 40), ("USD", 7, 8)], [("CHF", 50, None), ("USD", 7, 8)], []]


def test_a_budget_is_refused_in_a_closed_period_and_goes_when_it_is_emptied(
    framework: Framework, coordinator: User
) -> None:
    result = Result.objects.get(code="A")

    def save(**more: object) -> None:
        values = {"period": "2025", "currency": "CHF", "planned": Decimal(1), "spent": None}
        actions.save_budget(coordinator, result, **{**values, **more})  # type: ignore[arg-type]

    save()
    for wrong in ({"period": "2030"}, {"currency": "chf"}, {"currency": "€"}, {"spent": Decimal(-1)}):
        with pytest.raises(InputError):
            save(**wrong)
    save(planned=None)
    assert not Budget.objects.exists()
    actions.lock_period(coordinator, framework, "2025", "Closed.")
    with pytest.raises(InputError) as error:
        save()
    assert error.value.problems[0].message == "the period 2025 is closed: Closed."


def test_a_framework_is_loaded_on_the_site_after_a_look(client: Client, coordinator: User) -> None:
    client.force_login(coordinator, backend="django.contrib.auth.backends.ModelBackend")
    file = lambda: SimpleUploadedFile("mine.toml", FILE.encode())  # noqa: E731 - each request reads its own
    looked = client.post("/results/load/", {"file": file()})
    assert (looked.status_code, len(looked.context["changes"]), Framework.objects.count()) == (200, 8, 0)
    done = client.post("/results/load/", {"file": file(), "sure": "1"})
    assert (done.status_code, Framework.objects.get().state) == (302, "draft")
    again = client.post("/results/load/", {"file": file()})
    assert "Nothing differs." in again.content.decode()
    assert client.post("/results/load/", {}).status_code == 422
    broken = SimpleUploadedFile("x.toml", b"code =")
    answer = client.post("/results/load/", {"file": broken})
    assert (answer.status_code, "Is not TOML" in answer.content.decode()) == (422, True)
    assert client.post("/results/load/", {"shipped": "kigali-2023-2025", "sure": "1"}).status_code == 302
    assert Result.objects.filter(framework__code="kigali-2023-2025").count() == 5


def test_coordinators_steer_a_framework_by_its_buttons(
    client: Client, framework: Framework, coordinator: User, ministry: object
) -> None:
    client.force_login(coordinator, backend="django.contrib.auth.backends.ModelBackend")
    client.post("/results/mine/periods/2024/", {"reason": ""})
    assert not Lock.objects.exists()
    client.post("/results/mine/periods/2024/", {"reason": "Reported."})
    assert "2024" in Lock.objects.values_list("period", flat=True)
    assert "Reported." in client.get("/results/mine/?period=2024").content.decode()
    client.post("/results/mine/periods/2024/", {"do": "unlock"})
    assert not Lock.objects.exists()
    client.post("/results/mine/results/B/budget/2024/", {"currency": "chf", "planned": "12.5", "spent": ""})
    assert [(row.currency, row.planned) for row in Budget.objects.all()] == [("CHF", Decimal("12.5"))]
    client.post("/results/mine/results/B/budget/2024/", {"currency": "x", "planned": "a"})
    assert Budget.objects.count() == 1
    client.post("/results/mine/results/B/organisation/", {"organisation": "Ministry of Health"})
    assert Result.objects.get(code="B").organisation == ministry
    client.post("/results/mine/results/B/organisation/", {"organisation": "Nobody at all"})
    assert Result.objects.get(code="B").organisation == ministry
    client.post("/results/mine/state/", {"state": "draft"})
    assert Framework.objects.get().state == "draft"
    assert verify().sound


def test_the_command_loads_what_comes_with_the_product_or_a_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("load_results", "--public")
    assert set(Framework.objects.values_list("code", "state")) == {(code, "public") for code in shipped()}
    path = tmp_path / "mine.toml"
    path.write_text(FILE, encoding="utf-8")
    capsys.readouterr()
    call_command("load_results", str(path))
    call_command("load_results", str(path))
    assert capsys.readouterr().out.splitlines() == ["mine: 8 added, 0 changed.", "mine: 0 added, 0 changed."]
    assert Framework.objects.get(code="mine").state == "draft"
    with pytest.raises(InputError):
        call_command("load_results", str(tmp_path / "none.toml"))
