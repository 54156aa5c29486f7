"""Reports in the making: the people who work on one, and a worker that makes its versions at once."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from actionlines_web.accounts.models import RoleGrant, User
from actionlines_web.publishing.actions import Asked, make_version, start_report
from actionlines_web.publishing.models import Report, Version
from web.conftest import an_entry


@pytest.fixture(autouse=True)
def files(settings, tmp_path: Path) -> Path:
    """A folder for the files of versions."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT / "reports"


@pytest.fixture
def entries(store) -> None:
    """Three entries of two countries."""
    store(
        [
            an_entry(
                "a-1", title="Clinics", country="KEN", year=2024, organisation="Ministry", lines=("C2",)
            ),
            an_entry(
                "a-2", title="Schools", country="KEN", year=2025, organisation="Agency", targets=("4.4",)
            ),
            an_entry(
                "a-3", title="Farms", country="SEN", year=2025, organisation="Agency", lines=("C7-AGR",)
            ),
        ]
    )


@pytest.fixture
def facilitator(db: None) -> User:
    """Somebody who may start reports and may not approve them."""
    user = User.objects.create_user("facilitator@example.org", name="Faith")
    RoleGrant.objects.create(user=user, role=RoleGrant.Role.FACILITATOR, scope="C2")
    return user


def made(report: Report) -> Version:
    """The newest version, made as the worker makes it."""
    version = report.versions.latest("number")
    make_version.func(version_id=version.pk)
    version.refresh_from_db()
    return version


@pytest.fixture
def begun(entries: None, facilitator: User) -> Callable[..., Report]:
    """Starts a report of the facilitator's, its first version made."""

    def started(kind: str = "contribution", languages: tuple[str, ...] = ("en",), **params: str) -> Report:
        report = start_report(
            facilitator, Asked("Annual report", kind, languages, params, ["Press@example.org"])
        )
        made(report)
        return report

    return started


@pytest.fixture
def report(begun: Callable[..., Report]) -> Iterator[Report]:
    """Such a report."""
    return begun()
