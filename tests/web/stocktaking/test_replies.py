"""Canned replies: complete in six languages, a site's own before the shipped ones, faults named by file."""

from pathlib import Path

import pytest
from django.test import override_settings

from actionlines.problems import InputError
from actionlines.text import LANGUAGES
from actionlines_web.stocktaking.replies import replies


def test_every_shipped_reply_has_a_title_and_a_text_in_six_languages() -> None:
    found = replies()
    assert set(found) == {
        *("advertising", "duplicate", "missing-dates", "no-technology", "not-a-project", "too-short"),
    }
    for reply in found.values():
        assert set(reply.title) == set(reply.text) == set(LANGUAGES)
        # A mail says it in one paragraph.
        assert [language for language in LANGUAGES if "\n" in reply.text.get(language)] == []


def test_a_site_says_it_in_its_own_words_and_adds_kinds(tmp_path: Path) -> None:
    (tmp_path / "duplicate").mkdir()
    (tmp_path / "duplicate" / "fr.md").write_text("Title: Déjà là\n\nVoyez la fiche.\n", encoding="utf-8")
    (tmp_path / "greeting").mkdir()
    for language in LANGUAGES:
        (tmp_path / "greeting" / f"{language}.md").write_text("Title: Hello\n\nGood day.\n")
    with override_settings(REPLIES_DIR=tmp_path):
        found = replies()
    assert (found["duplicate"].title.get("fr"), found["duplicate"].text.get("fr")) == (
        "Déjà là",
        "Voyez la fiche.",
    )
    assert found["duplicate"].text.get("en") == replies()["duplicate"].text.get("en")
    assert found["greeting"].text.get("ru") == "Good day."


def test_faults_are_named_all_at_once_with_their_files(tmp_path: Path) -> None:
    (tmp_path / "greeting").mkdir()
    (tmp_path / "greeting" / "en.md").write_text("Hello\n\n")
    with override_settings(REPLIES_DIR=tmp_path), pytest.raises(InputError) as caught:
        replies()
    said = sorted((problem.file, problem.template) for problem in caught.value.problems)
    missing = [
        (f"greeting/{language}.md", "the file is missing.") for language in LANGUAGES if language != "en"
    ]
    assert said == sorted(
        [*missing, ("greeting/en.md", "the title is missing."), ("greeting/en.md", "the text is missing.")]
    )
