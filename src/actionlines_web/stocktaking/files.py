"""The files' own host: it gives out attachments and nothing else, so that no page of the site shares an origin with them."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

# A pass opens a file that is not public for a moment, on a host where nobody is signed in.
PASS_SECONDS = 120
_SALT = "actionlines.files"


class FilesHost:
    """Answers only files on the host of FILES_ADDRESS; everything else is not there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let files pass."""
        if on_files_host(request) and not request.path.startswith("/files/"):
            return HttpResponse("not found\n", status=404, content_type="text/plain")
        return self.get_response(request)


def on_files_host(request: HttpRequest) -> bool:
    """Whether the files' own host was asked."""
    return bool(settings.FILES_ADDRESS) and request.get_host() == urlsplit(settings.FILES_ADDRESS).netloc


def pass_for(key: str) -> str:
    """A pass to the file, for somebody whose right was checked."""
    return signing.TimestampSigner(salt=_SALT).sign(key).partition(":")[2]


def passes(key: str, said: str) -> bool:
    """Whether the pass is for this file and still good."""
    try:
        signing.TimestampSigner(salt=_SALT).unsign(f"{key}:{said}", max_age=PASS_SECONDS)
    except signing.BadSignature:
        return False
    return True
