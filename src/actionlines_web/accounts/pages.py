"""One's own account, roles, and seeing the site as somebody else. Signing in and out is allauth's."""

from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actionlines.problems import InputError
from actionlines_web.accounts import actions, labels, queries
from actionlines_web.accounts.forms import GrantForm, ProfileForm, ViewAsForm
from actionlines_web.accounts.models import RoleGrant, SignedIn, User
from actionlines_web.accounts.permissions import COLUMNS, table
from actionlines_web.accounts.viewing import SESSION_KEY
from actionlines_web.audit.requests import reading_only
from actionlines_web.organisations.queries import invitations_to, memberships_of
from actionlines_web.ui.templatetags.actionlines import problem_expectation, problem_message


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """What the site knows of the person, and where to change it."""
    user = cast("User", request.user)
    known = {"name": user.name, "language": user.language or "en", "time_zone": user.time_zone}
    form = ProfileForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        actions.update_profile(user, **form.cleaned_data)
        messages.success(request, gettext("Your account was changed."))
        return redirect("accounts:account")
    context = {
        "form": form,
        "addresses": queries.addresses_of(user),
        "factors": [labels.FACTORS.get(kind, kind) for kind in queries.factors_of(user)],
        "has_password": user.has_usable_password(),
        "grants": queries.grants_of(user),
        "roles_wait": settings.FACTOR_FOR_ROLES and not queries.has_second_factor(user),
        "memberships": memberships_of(user),
        "invitations": invitations_to(queries.confirmed_addresses(user)),
        "other_sites": bool(settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]),
    }
    return render(request, "accounts/account.html", context, status=422 if form.errors else 200)


@login_required
@require_safe
def devices(request: HttpRequest) -> HttpResponse:
    """Where the person is signed in."""
    found = queries.devices_of(cast("User", request.user))
    context = {"devices": found, "current": request.session.session_key}
    return render(request, "accounts/devices.html", context)


@login_required
@require_POST
def sign_out_device(request: HttpRequest, number: int) -> HttpResponse:
    """Sign out there."""
    try:
        actions.sign_out_device(cast("User", request.user), number)
    except SignedIn.DoesNotExist as error:
        raise Http404 from error
    messages.success(request, gettext("You are signed out there."))
    return redirect("accounts:devices")


@login_required
@require_POST
def sign_out_elsewhere(request: HttpRequest) -> HttpResponse:
    """Sign out everywhere but here."""
    actions.sign_out_elsewhere(cast("User", request.user), request.session.session_key or "")
    messages.success(request, gettext("You are signed out everywhere else."))
    return redirect("accounts:devices")


@require_safe
def permissions(request: HttpRequest) -> HttpResponse:
    """Who may do what, from the table itself."""
    rows = [(labels.PERMISSIONS.get(code, code), row.answers()) for code, row in table().items()]
    context = {
        "columns": [labels.COLUMNS[column] for column in COLUMNS],
        "rows": rows,
        "meanings": [(labels.COLUMNS[column], said) for column, said in labels.ROLE_MEANINGS.items()],
    }
    return render(request, "accounts/permissions.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def granted(request: HttpRequest) -> HttpResponse:
    """Who holds which role; a form to give one."""
    user = _allowed(request, "accounts.grant_roles")
    form = GrantForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            grant = actions.grant_role(user, **form.cleaned_data)
        except InputError as error:
            add_problems(form, error)
        else:
            told = {"name": grant.user, "role": grant.get_role_display()}
            messages.success(request, gettext("%(name)s now has the role: %(role)s.") % told)
            return redirect("accounts:granted")
    context = {"form": form, "grants": queries.grants()}
    return render(request, "accounts/granted.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def revoke(request: HttpRequest, number: int) -> HttpResponse:
    """Take a role back."""
    user = _allowed(request, "accounts.grant_roles")
    try:
        actions.revoke_role(user, number)
    except RoleGrant.DoesNotExist as error:
        raise Http404 from error
    except ValueError:
        messages.error(
            request, gettext("This is the last administrator; give the role to somebody else first.")
        )
    else:
        messages.success(request, gettext("The role was taken back."))
    return redirect("accounts:granted")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def view_as(request: HttpRequest) -> HttpResponse:
    """Choose as whom to see the site."""
    user = _allowed(request, "accounts.view_as")
    form = ViewAsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            viewing = actions.begin_viewing(user, **form.cleaned_data)
        except InputError as error:
            add_problems(form, error)
        else:
            request.session[SESSION_KEY] = viewing.kept()
            return redirect("stocktaking:matrix")
    return render(request, "accounts/view_as.html", {"form": form}, status=422 if form.errors else 200)


@login_required
@require_POST
def end_viewing(request: HttpRequest) -> HttpResponse:
    """See the site as oneself again."""
    if request.session.pop(SESSION_KEY, None):
        with reading_only(False):
            actions.end_viewing(cast("User", request.user))
    return redirect("accounts:account")


def add_problems(form: GrantForm | ViewAsForm, error: InputError) -> None:
    """The problems beside the fields they are about."""
    for problem in error.problems:
        said = f"{problem_message(problem)} {problem_expectation(problem)}".strip()
        form.add_error(problem.column if problem.column in form.fields else "email", said)


def _allowed(request: HttpRequest, permission: str) -> User:
    if not request.user.has_perm(permission):
        raise PermissionDenied
    return cast("User", request.user)
