"""Saved searches of a person: keep one, look at it, rename it, be told, give it up."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actionlines.problems import InputError
from actionlines_web.accounts.models import User
from actionlines_web.alerts import actions
from actionlines_web.alerts.forms import SearchForm
from actionlines_web.alerts.models import SavedSearch
from actionlines_web.alerts.queries import query_of, searches_of
from actionlines_web.stocktaking.queries import EntryQuery
from actionlines_web.stocktaking.queries.wording import filter_words
from actionlines_web.ui.problems import sentence


@login_required
@never_cache
@require_safe
def searches(request: HttpRequest) -> HttpResponse:
    """All searches, each with its filter in words and its forms."""
    found = [_shown(search) for search in searches_of(cast("User", request.user))]
    return render(request, "alerts/searches.html", {"searches": found})


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def save(request: HttpRequest) -> HttpResponse:
    """Keep the filter that stands in the address."""
    query = EntryQuery.from_params(request.GET)
    initial = {"name": ", ".join(item["label"] for item in filter_words(query))[:100], "frequency": "daily"}
    form = SearchForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.save_search(cast("User", request.user), given["name"], query.params(), given["frequency"])
        except InputError as error:
            for problem in error.problems:
                form.add_error("name" if problem.column == "name" else None, sentence(problem))
        else:
            messages.success(request, gettext("The search was saved."))
            return redirect("alerts:searches")
    context = {"form": form, "words": filter_words(query), "query": query}
    status = 422 if request.method == "POST" else 200
    return render(request, "alerts/save.html", context, status=status)


@login_required
@require_POST
def change(request: HttpRequest, number: int) -> HttpResponse:
    """Rename a search, or be told more or less often."""
    given: QueryDict = request.POST
    try:
        actions.change_search(
            cast("User", request.user), number, given.get("name", ""), given.get("frequency", "")
        )
    except SavedSearch.DoesNotExist as error:
        raise Http404 from error
    except InputError as error:
        messages.error(request, " ".join(sentence(problem) for problem in error.problems))
    else:
        messages.success(request, gettext("The search was changed."))
    return redirect("alerts:searches")


@login_required
@require_POST
def delete(request: HttpRequest, number: int) -> HttpResponse:
    """Give a search up."""
    try:
        actions.delete_search(cast("User", request.user), number)
    except SavedSearch.DoesNotExist as error:
        raise Http404 from error
    messages.success(request, gettext("The search was deleted."))
    return redirect("alerts:searches")


def _shown(search: SavedSearch) -> dict[str, Any]:
    query = query_of(search)
    initial = {"name": search.name, "frequency": search.frequency}
    form = SearchForm(initial=initial, auto_id=f"search-{search.pk}-%s")
    form.fields["name"].help_text = ""  # said once, where the search was saved
    return {
        "search": search,
        "words": filter_words(query),
        "problems": query.problems,
        "address": reverse("stocktaking:entries") + query.address(),
        "form": form,
    }
