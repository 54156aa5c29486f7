"""Questionnaires: those a person answers, what was known the year before, who is asked."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from django.db.models import Q, QuerySet

from actionlines.measurement.questionnaire import questions
from actionlines_web.accounts.models import RoleGrant, User
from actionlines_web.accounts.queries import grants
from actionlines_web.accounts.rules import is_coordinator, scopes
from actionlines_web.indicators.models import Questionnaire
from actionlines_web.indicators.queries.observations import known_on

# So many days before it is due, those who answer are reminded.
REMINDED: Final = 7


def questionnaires_of(actor: User) -> QuerySet[Questionnaire]:
    """Those an actor asks or answers, the most urgent first."""
    rows = Questionnaire.objects.select_related("batch").order_by("due", "economy")
    if is_coordinator(actor):
        return rows
    held = scopes(actor, RoleGrant.Role.STATISTICIAN)
    own = Q() if "" in held else Q(economy__in=held)
    if "" in held:
        return rows
    mine = Questionnaire.respondents.through.objects.filter(user_id=actor.pk).values("questionnaire_id")
    return rows.filter(own | Q(pk__in=mine))


def known_before(questionnaire: Questionnaire) -> Mapping[tuple[str, str], Decimal]:
    """What is known of the year before, by (series, breakdown)."""
    codes = {one.series.code for one in questions(questionnaire.kind)}
    rows = known_on().filter(
        economy=questionnaire.economy, period=str(questionnaire.year - 1), series__in=codes
    )
    return {(row.series, row.breakdown): row.value for row in rows}


def answered(questionnaire: Questionnaire) -> Mapping[tuple[str, str], list[str]]:
    """The rows of its latest answer, by (series, breakdown)."""
    if questionnaire.batch is None:
        return {}
    return {(row[0], row[3]): row for row in questionnaire.batch.rows}


def asked_people(questionnaire: Questionnaire) -> list[User]:
    """Everybody who answers it: its respondents and the statisticians of the economy alone."""
    rows = grants().filter(role=RoleGrant.Role.STATISTICIAN, scope=questionnaire.economy)
    people = {grant.user.pk: grant.user for grant in rows}
    people |= {one.pk: one for one in questionnaire.respondents.all()}
    return [people[key] for key in sorted(people) if people[key].is_active]


def unanswered_before(day: date) -> QuerySet[Questionnaire]:
    """Those without a stored answer that are due within `REMINDED` days of `day` and nobody was reminded of."""
    return Questionnaire.objects.filter(
        Q(batch=None) | ~Q(batch__state="applied"),
        due__gte=day,
        due__lte=day + timedelta(days=REMINDED),
        reminded_on=None,
    )
