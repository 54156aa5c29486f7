"""Keeping searches: what is kept, what is refused, whose they are."""

import pytest
from django.test import Client

from actionlines.frameworks import catalogue
from actionlines.problems import InputError
from actionlines_web.accounts.models import User
from actionlines_web.alerts.actions import change_search, delete_search, save_search
from actionlines_web.alerts.actions.saving import MOST_OF_ONE
from actionlines_web.alerts.models import SavedSearch
from actionlines_web.alerts.queries import query_of
from actionlines_web.audit.models import Record
from actionlines_web.privacy.actions import erase_account
from actionlines_web.privacy.queries import data_of

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


def faults(error: pytest.ExceptionInfo[InputError]) -> list[str]:
    return [problem.column for problem in error.value.problems]


def test_a_search_keeps_the_filter_and_nothing_else(reader: User) -> None:
    kept = save_search(reader, " Schools ", {"q": "school", "line": "C4", "after": "9", "page": "2"}, "daily")
    assert (kept.name, kept.params, kept.language) == ("Schools", {"q": "school", "line": "C4"}, "en")
    assert query_of(kept).params() == {"q": "school", "line": "C4"}


@pytest.mark.parametrize(
    ("name", "params", "frequency", "columns"),
    [
        ("", {}, "daily", ["name"]),
        ("x" * 101, {}, "daily", ["name"]),
        ("x", {}, "hourly", ["frequency"]),
        ("x", {"line": "C99"}, "daily", ["line"]),
    ],
)
def test_what_cannot_be_used_is_named_and_nothing_is_kept(
    reader: User, name: str, params: dict[str, str], frequency: str, columns: list[str]
) -> None:
    with pytest.raises(InputError) as error:
        save_search(reader, name, params, frequency)
    assert faults(error) == columns
    assert SavedSearch.objects.count() == 0


def test_one_person_keeps_no_more_than_the_limit(reader: User) -> None:
    for number in range(MOST_OF_ONE):
        save_search(reader, f"s{number}", {}, "never")
    with pytest.raises(InputError) as error:
        save_search(reader, "one more", {}, "never")
    assert faults(error) == ["name"]
    assert SavedSearch.objects.count() == MOST_OF_ONE


def test_nobody_reaches_the_search_of_another(reader: User, visitor: User) -> None:
    kept = save_search(reader, "mine", {}, "daily")
    with pytest.raises(SavedSearch.DoesNotExist):
        change_search(visitor, kept.pk, "theirs", "never")
    with pytest.raises(SavedSearch.DoesNotExist):
        delete_search(visitor, kept.pk)
    client = Client()
    client.force_login(visitor, backend=BACKEND)
    assert client.post(f"/searches/{kept.pk}/", {"name": "x", "frequency": "never"}).status_code == 404
    assert client.post(f"/searches/{kept.pk}/delete/").status_code == 404
    assert "mine" not in client.get("/searches/").text


def test_the_pages_save_rename_and_delete(reader: User, client: Client) -> None:
    client.force_login(reader, backend=BACKEND)
    page = client.get("/fr/searches/save/", {"line": "C4", "country": "KEN"})
    title = catalogue().frameworks["wsis"]["C4"].title.get("fr")
    assert page.context["form"].initial["name"] == f"{title}, Kenya"
    answer = client.post("/fr/searches/save/?line=C4&country=KEN", {"name": "Écoles", "frequency": "weekly"})
    assert (answer.status_code, answer["Location"]) == (302, "/fr/searches/")
    kept = SavedSearch.objects.get()
    assert (kept.name, kept.params, kept.frequency, kept.language) == (
        "Écoles",
        {"line": "C4", "country": "KEN"},
        "weekly",
        "fr",
    )
    assert 'href="/entries/?line=C4&amp;country=KEN"' in client.get("/searches/").text
    client.post(f"/searches/{kept.pk}/", {"name": "Schools", "frequency": "never"})
    kept.refresh_from_db()
    assert (kept.name, kept.frequency) == ("Schools", "never")
    client.post(f"/searches/{kept.pk}/", {"name": "", "frequency": "never"})
    kept.refresh_from_db()
    assert kept.name == "Schools"
    client.post(f"/searches/{kept.pk}/delete/")
    assert SavedSearch.objects.count() == 0
    verbs = Record.objects.filter(object_type="alerts.savedsearch").order_by("sequence")
    assert list(verbs.values_list("verb", flat=True)) == ["create", "change", "delete"]


def test_a_faulty_form_is_shown_again(reader: User, client: Client) -> None:
    client.force_login(reader, backend=BACKEND)
    assert client.post("/searches/save/", {"name": " ", "frequency": "daily"}).status_code == 422
    assert SavedSearch.objects.count() == 0


def test_searches_are_handed_out_and_erased_with_the_account(reader: User) -> None:
    save_search(reader, "mine", {"line": "C4"}, "daily")
    (held,) = data_of(reader)["searches"]
    assert (held["name"], held["params"], held["frequency"]) == ("mine", {"line": "C4"}, "daily")
    erase_account(reader)
    assert SavedSearch.objects.count() == 0
