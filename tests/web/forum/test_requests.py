"""Requests for sessions on their way: written, sent, decided, merged."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied

from actionlines.problems import InputError
from actionlines_web.accounts.actor import System
from actionlines_web.accounts.models import User
from actionlines_web.forum.actions import requests as actions
from actionlines_web.forum.models import Edition, Session, SessionLink
from actionlines_web.forum.queries.sessions import as_request, similar_sessions
from actionlines_web.organisations.models import Membership, Organisation
from actionlines_web.outbox.models import Message
from web.forum.conftest import REQUEST, Make, changed, signed_in

State = Session.State


def mail() -> list[tuple[str, str]]:
    """(kind, address) of what was queued."""
    return list(
        Message.objects.filter(kind__startswith="forum").order_by("pk").values_list("kind", "address")
    )


def test_what_is_written_is_read_again(draft: Make) -> None:
    assert as_request(draft()) == REQUEST


def test_numbers_of_an_edition_have_no_gap(draft: Make) -> None:
    assert [draft(title=title).number for title in "abc"] == [1, 2, 3]


def test_a_draft_may_be_unfinished_and_what_is_sent_may_not(draft: Make, organiser: User) -> None:
    session = draft(description="", kind="", organisers=(), lines=(), targets=())
    with pytest.raises(InputError) as caught:
        actions.submit_request(organiser, session)
    assert [problem.column for problem in caught.value.problems] == [
        "description",
        "kind",
        "organisers",
        "lines",
    ]


def test_nobody_sends_when_no_period_takes_requests(draft: Make, organiser: User) -> None:
    with pytest.raises(InputError) as caught:
        actions.submit_request(organiser, draft(), now=datetime(2300, 1, 1, tzinfo=UTC))
    assert [str(problem) for problem in caught.value.problems] == [
        "no request can be sent in now. Expected: a day of a period that takes requests."
    ]


def test_nobody_asks_for_a_ceremony(draft: Make, organiser: User) -> None:
    with pytest.raises(InputError) as caught:
        actions.submit_request(organiser, draft(kind="ceremony"))
    assert [problem.column for problem in caught.value.problems] == ["kind"]


def test_only_its_people_write_and_see_it(
    draft: Make, sent: Make, visitor: User, ministry: Organisation, facilitator: User, coordinator: User
) -> None:
    mine, other = draft(), sent(title="Sent")
    with pytest.raises(PermissionDenied):
        actions.save_request(visitor, mine, REQUEST)
    colleague = User.objects.create_user("colleague@example.org")
    Membership.objects.create(user=colleague, organisation=ministry)
    actions.save_request(colleague, mine, changed(title="Better"))
    assert Session.objects.get(pk=mine.pk).title == "Better"
    seen = {
        user.email: [
            signed_in(user).get(f"/forum/2026/requests/{session.number}/").status_code
            for session in (mine, other)
        ]
        for user in (visitor, colleague, facilitator, coordinator)
    }
    # A facilitator sees what was sent in on the own lines; a draft is its owners’ alone.
    assert seen == {
        "visitor@example.org": [404, 404],
        "colleague@example.org": [200, 200],
        "facilitator@example.org": [404, 200],
        "coordinator@example.org": [404, 200],
    }


def test_a_facilitator_sees_the_requests_of_the_own_lines_only(sent: Make, facilitator: User) -> None:
    sent()
    sent(title="Roads", lines=("C2",))
    answer = signed_in(facilitator).get("/forum/2026/desk/requests/")
    assert [session.title for session in answer.context["sessions"]] == [REQUEST.title]
    assert signed_in(facilitator).get("/forum/2026/desk/requests/2/").status_code == 403


def test_the_decision_is_told_with_its_reason(sent: Make, coordinator: User) -> None:
    session = sent()
    assert mail() == [("forum-received", "organiser@example.org")]
    with pytest.raises(InputError):
        actions.decide_request(coordinator, session, accept=False)
    actions.decide_request(coordinator, session, accept=False, reason="There are two already.")
    assert mail()[-1] == ("forum-refused", "organiser@example.org")
    assert "There are two already." in Message.objects.get(kind="forum-refused").text
    actions.decide_request(coordinator, session, accept=True)
    assert mail()[-1] == ("forum-accepted", "organiser@example.org")
    with pytest.raises(ValueError, match="accepted"):
        actions.decide_request(coordinator, session, accept=True)


def test_only_coordinators_decide(sent: Make, organiser: User) -> None:
    with pytest.raises(PermissionDenied):
        actions.decide_request(organiser, sent(), accept=True)


def test_a_request_is_withdrawn_until_it_is_decided(sent: Make, accepted: Make, organiser: User) -> None:
    assert actions.withdraw_request(organiser, sent()).state == State.WITHDRAWN
    with pytest.raises(ValueError, match="accepted"):
        actions.withdraw_request(organiser, accepted(title="Other"))


def test_merging_unites_organisers_speakers_and_links(sent: Make, coordinator: User) -> None:
    kept = sent(title="Health on islands", attendance=40)
    other = sent(organisers=("Union of nurses",), lines=("C3", "C7-HEA"), speakers=REQUEST.speakers[:1])
    merged = actions.merge_requests(coordinator, kept, other, "They say the same.")
    assert [item.name for item in merged.organisers.all()] == ["Ministry of Health", "Union of nurses"]
    assert sorted(merged.links.values_list("node", flat=True)) == ["3.8", "C3", "C7-HEA"]
    assert merged.appearances.count() == 2
    assert merged.attendance == 60
    other.refresh_from_db()
    assert (other.state, other.merged_into_id) == (State.MERGED, kept.pk)
    assert [kind for kind, _ in mail()][-2:] == ["forum-merged", "forum-joined"]


def test_what_is_decided_or_its_own_is_not_merged(sent: Make, accepted: Make, coordinator: User) -> None:
    one, done = sent(), accepted(title="Done")
    for kept, other in ((one, one), (one, done)):
        with pytest.raises(ValueError, match=r"merged|sessions"):
            actions.merge_requests(coordinator, kept, other, "x")


def test_similar_requests_are_found_with_what_they_share(sent: Make) -> None:
    session = sent()
    twin = sent(title="Telemedicine on islands", description="Nurses and telemedicine.")
    sent(title="Roads and bridges", description="Concrete.", lines=("C2",), targets=("9.1",))
    ((found, like),) = similar_sessions(session)
    assert (found.number, like.lines, like.targets) == (twin.number, ("C7-HEA",), ("3.8",))


def test_the_text_is_read_for_further_targets_and_what_was_refused_stays_refused(sent: Make) -> None:
    session = sent(
        description="Farmers grow more food and end hunger; schools teach digital skills to girls.",
        lines=("C3",),
    )
    actions.align_request.func(session.pk)
    proposed = session.links.filter(state=SessionLink.State.PROPOSED)
    nodes = set(proposed.values_list("framework", "node"))
    assert nodes
    framework, node = sorted(nodes)[0]
    actions.decide_links(System(), session, [], [f"{framework} {node}"])
    actions.align_request.func(session.pk)
    assert set(proposed.values_list("framework", "node")) == nodes - {(framework, node)}
    rest = sorted(nodes - {(framework, node)})
    if rest:
        actions.decide_links(System(), session, [" ".join(rest[0])], [])
        assert session.links.get(framework=rest[0][0], node=rest[0][1]).state == SessionLink.State.DECLARED


def test_the_form_proposes_lines_without_saving_and_saves_what_was_ticked(
    edition: Edition, organiser: User
) -> None:
    client = signed_in(organiser)
    fields = {
        "title": "Skills for girls",
        "description": "Schools teach digital skills to girls and women, and train teachers.",
        "language": "en",
        "kind": "thematic-workshop",
        "track": "",
        "format": "hybrid",
        "length": "1",
        "attendance": "40",
        "organisers": "Ministry of Health",
        "lines": "C3",
        "targets": "",
        "speakers-TOTAL_FORMS": "1",
        "speakers-INITIAL_FORMS": "0",
        "speakers-0-name": "Ada Example",
        "speakers-0-email": "Ada@example.org",
        "speakers-0-role": "moderator",
    }
    answer = client.post("/forum/2026/requests/new/", {**fields, "propose": "1"})
    assert answer.status_code == 200
    proposals = [f"{link.framework} {link.node}" for link in answer.context["proposals"]]
    assert proposals
    assert "wsis C3" not in proposals
    assert not Session.objects.exists()
    client.post("/forum/2026/requests/new/", {**fields, "add": proposals[0], "send": "1"})
    session = Session.objects.get()
    assert session.state == State.SUBMITTED
    links = {f"{link.framework} {link.node}": link.state for link in session.links.all()}
    assert links == dict.fromkeys(["wsis C3", proposals[0]], "declared")
    assert session.appearances.get().person.email == "ada@example.org"


def test_a_wrong_address_of_a_speaker_is_shown_and_nothing_is_saved(
    edition: Edition, organiser: User
) -> None:
    answer = signed_in(organiser).post(
        "/forum/2026/requests/new/",
        {
            "title": "T",
            "language": "en",
            "format": "hybrid",
            "length": "1",
            "speakers-TOTAL_FORMS": "1",
            "speakers-INITIAL_FORMS": "0",
            "speakers-0-name": "Ada",
            "speakers-0-email": "nowhere",
            "speakers-0-role": "moderator",
        },
    )
    assert answer.status_code == 422
    assert not Session.objects.exists()


def test_the_list_of_requests_asks_the_database_as_often_for_40_as_for_4(
    sent: Make, coordinator: User, django_assert_max_num_queries
) -> None:
    for number in range(40):
        sent(title=f"Session {number}", speakers=())
    client = signed_in(coordinator)
    client.get("/forum/2026/desk/requests/")
    with django_assert_max_num_queries(16):
        answer = client.get("/forum/2026/desk/requests/")
    assert len(answer.context["sessions"]) == 40
