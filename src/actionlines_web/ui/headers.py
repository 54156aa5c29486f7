"""What every answer says to browsers beside the content policy: no sensors, no use by other sites, no copies of private pages."""

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse

# Powerful features of browsers that no page uses; passkeys may be made and used on our own pages.
REFUSED_FEATURES: Final = (
    *("accelerometer", "autoplay", "camera", "display-capture", "fullscreen", "geolocation", "gyroscope"),
    *("magnetometer", "microphone", "midi", "payment", "screen-wake-lock", "usb", "xr-spatial-tracking"),
)
_POLICY: Final = ", ".join(
    [
        *(f"{feature}=()" for feature in REFUSED_FEATURES),
        "publickey-credentials-create=(self)",
        "publickey-credentials-get=(self)",
    ]
)
# Open data is for everybody's pages; all else is for ours.
_OPEN_PREFIX: Final = "/api/v1/"


class SecurityHeaders:
    """Sets them where a page has not said otherwise."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, with the headers."""
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", _POLICY)
        reach = "cross-origin" if request.path_info.startswith(_OPEN_PREFIX) else "same-origin"
        response.headers.setdefault("Cross-Origin-Resource-Policy", reach)
        # Whoever has a session is shown what others may not see: nothing of it stays on a disk or with a proxy.
        name = settings.SESSION_COOKIE_NAME
        if name in request.COOKIES or name in response.cookies:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response
