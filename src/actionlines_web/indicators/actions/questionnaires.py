"""Asking an economy for its counts, sharing the work, answering, reminding."""

from collections.abc import Mapping, Sequence
from datetime import date

from babel.dates import format_date
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from actionlines.formats.questionnaire import layout
from actionlines.formats.questionnaire.reading import is_questionnaire
from actionlines.formats.tabular import Grid, read_grid
from actionlines.frameworks import area
from actionlines.measurement.questionnaire import questions
from actionlines.problems import InputError, Problem, marked
from actionlines_web.accounts.actor import Actor, System
from actionlines_web.accounts.models import User
from actionlines_web.accounts.queries import user_with_address
from actionlines_web.audit.actions import write_record
from actionlines_web.indicators.actions.batches import keep_grid
from actionlines_web.indicators.models import ObservationBatch, Questionnaire
from actionlines_web.indicators.queries.questionnaires import asked_people, unanswered_before
from actionlines_web.indicators.reading import Given
from actionlines_web.indicators.rules import answers, reports_for
from actionlines_web.outbox.actions import page_address, queue_message, reading_language

# What is answered to one question: value, flag, note, source.
Answer = Sequence[str]


@transaction.atomic
def ask(actor: User, *, economy: str, year: int, kind: str, due: date) -> Questionnaire:
    """Ask an economy for its counts of a year, and tell those who answer.

    Raises:
        InputError: it was asked already, or the day has passed.
        PermissionDenied: the actor is no coordinator.
    """
    if not actor.has_perm("indicators.ask"):
        raise PermissionDenied("only coordinators ask")
    if due < timezone.now().date():
        raise InputError([Problem(marked("the day has passed."), column="due")])
    made, new = Questionnaire.objects.get_or_create(
        economy=economy, year=year, kind=kind, defaults={"due": due, "asked_by": actor}
    )
    if not new:
        raise InputError([Problem(marked("this was asked already."), column="year")])
    _tell(actor, made)
    write_record(actor, "ask", made, {"country": economy, "year": year, "kind": kind})
    return made


@transaction.atomic
def delegate(actor: User, questionnaire_id: int, address: str) -> User:
    """Let somebody else answer as well.

    Raises:
        InputError: nobody with an account reads mail at this address.
        PermissionDenied: the actor does not report for the economy.
    """
    questionnaire = Questionnaire.objects.select_for_update().get(pk=questionnaire_id)
    if not reports_for(actor, questionnaire.economy):
        raise PermissionDenied("only whoever reports for the economy shares the work")
    person = user_with_address(address)
    if person is None or not person.is_active:
        raise InputError(
            [Problem(marked("nobody with an account here reads mail at this address."), column="address")]
        )
    questionnaire.respondents.add(person)
    _tell(actor, questionnaire, [person])
    write_record(actor, "delegate", questionnaire, {"person": person.pk})
    return person


def answer_by_file(actor: User, questionnaire_id: int, data: bytes, name: str) -> ObservationBatch:
    """Answer with the workbook that was handed out: staged and checked as any file is.

    Raises:
        InputError: no table, or not the workbook of this questionnaire.
    """
    questionnaire = _answerable(actor, questionnaire_id)
    grid = read_grid(data, name)
    expected = layout.mark(questionnaire.kind, questionnaire.economy, questionnaire.year)
    if not is_questionnaire(grid) or grid.rows[0][0] != expected:
        template = marked("the file is not the workbook of this questionnaire.")
        raise InputError([Problem(template, file=name, row=1, column="A1")])
    return _stage(actor, questionnaire, grid)


def answer_by_form(
    actor: User, questionnaire_id: int, said: Mapping[tuple[str, str], Answer]
) -> ObservationBatch:
    """Answer on the page; what is said goes the way of the workbook.

    Args:
        said: (series, breakdown) to value, flag, note and source as they were written.
    """
    questionnaire = _answerable(actor, questionnaire_id)
    head = layout.mark(questionnaire.kind, questionnaire.economy, questionnaire.year)
    rows: list[tuple[str, ...]] = [(head,), *[("",)] * (layout.HEADER - 1)]
    for one in questions(questionnaire.kind):
        answer = said.get((one.series.code, one.breakdown), ("", "", "", ""))
        rows.append((one.series.code, one.breakdown, "", "", "", *(cell.strip() for cell in answer)))
    return _stage(actor, questionnaire, Grid(f"{questionnaire}", tuple(rows)))


def remind_respondents(today: date | None = None) -> int:
    """Remind everybody who still has to answer a questionnaire that is due soon, once; returns how many messages."""
    day = today or timezone.now().date()
    sent = 0
    for key in list(unanswered_before(day).values_list("pk", flat=True)):
        with transaction.atomic():
            questionnaire = Questionnaire.objects.select_for_update().get(pk=key)
            if questionnaire.reminded_on is not None:
                continue
            questionnaire.reminded_on = day
            questionnaire.save(update_fields=["reminded_on"])
            sent += _tell(System("worker"), questionnaire)
    return sent


def _answerable(actor: User, questionnaire_id: int) -> Questionnaire:
    questionnaire = Questionnaire.objects.get(pk=questionnaire_id)
    if not answers(actor, questionnaire):
        raise PermissionDenied("only those who are asked answer")
    return questionnaire


@transaction.atomic
def _stage(actor: User, questionnaire: Questionnaire, grid: Grid) -> ObservationBatch:
    given = Given(_source(questionnaire), timezone.now().date())
    batch = keep_grid(actor, grid, given, frozenset({questionnaire.economy}))
    Questionnaire.objects.filter(pk=questionnaire.pk).update(batch=batch)
    return batch


def _source(questionnaire: Questionnaire) -> str:
    return f"Questionnaire {questionnaire.year}"


def _tell(actor: Actor, questionnaire: Questionnaire, people: Sequence[User] | None = None) -> int:
    told = asked_people(questionnaire) if people is None else people
    sent = 0
    for person in told:
        language = reading_language(person)
        values = {
            "economy": area(questionnaire.economy).names.get(language),
            "year": str(questionnaire.year),
            "due": format_date(questionnaire.due, "long", locale=language),
            "address": page_address(person, "indicators:questionnaire", questionnaire.pk),
        }
        sent += queue_message(actor, person, "questionnaire", values) is not None
    return sent
