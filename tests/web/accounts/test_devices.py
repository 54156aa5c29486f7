"""Where somebody is signed in: noted by kind of browser only, and ended from anywhere."""

import pytest
from django.contrib.sessions.models import Session
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from actionlines_web.accounts import devices
from actionlines_web.accounts.actions import blank_account, grant_role
from actionlines_web.accounts.actor import System
from actionlines_web.accounts.devices import kind_of
from actionlines_web.accounts.models import SignedIn, User
from actionlines_web.accounts.queries import devices_of, held_about
from actionlines_web.audit.models import Record

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/17.5 Mobile/15E148 Safari/604.1"
)


@pytest.fixture
def ada() -> User:
    """Somebody."""
    return User.objects.create_user("ada@example.org", PASSWORD)


def browser(user: User, said: str) -> Client:
    """A browser she has signed in with and used."""
    client = Client(headers={"User-Agent": said})
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    client.get("/about/")
    return client


def signed_in(client: Client) -> bool:
    """Whether the browser still is."""
    return client.get("/account/").status_code == 200


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        (FIREFOX, ("Firefox", "Linux")),
        (PHONE, ("Safari", "iPhone")),
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit Chrome/126.0 Safari/537.36 Edg/126.0",
            ("Edge", "Windows"),
        ),
        ("Mozilla/5.0 (Linux; Android 14) Chrome/126.0 Mobile Safari/537.36", ("Chrome", "Android")),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) Version/17 Safari/605", ("Safari", "macOS")),
        ("curl/8", ("", "")),
        ("", ("", "")),
    ],
)
def test_a_browser_is_known_by_what_it_says(said: str, kind: tuple[str, str]) -> None:
    assert kind_of(said) == kind


def test_every_browser_is_listed_with_its_last_use(ada: User) -> None:
    desk, phone = browser(ada, FIREFOX), browser(ada, PHONE)
    assert [(item.browser, item.system) for item in devices_of(ada)] == [
        ("Safari", "iPhone"),
        ("Firefox", "Linux"),
    ]
    page = desk.get("/account/devices/").content.decode()
    assert page.count("this browser") == 1
    assert page.count("Sign out there") == 1
    assert "Sign out everywhere else" in page
    assert signed_in(phone)


def test_a_page_that_is_read_again_writes_nothing(ada: User, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = browser(ada, FIREFOX)
    long_ago = timezone.now().replace(year=2020)
    SignedIn.objects.update(used_at=long_ago)
    desk.get("/about/")
    assert SignedIn.objects.get().used_at == long_ago
    monkeypatch.setattr(devices, "NOTED_EVERY", 0)
    desk.get("/about/")
    assert SignedIn.objects.get().used_at > long_ago


def test_a_reader_does_not_wait_for_a_long_writer(ada: User, monkeypatch: pytest.MonkeyPatch) -> None:
    patience: list[int] = []

    def locked(**_: object) -> None:
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                patience.extend(cursor.execute("PRAGMA busy_timeout").fetchone())
        raise OperationalError("database is locked")

    with monkeypatch.context() as patch:
        patch.setattr(SignedIn.objects, "update_or_create", locked)
        desk = browser(ada, FIREFOX)
        assert desk.get("/about/").status_code == 200
    assert (SignedIn.objects.exists(), set(patience) <= {devices.IMPATIENCE_MS}) == (False, True)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            assert cursor.execute("PRAGMA busy_timeout").fetchone()[0] > devices.IMPATIENCE_MS
    desk.get("/about/")
    assert SignedIn.objects.get().user == ada


def test_signing_out_there_ends_that_session_only(ada: User) -> None:
    desk, phone = browser(ada, FIREFOX), browser(ada, PHONE)
    number = SignedIn.objects.get(system="iPhone").pk
    assert desk.post(f"/account/devices/{number}/end/").status_code == 302
    assert (signed_in(desk), signed_in(phone)) == (True, False)
    assert [item.system for item in devices_of(ada)] == ["Linux"]
    assert Record.objects.order_by("sequence").last().verb == "sign out elsewhere"


def test_signing_out_everywhere_else_leaves_this_browser(ada: User, coordinator: User) -> None:
    desk, phone, other = browser(ada, FIREFOX), browser(ada, PHONE), browser(coordinator, FIREFOX)
    unnoted = Client()
    unnoted.force_login(ada, backend="django.contrib.auth.backends.ModelBackend")
    desk.post("/account/devices/others/end/")
    assert [signed_in(client) for client in (desk, phone, unnoted, other)] == [True, False, False, True]
    assert [item.system for item in devices_of(ada)] == ["Linux"]


def test_another_persons_browser_is_not_there(ada: User, visitor: User) -> None:
    desk = browser(ada, FIREFOX)
    number = SignedIn.objects.get().pk
    assert browser(visitor, PHONE).post(f"/account/devices/{number}/end/").status_code == 404
    assert signed_in(desk)


def test_a_session_that_is_over_is_not_listed(ada: User) -> None:
    browser(ada, FIREFOX)
    browser(ada, PHONE).post("/sign-out/")
    assert [item.system for item in devices_of(ada)] == ["Linux"]
    Session.objects.update(expire_date=timezone.now().replace(year=2020))
    assert devices_of(ada) == []


def test_confirming_who_one_is_stays_one_browser(ada: User) -> None:
    desk = browser(ada, FIREFOX)
    session = desk.session
    session.cycle_key()
    desk.cookies["sessionid"] = session.session_key
    desk.get("/about/")
    assert [item.session_key for item in SignedIn.objects.all()] == [session.session_key]


def test_who_looks_as_somebody_else_is_noted_as_oneself(ada: User, visitor: User) -> None:
    grant_role(System(), email=ada.email, role="administrator")
    desk = browser(ada, FIREFOX)
    desk.post("/view-as/", {"email": visitor.email})
    desk.get("/about/")
    assert list(SignedIn.objects.values_list("user", flat=True)) == [ada.pk]
    assert desk.get("/account/devices/").status_code == 403


def test_nobody_is_noted_without_a_session(client: Client) -> None:
    client.get("/about/")
    assert not SignedIn.objects.exists()


def test_it_is_handed_out_and_erased(ada: User) -> None:
    browser(ada, FIREFOX)
    (held,) = held_about(ada)["signed_in"]
    assert (held["browser"], held["system"]) == ("Firefox", "Linux")
    blank_account(ada)
    assert not SignedIn.objects.exists()
