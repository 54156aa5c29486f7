"""What every template knows."""

from typing import Any

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language, get_language_info

import actionlines
from actionlines.text import direction
from actionlines_web.ui.language import library_language

# The languages offered, in the order the United Nations names them.
OFFERED = ("ar", "zh-hans", "en", "fr", "ru", "es")


def site(request: HttpRequest) -> dict[str, Any]:
    """Language, direction, the addresses of this page in the other languages, whether this is a demonstration."""
    language = library_language()
    address = request.get_full_path()
    # Absent where a request is refused before anybody is looked up: the error page is still a page.
    user = getattr(request, "user", None)
    return {
        "language": language,
        "direction": direction(language),
        "page_languages": [
            {
                "code": code,
                "name": get_language_info(code)["name_local"],
                "address": translate_url(address, code),
                "current": code == get_language(),
                "direction": direction(code),
            }
            for code in OFFERED
        ],
        "demonstration": settings.DEMONSTRATION,
        "version": actionlines.__version__,
        "site_address": _site_address(request),
        "may_import": user is not None
        and user.is_authenticated
        and user.has_perm("stocktaking.import_entries"),
        "may_moderate": user is not None and user.is_authenticated and user.has_perm("stocktaking.see_queue"),
    }


def _site_address(request: HttpRequest) -> str:
    """'https://host' of this request; '' for a host name that is not served."""
    try:
        return f"{request.scheme}://{request.get_host()}"
    except DisallowedHost:
        return ""
