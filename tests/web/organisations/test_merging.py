"""Merging and moving: everything goes along, the matrix stays right, the old name keeps leading there."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from actionlines.problems import InputError
from actionlines_web.accounts.actor import System
from actionlines_web.accounts.models import User
from actionlines_web.audit.queries import records_of, verify
from actionlines_web.coordination.models import Addressee, Answer
from actionlines_web.organisations.actions import ensure_organisations
from actionlines_web.organisations.actions.editing import change_organisation
from actionlines_web.organisations.actions.merging import merge_organisations, plan_merge, transfer_entries
from actionlines_web.organisations.models import Alias, Invitation, JoinRequest, Membership, Organisation
from actionlines_web.organisations.queries import found_organisations, organisation_by_name
from actionlines_web.partnerships.models import Proposal
from actionlines_web.prizes.actions.projects import start_project
from actionlines_web.prizes.models import Project
from actionlines_web.stocktaking.actions import drift
from actionlines_web.stocktaking.actions.archive import archive_entry
from actionlines_web.stocktaking.models import Entry, Submission
from actionlines_web.stocktaking.postings import count, postings
from web.conftest import an_entry
from web.organisations.conftest import a_person
from web.prizes.conftest import an_edition

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(store: Callable[..., None]) -> tuple[Organisation, Organisation]:
    """An organisation of no type entered twice, with entries; the right one is a government's."""
    store(
        [
            an_entry("a-1", organisation="Min. of Health", lines=("C2",), country="SEN", year=2020),
            an_entry("a-2", organisation="Min. of Health", lines=("C2",), stakeholder_type="", year=2021),
            an_entry("a-3", organisation="Ministry of Health", stakeholder_type="government", lines=("C3",)),
        ]
    )
    found = {item.name: item for item in Organisation.objects.all()}
    return found["Min. of Health"], found["Ministry of Health"]


def types_counted() -> dict[str, int]:
    """How many entries of each stakeholder type are counted."""
    with postings() as held:
        counted = {
            kind: count(held.valued("stakeholder_type", kind)) for kind in held.values("stakeholder_type")
        }
    return {kind: number for kind, number in counted.items() if number}


def test_the_plan_changes_nothing_and_says_what_would_move(
    pair: tuple[Organisation, Organisation], coordinator: User
) -> None:
    wrong, right = pair
    plan = plan_merge(coordinator, wrong.pk, right.pk)
    assert (plan.belongings.entries, plan.members, list(plan.names)) == (2, 0, ["Min. of Health"])
    assert Organisation.objects.count() == 2
    assert types_counted() == {"": 2, "government": 1}


def test_a_merge_moves_everything_and_the_counts_follow(
    pair: tuple[Organisation, Organisation], coordinator: User
) -> None:
    wrong, right = pair
    both, only = a_person("both"), a_person("only")
    for organisation, user, role in (
        (wrong, both, "manager"),
        (right, both, "member"),
        (wrong, only, "member"),
    ):
        Membership.objects.create(organisation=organisation, user=user, role=role)
    Invitation.objects.create(organisation=wrong, address="x@example.org")
    JoinRequest.objects.create(organisation=wrong, user=a_person("asks"))
    JoinRequest.objects.create(organisation=wrong, user=coordinator)
    JoinRequest.objects.create(organisation=right, user=coordinator)
    Submission.objects.create(identifier="s-1", submitter=only, organisation=wrong)
    merge_organisations(coordinator, wrong.pk, right.pk)
    assert list(Organisation.objects.values_list("pk", flat=True)) == [right.pk]
    assert set(Entry.objects.values_list("organisation_id", "stakeholder_type")) == {(right.pk, "government")}
    assert types_counted() == {"government": 3}
    assert drift() == []
    assert dict(right.memberships.values_list("user__email", "role")) == {
        both.email: "manager",
        only.email: "member",
    }
    assert (right.invitations.count(), right.requests.count()) == (1, 2)
    assert Submission.objects.get().organisation_id == right.pk
    assert [record.verb for record in records_of(right)] == ["take over"]
    assert verify().sound


def test_the_old_name_leads_to_the_other_organisation(
    pair: tuple[Organisation, Organisation], coordinator: User, store: Callable[..., None]
) -> None:
    wrong, right = pair
    merge_organisations(coordinator, wrong.pk, right.pk)
    store([an_entry("a-9", organisation="MIN. OF  HEALTH")])
    assert Entry.objects.get(identifier="a-9").organisation_id == right.pk
    assert Organisation.objects.count() == 1
    assert ensure_organisations([("min. of health", "", "")]) == {"min. of health": right.pk}
    assert [item.pk for item in found_organisations("min. of")[0]] == [right.pk]


def test_names_are_handed_on_through_a_second_merge(
    pair: tuple[Organisation, Organisation], coordinator: User, store: Callable[..., None]
) -> None:
    wrong, right = pair
    store([an_entry("a-4", organisation="Health authority")])
    third = Organisation.objects.get(name="Health authority")
    merge_organisations(coordinator, wrong.pk, right.pk)
    merge_organisations(coordinator, right.pk, third.pk)
    for name in ("Min. of Health", "Ministry of Health"):
        assert organisation_by_name(name) == third


def test_an_entry_moved_is_found_under_its_new_organisation(
    pair: tuple[Organisation, Organisation], coordinator: User, client: Client
) -> None:
    wrong, right = pair
    transfer_entries(coordinator, wrong.pk, right.pk, ["a-1"])
    assert dict(Entry.objects.values_list("identifier", "organisation_id")) == {
        "a-1": right.pk,
        "a-2": wrong.pk,
        "a-3": right.pk,
    }
    assert drift() == []
    page = client.get("/entries/", {"q": "ministry", "stakeholder": "government"}).text
    assert "/entries/a-1/" in page
    changed = records_of(Entry.objects.get(identifier="a-1"))[0]
    assert changed.detail == {
        "changes": {
            "organisation": ["Min. of Health", "Ministry of Health"],
            "stakeholder_type": ["", "government"],
        }
    }


def test_an_archived_entry_moves_along_and_stays_out_of_matrix_and_search(
    pair: tuple[Organisation, Organisation], coordinator: User, client: Client
) -> None:
    wrong, right = pair
    archive_entry(coordinator, Entry.objects.get(identifier="a-1"), "Over")
    merge_organisations(coordinator, wrong.pk, right.pk)
    assert Entry.objects.get(identifier="a-1").organisation_id == right.pk
    assert types_counted() == {"government": 2}
    assert drift() == []
    assert "/entries/a-1/" not in client.get("/entries/", {"q": "ministry"}).text


def test_moving_an_entry_that_is_not_there_moves_none(
    pair: tuple[Organisation, Organisation], coordinator: User
) -> None:
    wrong, right = pair
    with pytest.raises(InputError, match=r"a-3.*is no entry of this organisation"):
        transfer_entries(coordinator, wrong.pk, right.pk, ["a-1", "a-3"])
    assert Entry.objects.filter(organisation=wrong).count() == 2


def test_an_organisation_is_not_merged_into_itself(
    pair: tuple[Organisation, Organisation], coordinator: User
) -> None:
    with pytest.raises(InputError, match="one and the same"):
        merge_organisations(coordinator, pair[0].pk, pair[0].pk)


def test_only_coordinators_merge_and_move(pair: tuple[Organisation, Organisation], visitor: User) -> None:
    Membership.objects.create(organisation=pair[0], user=visitor, role="manager")
    with pytest.raises(PermissionDenied):
        merge_organisations(visitor, pair[0].pk, pair[1].pk)
    with pytest.raises(PermissionDenied):
        transfer_entries(visitor, pair[0].pk, pair[1].pk)
    assert Organisation.objects.count() == 2


def test_a_new_type_is_taken_over_by_the_entries(pair: tuple[Organisation, Organisation]) -> None:
    wrong, _ = pair
    change_organisation(System(), wrong.pk, name=wrong.name, stakeholder_type="academia", country="")
    assert types_counted() == {"academia": 2, "government": 1}
    assert drift() == []


def test_a_renamed_organisation_is_known_under_both_names_and_may_go_back(
    pair: tuple[Organisation, Organisation],
) -> None:
    wrong, right = pair
    for name in ("Health Department", "Min. of Health"):
        change_organisation(System(), wrong.pk, name=name, stakeholder_type="", country="")
    assert organisation_by_name("health department") == wrong
    assert organisation_by_name("min. of health") == wrong
    assert list(Alias.objects.values_list("name", flat=True)) == ["Health Department"]
    with pytest.raises(InputError, match="there is an organisation called"):
        change_organisation(System(), right.pk, name="Health department", stakeholder_type="", country="")


def test_the_pages_show_the_plan_first(
    pair: tuple[Organisation, Organisation], coordinator: User, client: Client
) -> None:
    wrong, right = pair
    client.force_login(coordinator, backend="django.contrib.auth.backends.ModelBackend")
    address = f"/organisations/{wrong.pk}/merge/"
    assert client.post(address, {"target": "Nobody"}).status_code == 422
    assert client.post(address, {"target": right.name}).context["plan"].belongings.entries == 2
    assert Organisation.objects.count() == 2
    answer = client.post(address, {"target": right.name, "step": "merge"})
    assert answer["Location"] == f"/organisations/{right.pk}/"
    assert Organisation.objects.count() == 1
    client.post(f"/organisations/{right.pk}/edit/", {"name": "Health", "stakeholder_type": "government"})
    assert organisation_by_name("Health") == right


def test_answers_proposals_and_papers_go_along(
    pair: tuple[Organisation, Organisation], visitor: User
) -> None:
    leaving, staying = pair
    answer = Answer.objects.create(
        ask_set="s", number="14", organisation=leaving, state="done", text="Built."
    )
    Addressee.objects.create(ask_set="s", number="14", organisation=leaving)
    Addressee.objects.create(ask_set="s", number="14", organisation=staying)
    proposal = Proposal.objects.create(
        side="need", kind="funding", organisation=leaving, author=visitor, title="Masts", description="x"
    )
    project = start_project(visitor, an_edition())
    Project.objects.filter(pk=project.pk).update(organisation=leaving)
    merge_organisations(System(), leaving.pk, staying.pk)
    for row in (answer, proposal, project):
        row.refresh_from_db()
    assert {row.organisation_id for row in (answer, proposal, project)} == {staying.pk}
    assert [item.organisation_id for item in Addressee.objects.all()] == [staying.pk]


def test_two_answers_to_one_ask_that_differ_stop_the_merge_and_nothing_is_lost(
    pair: tuple[Organisation, Organisation],
) -> None:
    leaving, staying = pair
    for organisation, text in ((leaving, "Built."), (staying, "Planned.")):
        Answer.objects.create(ask_set="s", number="14", organisation=organisation, state="done", text=text)
    with pytest.raises(InputError, match="only one can stay"):
        merge_organisations(System(), leaving.pk, staying.pk)
    assert [item.text for item in Answer.objects.order_by("pk")] == ["Built.", "Planned."]
    assert Entry.objects.filter(organisation=leaving).count() == 2
    Answer.objects.update(text="Built.")
    merge_organisations(System(), leaving.pk, staying.pk)
    assert [(item.organisation_id, item.text) for item in Answer.objects.all()] == [(staying.pk, "Built.")]
