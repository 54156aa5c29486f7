"""A framework with an organisation that reports, and the people around it."""

from decimal import Decimal

import pytest

from actionlines.results.aggregation import Measure
from actionlines.results.framework import read_framework
from actionlines_web.accounts.actor import System
from actionlines_web.accounts.models import User
from actionlines_web.organisations.actions.editing import create_organisation
from actionlines_web.organisations.models import Organisation
from actionlines_web.results.actions import frameworks, reports
from actionlines_web.results.models import Framework, Indicator, Report, Result

FILE = """
code = "mine"
cycle = "2024–2026"
source = "A letter"
periods = ["2024", "2025", "2026"]
title.en = "Mine"
title.fr = "Le mien"
[[result]]
code = "P"
level = "programme"
title.en = "Programme"
[[result]]
code = "A"
level = "output"
parent = "P"
title.en = "Training"
[[result]]
code = "B"
level = "output"
parent = "P"
title.en = "Networks"
[[indicator]]
code = "all"
result = "P"
title.en = "People trained, all"
aggregation = "sum"
[[indicator]]
code = "a1"
result = "A"
title.en = "People trained in A"
aggregation = "sum"
baseline = 0
targets = { 2024 = 100, 2025 = 200 }
parts = ["sex=F", "sex=M"]
of = "all"
[[indicator]]
code = "b1"
result = "B"
title.en = "People trained in B"
aggregation = "sum"
of = "all"
[[indicator]]
code = "b2"
result = "B"
title.en = "Countries helped"
aggregation = "distinct-count"
"""


@pytest.fixture
def member(db: None) -> User:
    """Manages the Ministry of Health, which reports for A."""
    user = User.objects.create_user("member@example.org")
    create_organisation(user, name="Ministry of Health", stakeholder_type="government", country="SEN")
    return user


@pytest.fixture
def stranger(db: None) -> User:
    """Manages another organisation."""
    user = User.objects.create_user("stranger@example.org")
    create_organisation(user, name="Another", stakeholder_type="government", country="MLI")
    return user


@pytest.fixture
def ministry(member: User) -> Organisation:
    """The organisation of the member."""
    return Organisation.objects.get(name="Ministry of Health")


def a_framework(organisation: int) -> Framework:
    """A public framework whose output A is given to the organisation (its number)."""
    frameworks.load_framework(System(), read_framework("mine.toml", FILE))
    found = Framework.objects.get()
    frameworks.show_framework(System(), found, "public")
    frameworks.give_result(System(), Result.objects.get(code="A"), organisation)
    return Framework.objects.get()


@pytest.fixture
def framework(ministry: Organisation) -> Framework:
    """A public framework whose output A is given to the ministry."""
    return a_framework(ministry.pk)


def indicator(code: str) -> Indicator:
    """The indicator of this code."""
    return Indicator.objects.select_related("framework", "result").get(code=code)


def measured(actor: object, code: str, period: str, value: int, **parts: int) -> Report:
    """A report that counts."""
    measures = {
        "": Measure(Decimal(value)),
        **{f"sex={part}": Measure(Decimal(n)) for part, n in parts.items()},
    }
    report = reports.save_report(actor, indicator(code), period, measures, narrative="So it was.")  # type: ignore[arg-type]
    reports.submit_report(actor, report)  # type: ignore[arg-type]
    reports.approve_report(System(), Report.objects.select_related("indicator__framework").get(pk=report.pk))
    return Report.objects.get(pk=report.pk)
