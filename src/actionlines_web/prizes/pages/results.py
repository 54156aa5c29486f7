"""The result: what was published, where one's receipt stands, certificates."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from actionlines.reports.certificate import Certificate, render_certificate
from actionlines.text import LANGUAGES
from actionlines_web.prizes.models import Project, Publication
from actionlines_web.prizes.pages.found import context_of, found_edition
from actionlines_web.prizes.queries import results
from actionlines_web.prizes.queries.editions import category_titles, paper_of
from actionlines_web.prizes.queries.projects import project_by_code
from actionlines_web.prizes.queries.voting import anchors_of, line_of_receipt


@require_safe
def result(request: HttpRequest, slug: str) -> HttpResponse:
    """The places of every category, the file that proves them, statistics; winners once they are announced."""
    found = found_edition(slug)
    now = timezone.now()
    publications = results.publications_of(found)
    context = context_of(
        request,
        found,
        standings=results.standings_of(found).items(),
        publications=publications,
        last=publications[0] if publications else None,
        anchors=list(anchors_of(found)[:40]),
        announced=results.is_announced(found, now),
        regions=results.funnel(found, "region") if publications else [],
        types=results.funnel(found, "stakeholder_type") if publications else [],
    )
    return render(request, "prizes/result.html", context)


@require_safe
def result_file(request: HttpRequest, slug: str, number: int) -> FileResponse:
    """The published file."""
    found = get_object_or_404(Publication, edition=found_edition(slug), number=number)
    return FileResponse(
        default_storage.open(found.file.name), as_attachment=True, filename=f"vote-{slug}-{number}.zip"
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: HttpRequest, slug: str) -> HttpResponse:
    """Where a receipt stands in the log. The code travels in the body, so that no log of addresses holds it."""
    found = found_edition(slug)
    code = request.POST.get("receipt", "").strip()
    line = line_of_receipt(found, code)
    nominee = paper_of(found).get(line.line.nominee) if line else None
    context = context_of(
        request, found, code=code, line=line, nominee=nominee, anchors=list(anchors_of(found)[:40])
    )
    return render(request, "prizes/receipt.html", context)


@require_safe
def certificate(request: HttpRequest, slug: str, code: str, language: str) -> HttpResponse:
    """The certificate of a champion or winner in a language, once the winners are announced."""
    found = found_edition(slug)
    project = project_by_code(found, code)
    announced = results.is_announced(found, timezone.now())
    if project is None or not project.champion or not announced or language not in LANGUAGES:
        raise Http404
    content = render_certificate(certificate_of(project, language))
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="certificate-{slug}-{code}-{language}.pdf"'
    return response


def certificate_of(project: Project, language: str) -> Certificate:
    """What the certificate of a champion says."""
    edition = project.edition
    return Certificate(
        language=language,
        edition=edition.name,
        title=project.title,
        title_language=project.language,
        organisation=project.fields.get("organisation", ""),
        category=category_titles(edition, language)[project.category],
        winner=project.winner,
        day=edition.announced_at.date() if edition.announced_at else timezone.now().date(),
        code=f"{edition.slug}/{project.code}",
    )
