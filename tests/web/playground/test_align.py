"""The aligner to try: texts and files in six languages, limits, downloads, nothing kept."""

import csv
import io
import json
from collections import Counter

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from actionlines_web.playground import pages
from actionlines_web.playground.forms import MOST_CHARACTERS

TEXTS = {
    "en": "Nurses in remote clinics consult doctors by telemedicine.",
    "fr": "Les infirmières des cliniques consultent des médecins par télémédecine.",
    "es": "Las enfermeras consultan a los médicos por telemedicina en las clínicas.",
    "ru": "Медсёстры сельских больниц советуются с врачами с помощью телемедицины.",
    "ar": "تستشير الممرضات الأطباء عن طريق التطبيب عن بعد في العيادات.",
    "zh": "护士通过远程医疗向医生咨询,改善农村诊所的卫生服务。",
}


@pytest.mark.django_db
@pytest.mark.parametrize("language", TEXTS)
@pytest.mark.parametrize("named", [True, False], ids=["named", "found"])
def test_a_text_in_each_language_is_linked_with_health_and_its_words_are_marked(
    client: Client, language: str, named: bool
) -> None:
    answer = client.post("/align/", {"text": TEXTS[language], "language": language if named else ""})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "/frameworks/sdg/3/" in page
    assert '<mark id="passage-1-evidence-1"' in page


@pytest.mark.django_db
def test_nothing_is_written_for_a_text(client: Client) -> None:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.post("/align/", {"text": TEXTS["en"]})
    assert [query["sql"] for query in queries if "INSERT" in query["sql"] or "UPDATE" in query["sql"]] == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", TEXTS["en"]),
        ("a.md", f"# Title\n\n{TEXTS['en']}\n"),
        ("a.html", f"<!doctype html><html><body><p>{TEXTS['en']}</p></body></html>"),
    ],
)
def test_a_file_is_read_and_its_text_comes_back_to_be_changed(
    client: Client, name: str, content: str
) -> None:
    upload = SimpleUploadedFile(name, content.encode())
    page = client.post("/align/", {"text": "Something else.", "file": upload}).content.decode()
    assert "/frameworks/wsis/C7-HEA/" in page
    assert TEXTS["en"] in page
    assert "Something else." not in page


@pytest.mark.django_db
def test_downloads_hold_every_link_with_its_passage(client: Client) -> None:
    text = f"{TEXTS['en']}\n\nThis serves SDG 4."
    listed = client.post("/align/", {"text": text, "as": "json"})
    items = json.loads(listed.content)
    assert [item["passage"]["paragraph"] for item in items] == [1, 2]
    assert "4" in {link["node"] for link in items[1]["links"]}
    table = client.post("/align/", {"text": text, "as": "csv"})
    assert table["Content-Disposition"] == 'attachment; filename="links.csv"'
    rows = list(csv.DictReader(io.StringIO(table.content.decode("utf-8-sig"))))
    found = {(row["paragraph"], row["framework"], row["node"]) for row in rows}
    assert found == {
        (str(item["passage"]["paragraph"]), link["framework"], link["node"])
        for item in items
        for link in item["links"]
    }


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("data", "status", "said"),
    [
        ({}, 422, "There is nothing to read."),
        ({"text": " \n\t"}, 422, "There is nothing to read."),
        ({"text": "x" * (MOST_CHARACTERS + 1)}, 422, "At most 100,000"),
        ({"text": "y" * 3_000_000}, 413, "The text is too long."),
        ({"text": "a", "language": "xx"}, 422, "“language” cannot be used."),
    ],
    ids=["nothing", "blank", "long", "far too long", "language"],
)
def test_what_cannot_be_read_is_answered_with_a_sentence(
    client: Client, data: dict[str, str], status: int, said: str
) -> None:
    answer = client.post("/align/", data)
    assert answer.status_code == status
    assert said.casefold() in answer.content.decode().casefold()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "status", "said"),
    [
        (b"", 422, "the file is empty"),
        (b"\x00\x01\x02", 422, "the format is not known"),
        (b"x" * (5 * 1024**2 + 1), 422, "a file of at most 5 MB"),
        (b"x" * (21 * 1024**2), 413, "the file is too large"),
    ],
    ids=["empty", "binary", "over five", "over the site's limit"],
)
def test_a_file_that_cannot_be_read_is_answered_with_a_sentence(
    client: Client, content: bytes, status: int, said: str
) -> None:
    answer = client.post("/align/", {"file": SimpleUploadedFile("a.bin", content)})
    assert answer.status_code == status
    assert said.casefold() in answer.content.decode().casefold()


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["word", "🙂🙂", "<script>alert(1)</script>", "a\x00b\x07c", "x" * 90_000])
def test_odd_texts_get_an_answer(client: Client, text: str) -> None:
    answer = client.post("/align/", {"text": text})
    assert answer.status_code in {200, 422}
    assert "<script>alert" not in answer.content.decode()


@pytest.mark.django_db
def test_the_rate_is_limited_for_each_client(client: Client, settings, monkeypatch) -> None:
    settings.ALIGN_RATE = 2
    asked: Counter[str] = Counter()

    def report(client: str, minute: int, requests: int) -> tuple[int, int]:
        asked[client] += requests
        return asked[client], 0

    monkeypatch.setattr(pages, "_limiter", pages.Limiter(report))
    answers = [client.post("/align/", {"text": "word"}).status_code for _ in range(3)]
    assert answers == [200, 200, 429]
    refused = client.post("/align/", {"text": TEXTS["en"]})
    assert int(refused["Retry-After"]) in range(1, 121)
    assert TEXTS["en"] in refused.content.decode()
    other = client.post("/align/", {"text": "word"}, REMOTE_ADDR="192.0.2.7")
    assert other.status_code == 200


@pytest.mark.django_db
def test_a_text_without_links_says_so(client: Client) -> None:
    page = client.post("/align/", {"text": "Nothing of note."}).content.decode()
    assert "Nothing in this text points clearly enough" in page
