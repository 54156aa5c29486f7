"""Short addresses lead to the view they stand for."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from actionlines_web.stocktaking.queries import EntryQuery
from actionlines_web.stocktaking.queries.permalinks import VIEWS, params_of


@require_safe
def permalink(request: HttpRequest, view: str, parts: str = "") -> HttpResponse:
    """Lead on to the list, the matrix or the feed with its filter; an address that means nothing leads nowhere."""
    params = params_of(parts) if view in VIEWS and "\x00" not in parts else None
    if params is None:
        raise Http404
    query = EntryQuery.from_params(params)
    if query.problems:
        raise Http404
    return redirect(reverse(VIEWS[view]) + query.address())
