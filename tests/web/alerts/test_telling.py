"""Mail about what is new: once a period, in the search's language, never about nothing."""

from datetime import datetime, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from django.utils.translation import override

from actionlines.text import LANGUAGES
from actionlines_web.accounts.actor import System
from actionlines_web.accounts.models import User
from actionlines_web.alerts.actions import change_search, save_search, send_alerts
from actionlines_web.alerts.actions.telling import NAMED, SETTLED
from actionlines_web.alerts.models import SavedSearch
from actionlines_web.outbox.actions import unsubscribe
from actionlines_web.outbox.models import Message
from actionlines_web.outbox.unsubscribing import token_of
from actionlines_web.stocktaking.actions import archive_entry
from actionlines_web.stocktaking.models import Entry
from web.conftest import an_entry

pytestmark = pytest.mark.django_db


def test_entries_registered_since_are_told_with_their_addresses(
    reader: User, store, tomorrow: datetime
) -> None:
    store([an_entry("old", lines=("C4",))])
    with override("fr"):
        save_search(reader, "Écoles", {"line": "C4"}, "daily")
    store([an_entry("new", title="A <new> school", lines=("C4",)), an_entry("other", lines=("C2",))])
    assert send_alerts(tomorrow) == 1
    (message,) = Message.objects.all()
    assert (message.kind, message.address, message.language) == ("new-entries", "reader@example.org", "fr")
    assert message.subject == "Du nouveau dans « Écoles » : 1"
    assert "A <new> school\nhttps://register.example.org/fr/entries/new/" in message.text
    assert "A &lt;new&gt; school" in message.html
    assert "<p><ul>" not in message.html
    assert "https://register.example.org/fr/entries/?line=C4" in message.text
    assert "/entries/old/" not in message.text
    assert "/entries/other/" not in message.text
    assert message.unsubscribe.startswith("https://register.example.org/fr/mail/unsubscribe/")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_message_is_written_in_each_language(
    reader: User, store, tomorrow: datetime, language: str
) -> None:
    with override("zh-hans" if language == "zh" else language):
        save_search(reader, "S", {}, "daily")
    store([an_entry("new")])
    assert send_alerts(tomorrow) == 1
    message = Message.objects.get()
    prefix = {"en": "", "zh": "/zh-hans"}.get(language, f"/{language}")
    assert message.language == language
    assert f"https://register.example.org{prefix}/entries/new/" in message.text


def test_nothing_is_told_twice(reader: User, store, tomorrow: datetime) -> None:
    save_search(reader, "S", {}, "daily")
    store([an_entry("new")])
    assert [send_alerts(tomorrow) for _ in range(3)] == [1, 0, 0]
    assert send_alerts(tomorrow + timedelta(days=1)) == 0
    assert Message.objects.count() == 1


def test_nothing_is_sent_when_nothing_is_new(reader: User, store, tomorrow: datetime) -> None:
    store([an_entry("old")])
    save_search(reader, "S", {}, "daily")
    assert send_alerts(tomorrow) == 0
    assert Message.objects.count() == 0


@pytest.mark.parametrize(("frequency", "days"), [("daily", 1), ("weekly", 7)])
def test_a_period_is_waited_for(reader: User, store, frequency: str, days: int) -> None:
    save_search(reader, "S", {}, frequency)
    store([an_entry("new")])
    later = timezone.now() + SETTLED
    if days > 1:
        assert send_alerts(later + timedelta(days=days - 1)) == 0
    assert send_alerts(later + timedelta(days=days)) == 1


def test_whoever_wants_no_mail_gets_none(reader: User, store, tomorrow: datetime) -> None:
    save_search(reader, "S", {}, "never")
    store([an_entry("new")])
    assert send_alerts(tomorrow) == 0


def test_an_entry_is_told_when_it_has_settled(reader: User, store, tomorrow: datetime) -> None:
    save_search(reader, "S", {}, "daily")
    store([an_entry("settled"), an_entry("fresh")])
    Entry.objects.filter(identifier="fresh").update(created_at=tomorrow - timedelta(minutes=5))
    assert send_alerts(tomorrow) == 1
    assert "/entries/fresh/" not in Message.objects.get().text
    assert send_alerts(tomorrow + timedelta(days=1)) == 1
    assert "/entries/fresh/" in Message.objects.order_by("-pk")[0].text


def test_an_archived_entry_is_not_told(reader: User, store, tomorrow: datetime) -> None:
    save_search(reader, "S", {}, "daily")
    store([an_entry("gone")])
    archive_entry(System(), Entry.objects.get(), "twice")
    assert send_alerts(tomorrow) == 0


def test_many_are_counted_and_the_newest_named(reader: User, store, tomorrow: datetime) -> None:
    save_search(reader, "S", {}, "daily")
    store([an_entry(f"e{number}") for number in range(NAMED + 3)])
    send_alerts(tomorrow)
    message = Message.objects.get()
    assert message.subject == f"New in “S”: {NAMED + 3}"
    assert message.text.count("/entries/e") == NAMED


def test_a_filter_of_which_a_part_is_gone_tells_nothing(reader: User, store, tomorrow: datetime) -> None:
    search = save_search(reader, "S", {"line": "C4"}, "daily")
    SavedSearch.objects.filter(pk=search.pk).update(params={"line": "C99"})
    store([an_entry("new")])
    assert send_alerts(tomorrow) == 0


def test_unsubscribing_stops_mail_until_it_is_asked_for_again(
    reader: User, store, tomorrow: datetime
) -> None:
    search = save_search(reader, "S", {}, "daily")
    assert unsubscribe(token_of(reader.email, "new-entries"))
    store([an_entry("one")])
    assert send_alerts(tomorrow) == 0
    change_search(reader, search.pk, "S", "daily")
    store([an_entry("two")])
    assert send_alerts(tomorrow + timedelta(days=1)) == 1


def test_a_blocked_account_is_not_written_to(reader: User, store, tomorrow: datetime) -> None:
    save_search(reader, "S", {}, "daily")
    User.objects.filter(pk=reader.pk).update(is_active=False)
    store([an_entry("new")])
    assert send_alerts(tomorrow) == 0


def test_the_command_says_how_many(reader: User, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("alert")
    assert capsys.readouterr().out == "0 messages were queued.\n"
