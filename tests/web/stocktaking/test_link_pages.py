"""The pages of reviewers: what they show, what a form does, where it leads."""

import csv
import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from actionlines_web.accounts.actor import System
from actionlines_web.accounts.models import RoleGrant, User
from actionlines_web.stocktaking.actions import accept_link, add_link, refuse_link
from actionlines_web.stocktaking.models import EntryLink, LinkDecision, Tier
from actionlines_web.stocktaking.queries.decisions import agreement, pseudonym
from web.conftest import an_entry

TEXT = "Nurses consult doctors by telemedicine. The project serves SDG 4."


@pytest.fixture
def moderator(db: None) -> User:
    user = User.objects.create_user("moderator@example.org", name="Mo Derator")
    RoleGrant.objects.create(user=user, role=RoleGrant.Role.MODERATOR)
    return user


@pytest.fixture
def signed_in(client: Client, moderator: User) -> Client:
    client.force_login(moderator, backend="django.contrib.auth.backends.ModelBackend")
    return client


def decide(client: Client, link: str, decision: str, query: str = "") -> str:
    """Post one decision; where it leads."""
    answer = client.post(f"/entries/a-1/links/decide/{query}", {"link": link, "decision": decision})
    assert answer.status_code == 302
    return answer["Location"]


@pytest.mark.django_db
def test_review_marks_the_evidence_and_leads_from_decision_to_decision(store, signed_in: Client) -> None:
    store([an_entry("a-1", description=TEXT), an_entry("a-2", description=TEXT)])
    page = signed_in.get("/entries/a-1/links/?found=cited").content.decode()
    assert '<mark id="evidence-1"' in page
    assert 'id="link-sdg-4"' in page
    assert 'href="/entries/a-2/links/?found=cited"' in page
    waiting = [
        f"{link.framework}-{link.node}"
        for link in EntryLink.objects.filter(entry__identifier="a-1").order_by("pk")
    ]
    assert "sdg-4" in waiting
    place = ""
    for _ in waiting:
        row = EntryLink.objects.filter(entry__identifier="a-1", tier=Tier.EVIDENCE).first()
        if row is None:
            break
        place = decide(signed_in, f"{row.framework}:{row.node}", "accept", "?found=cited")
    assert place == "/entries/a-1/links/?found=cited#going-on"
    assert not EntryLink.objects.filter(entry__identifier="a-1", tier=Tier.EVIDENCE).exists()


@pytest.mark.django_db
def test_a_decision_leads_to_the_link_that_waits_next(store, signed_in: Client) -> None:
    store([an_entry("a-1", description="This serves SDG 4 and SDG 6 and SDG 9.")])
    assert decide(signed_in, "sdg:6", "refuse") == "/entries/a-1/links/#link-sdg-9"
    assert decide(signed_in, "sdg:9", "accept") == "/entries/a-1/links/#link-sdg-4"
    assert decide(signed_in, "sdg:4", "accept") == "/entries/a-1/links/#going-on"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("link", "decision"), [("sdg:99", "accept"), ("xx:4", "accept"), ("sdg:4", "x"), ("", "")]
)
def test_a_decision_about_nothing_is_not_found(store, signed_in: Client, link: str, decision: str) -> None:
    store([an_entry("a-1", description=TEXT)])
    answer = signed_in.post("/entries/a-1/links/decide/", {"link": link, "decision": decision})
    assert (answer.status_code, LinkDecision.objects.count()) == (404, 0)


@pytest.mark.django_db
def test_a_decision_about_a_declared_link_says_that_nothing_changed(store, signed_in: Client) -> None:
    store([an_entry("a-1", lines=("C2",))])
    answer = signed_in.post(
        "/entries/a-1/links/decide/", {"link": "wsis:C2", "decision": "refuse"}, follow=True
    )
    assert "can no longer be decided; nothing was changed" in answer.content.decode()
    assert EntryLink.objects.get().tier == Tier.DECLARED


@pytest.mark.django_db
@pytest.mark.parametrize(("given", "node"), [("9.c", "9.c"), ("c7-hea", "C7-HEA"), ("9.C extra", "9.c")])
def test_a_link_is_added_by_its_code_however_it_is_written(
    store, signed_in: Client, given: str, node: str
) -> None:
    store([an_entry("a-1")])
    signed_in.post("/entries/a-1/links/add/", {"node": given})
    row = EntryLink.objects.get(node=node)
    assert (row.tier, row.source) == (Tier.ACCEPTED, "reviewer")
    page = signed_in.get("/entries/a-1/").content.decode()
    assert "Added by a reviewer" in page


@pytest.mark.django_db
@pytest.mark.parametrize("given", ["", "C99", "9.c.1", "9.1.1", "<b>"])
def test_a_code_of_nothing_is_answered_with_what_was_expected(store, signed_in: Client, given: str) -> None:
    store([an_entry("a-1")])
    answer = signed_in.post("/entries/a-1/links/add/", {"node": given}, follow=True)
    assert "expected a code such as C7-HEA or 9.c" in answer.content.decode()
    assert "<b>" not in answer.content.decode()
    assert EntryLink.objects.count() == 0


@pytest.mark.django_db
def test_a_moderator_of_another_region_sees_neither_entry_nor_button(store, client: Client) -> None:
    store([an_entry("a-1", description=TEXT, country="KEN", year=2020)])
    user = User.objects.create_user("eur@example.org")
    RoleGrant.objects.create(user=user, role=RoleGrant.Role.MODERATOR, scope="EUR")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/entries/a-1/links/").status_code == 403
    assert (
        client.post("/entries/a-1/links/decide/", {"link": "sdg:4", "decision": "accept"}).status_code == 403
    )
    assert "/entries/a-1/links/" not in client.get("/entries/a-1/").content.decode()
    assert "a-1" not in client.get("/links/").content.decode()


@pytest.mark.django_db
def test_queue_names_what_of_the_filter_it_could_not_use(store, signed_in: Client) -> None:
    page = signed_in.get("/links/?line=C99&from=9999999").content.decode()
    assert "“C99” is not known here" in page
    assert "Nothing waits here." in page


@pytest.fixture
def decided(store) -> list[User]:
    """Two reviewers who agree about two links, differ about one, and one who added one."""
    store([an_entry("a-1", description="This serves SDG 4 and SDG 6 and SDG 9.", language="en")])
    users = [User.objects.create_user(f"{name}@example.org") for name in ("one", "other")]
    for user in users:
        RoleGrant.objects.create(user=user, role=RoleGrant.Role.MODERATOR)
        accept_link(user, "a-1", "sdg", "4")
        refuse_link(user, "a-1", "sdg", "6")
    accept_link(users[0], "a-1", "sdg", "9")
    refuse_link(users[1], "a-1", "sdg", "9")
    add_link(users[0], "a-1", "wsis", "C2")
    return users


@pytest.mark.django_db
def test_agreement_counts_last_words_by_hand(decided: list[User]) -> None:
    found = agreement()
    (proposer,) = found.proposers
    assert (proposer.basis, proposer.share.accepted, proposer.share.decided) == ("cited", 3, 6)
    assert proposer.error == pytest.approx(0.47)  # cited links have the probability 0.97
    assert [(node, share.accepted, share.decided) for _, node, share in found.nodes] == [
        ("4", 2, 2),
        ("6", 0, 2),
        ("9", 1, 2),
    ]
    between = found.between
    # Values: 3 yes, 3 no. Observed disagreement 2/6; expected 2·3·3/(6·5) = 18/30. Kappa: 2/3 observed, 4/9 chance.
    assert (between.links, between.split) == (3, 1)
    assert between.alpha == pytest.approx(1 - (2 / 6) / (18 / 30))
    assert between.kappa == pytest.approx((2 / 3 - 4 / 9) / (1 - 4 / 9))
    accept_link(decided[1], "a-1", "sdg", "9")
    assert (agreement().between.split, agreement().decided) == (0, 6)


@pytest.mark.django_db
def test_agreement_page_and_table_show_the_same_figures(decided: list[User], client: Client) -> None:
    client.force_login(decided[0], backend="django.contrib.auth.backends.ModelBackend")
    page = client.get("/links/agreement/").content.decode()
    assert "3 of 6 accepted" in page.replace("\u2066", "").replace("\u2069", "")
    assert "/links/decisions.jsonl" not in page
    answer = client.get("/links/agreement.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(answer)))
    kinds = [(row["table"], row["basis"] or row["node"], row["accepted"], row["decided"]) for row in rows]
    assert kinds == [
        ("basis", "cited", "3", "6"),
        ("band", "cited", "3", "6"),
        ("node", "4", "2", "2"),
        ("node", "6", "0", "2"),
        ("node", "9", "1", "2"),
    ]


@pytest.mark.django_db
def test_decisions_leave_as_examples_without_a_name(
    decided: list[User], client: Client, coordinator: User, tmp_path: Path
) -> None:
    path = tmp_path / "decisions.jsonl"
    call_command("export_decisions", out=path)
    client.force_login(coordinator, backend="django.contrib.auth.backends.ModelBackend")
    downloaded = b"".join(client.get("/links/decisions.jsonl").streaming_content).decode()
    assert path.read_text(encoding="utf-8") == downloaded
    found = [json.loads(line) for line in downloaded.splitlines()]
    assert len(found) == 7
    first = found[0]
    assert [*first] == [
        *("text", "language", "framework", "node", "accepted", "direction", "probability", "basis", "model"),
        *("entry", "reviewer", "at"),
    ]
    assert (first["text"], first["language"], first["node"], first["accepted"]) == (
        "Entry a-1\n\nThis serves SDG 4 and SDG 6 and SDG 9.",
        "en",
        "4",
        True,
    )
    assert (found[-1]["basis"], found[-1]["model"]) == ("reviewer", "")
    assert {item["reviewer"] for item in found} == {pseudonym(user.pk) for user in decided}
    assert "example.org" not in downloaded


@pytest.mark.django_db
def test_decisions_keep_the_text_they_were_made_about(store, decided: list[User], tmp_path: Path) -> None:
    store([an_entry("a-1", description="Another text.")])
    path = tmp_path / "decisions.jsonl"
    call_command("export_decisions", out=path)
    texts = {json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()}
    assert texts == {"Entry a-1\n\nThis serves SDG 4 and SDG 6 and SDG 9."}


@pytest.mark.django_db
def test_an_export_that_cannot_be_written_ends_with_status_2_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(CommandError) as caught:
        call_command("export_decisions", out=tmp_path / "nowhere" / "decisions.jsonl")
    assert caught.value.returncode == 2
    assert list(tmp_path.iterdir()) == []


@pytest.mark.django_db
def test_the_filter_of_accepted_links_is_named_on_every_list(store, client: Client) -> None:
    store([an_entry("a-1", description=TEXT)])
    accept_link(System(), "a-1", "sdg", "4")
    page = client.get("/entries/?basis=accepted&goal=4").content.decode()
    assert "declared, or accepted by a reviewer" in page
    assert "/entries/a-1/" in page
    matrix = client.get("/?basis=accepted").content.decode()
    assert "Links declared by the owners or accepted by a reviewer count." in matrix
    entry = client.get("/entries/a-1/").content.decode()
    assert "accepted by a reviewer" in entry
