"""What the Forum holds about a person, and what is left when the account is erased."""

from collections.abc import Callable

from actionlines.programme.request import Speaker
from actionlines_web.accounts.models import User
from actionlines_web.forum.actions.agenda import choose_session
from actionlines_web.forum.actions.consultation import nominate
from actionlines_web.forum.actions.erasing import erase_visitor
from actionlines_web.forum.models import Contribution, Edition, Favourite, Nomination, Person, Session
from actionlines_web.forum.queries.belongings import held_about
from web.forum.conftest import Make, signed_in
from web.forum.test_consultation import SAID, nominee


def test_everything_is_told_and_the_person_goes_while_the_sessions_stay(
    edition: Edition, organiser: User, draft: Make, placed: Make, publish: Callable[[], object]
) -> None:
    from actionlines_web.forum.actions.consultation import save_contribution, send_contribution

    session = placed(speakers=(Speaker("Olive Organiser", "organiser@example.org"),))
    draft(title="Draft", speakers=())
    publish()
    send_contribution(organiser, save_contribution(organiser, edition, SAID))
    nominate(organiser, edition, nominee("ann"))
    choose_session(organiser, session, wanted=True)
    held = held_about(organiser, ["Organiser@example.org"])
    assert [item["number"] for item in held["sessions"]] == [1, 2]
    assert [item["name"] for item in held["speaker"]] == ["Olive Organiser"]
    assert (len(held["contributions"]), len(held["nominations"]), len(held["agenda"])) == (1, 1, 1)
    client = signed_in(organiser)
    assert "Olive Organiser" in client.get("/forum/2026/sessions/1/").content.decode()
    erase_visitor(organiser, ["Organiser@example.org"])
    assert list(Session.objects.values_list("number", flat=True)) == [1]
    assert not Person.objects.exists()
    assert not Favourite.objects.exists()
    assert Contribution.objects.count() == Nomination.objects.count() == 1
    assert "Olive Organiser" not in client.get("/forum/2026/sessions/1/").content.decode()


def test_who_was_nominated_goes_with_the_account(edition: Edition, organiser: User, visitor: User) -> None:
    nominate(organiser, edition, nominee("visitor"))
    erase_visitor(visitor, ["visitor@example.org"])
    assert not Nomination.objects.exists()
