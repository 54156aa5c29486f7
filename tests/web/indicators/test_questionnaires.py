"""Questionnaires on the site: asked, shared, answered both ways, reminded once."""

import io
from datetime import date, timedelta

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from actionlines.problems import InputError
from actionlines_web.accounts.models import User
from actionlines_web.indicators.actions.questionnaires import (
    answer_by_file,
    answer_by_form,
    ask,
    delegate,
    remind_respondents,
)
from actionlines_web.indicators.models import Observation, Questionnaire
from actionlines_web.outbox.models import Message

pytestmark = pytest.mark.django_db


def due(days: int = 30) -> date:
    return timezone.now().date() + timedelta(days=days)


@pytest.fixture
def asked(coordinator: User, statistician: User) -> Questionnaire:
    """Senegal is asked for 2024."""
    return ask(coordinator, economy="SEN", year=2024, kind="short", due=due())


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def workbook(client: Client, asked: Questionnaire, answers: dict[str, object]) -> bytes:
    """The workbook that is handed out, filled in."""
    answer = client.get(f"/indicators/questionnaires/{asked.pk}/workbook.xlsx?language=fr")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    for row in book.active.iter_rows(min_row=7):
        if row[0].value in answers and not row[1].value:
            row[5].value = answers[row[0].value]
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_asking_tells_the_statisticians_of_the_economy(asked: Questionnaire, statistician: User) -> None:
    message = Message.objects.get()
    assert (message.kind, message.address) == ("questionnaire", statistician.email)
    assert f"/indicators/questionnaires/{asked.pk}/" in message.text


def test_same_question_is_not_asked_twice_and_not_for_the_past(
    coordinator: User, asked: Questionnaire, visitor: User
) -> None:
    with pytest.raises(InputError, match="asked already"):
        ask(coordinator, economy="SEN", year=2024, kind="short", due=due())
    with pytest.raises(InputError, match="has passed"):
        ask(coordinator, economy="SEN", year=2023, kind="short", due=due(-1))
    with pytest.raises(PermissionDenied):
        ask(visitor, economy="SEN", year=2023, kind="short", due=due())


def test_filled_workbook_is_checked_and_stored_with_its_rates(
    asked: Questionnaire, statistician: User
) -> None:
    client = signed_in(statistician)
    answers = {"SP.POP.TOTL": 18_000_000, "i112": 360_000, "i271": 20_000_000}
    file = SimpleUploadedFile("answers.xlsx", workbook(client, asked, answers))
    page = client.post(f"/indicators/questionnaires/{asked.pk}/upload/", {"file": file}, follow=True)
    batch = page.context["batch"]
    assert {(row[0], row[4]) for row in batch.rows} == {
        *{("SP.POP.TOTL", "18000000"), ("i112", "360000"), ("i271", "20000000")},
        *{("i91", "2.000000"), ("i911", "111.111111")},
    }
    client.post(f"/indicators/imports/{batch.pk}/apply/")
    assert set(Observation.objects.values_list("source", flat=True)) == {"Questionnaire 2024"}
    asked.refresh_from_db()
    assert (asked.batch_id, asked.batch.state) == (batch.pk, "applied")


def test_workbook_of_another_question_is_refused(
    asked: Questionnaire, coordinator: User, statistician: User
) -> None:
    other = ask(coordinator, economy="SEN", year=2023, kind="short", due=due())
    data = workbook(signed_in(statistician), other, {"i112": 1})
    with pytest.raises(InputError, match="is not the workbook of this questionnaire"):
        answer_by_file(statistician, asked.pk, data, "answers.xlsx")


def test_answers_on_the_page_go_the_way_of_the_workbook(asked: Questionnaire, statistician: User) -> None:
    client = signed_in(statistician)
    said = {
        "value|SP.POP.TOTL|": "18 000 000",
        "value|i4213tfbb|": "540000",
        "value|i4213tfbb|speed=GE10M": "600000",
        "flag|i4213tfbb|": "E",
        "note|i4213tfbb|": "Late",
        "value|i112|": "many",
    }
    page = client.post(f"/indicators/questionnaires/{asked.pk}/", said, follow=True)
    rows = {(row[0], row[3]): (row[4], row[5], row[7]) for row in page.context["batch"].rows}
    assert rows["i4213tfbb", ""] == ("540000", "E", "Late")
    assert rows["i992b", "speed=GE10M"][0] == "3.333333"
    assert next(problem["values"] for problem in page.context["problems"]) == {"said": "many"}
    again = client.get(f"/indicators/questionnaires/{asked.pk}/")
    assert 'value="540000"' in again.text


def test_person_it_was_shared_with_answers_and_the_statistician_stores(
    asked: Questionnaire, statistician: User, visitor: User
) -> None:
    assert signed_in(visitor).get(f"/indicators/questionnaires/{asked.pk}/").status_code == 404
    with pytest.raises(InputError, match="nobody with an account"):
        delegate(statistician, asked.pk, "nobody@example.org")
    with pytest.raises(PermissionDenied):
        delegate(visitor, asked.pk, visitor.email)
    delegate(statistician, asked.pk, visitor.email)
    assert Message.objects.filter(address=visitor.email, kind="questionnaire").count() == 1
    client = signed_in(visitor)
    assert [one.pk for one in client.get("/indicators/questionnaires/").context["rows"]] == [asked.pk]
    page = client.post(f"/indicators/questionnaires/{asked.pk}/", {"value|i112|": "5"}, follow=True)
    assert page.status_code == 200
    asked.refresh_from_db()
    assert asked.batch is not None
    assert client.post(f"/indicators/imports/{asked.batch.pk}/apply/").status_code == 403
    signed_in(statistician).post(f"/indicators/imports/{asked.batch.pk}/apply/")
    assert Observation.objects.get().value == 5


def test_work_is_shared_on_the_page(asked: Questionnaire, statistician: User, visitor: User) -> None:
    client, path = signed_in(statistician), f"/indicators/questionnaires/{asked.pk}/share/"
    assert signed_in(visitor).post(path, {"address": visitor.email}).status_code == 404
    assert "nobody" in client.post(path, {"address": "nobody@example.org"}, follow=True).text.lower()
    assert not asked.respondents.exists()
    assert "can answer as well now" in client.post(path, {"address": visitor.email}, follow=True).text
    assert asked.respondents.get() == visitor


def test_stranger_neither_answers_nor_sees(asked: Questionnaire, visitor: User) -> None:
    with pytest.raises(PermissionDenied):
        answer_by_form(visitor, asked.pk, {})
    client = signed_in(visitor)
    assert client.get(f"/indicators/questionnaires/{asked.pk}/workbook.xlsx").status_code == 404
    assert list(client.get("/indicators/questionnaires/").context["rows"]) == []


def test_reminder_goes_out_once_a_week_before_and_not_after_an_answer(
    asked: Questionnaire, coordinator: User, statistician: User
) -> None:
    Message.objects.all().delete()
    assert remind_respondents(asked.due - timedelta(days=8)) == 0
    assert remind_respondents(asked.due - timedelta(days=7)) == 1
    assert remind_respondents(asked.due - timedelta(days=6)) == 0
    other = ask(coordinator, economy="SEN", year=2023, kind="short", due=due())
    batch = answer_by_form(statistician, other.pk, {("i112", ""): ("5", "", "", "")})
    signed_in(statistician).post(f"/indicators/imports/{batch.pk}/apply/")
    assert remind_respondents(other.due) == 0


def test_coordinator_asks_on_the_page(coordinator: User) -> None:
    client = signed_in(coordinator)
    given = {"economy": "SEN", "year": "2024", "kind": "long", "due": due().isoformat()}
    assert client.post("/indicators/questionnaires/", given).status_code == 302
    again = client.post("/indicators/questionnaires/", given)
    assert (again.status_code, list(again.context["form"].errors)) == (422, ["year"])
