"""Documents of all meetings: list and search, feed, files."""

from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from actionlines_web.meetings import queries
from actionlines_web.meetings.models import Contribution
from actionlines_web.meetings.pages.found import listed, meeting_of
from actionlines_web.meetings.queries import DocumentQuery
from actionlines_web.meetings.rules import sees
from actionlines_web.stocktaking.files import on_files_host, pass_for, passes
from actionlines_web.stocktaking.keeping import given
from actionlines_web.ui.language import library_language


@require_safe
def documents(request: HttpRequest) -> HttpResponse:
    """The documents of all meetings that the reader may see, searched by their words."""
    query = DocumentQuery.from_params(request.GET)
    found, following = queries.page_of_documents(request.user, query)
    context = {"query": query, "documents": listed(found), "following": following}
    return render(request, "meetings/documents.html", context)


@require_safe
def feed(request: HttpRequest, slug: str = "") -> HttpResponse:
    """The public documents of a meeting, or of all, as an Atom feed; nothing else whoever asks."""
    meeting = meeting_of(request, slug) if slug else None
    language = library_language()
    title = meeting.title.get(language) if meeting else gettext("Documents of meetings")
    link = reverse("meetings:meeting", args=[slug]) if slug else reverse("meetings:documents")
    made = Atom1Feed(
        title,
        request.build_absolute_uri(link),
        "",
        language=language,
        feed_url=request.build_absolute_uri(),
        author_name="actionlines",
    )
    for document in listed(queries.feed_of(meeting)):
        item, words = document.contribution, document.words
        address = request.build_absolute_uri(reverse("meetings:contribution", args=[item.pk]))
        made.add_item(
            f"{item.code} {words.title if words else ''}".strip(),
            address,
            words.summary if words else "",
            unique_id=address,
            author_name=item.organisation.name,
            pubdate=item.submitted_at,
            updateddate=item.changed_at,
        )
    return HttpResponse(made.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


@require_safe
def paper_file(request: HttpRequest, key: str, name: str) -> HttpResponseBase:
    """A file of a contribution, where the reader may have it; whoever may not learns nothing of it."""
    found = queries.file_by_key(key) if "\x00" not in key else None
    if found is None:
        raise Http404
    public = _is_public(found.contribution)
    if on_files_host(request):
        if not public and not passes(key, request.GET.get("pass", "")):
            raise Http404
        return given(found.file, found.name, found.kind, public=public)
    if not sees(request.user, found.contribution):
        raise Http404
    if settings.FILES_ADDRESS:
        query = "" if public else "?" + urlencode({"pass": pass_for(key)})
        return redirect(f"{settings.FILES_ADDRESS}{request.path}{query}")
    return given(found.file, found.name, found.kind, public=public)


def _is_public(contribution: Contribution) -> bool:
    submitted = contribution.state == Contribution.State.SUBMITTED
    return submitted and not contribution.restricted and contribution.meeting.public
