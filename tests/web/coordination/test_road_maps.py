"""Road maps: kept by their line's facilitators, drafts for their eyes only, versions that stay."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from actionlines.formats.roadmaps import read_road_map
from actionlines.problems import InputError
from actionlines.results.roadmap import Activity, difference
from actionlines_web.accounts.models import User
from actionlines_web.audit.queries import verify
from actionlines_web.coordination import actions, queries
from actionlines_web.coordination.models import RoadMap, Update, Version

DAY = date(2026, 7, 1)
TABLE = "number,activity,start,end,state,percent\n1,Connect schools,2026-01-01,2026-12-31,ongoing,40\n2,Train teachers,,,,\n"


@pytest.fixture
def road_map(facilitator: User) -> RoadMap:
    """A draft with one row."""
    made = actions.create_road_map(
        facilitator, line="C2", cycle="2026-2029", language="en", vision="All connected"
    )
    actions.save_row(facilitator, made, "1", {"activity": "Connect schools", "links": ["4.a"]})
    return made


def test_a_draft_is_for_its_keepers_and_a_public_one_for_everybody(
    client: Client, road_map: RoadMap, facilitator: User, coordinator: User, visitor: User
) -> None:
    addresses = ("/lines/C2/road-maps/2026-2029/", "/lines/C2/road-maps/2026-2029/road-map.csv")

    def seen(user: User | None) -> list[int]:
        client.logout()
        if user:
            client.force_login(user)
        return [client.get(address).status_code for address in addresses]

    assert [seen(user) for user in (None, visitor, facilitator, coordinator)] == [
        [404, 404],
        [404, 404],
        [200, 200],
        [200, 200],
    ]
    client.logout()
    assert "2026-2029" not in client.get("/lines/").content.decode()
    assert "2026-2029" not in client.get("/lines/C2/").content.decode()
    actions.publish_road_map(facilitator, road_map)
    assert [seen(user) for user in (None, visitor)] == [[200, 200], [200, 200]]
    assert "2026-2029" in client.get("/lines/").content.decode()


def test_a_facilitator_keeps_the_own_line_only(road_map: RoadMap, facilitator: User) -> None:
    with pytest.raises(PermissionDenied):
        actions.create_road_map(facilitator, line="C5", cycle="2026", language="en")
    RoadMap.objects.update(line="C5")
    road_map.refresh_from_db()
    for refused in (
        lambda: actions.change_vision(facilitator, road_map, "x"),
        lambda: actions.save_row(facilitator, road_map, "2", {"activity": "x"}),
        lambda: actions.remove_row(facilitator, road_map, "1"),
        lambda: actions.add_update(facilitator, road_map, "1", day=DAY, state="done", percent=100),
        lambda: actions.publish_road_map(facilitator, road_map),
        lambda: actions.replace_rows(facilitator, road_map, [], DAY),
    ):
        with pytest.raises(PermissionDenied):
            refused()


def test_a_facilitator_of_c7_keeps_its_parts(facilitator: User) -> None:
    facilitator.grants.update(scope="C7")
    assert actions.create_road_map(facilitator, line="C7-HEA", cycle="2026", language="en").line == "C7-HEA"


def test_the_newest_update_counts_and_none_is_lost(road_map: RoadMap, facilitator: User) -> None:
    actions.add_update(facilitator, road_map, "1", day=date(2026, 3, 1), state="ongoing", percent=50)
    actions.add_update(facilitator, road_map, "1", day=date(2026, 2, 1), state="planned", percent=10)
    (row,) = queries.activities(road_map)
    assert (row.state, row.percent, row.said_on) == ("ongoing", 50, date(2026, 3, 1))
    assert Update.objects.count() == 2


def test_a_version_stays_as_it_was_published(road_map: RoadMap, facilitator: User) -> None:
    first = actions.publish_road_map(facilitator, road_map)
    actions.save_row(facilitator, road_map, "1", {"activity": "Connect clinics"})
    actions.save_row(facilitator, road_map, "2", {"activity": "Train", "start": DAY, "end": DAY})
    second = actions.publish_road_map(facilitator, road_map)
    before, after = (queries.version_activities(Version.objects.get(pk=item.pk)) for item in (first, second))
    assert before == [Activity("1", "Connect schools", links=("4.a",))]
    assert [(change.kind, change.number, change.changed) for change in difference(before, after)] == [
        ("changed", "1", ("activity", "links")),
        ("added", "2", ()),
    ]
    assert after[1].start == DAY


def test_two_versions_are_compared_in_public(client: Client, road_map: RoadMap, facilitator: User) -> None:
    actions.publish_road_map(facilitator, road_map)
    actions.save_row(facilitator, road_map, "1", {"activity": "Connect clinics"})
    actions.publish_road_map(facilitator, road_map)
    text = client.get("/lines/C2/road-maps/2026-2029/versions/").content.decode()
    assert '<del dir="auto">Connect schools</del> <ins dir="auto">Connect clinics</ins>' in text
    assert client.get("/lines/C2/road-maps/2026-2029/versions/?from=1&to=9").status_code == 404


def test_an_empty_road_map_is_not_published(facilitator: User) -> None:
    made = actions.create_road_map(facilitator, line="C2", cycle="2026", language="en")
    with pytest.raises(InputError):
        actions.publish_road_map(facilitator, made)
    assert RoadMap.objects.get().state == "draft"


@pytest.mark.parametrize("cycle", ["", " ", "2026/27", "x" * 21])
def test_a_cycle_without_sense_is_refused(facilitator: User, cycle: str) -> None:
    with pytest.raises(InputError):
        actions.create_road_map(facilitator, line="C2", cycle=cycle, language="en")


def test_one_road_map_for_each_cycle(road_map: RoadMap, facilitator: User) -> None:
    with pytest.raises(InputError) as raised:
        actions.create_road_map(facilitator, line="C2", cycle="2026-2029", language="en")
    assert str(raised.value.problems[0]) == "C2 has a road map of 2026-2029 already."


def test_a_table_is_shown_first_and_replaces_the_rows_when_sent_again(
    client: Client, road_map: RoadMap, facilitator: User
) -> None:
    client.force_login(facilitator)
    address = "/lines/C2/road-maps/2026-2029/import/"

    def sent(**more: str) -> str:
        file = SimpleUploadedFile("map.csv", TABLE.encode(), "text/csv")
        return client.post(address, {"file": file, **more}, follow=True).content.decode()

    first = sent()
    assert "Train teachers" in first
    assert [row.number for row in queries.activities(road_map)] == ["1"]
    sent(sure="1")
    rows = queries.activities(road_map)
    assert [(row.number, row.state, row.percent, row.links) for row in rows] == [
        ("1", "ongoing", 40, ()),
        ("2", "planned", 0, ()),
    ]
    assert "Nothing differs." in sent()


def test_a_faulty_table_changes_nothing_and_says_where(
    client: Client, road_map: RoadMap, facilitator: User
) -> None:
    client.force_login(facilitator)
    file = SimpleUploadedFile("map.csv", b"number,activity,percent\n1,x,400\n", "text/csv")
    answer = client.post("/lines/C2/road-maps/2026-2029/import/", {"file": file, "sure": "1"})
    assert answer.status_code == 422
    assert "percent" in answer.content.decode()
    assert queries.activities(road_map)[0].activity == "Connect schools"


def test_what_is_exported_is_imported_again_without_a_change(
    client: Client, road_map: RoadMap, facilitator: User
) -> None:
    client.force_login(facilitator)
    actions.add_update(facilitator, road_map, "1", day=DAY, state="done", percent=100)
    table = client.get("/lines/C2/road-maps/2026-2029/road-map.csv").content
    assert actions.replace_rows(facilitator, road_map, read_road_map(table, "x.csv"), DAY) == []


def test_road_map_is_begun_on_the_page_of_its_line(client: Client, facilitator: User, visitor: User) -> None:
    said = {"cycle": "2026-2029", "vision": "Everybody is connected."}
    client.force_login(visitor)
    assert client.post("/lines/C2/road-maps/", said).status_code == 403
    client.force_login(facilitator)
    assert client.post("/lines/C5/road-maps/", said).status_code == 403
    assert client.post("/lines/C2/road-maps/", {**said, "cycle": ""}).status_code == 422
    assert not RoadMap.objects.exists()
    made = client.post("/lines/C2/road-maps/", said)
    assert (made.status_code, made["Location"]) == (302, "/lines/C2/road-maps/2026-2029/")
    assert client.post("/lines/C2/road-maps/", said).status_code == 422
    assert RoadMap.objects.get().cycle == "2026-2029"


def test_rows_are_written_changed_and_taken_out_on_their_pages(
    client: Client, road_map: RoadMap, facilitator: User
) -> None:
    client.force_login(facilitator)
    base = "/lines/C2/road-maps/2026-2029/rows/"
    assert client.post(base, {"number": "1", "activity": "twin"}).status_code == 422
    assert client.post(base, {"number": "2.1", "activity": "Train", "links": "4, 9.c, 4"}).status_code == 302
    assert queries.activities(road_map)[1].links == ("4", "9.c")
    assert client.get(f"{base}2.1/").status_code == 200
    client.post(f"{base}2.1/", {"do": "update", "state": "done", "percent": "100", "day": "2026-07-01"})
    client.post(
        f"{base}2.1/", {"do": "change", "activity": "Train all", "start": "2026-02-01", "end": "2026-03-01"}
    )
    assert queries.activities(road_map)[1] == Activity(
        "2.1",
        "Train all",
        start=date(2026, 2, 1),
        end=date(2026, 3, 1),
        state="done",
        percent=100,
        said_on=DAY,
    )
    assert (
        client.post(
            f"{base}2.1/", {"do": "change", "activity": "x", "start": "2026-02-01", "end": "2026-01-01"}
        ).status_code
        == 422
    )
    client.post(f"{base}2.1/", {"do": "remove"})
    assert [row.number for row in queries.activities(road_map)] == ["1"]


def test_every_change_is_audited_and_the_trail_holds(road_map: RoadMap, facilitator: User) -> None:
    from actionlines_web.audit.models import Record

    actions.add_update(facilitator, road_map, "1", day=DAY, state="done", percent=100)
    actions.publish_road_map(facilitator, road_map)
    actions.remove_row(facilitator, road_map, "1")
    verbs = list(
        Record.objects.filter(object_type="coordination.roadmap")
        .order_by("sequence")
        .values_list("verb", flat=True)
    )
    assert verbs == ["create", "change row", "update row", "publish", "remove row"]
    assert verify().sound


def test_the_page_of_a_road_map_draws_time_and_mirrors_it_in_arabic(
    client: Client, road_map: RoadMap, facilitator: User
) -> None:
    actions.save_row(
        facilitator, road_map, "1", {"activity": "A", "start": date(2026, 1, 1), "end": date(2026, 12, 31)}
    )
    actions.save_row(
        facilitator, road_map, "2", {"activity": "B", "start": date(2026, 1, 1), "end": date(2026, 3, 14)}
    )
    actions.publish_road_map(facilitator, road_map)
    assert 'x="0.00%" y="3" width="20.00%"' in client.get("/lines/C2/road-maps/2026-2029/").content.decode()
    assert (
        'x="80.00%" y="3" width="20.00%"' in client.get("/ar/lines/C2/road-maps/2026-2029/").content.decode()
    )


@pytest.mark.parametrize("prefix", ["", "/ar", "/ru", "/zh-hans"])
def test_the_document_reads_back_without_a_change(
    client: Client, road_map: RoadMap, facilitator: User, prefix: str
) -> None:
    client.force_login(facilitator)
    actions.add_update(facilitator, road_map, "1", day=DAY, state="ongoing", percent=40)
    document = client.get(f"{prefix}/lines/C2/road-maps/2026-2029/road-map.docx")
    assert document.status_code == 200
    rows = read_road_map(document.content, "map.docx")
    assert actions.replace_rows(facilitator, road_map, rows, DAY) == []
    sent = SimpleUploadedFile("map.docx", document.content)
    shown = client.post("/lines/C2/road-maps/2026-2029/import/", {"file": sent})
    assert "Nothing differs." in shown.content.decode()


def test_the_document_names_its_version_as_long_as_nothing_has_changed(
    road_map: RoadMap, facilitator: User
) -> None:
    assert (queries.document_of(road_map).draft, queries.document_of(road_map).version) == (True, 0)
    actions.publish_road_map(facilitator, road_map)
    road_map.refresh_from_db()
    assert (queries.document_of(road_map).draft, queries.document_of(road_map).version) == (False, 1)
    actions.change_vision(facilitator, road_map, "All connected by 2030")
    road_map.refresh_from_db()
    assert (queries.document_of(road_map).draft, queries.document_of(road_map).version) == (False, 0)


def test_the_pdf_is_one_and_an_unknown_format_is_not_there(
    client: Client, road_map: RoadMap, facilitator: User
) -> None:
    client.force_login(facilitator)
    base = "/lines/C2/road-maps/2026-2029/road-map."
    assert client.get(f"{base}pdf").content.startswith(b"%PDF-")
    assert client.get(f"{base}exe").status_code == 404
