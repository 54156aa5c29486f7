"""Success stories: all, one, its picture, the feed, and telling one."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actionlines.problems import InputError
from actionlines.stocktaking.story import MOST_CHARACTERS
from actionlines_web.accounts.models import User
from actionlines_web.prizes.queries.results import success_of
from actionlines_web.stocktaking.queries import entry_by_identifier
from actionlines_web.stories.actions import Told, Upload, tell_story, withdraw_story
from actionlines_web.stories.forms import StoryForm
from actionlines_web.stories.models import Story
from actionlines_web.stories.queries import stories as all_stories
from actionlines_web.stories.queries import story_of
from actionlines_web.ui.language import library_language
from actionlines_web.ui.problems import sentence

PAGE_SIZE = 24
MOST_IN_FEED = 50


@require_safe
def stories(request: HttpRequest) -> HttpResponse:
    """The stories, the newest year first."""
    page = Paginator(all_stories(), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "stories/stories.html", {"page": page})


@require_safe
def story(request: HttpRequest, identifier: str) -> HttpResponse:
    """One story."""
    return render(
        request, "stories/story.html", {"story": _found(identifier), "may_tell": _may_tell(request)}
    )


@require_safe
def picture(request: HttpRequest, identifier: str) -> HttpResponseBase:
    """The picture, which was drawn here and is a JPEG whatever was uploaded."""
    found = _found(identifier)
    try:
        content = found.picture.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(content, content_type="image/jpeg", filename=f"{identifier}.jpg")
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "public, max-age=3600"
    return response


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The stories told last, as an Atom feed."""
    made = Atom1Feed(
        gettext("Success stories"),
        request.build_absolute_uri(reverse("stories:stories")),
        "",
        language=library_language(),
        feed_url=request.build_absolute_uri(),
        author_name="actionlines",
    )
    for found in all_stories().order_by("-pk")[:MOST_IN_FEED]:
        address = request.build_absolute_uri(reverse("stories:story", args=[found.entry.identifier]))
        organisation = found.entry.organisation
        made.add_item(
            found.entry.title,
            address,
            found.summary,
            unique_id=address,
            author_name=organisation.name if organisation else None,
            pubdate=found.created_at,
            updateddate=found.changed_at,
        )
    return HttpResponse(made.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def tell(request: HttpRequest, identifier: str) -> HttpResponse:
    """Promote an entry, or change its story."""
    if not _may_tell(request):
        raise PermissionDenied
    entry = entry_by_identifier(identifier)
    if entry is None:
        raise Http404
    stood = story_of(identifier)
    form = StoryForm(request.POST or None, request.FILES or None, initial=_initial(stood, entry))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        file = given.pop("picture")
        upload = Upload(file.name, file.size, file.read) if file else None
        try:
            tell_story(cast("User", request.user), identifier, Told(**given), upload)
        except InputError as error:
            for problem in error.problems:
                form.add_error(problem.column if problem.column in form.fields else None, sentence(problem))
        else:
            messages.success(request, gettext("The story was saved."))
            return redirect("stories:story", identifier)
    status = 422 if request.method == "POST" else 200
    return render(request, "stories/tell.html", {"form": form, "entry": entry, "story": stood}, status=status)


@login_required
@require_POST
def withdraw(request: HttpRequest, identifier: str) -> HttpResponse:
    """Take a story back."""
    try:
        withdraw_story(cast("User", request.user), identifier)
    except LookupError as error:
        raise Http404 from error
    messages.success(request, gettext("The story was taken back."))
    return redirect("stocktaking:entry", identifier)


def _found(identifier: str) -> Story:
    found = story_of(identifier) if "\x00" not in identifier else None
    if found is None:
        raise Http404
    return found


def _may_tell(request: HttpRequest) -> bool:
    return request.user.is_authenticated and request.user.has_perm("stories.tell_stories")


def _initial(stood: Story | None, entry: Any) -> dict[str, object]:
    if stood is None:
        won = success_of(entry.identifier, timezone.now())
        if won is None:
            return {"language": library_language(), "year": entry.year or None}
        return {
            "summary": won.summary[:MOST_CHARACTERS].rstrip(),
            "language": won.language,
            "year": won.year,
        }
    return {name: getattr(stood, name) for name in ("summary", "language", "year", "alternative")}
