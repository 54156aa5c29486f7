"""The files under deploy/ speak of commands and settings that exist."""

import configparser
import re
from pathlib import Path

import pytest
import yaml
from django.core.management import get_commands

from actionlines_web import config

DEPLOY = Path(__file__).resolve().parents[3] / "deploy"
FILES = sorted(path for path in DEPLOY.rglob("*") if path.is_file())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_setting_named_is_one_of_the_sites(path: Path) -> None:
    named = {
        name.removesuffix("_FILE") for name in re.findall(r"ACTIONLINES_[A-Z_]+", path.read_text("utf-8"))
    }
    assert named <= set(re.findall(r"ACTIONLINES_[A-Z_]+", config.__doc__ or ""))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_command_named_is_one_of_the_sites(path: Path) -> None:
    text = re.sub(r"#.*", "", path.read_text("utf-8"))
    said = set(re.findall(r'actionlines-web"?,? "?([a-z-]+)', text))
    assert {name.replace("-", "_") for name in said} <= set(get_commands())


@pytest.mark.parametrize("path", sorted(DEPLOY.glob("systemd/*")), ids=lambda path: path.name)
def test_units_are_well_formed_and_end_up_somewhere(path: Path) -> None:
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read_string(path.read_text("utf-8"))
    assert unit["Unit"]["Description"].startswith("actionlines: ")
    if path.suffix == ".service":
        assert unit["Service"]["NoNewPrivileges"] == "yes"
        assert unit["Service"]["User"] == "actionlines"


def test_the_compose_file_builds_from_the_containerfile_and_keeps_data_and_secrets_apart() -> None:
    services = yaml.safe_load((DEPLOY / "container/compose.yaml").read_text("utf-8"))
    assert set(services["services"]) == {"web", "worker", "database"}
    for name in ("web", "worker"):
        service = services["services"][name]
        built = (
            DEPLOY / "container" / service["build"]["context"] / service["build"]["dockerfile"]
        ).resolve()
        assert built == DEPLOY / "container/Containerfile"
        assert service["read_only"] is True
        assert set(service["secrets"]) <= set(services["secrets"])


def test_the_containerfile_copies_what_is_there_and_runs_as_nobody_special() -> None:
    lines = (DEPLOY / "container/Containerfile").read_text("utf-8").splitlines()
    copied = [line.split()[1:-1] for line in lines if line.startswith("COPY") and "--from" not in line]
    assert all((DEPLOY.parent / name).exists() for names in copied for name in names)
    assert [line for line in lines if line.startswith("USER")] == ["USER actionlines"]
