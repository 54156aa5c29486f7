"""Storing an entry: every field comes back, nothing is written twice, translations are added and never lost."""

from dataclasses import replace

import pytest

from actionlines.stocktaking import Translation
from actionlines_web.accounts.actor import System
from actionlines_web.audit.models import Record
from actionlines_web.stocktaking.actions import plan_entries, store_entries
from actionlines_web.stocktaking.models import Entry
from actionlines_web.stocktaking.queries import EntryQuery
from actionlines_web.stocktaking.queries.library import links_as_library, to_library, translations_of
from web.stocktaking.full_entry import FULL


def stored() -> Entry:
    return Entry.objects.get(identifier=FULL.id)


def found(words: str) -> list[str]:
    return list(EntryQuery(q=words).apply(Entry.objects.all()).values_list("identifier", flat=True))


@pytest.mark.django_db
def test_every_field_comes_back_as_it_was_stored(store) -> None:
    store([FULL])
    row = stored()
    assert replace(to_library(row, links_as_library(row)), translations=translations_of(row)) == FULL


@pytest.mark.django_db
def test_the_same_entry_again_changes_nothing(store) -> None:
    store([FULL])
    assert plan_entries([FULL]).unchanged == (FULL.id,)
    assert plan_entries([replace(FULL, translations=())]).unchanged == (FULL.id,)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        {"partners": ("Bureau, Nairobi",)},
        {"countries": ("UGA",)},
        {"start": "2023-02-02"},
        {"figures": ()},
        {"challenges": "Mud."},
        {"stage": "ongoing"},
        {"translations": (Translation("fr", "Kiosques de village", "Rien de notable.", "machine"),)},
        {"translations": (Translation("ar", "أكشاك القرى"),)},
    ],
)
def test_a_change_of_one_field_is_a_change(store, change: dict[str, object]) -> None:
    store([FULL])
    assert plan_entries([replace(FULL, **change)]).changed == (FULL.id,)


@pytest.mark.django_db
def test_translations_are_added_or_renewed_and_never_taken_away(store) -> None:
    store([FULL])
    renewed, added = Translation("zh", "乡村亭", "很好", "human"), Translation("ru", "Киоски")
    store([replace(FULL, translations=(added, renewed))])
    assert translations_of(stored()) == (FULL.translations[0], added, renewed)


@pytest.mark.django_db
def test_a_translation_into_what_has_become_the_own_language_goes(store) -> None:
    store([FULL])
    store([replace(FULL, language="fr", translations=())])
    assert [item.language for item in translations_of(stored())] == ["zh"]


@pytest.mark.django_db
def test_an_entry_is_found_by_partners_results_countries_and_every_title(store) -> None:
    store([FULL])
    for words in ("postmen", "queues", "412", "Uganda", "Ouganda", "卢旺达", "Kiosques", "乡村信息"):
        assert found(words) == [FULL.id], words
    assert found("loan") == []


@pytest.mark.django_db
def test_the_trail_says_which_new_fields_changed(store) -> None:
    store([FULL])
    store_entries(
        System(), [replace(FULL, stage="ongoing", translations=(Translation("fr", "Kiosques", "", "human"),))]
    )
    record = Record.objects.filter(object_type="stocktaking.entry").order_by("pk").last()
    assert record is not None
    assert record.detail == {
        "changes": {
            "stage": ["completed", "ongoing"],
            "title_fr": ["Kiosques de village", "Kiosques"],
            "description_fr": ["Rien de notable.", ""],
        }
    }
