"""The table of settings names every variable the site reads, and no other."""

import re
from pathlib import Path

import pytest

from actionlines_web import config

SITE = Path(config.__file__).parent


def test_the_table_names_every_variable_that_is_read_and_no_other() -> None:
    read: set[str] = set()
    for path in SITE.rglob("*.py"):
        code = path.read_text(encoding="utf-8").replace(config.__doc__ or "\0", "")
        read |= set(re.findall(r'"(ACTIONLINES_[A-Z_]+)"', code))
    named: set[str] = set()
    for row in re.findall(r"^\| (.+?) \|", config.__doc__ or "", re.MULTILINE):
        whole = re.findall(r"ACTIONLINES_[A-Z_]+", row)
        named |= set(whole) | {f"{whole[0]}{part}" for part in re.findall(r"…(_[A-Z_]+)", row) if whole}
    # Those of a provider or a source are put together from its name; a file may be named in place of any text.
    made = ("ACTIONLINES_SSO_", "ACTIONLINES_SOURCE_")
    named = {name for name in named if not name.startswith(made) and not name.endswith("_FILE")}
    assert read - {"ACTIONLINES_TEST_DATABASE_URL"} == named


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("ACTIONLINES_LOG", "xml", "ACTIONLINES_LOG='xml': expected line or json"),
    ],
)
def test_a_wrong_value_stops_the_start_with_a_sentence(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, words: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(config.ConfigurationError) as raised:
        config.choice(name, ("line", "json"))
    assert str(raised.value) == words
