"""The search index built anew finds what it found before, and no more."""

import pytest

from actionlines.stocktaking import Translation
from actionlines_web.accounts.actor import System
from actionlines_web.search.actions import clear_index, index_entries
from actionlines_web.search.queries import ranked_ids
from actionlines_web.stocktaking.actions import archive_entry, rebuild_index
from actionlines_web.stocktaking.models import Entry
from web.conftest import an_entry


@pytest.mark.django_db
def test_building_the_index_anew_finds_every_entry_by_all_its_words(store) -> None:
    store(
        [
            an_entry("a-1", title="Kiosks", organisation="Bureau"),
            an_entry("a-2", title="Schools", translations=(Translation("fr", "Écoles"),)),
            an_entry("a-3", title="Gone"),
        ]
    )
    keys = dict(Entry.objects.values_list("identifier", "pk"))
    archive_entry(System(), Entry.objects.get(identifier="a-3"), "no longer")
    clear_index()
    assert ranked_ids("kiosks") == []
    index_entries([(max(keys.values()) + 1, "Of nobody", "")])
    assert rebuild_index() == 2
    found = {word: ranked_ids(word) for word in ("kiosks", "bureau", "ecoles", "gone", "nobody")}
    assert found == {
        "kiosks": [keys["a-1"]],
        "bureau": [keys["a-1"]],
        "ecoles": [keys["a-2"]],
        "gone": [],
        "nobody": [],
    }


@pytest.mark.django_db
def test_progress_is_told_after_each_part(store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("actionlines_web.stocktaking.actions.reindexing.CHUNK", 2)
    store([an_entry(f"a-{number}") for number in range(5)])
    told: list[int] = []
    rebuild_index(told.append)
    assert told == [2, 4, 5]
