"""Reads of meetings."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from babel.dates import format_interval
from django.db.models import Prefetch, Q, QuerySet

from actionlines.reports.paper import Paper
from actionlines.results.contributions import document_number
from actionlines.text import search_terms
from actionlines_web.accounts.actor import Actor
from actionlines_web.accounts.models import User
from actionlines_web.accounts.rules import is_coordinator
from actionlines_web.meetings.models import AgendaItem, Contribution, Meeting, PaperFile, Words
from actionlines_web.meetings.rules import reads_restricted
from actionlines_web.organisations.queries import organisations_of

PAGE_SIZE: Final = 50
MOST_IN_FEED: Final = 50
MOST_TERMS: Final = 20


def meetings_for(actor: Actor) -> QuerySet[Meeting]:
    """The meetings the actor may see, the latest first."""
    found = Meeting.objects.order_by("-first_day", "-pk")
    return found if is_coordinator(actor) else found.filter(public=True)


def page_of_meetings(actor: Actor, before: str = "") -> tuple[Sequence[Meeting], str]:
    """A page of meetings, and where the next one begins ('' on the last)."""
    found = meetings_for(actor)
    last = Meeting.objects.filter(slug=before).first() if before else None
    if last is not None:
        found = found.filter(Q(first_day__lt=last.first_day) | Q(first_day=last.first_day, pk__lt=last.pk))
    page = list(found[: PAGE_SIZE + 1])
    return page[:PAGE_SIZE], page[PAGE_SIZE - 1].slug if len(page) > PAGE_SIZE else ""


def agenda_of(meeting: Meeting) -> Sequence[AgendaItem]:
    """The items in their order."""
    return list(meeting.agenda.all())


def visible(actor: Actor) -> QuerySet[Contribution]:
    """The contributions the actor may see (the rule `sees`, as a filter)."""
    public = Q(state=Contribution.State.SUBMITTED)
    if not reads_restricted(actor):
        public &= Q(restricted=False)
    if is_coordinator(actor):
        public |= Q(state=Contribution.State.WITHDRAWN)
    else:
        public &= Q(meeting__public=True)
    return Contribution.objects.filter(public | Q(organisation__in=organisations_of(actor)))


def published() -> QuerySet[Contribution]:
    """What everybody may read: submitted, not restricted, of a public meeting."""
    return Contribution.objects.filter(
        state=Contribution.State.SUBMITTED, restricted=False, meeting__public=True
    )


@dataclass(frozen=True, slots=True)
class DocumentQuery:
    """A filter of the list of documents.

    Attributes:
        q: words that the texts and files hold, the last one as a beginning.
        meeting: slug, or '' for all.
        item: number of an agenda item of the meeting.
        late: only documents that came after the deadline.
        before: number of the row after which the page begins, 0 for the first.
    """

    q: str = ""
    meeting: str = ""
    item: str = ""
    late: bool = False
    before: int = 0

    @classmethod
    def from_params(cls, params: Any) -> "DocumentQuery":
        """The filter of an address; what cannot be used is left out."""
        before = params.get("before", "")
        return cls(
            params.get("q", "")[:200],
            params.get("meeting", "")[:40],
            params.get("item", "")[:8],
            params.get("late", "") == "1",
            int(before) if before.isdecimal() and len(before) < 16 else 0,
        )

    def apply(self, found: QuerySet[Contribution]) -> QuerySet[Contribution]:
        """Those that match, the newest first; of one meeting by their number, drafts before them."""
        terms = search_terms(self.q)[:MOST_TERMS]
        for term in terms[:-1]:
            found = found.filter(terms__contains=f" {term} ")
        if terms:
            found = found.filter(terms__contains=f" {terms[-1]}")
        if self.meeting:
            found = found.filter(meeting__slug=self.meeting)
        if self.item:
            found = found.filter(item__number=self.item)
        if self.late:
            found = found.filter(late=True)
        return found.order_by("-pk")


def with_all(found: QuerySet[Contribution]) -> QuerySet[Contribution]:
    """With what a list shows of each, in a fixed number of queries."""
    return found.select_related("meeting", "item", "organisation").prefetch_related(
        "words", Prefetch("files", PaperFile.objects.order_by("pk").defer("text"))
    )


def page_of_documents(actor: Actor, query: DocumentQuery) -> tuple[Sequence[Contribution], int]:
    """A page of documents the actor may see, and where the next one begins (0 on the last)."""
    found = query.apply(visible(actor))
    if query.before:
        found = found.filter(pk__lt=query.before)
    page = list(with_all(found)[: PAGE_SIZE + 1])
    return page[:PAGE_SIZE], page[PAGE_SIZE - 1].pk if len(page) > PAGE_SIZE else 0


def feed_of(meeting: Meeting | None) -> Sequence[Contribution]:
    """The public documents changed last, of one meeting or of all."""
    found = published() if meeting is None else published().filter(meeting=meeting)
    return list(with_all(found).order_by("-changed_at", "-pk")[:MOST_IN_FEED])


def contribution_by_number(number: int) -> Contribution | None:
    """One with all that belongs to it."""
    return with_all(Contribution.objects.filter(pk=number)).first()


def file_by_key(key: str) -> PaperFile | None:
    """The file with this key, with what it belongs to."""
    return PaperFile.objects.select_related("contribution__meeting").filter(key=key).first()


def words_in(contribution: Contribution, language: str) -> Words | None:
    """The texts in a language, else in English, else in the first there is."""
    known = {item.language: item for item in contribution.words.all()}
    return known.get(language) or known.get("en") or next(iter(known.values()), None)


def paper_of(contribution: Contribution, words: Words, language: str) -> Paper:
    """What the cover page of a document says."""
    meeting = contribution.meeting
    number = (
        document_number(meeting.series, contribution.number, contribution.revision, words.language)
        if contribution.number
        else ""
    )
    return Paper(
        language=words.language,
        meeting=meeting.title.get(language),
        place=meeting.place,
        dates=format_interval(meeting.first_day, meeting.last_day, "yMMMMd", locale=language),
        number=number,
        source=contribution.organisation.name,
        title=words.title,
        summary=words.summary,
        action=words.action,
        references=tuple(line.strip() for line in words.references.splitlines() if line.strip()),
    )


def held_about(user: User) -> list[dict[str, Any]]:
    """The contributions a person wrote, as plain data."""
    return [
        {
            "meeting": item.meeting.slug,
            "document": item.code,
            "organisation": item.organisation.name,
            "state": item.state,
            "titles": {words.language: words.title for words in item.words.all()},
            "files": [file.name for file in item.files.all()],
        }
        for item in with_all(Contribution.objects.filter(author=user).order_by("pk"))
    ]
