"""What an address of coordination names, or 404; and refusals as pages show them."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from actionlines.frameworks import Node, catalogue
from actionlines.problems import InputError
from actionlines_web.coordination.models import RoadMap
from actionlines_web.coordination.rules import sees
from actionlines_web.ui.problems import shown


def today() -> date:
    return timezone.localdate()


def line_of(code: str) -> Node:
    framework = catalogue().frameworks["wsis"]
    if code not in framework:
        raise Http404
    return framework[code]


def road_map_of(request: HttpRequest, code: str, cycle: str) -> RoadMap:
    found = get_object_or_404(RoadMap, line=code, cycle=cycle)
    if not sees(request.user, found):
        raise Http404
    return found


def kept_map(request: HttpRequest, code: str, cycle: str) -> RoadMap:
    found = road_map_of(request, code, cycle)
    if not request.user.has_perm("coordination.keep_line", found.line):
        raise PermissionDenied
    return found


def told(error: InputError) -> list[dict[str, Any]]:
    return [shown(problem) for problem in error.problems]
