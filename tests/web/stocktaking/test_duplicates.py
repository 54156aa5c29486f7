"""Finding an entry's twin in the register, and making one entry of two."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from actionlines.problems import InputError
from actionlines.stocktaking import Contact, Translation
from actionlines.stocktaking import Entry as LibraryEntry
from actionlines_web.accounts.actor import System
from actionlines_web.accounts.models import User
from actionlines_web.audit.models import Record
from actionlines_web.stocktaking.actions import (
    accept_link,
    drift,
    merge_entries,
    plan_merge,
    realign_entries,
    refuse_link,
    restore_entry,
    start_submission,
    store_entries,
)
from actionlines_web.stocktaking.actions.contacts import write_contact
from actionlines_web.stocktaking.actions.merging import CHOSEN
from actionlines_web.stocktaking.models import Entry, EntryLink, LinkDecision, Tier
from actionlines_web.stocktaking.queries import EntryQuery, entry_page, matrix
from actionlines_web.stocktaking.queries import duplicates as module
from actionlines_web.stocktaking.queries.contacts import contact_of
from actionlines_web.stocktaking.queries.decisions import agreement, training_examples
from actionlines_web.stocktaking.queries.duplicates import twins_of
from actionlines_web.stocktaking.queries.library import to_library, translations_of
from actionlines_web.stocktaking.rules import owns_entry
from web.conftest import an_entry
from web.stocktaking.test_submissions import moderator, person, published, written

__all__ = ["moderator"]  # the fixture

NENASALA = an_entry(
    "nenasala",
    title="Nenasala",
    description="Nenasala centres bring computers to villages. There were 740 of them.",
    organisation="ICT Agency of Sri Lanka",
    country="LKA",
    website="https://www.nenasala.example.org/",
    lines=("C2",),
    targets=("9.c",),
)
AGAIN = an_entry(
    "again",
    title="Nenasala : centres du savoir",
    description="Les Nenasala sont des centres communautaires ; on en compte 740.",
    language="fr",
    organisation="Agence des TIC",
    country="LKA",
    lines=("C4",),
    targets=("4.4",),
    year=2014,
)
OTHERS = [
    an_entry(f"other-{number}", title=f"Village school {number}", country="LKA") for number in range(30)
]


def found(entry: LibraryEntry) -> list[str]:
    """Identifiers of the twins."""
    return [twin.entry.identifier for twin in twins_of(entry)]


@pytest.mark.django_db
def test_a_twin_is_found_in_another_language_and_never_the_entry_itself(store) -> None:
    store([NENASALA, *OTHERS])
    assert found(AGAIN) == ["nenasala"]
    assert found(NENASALA) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "changes",
    [
        {
            "title": "Wisdom outlets",
            "website": "http://nenasala.example.org",
            "organisation": "ICTA",
            "country": "LKA",
        },
        {"title": "Nenasala", "organisation": "", "country": "LKA"},
        {"title": "Nenasalas network", "organisation": "ICT Agency of Sri Lanka", "country": "LKA"},
    ],
)
def test_website_title_or_organisation_lead_to_it(store, changes: dict[str, str]) -> None:
    store([NENASALA, *OTHERS])
    text = {"description": "In Nenasala centres, 740 of them, people use computers."}
    assert found(an_entry("new", **{**text, **changes})) == ["nenasala"]


@pytest.mark.django_db
def test_common_words_lead_to_it_in_pairs(store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_SHARED", 3)
    many = [an_entry(f"s{n}", title=f"School {n}", country="KEN") for n in range(6)]
    many += [an_entry(f"r{n}", title=f"Radio {n}", country="KEN") for n in range(6)]
    store([*many, an_entry("twin", title="School radio", country="FRA")])
    assert found(an_entry("new", title="School radio", country="FRA")) == ["twin"]


@pytest.mark.django_db
def test_quotes_operators_and_empty_titles_are_no_query(store) -> None:
    store([NENASALA])
    for title in ("", "“”", '" OR NEAR( *', "a' & !b | c:*", "网", "' ; DROP"):
        assert found(an_entry("new", title=title)) == []


@pytest.mark.django_db
def test_archived_entries_are_no_twins(store) -> None:
    store([NENASALA, AGAIN])
    merge_entries(
        System(), Entry.objects.get(identifier="nenasala"), Entry.objects.get(identifier="again"), {}
    )
    assert found(an_entry("new", title="Nenasala centres du savoir", country="LKA")) == ["nenasala"]


def pair(store) -> tuple[Entry, Entry]:
    """Two entries of one project."""
    store([NENASALA, AGAIN])
    return Entry.objects.get(identifier="nenasala"), Entry.objects.get(identifier="again")


@pytest.mark.django_db
def test_merging_unites_links_takes_what_is_chosen_and_leads_the_old_address_on(
    store, client: Client
) -> None:
    kept, other = pair(store)
    merge_entries(System(), kept, other, {"title": "other", "description": "kept"})
    row = Entry.objects.get(identifier="nenasala")
    assert (row.title, row.description, row.year) == (AGAIN.title, NENASALA.description, 2014)
    declared = set(EntryLink.objects.filter(entry=row, basis="declared").values_list("node", flat=True))
    assert {"C2", "C4", "9.c", "4.4"} <= declared
    assert drift() == []
    assert matrix(EntryQuery()).total == 1
    assert [entry.identifier for entry in entry_page(EntryQuery()).entries] == ["nenasala"]
    answer = client.get("/entries/again/")
    assert (answer.status_code, answer["Location"]) == (301, "/entries/nenasala/")
    verbs = (
        Record.objects.filter(object_type="stocktaking.entry")
        .order_by("sequence")
        .values_list("verb", flat=True)
    )
    assert list(verbs)[-2:] == ["change", "merge"]


@pytest.mark.django_db
def test_a_dry_run_says_what_would_stand_and_changes_nothing(store) -> None:
    kept, other = pair(store)
    records = Record.objects.count()
    plan = plan_merge(System(), kept, other, {"organisation": "other"})
    assert (plan.result["organisation"], plan.result["title"]) == ("Agence des TIC", "Nenasala")
    assert plan.result["lines"] == "C2; C4"
    assert set(plan.differing) == {
        *("title", "description", "language", "organisation", "website", "year"),
    }
    kept.refresh_from_db()
    assert (kept.organisation.name, Record.objects.count()) == ("ICT Agency of Sri Lanka", records)


@pytest.mark.django_db
def test_a_chain_of_merges_leads_to_the_last(store, client: Client) -> None:
    store([NENASALA, AGAIN, an_entry("third", title="Third")])
    first, second, third = (Entry.objects.get(identifier=name) for name in ("again", "nenasala", "third"))
    merge_entries(System(), second, first, {})
    second.refresh_from_db()
    merge_entries(System(), third, second, {})
    assert client.get("/entries/again/")["Location"] == "/entries/third/"
    assert drift() == []


@pytest.mark.django_db
def test_restoring_a_merged_entry_makes_it_stand_by_itself(store, client: Client) -> None:
    kept, other = pair(store)
    merge_entries(System(), kept, other, {})
    restore_entry(System(), Entry.objects.get(identifier="again"))
    assert client.get("/entries/again/").status_code == 200
    assert drift() == []


@pytest.mark.django_db
def test_translations_of_both_are_kept_but_not_in_the_entrys_own_language(store) -> None:
    store(
        [
            an_entry("a", translations=(Translation("fr", "Un", "Texte", "human"),)),
            an_entry(
                "b",
                translations=(
                    Translation("fr", "Deux", "Texte", "human"),
                    Translation("es", "Dos", "Texto", "human"),
                ),
            ),
        ]
    )
    kept, other = Entry.objects.get(identifier="a"), Entry.objects.get(identifier="b")
    merged = merge_entries(System(), kept, other, {})
    assert [(item.language, item.title) for item in translations_of(merged)] == [("es", "Dos"), ("fr", "Un")]


@pytest.mark.django_db
def test_who_brought_the_other_entry_in_owns_the_kept_one(moderator: User) -> None:
    one, two = person("one"), person("two")
    kept, other = published(one, moderator), published(two, moderator, title="Clinics on-line")
    merge_entries(moderator, kept, other, {})
    assert owns_entry(two, Entry.objects.get(pk=kept.pk))


@pytest.mark.django_db
@pytest.mark.parametrize(("own", "expected"), [(None, "Grace"), ("Ada", "Ada")])
def test_the_contact_moves_where_there_is_none(store, own: str | None, expected: str) -> None:
    kept, other = pair(store)
    write_contact(System(), other, Contact("Grace", "grace@example.org"))
    if own:
        write_contact(System(), kept, Contact(own, "ada@example.org"))
    merge_entries(System(), kept, other, {})
    contact = contact_of(kept)
    assert contact is not None
    assert contact.name == expected


@pytest.mark.django_db
def test_only_who_moderates_both_merges_and_only_two_that_stand(store, visitor: User) -> None:
    kept, other = pair(store)
    scoped = person("scoped", ("moderator", "C2"))
    for actor in (visitor, scoped):
        with pytest.raises(PermissionDenied):
            merge_entries(actor, kept, other, {})
    with pytest.raises(ValueError, match="two entries"):
        merge_entries(System(), kept, kept, {})
    merge_entries(System(), kept, other, {})
    with pytest.raises(ValueError, match="two entries"):
        merge_entries(System(), Entry.objects.get(pk=kept.pk), Entry.objects.get(pk=other.pk), {})


@pytest.mark.django_db
def test_fields_that_do_not_go_together_stop_the_merge_whole(store) -> None:
    store(
        [
            an_entry("a", start="2020-01-01", end="2020-06-01"),
            an_entry("b", start="2010-01-01", end="2012-01-01"),
        ]
    )
    kept, other = Entry.objects.get(identifier="a"), Entry.objects.get(identifier="b")
    with pytest.raises(InputError):
        merge_entries(System(), kept, other, {"end": "other"})
    other.refresh_from_db()
    assert (other.archived_at, drift()) == (None, [])


@pytest.mark.django_db
def test_every_field_of_an_entry_is_chosen_united_or_the_identifier(store) -> None:
    kept, _ = pair(store)
    assert {*CHOSEN, "id", "lines", "targets", "translations", "row"} == set(to_library(kept, []).__slots__)


@pytest.mark.django_db
def test_the_merge_page_shows_the_result_before_it_merges(store, client: Client, coordinator: User) -> None:
    pair(store)
    client.force_login(coordinator, backend="django.contrib.auth.backends.ModelBackend")
    assert "again" in client.get("/entries/nenasala/duplicates/").content.decode()
    path = "/entries/nenasala/merge/again/"
    assert "Merge now" not in client.get(path).content.decode()
    answer = client.post(path, {"take-title": "other", "try": "1"})
    assert (answer.status_code, "Merge now" in answer.content.decode()) == (200, True)
    assert not Entry.objects.exclude(archived_at=None).exists()
    answer = client.post(path, {"take-title": "other", "confirm": "1"})
    assert (answer.status_code, answer["Location"]) == (302, "/entries/nenasala/")
    assert Entry.objects.get(identifier="nenasala").title == AGAIN.title


@pytest.mark.django_db
def test_who_writes_is_asked_whether_it_is_there_already(store, client: Client, visitor: User) -> None:
    store([NENASALA])
    draft = written(visitor, title="Nenasala centres", country="LKA")
    client.force_login(visitor, backend="django.contrib.auth.backends.ModelBackend")
    part = client.get(f"/submissions/{draft.pk}/similar/", headers={"HX-Request": "true"}).content.decode()
    assert ("Is it one of these?" in part, "<html" in part) == (True, False)
    whole = client.get(f"/submissions/{draft.pk}/similar/").content.decode()
    assert ("/entries/nenasala/" in whole, "<html" in whole) == (True, True)
    empty = start_submission(visitor)
    assert "Is it one of these?" not in client.get(f"/submissions/{empty.pk}/similar/").content.decode()


@pytest.mark.django_db
def test_a_title_given_back_by_the_index_is_compared_not_trusted() -> None:
    store_entries(System(), [an_entry("a", title="Nenasala", country="KEN", organisation="Somebody else")])
    assert (
        found(
            an_entry(
                "new", title="Hospital of Nenasala", description="Beds.", country="FRA", organisation="H"
            )
        )
        == []
    )


TELEMEDICINE = an_entry(
    "clinics", description="Nurses consult doctors by telemedicine. Wells give safe drinking water."
)
WELLS = an_entry(
    "wells", description="Wells give safe drinking water. Nurses consult doctors by telemedicine today."
)


def reviewed(store, coordinator: User) -> tuple[Entry, Entry]:
    """Two entries; reviewers accepted 3 and refused 6 for the one that goes, and refused 3 for the one that stands."""
    store([TELEMEDICINE, WELLS])
    found = set(EntryLink.objects.filter(entry__identifier="wells").values_list("node", flat=True))
    assert {"3", "6"} <= found
    accept_link(coordinator, "wells", "sdg", "6")
    refuse_link(coordinator, "wells", "sdg", "3")
    accept_link(coordinator, "clinics", "sdg", "3")
    return Entry.objects.get(identifier="clinics"), Entry.objects.get(identifier="wells")


def tier_of(identifier: str, node: str) -> int | None:
    """The tier of the entry's link, None without one."""
    rows = EntryLink.objects.filter(entry__identifier=identifier, node=node)
    return rows.values_list("tier", flat=True).first()


@pytest.mark.django_db
def test_what_reviewers_said_comes_along_and_never_over_what_they_said_of_the_kept_one(
    store, coordinator: User
) -> None:
    kept, other = reviewed(store, coordinator)
    assert tier_of("clinics", "6") == Tier.EVIDENCE
    plan = plan_merge(coordinator, kept, other, {})
    assert plan.decisions == LinkDecision.objects.filter(entry=other).exclude(node="3").count() > 0
    assert LinkDecision.objects.filter(entry=kept, node="6").count() == 0
    merge_entries(coordinator, kept, other, {})
    assert (tier_of("clinics", "6"), tier_of("clinics", "3")) == (Tier.ACCEPTED, Tier.ACCEPTED)
    carried = LinkDecision.objects.get(entry=kept, node="6")
    first = LinkDecision.objects.get(entry=other, node="6")
    assert (carried.copy_of, carried.at, carried.reviewer, carried.text) == (
        *(first, first.at, coordinator),
        first.text,
    )
    assert drift() == []
    realign_entries(System())
    assert tier_of("clinics", "6") == Tier.ACCEPTED


@pytest.mark.django_db
def test_a_decision_that_came_along_counts_once_in_figures_and_examples(store, coordinator: User) -> None:
    kept, other = reviewed(store, coordinator)
    examples, decided = list(training_examples()), agreement().decided
    merge_entries(coordinator, kept, other, {})
    assert (list(training_examples()), agreement().decided) == (examples, decided)


@pytest.mark.django_db
def test_a_restored_entry_has_what_reviewers_said_of_it(store, coordinator: User) -> None:
    kept, other = reviewed(store, coordinator)
    stood = set(EntryLink.objects.filter(entry=other).values_list("node", "tier"))
    merge_entries(coordinator, kept, other, {})
    restore_entry(coordinator, Entry.objects.get(identifier="wells"))
    assert set(EntryLink.objects.filter(entry=other).values_list("node", "tier")) == stood
    assert LinkDecision.objects.filter(entry=other, copy_of=None).exists()
    realign_entries(System())
    assert (tier_of("wells", "6"), tier_of("wells", "3")) == (Tier.ACCEPTED, None)
    assert drift() == []


@pytest.mark.django_db
def test_decisions_follow_a_chain_of_merges_as_copies_of_the_first(store, coordinator: User) -> None:
    kept, other = reviewed(store, coordinator)
    store([an_entry("third", title="Third")])
    third = Entry.objects.get(identifier="third")
    merge_entries(coordinator, kept, other, {})
    kept.refresh_from_db()
    merge_entries(coordinator, third, kept, {})
    first = LinkDecision.objects.get(entry=other, node="6")
    assert LinkDecision.objects.get(entry=third, node="6").copy_of == first
    assert tier_of("third", "6") == Tier.ACCEPTED


@pytest.mark.django_db
def test_the_merge_page_says_that_decisions_come_along(store, client: Client, coordinator: User) -> None:
    reviewed(store, coordinator)
    client.force_login(coordinator, backend="django.contrib.auth.backends.ModelBackend")
    page = client.post("/entries/clinics/merge/wells/", {"try": "1"}).content.decode()
    assert "about the other entry’s links" in page
