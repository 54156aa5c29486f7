"""The editions, one edition with its dates, its data and its days."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from actionlines.problems import InputError
from actionlines.programme.edition import Edition as LibraryEdition
from actionlines.programme.edition import Period
from actionlines_web.forum import labels
from actionlines_web.forum.actions import editions as actions
from actionlines_web.forum.forms import show_problems
from actionlines_web.forum.forms.desk import EditionFileForm, EditionForm, MoveDayForm
from actionlines_web.forum.pages.found import METHODS, context_of, found_edition, run_edition
from actionlines_web.forum.queries.consultation import chosen_facilitators
from actionlines_web.forum.queries.editions import edition_of, moves_of
from actionlines_web.forum.queries.editions import editions as all_editions
from actionlines_web.forum.queries.published import published


@require_safe
def editions(request: HttpRequest) -> HttpResponse:
    """Every edition."""
    return render(request, "forum/editions.html", {"editions": all_editions()})


@require_safe
def edition(request: HttpRequest, slug: str) -> HttpResponse:
    """An edition: its days and places, the phases of its consultation, what is open now."""
    found = found_edition(slug)
    data = edition_of(found)
    now = timezone.now()
    context = context_of(
        request,
        found,
        published=published(found),
        periods=periods_of(data),
        takes=[what for what in labels.TAKES if data.takes(what, now)],
        moves=moves_of(found),
        facilitators=chosen_facilitators(found),
    )
    return render(request, "forum/edition.html", context)


def periods_of(data: LibraryEdition) -> list[tuple[Period, str, list[labels.Label]]]:
    """Each period with its state now, and what it takes in."""
    now = timezone.now()
    found = []
    for period in data.periods:
        starts, ends = data.bounds(period)
        state = "before" if now < starts else "open" if now < ends else "over"
        takes = [labels.TAKES[what] for what in labels.TAKES if what in period.takes]
        found.append((period, state, takes))
    return found


@login_required
@require_http_methods(METHODS)
def new_edition(request: HttpRequest) -> HttpResponse:
    """Make an edition of data that come with the site, or of a file."""
    if not request.user.has_perm("forum.run_edition"):
        raise PermissionDenied
    form = EditionForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given, file = form.cleaned_data, form.cleaned_data["file"]
        try:
            made = actions.create_edition(
                request.user,  # type: ignore[arg-type]
                slug=given["slug"],
                shipped="" if file else given["shipped"],
                text=file.read() if file else b"",
                file=file.name if file else "",
                name=given["name"],
            )
        except InputError as error:
            show_problems(form, error.problems)
        else:
            messages.success(request, gettext("The edition was made."))
            return redirect("forum:edition", made.slug)
    return render(request, "forum/new_edition.html", {"form": form}, status=422 if form.errors else 200)


@login_required
@require_http_methods(METHODS)
def change_edition(request: HttpRequest, slug: str) -> HttpResponse:
    """New data of the edition from a file, or a day on another date."""
    actor, found = run_edition(request, slug)
    moving = request.method == "POST" and "day" in request.POST
    form = EditionFileForm(
        *((request.POST, request.FILES) if request.method == "POST" and not moving else ())
    )
    day_form = MoveDayForm(edition_of(found), request.POST if moving else None)
    if request.method == "POST":
        try:
            if moving and day_form.is_valid():
                actions.move_day(actor, found, **day_form.cleaned_data)
                messages.success(
                    request, gettext("The day was moved; publish the schedule to tell everybody.")
                )
                return redirect("forum:change-edition", slug)
            if not moving and form.is_valid():
                file = form.cleaned_data["file"]
                actions.change_edition(actor, found, file.read(), file.name)
                messages.success(request, gettext("The edition was changed."))
                return redirect("forum:change-edition", slug)
        except InputError as error:
            show_problems(day_form if moving else form, error.problems)
    context = context_of(request, found, form=form, day_form=day_form, moves=moves_of(found))
    status = 422 if form.errors or day_form.errors else 200
    return render(request, "forum/change_edition.html", context, status=status)
