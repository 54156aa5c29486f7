"""What reviewers decide about links counts, is kept, and survives whatever is aligned or imported afterwards."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from importlib import import_module
from threading import Thread
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actionlines.alignment import Basis, Evidence, Link
from actionlines.frameworks import catalogue
from actionlines.stocktaking import Entry
from actionlines_web.accounts.actor import System
from actionlines_web.accounts.models import RoleGrant, User
from actionlines_web.audit.models import Record
from actionlines_web.stocktaking import aligning, linking
from actionlines_web.stocktaking.actions import (
    UndecidableError,
    accept_link,
    add_link,
    drift,
    plan_entries,
    realign_entries,
    refuse_link,
    store_entries,
)
from actionlines_web.stocktaking.models import Entry as Row
from actionlines_web.stocktaking.models import EntryLink, LinkDecision, PostingBlock, Submission, Tier
from actionlines_web.stocktaking.queries import EntryQuery, entry_page
from actionlines_web.stocktaking.queries.links import ReviewQuery, review_queue, reviewed_links
from web.conftest import an_entry

TEXT = "Nurses consult doctors by telemedicine. Wells give safe drinking water."
Store = Callable[[Sequence[Entry]], None]


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[Link]]:
    """What the aligner says, by the word that must stand in the text."""
    said: dict[str, list[Link]] = {}

    def align(text: str, *, language: str = "", lines: Sequence[str] = (), targets: Sequence[str] = ()):
        declared = {("wsis", code): Link("wsis", code, Basis.DECLARED, 1.0) for code in lines}
        goals = catalogue().frameworks["sdg"]
        codes = {
            above for code in targets for above in (code, *(node.code for node in goals.ancestors(code)))
        }
        declared |= {("sdg", code): Link("sdg", code, Basis.DECLARED, 1.0) for code in codes}
        links = dict(declared)
        for word, given_ in said.items():
            start = text.find(word)
            if start >= 0:
                for link in given_:
                    evidence = (Evidence(start, start + len(word), word),)
                    made = replace(link, evidence=evidence)
                    links.setdefault((link.framework, link.node), made)
        return list(links.values())

    monkeypatch.setattr(linking, "align", align)
    return said


def lexicon(framework: str, node: str, probability: float = 0.8) -> Link:
    """A proposal of the aligner."""
    return Link(framework, node, Basis.LEXICON, probability)


def reviewer(email: str, scope: str = "") -> User:
    """A moderator, everywhere or in a scope."""
    user = User.objects.create_user(email)
    RoleGrant.objects.create(user=user, role=RoleGrant.Role.MODERATOR, scope=scope)
    return user


def standing(identifier: str = "a-1") -> dict[str, int]:
    """Node to tier."""
    rows = EntryLink.objects.filter(entry__identifier=identifier)
    return {f"{row.framework}:{row.node}": row.tier for row in rows}


def state(identifier: str = "a-1") -> dict[str, str]:
    """Node to what its reviewers see."""
    row = Row.objects.get(identifier=identifier)
    return {f"{link.framework}:{link.node}": link.state for link in reviewed_links(row)}


def listed(basis: str, **filters: str) -> int:
    """How many entries a list shows."""
    return entry_page(EntryQuery.from_params({"basis": basis, **filters})).total


@pytest.mark.django_db
def test_an_accepted_proposal_counts_among_the_accepted_with_its_goal(store: Store, found) -> None:
    found["telemedicine"] = [lexicon("sdg", "3.8"), lexicon("sdg", "3"), lexicon("wsis", "C7-HEA")]
    store([an_entry("a-1", description=TEXT)])
    accept_link(reviewer("r@example.org"), "a-1", "sdg", "3.8")
    assert standing() == {
        "sdg:3.8": Tier.ACCEPTED,
        "sdg:3": Tier.ACCEPTED,
        "wsis:C7-HEA": Tier.EVIDENCE,
    }
    assert (listed("accepted", target="3.8"), listed("declared", target="3.8")) == (1, 0)
    assert (listed("accepted", goal="3"), listed("accepted", line="C7-HEA")) == (1, 0)
    assert drift() == []
    record = Record.objects.latest("sequence")
    assert (record.verb, record.detail) == (
        "accept link",
        {"link": "sdg:3.8", "also": ["3"], "direction": "advances"},
    )


@pytest.mark.django_db
def test_a_refused_goal_takes_its_targets_along_and_no_list_shows_it(store: Store, found) -> None:
    found["water"] = [lexicon("sdg", "6.1"), lexicon("sdg", "6")]
    store([an_entry("a-1", description=TEXT)])
    assert listed("evidence", goal="6") == 1
    refuse_link(reviewer("r@example.org"), "a-1", "sdg", "6")
    assert standing() == {}
    assert state() == {"sdg:6": "refused", "sdg:6.1": "refused"}
    assert listed("evidence", goal="6") == 0
    assert drift() == []


@pytest.mark.django_db
def test_a_refused_link_does_not_come_back_when_the_same_text_is_aligned_by_another_edition(
    store: Store, found, monkeypatch: pytest.MonkeyPatch
) -> None:
    found["water"] = [lexicon("sdg", "6")]
    store([an_entry("a-1", description=TEXT)])
    refuse_link(reviewer("r@example.org"), "a-1", "sdg", "6")
    found["wells"] = found["Wells"] = [lexicon("sdg", "6.1"), lexicon("sdg", "6", 0.95)]
    monkeypatch.setattr(aligning, "aligner_edition", lambda: "2-other")
    assert realign_entries(System()) == 0
    assert standing() == {}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "comes_back"),
    [
        ("A mended text. Wells give safe drinking water.", False),
        ("Wells and sanitation for villages.", True),
        ("Wells give safe drinking water. Sanitation for villages.", True),
    ],
    ids=["the same words", "other words", "more words"],
)
def test_a_refused_link_comes_back_only_with_words_that_were_not_refused(
    store: Store, found, text: str, comes_back: bool
) -> None:
    found["water"] = [lexicon("sdg", "6")]
    store([an_entry("a-1", description=TEXT)])
    refuse_link(reviewer("r@example.org"), "a-1", "sdg", "6")
    if "anitation" in text:
        word = "sanitation" if "sanitation" in text else "Sanitation"
        found.clear()
        found[word] = [lexicon("sdg", "6")]
    store([an_entry("a-1", description=text)])
    assert ("sdg:6" in standing()) == comes_back
    assert drift() == []


@pytest.mark.django_db
def test_an_accepted_link_survives_a_new_text_that_says_nothing_of_it(store: Store, found) -> None:
    found["water"] = [lexicon("sdg", "6")]
    store([an_entry("a-1", description=TEXT)])
    accept_link(reviewer("r@example.org"), "a-1", "sdg", "6")
    store([an_entry("a-1", description="Quite another text.")])
    row = EntryLink.objects.get(entry__identifier="a-1")
    assert (row.node, row.tier, row.probability, row.evidence) == ("6", Tier.ACCEPTED, 0.8, [])
    (link,) = reviewed_links(Row.objects.get(identifier="a-1"))
    assert link.needs_another_look


@pytest.mark.django_db
def test_what_the_owner_declares_stays_and_cannot_be_decided(store: Store, found) -> None:
    store([an_entry("a-1", description=TEXT, lines=("C2",))])
    with pytest.raises(UndecidableError):
        refuse_link(reviewer("r@example.org"), "a-1", "wsis", "C2")
    assert standing() == {"wsis:C2": Tier.DECLARED}


@pytest.mark.django_db
def test_a_link_that_is_declared_after_it_was_refused_is_declared(store: Store, found) -> None:
    found["water"] = [lexicon("sdg", "6")]
    store([an_entry("a-1", description=TEXT)])
    refuse_link(reviewer("r@example.org"), "a-1", "sdg", "6")
    store([an_entry("a-1", description=TEXT, targets=("6",))])
    assert standing() == {"sdg:6": Tier.DECLARED}


@pytest.mark.django_db
def test_an_added_link_is_no_declaration_of_the_owner(store: Store, found) -> None:
    store([an_entry("a-1", description=TEXT)])
    add_link(reviewer("r@example.org"), "a-1", "sdg", "9.c")
    rows = EntryLink.objects.order_by("node").values_list("node", "basis", "source", "tier", "edition")
    assert list(rows) == [
        ("9", "declared", "reviewer", Tier.ACCEPTED, ""),
        ("9.c", "declared", "reviewer", Tier.ACCEPTED, ""),
    ]
    assert plan_entries([an_entry("a-1", description=TEXT)]).unchanged == ("a-1",)
    store([an_entry("a-1", title="Changed", description=TEXT)])
    assert standing() == {"sdg:9": Tier.ACCEPTED, "sdg:9.c": Tier.ACCEPTED}
    assert drift() == []


@pytest.mark.django_db
def test_a_proposal_below_the_threshold_can_be_accepted_and_nothing_unproposed(store: Store, found) -> None:
    found["water"] = [lexicon("sdg", "6", 0.3)]
    store([an_entry("a-1", description=TEXT)])
    assert (standing(), state()) == ({}, {"sdg:6": "weak"})
    accept_link(reviewer("r@example.org"), "a-1", "sdg", "6")
    assert standing() == {"sdg:6": Tier.ACCEPTED}
    with pytest.raises(UndecidableError):
        accept_link(System(), "a-1", "sdg", "7")


@pytest.mark.django_db
@pytest.mark.parametrize("node", ["99", "9.c.1", "6.1.1"])
def test_a_node_that_is_no_goal_target_or_line_cannot_be_added(store: Store, found, node: str) -> None:
    store([an_entry("a-1")])
    with pytest.raises(KeyError):
        add_link(System(), "a-1", "sdg", node)
    assert LinkDecision.objects.count() == 0


@pytest.mark.django_db
def test_two_reviewers_are_both_kept_the_latest_counts_and_the_queue_shows_the_dispute(
    store: Store, found
) -> None:
    found["water"] = [lexicon("sdg", "6", 0.9)]
    store([an_entry("a-1", description=TEXT)])
    one, other = reviewer("one@example.org"), reviewer("other@example.org")
    accept_link(one, "a-1", "sdg", "6")
    assert review_queue(one, ReviewQuery()).order == []
    refuse_link(other, "a-1", "sdg", "6")
    assert standing() == {}
    assert list(LinkDecision.objects.values_list("reviewer__email", "accepted", "probability")) == [
        ("one@example.org", True, 0.9),
        ("other@example.org", False, 0.9),
    ]
    (link,) = reviewed_links(Row.objects.get(identifier="a-1"))
    assert (link.state, link.is_disputed) == ("refused", True)
    ((_, waiting),) = review_queue(one, ReviewQuery()).order
    assert [item.opinions for item in waiting] == [(True, False)]
    refuse_link(one, "a-1", "sdg", "6")
    assert review_queue(one, ReviewQuery()).order == []


@pytest.mark.django_db
def test_queue_shows_the_most_doubtful_entry_first_and_only_what_passes(store: Store, found) -> None:
    found["alpha"] = [lexicon("sdg", "6", 0.9)]
    found["beta"] = [lexicon("sdg", "3.8", 0.55), lexicon("wsis", "C7-HEA", 0.7)]
    found["gamma"] = [Link("wsis", "C2", Basis.CITED, 0.97)]
    store(
        [
            an_entry("a-1", description="alpha", country="FRA", year=2020),
            an_entry("a-2", description="beta", country="KEN", year=2020),
            an_entry("a-3", description="gamma", language="fr"),
        ]
    )
    actor = reviewer("r@example.org")

    def queue(actor: User, **params: str) -> list[str]:
        return [
            item.entry.identifier for item in review_queue(actor, ReviewQuery.from_params(params)).page(0, 9)
        ]

    assert queue(actor) == ["a-2", "a-1", "a-3"]
    assert queue(actor, goal="3") == queue(actor, line="C7") == ["a-2"]
    assert queue(actor, region="EUR") == ["a-1"]
    assert queue(actor, language="fr") == queue(actor, found="cited") == ["a-3"]
    assert review_queue(actor, ReviewQuery()).total == 4
    second = Row.objects.get(identifier="a-2")
    assert review_queue(actor, ReviewQuery()).after(second.pk) == "a-1"
    assert queue(reviewer("african@example.org", "AFR")) == ["a-2"]
    assert queue(reviewer("health@example.org", "C7-HEA")) == ["a-2"]


@pytest.mark.django_db
def test_only_the_moderators_of_an_entry_decide_about_it(store: Store, found, visitor: User) -> None:
    found["water"] = [lexicon("sdg", "6"), lexicon("wsis", "C7-ENV")]
    store([an_entry("a-1", description=TEXT, country="KEN", year=2020)])
    for actor in (visitor, reviewer("eur@example.org", "EUR"), reviewer("c2@example.org", "C2")):
        with pytest.raises(PermissionDenied):
            refuse_link(actor, "a-1", "sdg", "6")
    assert LinkDecision.objects.count() == 0
    of_line = reviewer("env@example.org", "C7-ENV")
    refuse_link(of_line, "a-1", "wsis", "C7-ENV")
    accept_link(of_line, "a-1", "wsis", "C7-ENV")
    accept_link(reviewer("afr@example.org", "AFR"), "a-1", "sdg", "6")
    assert standing() == {
        "sdg:6": Tier.ACCEPTED,
        "wsis:C7": Tier.ACCEPTED,
        "wsis:C7-ENV": Tier.ACCEPTED,
    }


@pytest.mark.django_db
def test_a_later_edition_is_named_with_what_it_finds(store: Store, found, monkeypatch) -> None:
    found["water"] = [lexicon("sdg", "6")]
    store([an_entry("a-1", description=TEXT)])
    first = EntryLink.objects.get().edition
    found["telemedicine"] = [lexicon("sdg", "3")]
    monkeypatch.setattr(aligning, "aligner_edition", lambda: "2-other")
    assert realign_entries(System()) == 1
    editions = dict(EntryLink.objects.values_list("node", "edition"))
    assert (first != "2-other", editions) == (True, {"6": "2-other", "3": "2-other"})
    assert drift() == []
    assert realign_entries(System()) == 0


@pytest.mark.django_db
def test_the_command_realigns_and_says_how_many_changed(store: Store, found, capsys) -> None:
    store([an_entry("a-1", description=TEXT)])
    found["water"] = [lexicon("sdg", "6")]
    call_command("realign")
    assert capsys.readouterr().out == "The links of 1 entries changed.\n"


WORDS = {"alpha": ("3.8", "3"), "beta": ("6.1", "6"), "gamma": ("6.2", "6")}
steps = st.lists(
    st.one_of(
        st.tuples(st.just("text"), st.sets(st.sampled_from(sorted(WORDS))).map(sorted).map(" ".join)),
        st.tuples(
            st.sampled_from(["accept", "refuse", "add"]),
            st.sampled_from(["3", "3.8", "6", "6.1", "6.2"]),
        ),
        st.tuples(st.just("declare"), st.sampled_from(["", "6.1", "3"])),
    ),
    max_size=8,
)


@pytest.mark.django_db(transaction=True)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=steps)
def test_after_any_history_postings_agree_and_no_target_counts_without_its_goal(found, history) -> None:
    LinkDecision.objects.all().delete()
    Row.objects.all().delete()
    PostingBlock.objects.all().delete()
    for word, (target, goal) in WORDS.items():
        found[word] = [lexicon("sdg", target), lexicon("sdg", goal)]
    entry = an_entry("a-1", description="alpha beta")
    store_entries(System(), [entry])
    acts = {"accept": accept_link, "refuse": refuse_link, "add": add_link}
    for step, value in history:
        if step in acts:
            try:
                acts[step](System(), "a-1", "sdg", value)
            except UndecidableError:
                continue
            expected = Tier.ACCEPTED if step != "refuse" else None
            assert standing().get(f"sdg:{value}") == expected
        else:
            changes = {"description": value} if step == "text" else {"targets": tuple(filter(None, [value]))}
            values = {"description": entry.description, "targets": entry.targets, **changes}
            entry = an_entry("a-1", **values)
            store_entries(System(), [entry])
    tiers = standing()
    goals = catalogue().frameworks["sdg"]
    for key, tier in tiers.items():
        for above in goals.ancestors(key.partition(":")[2]):
            assert tiers[f"sdg:{above.code}"] <= tier
    assert drift() == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite in memory has one connection")
def test_decisions_and_an_import_at_the_same_moment_leave_no_drift(found) -> None:
    found["water"] = [lexicon("sdg", "6"), lexicon("wsis", "C7-ENV"), lexicon("wsis", "C7")]
    found["telemedicine"] = [lexicon("sdg", "3"), lexicon("sdg", "3.8")]
    store_entries(System(), [an_entry("a-1", description=TEXT)])
    acts: list[Callable[[], object]] = [
        lambda: accept_link(System("one"), "a-1", "sdg", "3.8"),
        lambda: refuse_link(System("two"), "a-1", "sdg", "6"),
        lambda: accept_link(System("three"), "a-1", "wsis", "C7-ENV"),
        lambda: store_entries(System("import"), [an_entry("a-1", title="Changed", description=TEXT)]),
        lambda: realign_entries(System("realign")),
    ]

    def alone(act: Callable[[], object]) -> None:
        try:
            act()
        finally:
            connection.close()

    threads = [Thread(target=alone, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert standing() == {
        "sdg:3": Tier.ACCEPTED,
        "sdg:3.8": Tier.ACCEPTED,
        "wsis:C7": Tier.ACCEPTED,
        "wsis:C7-ENV": Tier.ACCEPTED,
    }
    assert LinkDecision.objects.count() == 5
    assert drift() == []


@pytest.mark.django_db
def test_the_migration_makes_room_for_accepted_links_between_the_two_tiers(store: Store, found) -> None:
    found["water"] = [lexicon("sdg", "6")]
    store([an_entry("a-1", description=TEXT, lines=("C2",))])
    EntryLink.objects.filter(tier=Tier.EVIDENCE).update(tier=2)
    known = MigrationLoader(connection).disk_migrations
    name = next(name for app, name in known if app == "stocktaking" and name.endswith("links_under_review"))
    module = import_module(f"actionlines_web.stocktaking.migrations.{name}")
    # The cells it also moves are no more.
    module.make_room_between(SimpleNamespace(get_model=lambda *_: EntryLink), None)
    assert standing() == {"wsis:C2": Tier.DECLARED, "sdg:6": Tier.EVIDENCE}
    assert drift() == []


@pytest.mark.django_db
def test_what_the_owner_refused_when_it_was_published_does_not_come_back(
    store: Store, found, visitor: User
) -> None:
    store([an_entry("a-1", description=TEXT)])
    entry = Row.objects.get()
    for number, decisions in enumerate([{"sdg:3": False}, {"sdg:6": False, "sdg:3": True}]):
        Submission.objects.create(
            identifier="a-1",
            entry=entry,
            submitter=visitor,
            state=Submission.State.PUBLISHED,
            decisions=decisions,
            decided_at=datetime(2026, 1, 1 + number, tzinfo=UTC),
        )
    found["water"] = [lexicon("sdg", "6")]
    found["telemedicine"] = [lexicon("sdg", "3")]
    realign_entries(System())
    assert standing() == {"sdg:3": Tier.EVIDENCE}
