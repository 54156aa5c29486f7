"""Entries like another one, as a page and as the part of the entry's own page that is fetched when it comes into view."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from actionlines_web.stocktaking.queries import entry_by_identifier
from actionlines_web.stocktaking.queries.alike import alike as entries_alike
from actionlines_web.ui.partial import render_page


@require_safe
def alike(request: HttpRequest, identifier: str) -> HttpResponse:
    """The most similar entries with what they share."""
    found = entry_by_identifier(identifier)
    if found is None:
        raise Http404
    context = {"entry": found, "others": entries_alike(found)}
    return render_page(request, "stocktaking/alike.html", "stocktaking/_alike.html", context)
