"""The list of entries as a file, and as a feed."""

from collections.abc import Iterator
from dataclasses import fields
from itertools import chain, islice

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response, set_response_etag
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from actionlines.problems import Problem, marked
from actionlines_web.stocktaking.actions import order_problems
from actionlines_web.stocktaking.exports import FORMATS, feed
from actionlines_web.stocktaking.queries import EntryQuery, Words
from actionlines_web.ui.templatetags.actionlines import problem_expectation, problem_message


@require_safe
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    """Every entry that passes the filter, as a file made while it is sent.

    A parameter that cannot be used is refused: a file of other entries than were asked for would not be noticed.
    """
    wanted = FORMATS.get(form)
    if wanted is None:
        raise Http404
    query, problems = asked(request)
    problems = problems or order_problems(query, form)
    if problems:
        return _refused(problems)
    parts = wanted.parts(wanted.read(query), _words(request))
    # Header and first rows are made before the answer begins, so that what goes wrong at once is an error page.
    response = StreamingHttpResponse(_begun(parts), content_type=wanted.media_type)
    name = f"entries-{timezone.now():%Y-%m-%d}.{wanted.ending or form}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
def atom(request: HttpRequest) -> HttpResponseBase:
    """The newest entries that pass the filter; readers ask again and again, so an unchanged feed is not sent again."""
    query, problems = asked(request)
    if problems:
        return _refused(problems)
    list_address = request.build_absolute_uri(reverse("stocktaking:entries") + query.address())
    content = feed.atom(
        query,
        _words(request),
        title=gettext("Newest entries"),
        list_address=list_address,
        feed_address=request.build_absolute_uri(),
    )
    response = HttpResponse(content, content_type=feed.MEDIA_TYPE)
    set_response_etag(response)
    return get_conditional_response(request, etag=response["ETag"], response=response) or response


def asked(request: HttpRequest) -> tuple[EntryQuery, list[Problem]]:
    """The query and everything that is wrong with it, parameters that do not exist included."""
    query = EntryQuery.from_params(request.GET)
    known = {item.name for item in fields(EntryQuery)} - {"problems"}
    unknown = [
        Problem(
            marked("There is no such parameter."),
            column=name[:80],
            expected=marked("a parameter of the list of entries."),
        )
        for name in request.GET
        if name not in known
    ]
    return query, [*query.problems, *unknown]


def _words(request: HttpRequest) -> Words:
    return Words.of_reader(request.build_absolute_uri("/").rstrip("/"))


def _begun(parts: Iterator[bytes]) -> Iterator[bytes]:
    return chain(list(islice(parts, 2)), parts)


def _refused(problems: list[Problem]) -> HttpResponse:
    lines = [
        " ".join(
            part
            for part in (
                f"{problem.column}:" if problem.column else "",
                problem_message(problem),
                problem_expectation(problem),
            )
            if part
        )
        for problem in problems
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8", status=422)
