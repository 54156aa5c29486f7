"""The queue: who sees what, in which order, by which filter; one step for many."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from actionlines.stocktaking.workflow import MODERATOR
from actionlines_web.accounts.models import User
from actionlines_web.outbox.models import Message
from actionlines_web.stocktaking.actions import (
    drift,
    save_fields,
    start_submission,
    take_step,
)
from actionlines_web.stocktaking.actions.bulk import BULK_STEPS, MOST, language_of, take_steps, try_steps
from actionlines_web.stocktaking.models import Entry, Submission
from actionlines_web.stocktaking.queries import queue as module
from actionlines_web.stocktaking.queries.queue import (
    QueueQuery,
    moderated_by,
    queue_counts,
    queue_page,
    selected,
)
from actionlines_web.stocktaking.queries.replies import replies
from actionlines_web.stocktaking.rules import parts_of
from web.stocktaking.test_submissions import member, moderator, person, published, submitted, written

__all__ = ["moderator"]  # the fixture


def titles(actor: User, **filters: str) -> list[str]:
    """Titles in the queue."""
    return [item.title for item in queue_page(actor, QueueQuery.from_params(filters)).submissions]


@pytest.fixture
def waiting(visitor: User) -> list[Submission]:
    """Four submissions that wait, sent 100, 40, 10 and 0 days ago, and a draft nobody may see."""
    made = [
        submitted(
            visitor, title="Kenya health", country="KEN", lines="C7-HEA", stakeholder_type="government"
        ),
        submitted(visitor, title="France access", country="FRA", lines="C2; C3", language="fr"),
        submitted(visitor, title="Kenya access", country="KEN", lines="C2", language="en"),
        submitted(visitor, title="Nowhere", country="", lines="", language="ar"),
    ]
    for item, days in zip(made, (100, 40, 10, 0), strict=True):
        Submission.objects.filter(pk=item.pk).update(submitted_at=timezone.now() - timedelta(days=days))
    written(visitor, title="A draft")
    return made


@pytest.mark.django_db
def test_what_has_waited_longest_comes_first_and_drafts_never(
    waiting: list[Submission], moderator: User
) -> None:
    assert titles(moderator) == ["Kenya health", "France access", "Kenya access", "Nowhere"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"region": "AFR"}, ["Kenya health", "Kenya access"]),
        ({"line": "C2"}, ["France access", "Kenya access"]),
        ({"line": "C7"}, []),
        ({"language": "fr"}, ["France access"]),
        ({"stakeholder": "government"}, ["Kenya health"]),
        ({"age": "month"}, ["Kenya health", "France access"]),
        ({"age": "quarter", "region": "AFR"}, ["Kenya health"]),
        ({"state": "under-review"}, ["Kenya access"]),
        ({"mine": "1"}, ["Kenya access"]),
        ({"state": "nonsense", "line": "C99"}, ["Kenya health", "France access", "Kenya access", "Nowhere"]),
    ],
)
def test_filters(
    waiting: list[Submission], moderator: User, filters: dict[str, str], expected: list[str]
) -> None:
    take_step(moderator, waiting[2], "take")
    assert titles(moderator, **filters) == expected


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        ("", ["Kenya health", "France access", "Kenya access", "Nowhere"]),
        ("AFR", ["Kenya health", "Kenya access"]),
        ("C3", ["France access"]),
        ("C7-HEA", ["Kenya health"]),
        ("ASP", []),
    ],
)
def test_a_moderator_sees_what_is_theirs_and_it_agrees_with_the_rule(
    waiting: list[Submission], scope: str, expected: list[str]
) -> None:
    actor = person("scoped", ("moderator", scope))
    assert titles(actor) == expected
    ruled = [
        item.title
        for item in Submission.objects.order_by("submitted_at")
        if MODERATOR in parts_of(actor, item)
    ]
    assert [title for title in ruled if title != "A draft"] == expected


@pytest.mark.django_db
def test_a_change_is_seen_by_the_moderators_of_where_the_entry_stands(visitor: User, moderator: User) -> None:
    entry = published(visitor, moderator, country="KEN", lines="C2")
    change = start_submission(visitor, entry=entry)
    save_fields(visitor, change, {"country": "FRA", "lines": "C3", "title": "Moved"}, change.version)
    take_step(visitor, change, "submit")
    for scope in ("AFR", "EUR", "C2", "C3"):
        assert titles(person(scope.lower(), ("moderator", scope))) == ["Moved"]
    assert titles(person("asp", ("moderator", "ASP"))) == []


@pytest.mark.django_db
def test_pages_follow_each_other_without_a_gap(
    waiting: list[Submission], moderator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    Submission.objects.exclude(submitted_at=None).update(submitted_at=timezone.now())  # all at one moment
    monkeypatch.setattr(module, "PAGE_SIZE", 3)
    first = queue_page(moderator, QueueQuery())
    second = queue_page(moderator, QueueQuery(), first.next)
    assert [item.pk for item in (*first.submissions, *second.submissions)] == [item.pk for item in waiting]
    assert (second.next, [item.pk for item in queue_page(moderator, QueueQuery(), "x.y").submissions]) == (
        "",
        [item.pk for item in first.submissions],
    )


@pytest.mark.django_db
def test_what_was_decided_last_comes_first(waiting: list[Submission], moderator: User) -> None:
    take_step(moderator, waiting[0], "publish")
    take_step(moderator, waiting[1], "refuse", "No")
    assert titles(moderator, state="decided") == ["France access", "Kenya health"]


@pytest.mark.django_db
def test_counts_are_those_of_the_lists(waiting: list[Submission], moderator: User) -> None:
    take_step(moderator, waiting[0], "take")
    take_step(moderator, waiting[1], "return", "Dates, please")
    for filters in ({}, {"region": "AFR"}, {"line": "C2"}):
        query = QueueQuery(**filters)
        counts = queue_counts(moderator, query)
        assert counts == {state: len(titles(moderator, **{**filters, "state": state})) for state in counts}


@pytest.mark.django_db
def test_a_trial_of_many_says_what_would_happen_and_does_nothing(
    waiting: list[Submission], moderator: User
) -> None:
    mine = submitted(moderator, title="My own")
    broken = submitted(person("other"), title="Broken")
    Submission.objects.filter(pk=broken.pk).update(fields={"title": "Broken"})
    chosen = selected(moderator, [item.pk for item in (*waiting[:2], mine, broken)])
    gone = Submission.objects.get(pk=waiting[0].pk)
    messages = Message.objects.count()
    tried = try_steps(moderator, chosen, "publish", {})
    assert {item.submission.title: item.said for item in tried} == {
        "Kenya health": "done",
        "France access": "done",
        "My own": "forbidden",
        "Broken": "faulty",
    }
    assert (Entry.objects.count(), Message.objects.count()) == (0, messages)
    gone.refresh_from_db()
    assert gone.state == "submitted"
    done = take_steps(moderator, chosen, "publish", {})
    assert [item.said for item in done] == [item.said for item in tried]
    assert set(Entry.objects.values_list("title", flat=True)) == {"Kenya health", "France access"}
    assert drift() == []
    assert [item.said for item in take_steps(moderator, chosen[:1], "publish", {})] == ["moved"]


@pytest.mark.django_db
def test_each_submitter_is_answered_in_their_language(waiting: list[Submission], moderator: User) -> None:
    words = {language: replies()["missing-dates"].text.get(language) for language in ("ar", "fr", "en")}
    assert [language_of(item) for item in waiting] == ["en", "fr", "en", "ar"]
    take_steps(moderator, selected(moderator, [item.pk for item in waiting]), "return", words)
    said = (
        Message.objects.filter(kind="submission-returned")
        .order_by("pk")
        .values_list("values__comment", flat=True)
    )
    assert list(said) == [words["en"], words["fr"], words["en"], words["ar"]]


@pytest.mark.django_db
def test_without_words_for_a_language_its_submissions_stay(
    waiting: list[Submission], moderator: User
) -> None:
    chosen = selected(moderator, [item.pk for item in waiting[:2]])
    assert [item.said for item in take_steps(moderator, chosen, "return", {"fr": "Des dates"})] == [
        "faulty",
        "done",
    ]


@pytest.mark.django_db
def test_the_page_takes_many_only_after_it_was_seen(
    waiting: list[Submission], moderator: User, client: Client
) -> None:
    client.force_login(moderator, backend="django.contrib.auth.backends.ModelBackend")
    content = client.get("/moderation/").content.decode()
    assert ("Kenya health" in content, "A draft" in content) == (True, False)
    form = {"step": "return", "chosen": [waiting[0].pk, waiting[1].pk]}
    seen = client.post(
        "/moderation/many/", {**form, "reply": "missing-dates", "use-reply": "1"}
    ).content.decode()
    assert replies()["missing-dates"].text.get("fr") in seen
    assert Submission.objects.filter(state="returned").count() == 0
    words = {"comment-en": "Dates, please", "comment-fr": "Les dates, svp"}
    done = client.post("/moderation/many/", {**form, **words, "confirm": "1"}).content.decode()
    assert "This was done." in done
    assert Submission.objects.filter(state="returned").count() == 2


@pytest.mark.django_db
def test_somebody_elses_submissions_are_not_chosen_by_their_number(
    waiting: list[Submission], client: Client
) -> None:
    scoped = person("scoped", ("moderator", "EUR"))
    client.force_login(scoped, backend="django.contrib.auth.backends.ModelBackend")
    client.post(
        "/moderation/many/", {"step": "take", "chosen": [item.pk for item in waiting], "confirm": "1"}
    )
    assert [item.title for item in Submission.objects.filter(state="under-review")] == ["France access"]


@pytest.mark.django_db
def test_steps_that_are_not_for_many_do_not_exist_there(moderator: User, client: Client) -> None:
    client.force_login(moderator, backend="django.contrib.auth.backends.ModelBackend")
    assert client.post("/moderation/many/", {"step": "submit"}).status_code == 404
    assert (set(BULK_STEPS), MOST) == ({"take", "release", "publish", "return", "refuse"}, 50)


@pytest.mark.django_db
def test_an_organisations_member_without_the_role_sees_no_queue(waiting: list[Submission]) -> None:
    user = person("member")
    member(user)
    assert list(moderated_by(user)) == []
