"""Reading meetings and their documents, regional events and initiatives, needs and offers: what is public of them."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from ninja import Query, Router

from actionlines.frameworks.initiatives import initiatives
from actionlines_web.accounts.actor import Actor
from actionlines_web.api.schema import MISSING, REFUSED
from actionlines_web.api.schema_cooperation import (
    DocumentPage,
    DocumentParameters,
    EventPage,
    EventParameters,
    InitiativeOut,
    MeetingOut,
    PartnershipFigure,
    ProposalPage,
    ProposalParameters,
)
from actionlines_web.events import queries as events
from actionlines_web.events.queries import EventQuery
from actionlines_web.meetings import queries as meetings
from actionlines_web.meetings.queries import DocumentQuery
from actionlines_web.partnerships import queries as partnerships
from actionlines_web.partnerships.queries import ProposalQuery
from actionlines_web.ui.language import library_language

router = Router(tags=["cooperation"])
# Whoever asks, with a token or without, is told what everybody may read.
EVERYBODY: Actor = AnonymousUser()


@router.get("/meetings", response={200: list[MeetingOut], **REFUSED}, operation_id="listMeetings")
def list_meetings(request: HttpRequest) -> list[dict[str, Any]]:
    """The public meetings, the latest first."""
    language = library_language()
    return [
        {
            "id": item.slug,
            "title": item.title.get(language),
            "place": item.place or None,
            **{name: getattr(item, name) for name in ("kind", "series", "first_day", "last_day", "deadline")},
        }
        for item in meetings.meetings_for(EVERYBODY)
    ]


@router.get(
    "/meetings/{id}/documents", response={200: DocumentPage, **MISSING}, operation_id="listMeetingDocuments"
)
def list_meeting_documents(
    request: HttpRequest,
    response: HttpResponse,
    id: str,  # noqa: A002
    parameters: Query[DocumentParameters],
) -> dict[str, Any]:
    """The public documents of a meeting, the newest first; no draft, nothing restricted or withdrawn."""
    if "\x00" in id or not meetings.meetings_for(EVERYBODY).filter(slug=id).exists():
        raise Http404
    query = DocumentQuery(meeting=id, before=parameters.before or 0)
    found, following = meetings.page_of_documents(EVERYBODY, query)
    return {
        "items": [_document(request, item) for item in found],
        "next": _next(request, response, "before", following) if following else None,
    }


def _document(request: HttpRequest, item: Any) -> dict[str, Any]:
    words = meetings.words_in(item, library_language())
    texts = {name: getattr(words, name, "") for name in ("language", "title", "summary", "action")}
    address = request.build_absolute_uri(reverse("meetings:contribution", args=[item.pk]))
    return {
        "number": item.code,
        "meeting": item.meeting.slug,
        "item": item.item.number if item.item else None,
        "organisation": item.organisation.name,
        "late": item.late,
        "submitted": item.submitted_at,
        "languages": [known.language for known in item.words.all()],
        "references": [line for line in getattr(words, "references", "").splitlines() if line.strip()],
        "address": address,
        **texts,
    }


@router.get("/events", response={200: EventPage, **REFUSED}, operation_id="listEvents")
def list_events(
    request: HttpRequest, response: HttpResponse, parameters: Query[EventParameters]
) -> dict[str, Any]:
    """The regional events that were announced, those to come if nothing else is asked for."""
    query = EventQuery.from_params(_said(parameters))
    found, following = events.page_of_events(EVERYBODY, query, timezone.now())
    numbers = events.participant_counts(found)
    return {
        "items": [_event(request, item, numbers.get(item.pk, 0)) for item in found],
        "next": _next(request, response, "after", following) if following else None,
    }


def _event(request: HttpRequest, item: Any, participants: int) -> dict[str, Any]:
    return {
        "id": item.slug,
        "title": item.title.get(library_language()),
        "cancelled": item.state == "cancelled",
        **{name: getattr(item, name) for name in ("kind", "starts", "ends", "zone", "online")},
        **{name: getattr(item, name) or None for name in ("region", "country", "city", "website")},
        "initiatives": item.initiative_keys,
        "participants": participants,
        "address": request.build_absolute_uri(reverse("events:event", args=[item.slug])),
    }


@router.get(
    "/events/initiatives", response={200: list[InitiativeOut], **REFUSED}, operation_id="listInitiatives"
)
def list_initiatives(request: HttpRequest) -> list[dict[str, Any]]:
    """The regional initiatives of all cycles, as far as their titles were found."""
    language = library_language()
    names = ("cycle", "code", "region", "source", "status")
    return [
        {"title": item.title.get(language), **{name: getattr(item, name) for name in names}}
        for item in initiatives().values()
    ]


@router.get("/partnerships", response={200: ProposalPage, **REFUSED}, operation_id="listProposals")
def list_proposals(
    request: HttpRequest, response: HttpResponse, parameters: Query[ProposalParameters]
) -> dict[str, Any]:
    """The open needs and offers, the newest first, without contacts."""
    query = ProposalQuery.from_params(_said(parameters))
    found, following = partnerships.page_of_proposals(EVERYBODY, query)
    names = ("side", "kind", "title", "description", "language")
    items = [
        {
            "id": item.pk,
            "organisation": item.organisation.name,
            **{name: getattr(item, name) for name in names},
            "lines": item.line_codes,
            "targets": item.target_codes,
            "countries": item.country_codes,
            "amount": str(item.amount) if item.amount is not None else None,
            "currency": item.currency or None,
        }
        for item in found
    ]
    return {"items": items, "next": _next(request, response, "before", following) if following else None}


@router.get(
    "/partnerships/figures",
    response={200: list[PartnershipFigure], **REFUSED},
    operation_id="listPartnershipFigures",
)
def list_partnership_figures(request: HttpRequest) -> list[dict[str, Any]]:
    """Open needs and offers by kind, and the agreements and sums that both sides let be counted."""
    return [
        {
            "kind": row.kind,
            "open_needs": row.needs,
            "open_offers": row.offers,
            "agreements": row.agreements,
            "money": [
                {"currency": item.currency, "pledged": str(item.pledged), "paid": str(item.paid)}
                for item in row.money
            ],
        }
        for row in partnerships.figures()
    ]


def _said(parameters: Any) -> dict[str, Any]:
    return {name: value for name, value in parameters.dict().items() if value is not None}


def _next(request: HttpRequest, response: HttpResponse, name: str, key: object) -> str:
    address = request.GET.copy()
    address[name] = str(key)
    following = request.build_absolute_uri(f"{request.path}?{address.urlencode()}")
    response["Link"] = f'<{following}>; rel="next"'
    return following
