"""Giving out attached files: as a download, in a sandbox, from a host of their own where there is one."""

from typing import cast

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from actionlines.stocktaking.attachment import KINDS
from actionlines_web.accounts.models import User
from actionlines_web.stocktaking.files import on_files_host, pass_for, passes
from actionlines_web.stocktaking.models import EntryAttachment
from actionlines_web.stocktaking.queries.attachments import attachment_by_key, is_public
from actionlines_web.stocktaking.rules import parts_of


@require_safe
def file(request: HttpRequest, key: str, name: str) -> HttpResponseBase:
    """The file, where the reader may have it; whoever may not learns nothing of it."""
    found = attachment_by_key(key)
    if found is None or found.scan != EntryAttachment.Scan.CLEAN:
        raise Http404
    public = is_public(found)
    if on_files_host(request):
        if not public and not passes(key, request.GET.get("pass", "")):
            raise Http404
        return _given(found, public=public)
    if not public and not parts_of(cast("User", request.user), found.submission):
        raise Http404
    if settings.FILES_ADDRESS:
        query = "" if public else "?" + urlencode({"pass": pass_for(key)})
        return redirect(f"{settings.FILES_ADDRESS}{request.path}{query}")
    return _given(found, public=public)


def _given(attachment: EntryAttachment, *, public: bool) -> FileResponse:
    try:
        content = attachment.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(
        content,
        as_attachment=True,
        filename=attachment.name,
        content_type=KINDS[attachment.kind].media_type,
    )
    # Whatever is inside: no script, no form, no frame, and no guess at another type.
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-site"
    response["Cache-Control"] = "public, max-age=3600" if public else "private, no-store"
    return response
