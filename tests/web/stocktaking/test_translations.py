"""Translations on the page: who may write them, which one a reader sees, what is marked."""

import re
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from actionlines.problems import InputError
from actionlines.stocktaking import Translation
from actionlines_web.accounts.actor import System
from actionlines_web.accounts.models import User
from actionlines_web.audit.models import Record
from actionlines_web.organisations.models import Membership
from actionlines_web.stocktaking.actions.translations import remove_translation, write_translation
from actionlines_web.stocktaking.models import Entry, EntryTranslation
from actionlines_web.stocktaking.queries import EntryQuery
from web.conftest import an_entry
from web.stocktaking.full_entry import FULL

SPANISH = Translation("es", "Quioscos de aldea", "Nada notable.")


@pytest.fixture
def entry(store: Callable[..., None]) -> Entry:
    store([FULL])
    return Entry.objects.get(identifier=FULL.id)


@pytest.fixture
def desk(client: Client, coordinator: User) -> Client:
    client.force_login(coordinator, backend="django.contrib.auth.backends.ModelBackend")
    return client


def languages(entry: Entry) -> list[str]:
    return sorted(EntryTranslation.objects.filter(entry=entry).values_list("language", flat=True))


def heading(content: str) -> str:
    found = re.search(r"<h1><bdi[^>]*>(.*?)</bdi></h1>", content)
    assert found is not None
    return found[1]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "title", "mark"),
    [
        ("/entries/full-1/", FULL.title, ""),
        ("/fr/entries/full-1/", "Kiosques de village", "status-human"),
        ("/zh-hans/entries/full-1/", "乡村信息亭", "status-machine"),
        ("/fr/entries/full-1/?text=original", FULL.title, ""),
        ("/entries/full-1/?text=fr", "Kiosques de village", "status-human"),
        ("/fr/entries/full-1/?text=zh", "乡村信息亭", "status-machine"),
        ("/es/entries/full-1/", FULL.title, ""),
        ("/entries/full-1/?text=%3Cb%3E", FULL.title, ""),
    ],
)
def test_a_reader_sees_the_version_in_the_own_language_or_the_one_asked_for(
    entry: Entry, client: Client, address: str, title: str, mark: str
) -> None:
    content = client.get(address).content.decode()
    assert heading(content) == title
    assert re.findall(r"status-(?:human|machine)", content) == ([mark] if mark else [])
    assert ('href="?text=original"' in content) == bool(mark)


@pytest.mark.django_db
def test_a_translation_of_the_title_alone_keeps_the_original_description(
    entry: Entry, client: Client
) -> None:
    content = client.get("/zh-hans/entries/full-1/").content.decode()
    assert '<p class="entry-text" lang="en" dir="auto">Nothing of note.</p>' in content


@pytest.mark.django_db
def test_evidence_is_marked_in_the_original_and_led_to_from_a_translation(store, client: Client) -> None:
    store(
        [
            an_entry(
                "m",
                description="Staff track malaria cases.",
                translations=(Translation("fr", "Titre", "Le personnel suit les cas de malaria."),),
            )
        ]
    )
    original = client.get("/entries/m/").content.decode()
    translated = client.get("/fr/entries/m/").content.decode()
    assert ('<mark id="evidence-1"' in original, '<mark id="evidence-1"' in translated) == (True, False)
    assert 'href="#evidence-1"' in original
    assert 'href="?text=original#evidence-1"' in translated


@pytest.mark.django_db
def test_writing_a_translation_stores_finds_and_records_it(entry: Entry, coordinator: User) -> None:
    write_translation(coordinator, entry, SPANISH)
    assert languages(entry) == ["es", "fr", "zh"]
    assert list(EntryQuery(q="quioscos").apply(Entry.objects.all())) == [entry]
    record = Record.objects.order_by("pk").last()
    assert record is not None
    assert (record.verb, record.actor, record.detail["language"]) == ("translate", coordinator, "es")
    assert Entry.objects.get().changed_at > entry.changed_at


@pytest.mark.django_db
def test_the_same_translation_again_is_not_recorded(entry: Entry) -> None:
    before = Record.objects.count()
    write_translation(System(), entry, FULL.translations[0])
    assert Record.objects.count() == before


@pytest.mark.django_db
def test_a_translation_taken_away_is_no_longer_found(entry: Entry) -> None:
    remove_translation(System(), entry, "fr")
    remove_translation(System(), entry, "fr")
    assert languages(entry) == ["zh"]
    assert list(EntryQuery(q="kiosques").apply(Entry.objects.all())) == []
    assert list(EntryQuery(q="kiosks").apply(Entry.objects.all())) == [entry]
    assert Record.objects.filter(verb="remove translation").count() == 1


@pytest.mark.django_db
def test_no_translation_into_the_language_of_the_entry(entry: Entry) -> None:
    with pytest.raises(InputError):
        write_translation(System(), entry, Translation("en", "Kiosks"))
    assert languages(entry) == ["fr", "zh"]


@pytest.mark.django_db
def test_owners_translate_and_strangers_do_not(entry: Entry, visitor: User) -> None:
    with pytest.raises(PermissionDenied):
        write_translation(visitor, entry, SPANISH)
    with pytest.raises(PermissionDenied):
        remove_translation(visitor, entry, "fr")
    assert languages(entry) == ["fr", "zh"]
    assert entry.organisation is not None
    Membership.objects.create(user=visitor, organisation=entry.organisation)
    write_translation(visitor, entry, SPANISH)
    assert languages(entry) == ["es", "fr", "zh"]


@pytest.mark.django_db
def test_the_form_saves_and_takes_away(entry: Entry, desk: Client) -> None:
    address = "/entries/full-1/translations/es/"
    given = {"title": " Quioscos ", "description": "Uno.\r\n\r\nDos.", "made_by": "machine"}
    assert desk.post(address, given).status_code == 302
    found = EntryTranslation.objects.get(entry=entry, language="es")
    assert (found.title, found.description, found.made_by) == ("Quioscos", "Uno.\n\nDos.", "machine")
    assert 'value="Quioscos"' in desk.get(address).content.decode()
    assert desk.post(address, {"remove": "1"}).status_code == 302
    assert languages(entry) == ["fr", "zh"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given", "place"),
    [
        ({"title": "", "description": "Texto", "made_by": "human"}, "id_title_error"),
        ({"title": "x" * 301, "description": "", "made_by": "human"}, "id_title_error"),
        ({"title": "T", "description": "<b>Texto</b>", "made_by": "human"}, "id_description_error"),
        ({"title": "T", "description": "", "made_by": "nobody"}, "id_made_by_error"),
    ],
)
def test_a_mistake_stands_beside_its_field_and_nothing_is_stored(
    entry: Entry, desk: Client, given: dict[str, str], place: str
) -> None:
    answer = desk.post("/entries/full-1/translations/es/", given)
    assert answer.status_code == 422
    assert re.findall(r'id="(id_\w+_error)"', answer.content.decode()) == [place]
    assert languages(entry) == ["fr", "zh"]


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["en", "de", "x"])
def test_there_is_no_form_for_the_own_or_an_unknown_language(entry: Entry, desk: Client, code: str) -> None:
    assert desk.get(f"/entries/full-1/translations/{code}/").status_code == 404
