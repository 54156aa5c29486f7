"""How allauth, which knows how people sign in, meets the rest of the site: its mail, its audit trail, its languages."""

import logging
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.db import transaction
from django.forms import ValidationError
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.urls import reverse, translate_url
from django.utils import timezone
from django.utils.translation import get_language, gettext, gettext_lazy, override

from actionlines_web.accounts.actor import System
from actionlines_web.accounts.models import User
from actionlines_web.accounts.queries import user_with_address
from actionlines_web.audit.actions import write_record
from actionlines_web.outbox.actions import queue_message, reading_language

logger = logging.getLogger(__name__)
SHIPPED_DOMAINS = Path(__file__).parent / "data" / "disposable_domains.txt"
# allauth's notifications by the last part of their names: (verb of the audit record, what the reader is told).
NOTICES: Final[Mapping[str, tuple[str, Any]]] = {
    "password_changed": ("set password", gettext_lazy("Your password was changed.")),
    "password_set": ("set password", gettext_lazy("A password was set.")),
    "password_reset": ("set password", gettext_lazy("A new password was chosen by way of your e-mail.")),
    "email_changed": ("change address", gettext_lazy("Another e-mail address became the main one.")),
    "email_confirm": ("change address", gettext_lazy("An e-mail address was confirmed.")),
    "email_deleted": ("change address", gettext_lazy("An e-mail address was removed.")),
    "totp_activated": ("add factor", gettext_lazy("An authenticator app was added.")),
    "totp_deactivated": ("remove factor", gettext_lazy("The authenticator app was removed.")),
    "recovery_codes_generated": ("add factor", gettext_lazy("New recovery codes were made.")),
    "webauthn_added": ("add factor", gettext_lazy("A passkey or security key was added.")),
    "webauthn_removed": ("remove factor", gettext_lazy("A passkey or security key was removed.")),
    "account_connected": ("connect", gettext_lazy("A way to sign in with another site was added.")),
    "account_disconnected": ("disconnect", gettext_lazy("A way to sign in with another site was removed.")),
}
SITE = System("the site")


class AccountAdapter(DefaultAccountAdapter):
    """Accounts: mail goes through the outbox, changes into the audit trail, throw-away addresses nowhere."""

    def clean_email(self, email: str) -> str:
        """The address, unless its domain gives addresses away for minutes."""
        domain = email.rpartition("@")[2].lower()
        parts = domain.split(".")
        if not disposable_domains(settings.DISPOSABLE_DOMAINS).isdisjoint(
            ".".join(parts[start:]) for start in range(len(parts))
        ):
            raise ValidationError(
                gettext("Please use an address that you keep: this domain gives them away for minutes.")
            )
        return str(super().clean_email(email))

    @transaction.atomic
    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        """A new account, in the language of the page on which it was opened, with its audit record."""
        user.language = user.language or (get_language() or "")
        saved: User = super().save_user(request, user, form, commit)
        if commit:
            write_record(saved, "sign up", saved)
        return saved

    @transaction.atomic
    def set_password(self, user: User, password: str) -> None:
        """A new password; the notice that follows it writes the audit record."""
        super().set_password(user, password)

    def post_login(self, request: HttpRequest, user: User, **options: Any) -> Any:
        """Into the log, by number: who signed in from where."""
        logger.info("account %s signed in from %s", user.pk, self.get_client_ip(request))
        return super().post_login(request, user, **options)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Into the log, without the address: it may be somebody's password typed into the wrong field."""
        logger.warning("sign-in failed from %s", self.get_client_ip(request))

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The first page, in the person's own language."""
        language = getattr(request.user, "language", "")
        address = resolve_url(settings.LOGIN_REDIRECT_URL)
        return translate_url(address, language) if language else address

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to the account."""
        return reverse("accounts:account")

    def get_email_verification_redirect_url(self, email_address: Any) -> str:
        """The account of who is signed in, else the first page."""
        return reverse("accounts:account") if self.request.user.is_authenticated else "/"

    @transaction.atomic
    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tell the owner of an account, and the audit trail, that a key to it has changed."""
        name = template_prefix.rpartition("/")[2]
        verb, _ = NOTICES[name]
        actor = self.request.user if self.request.user.is_authenticated else user
        write_record(actor, verb, user, {"what": name})
        super().send_notification_mail(template_prefix, user, context, email)

    @transaction.atomic
    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue one of allauth's messages, by its name, in our wording."""
        name = template_prefix.rpartition("/")[2]
        reader = context.get("user") or user_with_address(email)
        language = reading_language(reader)
        with override("zh-hans" if language == "zh" else language):
            kind, values = self._worded(name, context)
        queue_message(SITE, reader, kind, values, address=email)

    def _worded(self, name: str, context: Mapping[str, Any]) -> tuple[str, dict[str, str]]:
        match name:
            case "email_confirmation" | "email_confirmation_signup":
                values = {"code": context["code"], "address": on_site("account_email_verification_sent")}
                return "confirm-address", values
            case "password_reset_key":
                key = {"uidb36": context["uid"], "key": context["key"]}
                return "reset-password", {"address": on_site("account_reset_password_from_key", **key)}
            case "account_already_exists":
                values = {
                    "address": on_site("accounts:sign-in"),
                    "reset_address": on_site("account_reset_password"),
                }
                return "account-exists", values
            case "unknown_account":
                return "unknown-account", {"address": on_site("account_signup")}
            case _:
                values = {
                    "what": str(NOTICES[name][1]),
                    "moment": f"{timezone.now():%Y-%m-%d %H:%M} UTC",
                    "origin": self.get_client_ip(self.request),
                    "address": on_site("accounts:account"),
                }
                return "security-notice", values


class SecondFactorAdapter(DefaultMFAAdapter):
    """Second factors."""

    def get_totp_issuer(self) -> str:
        """What an authenticator app calls this site."""
        return "actionlines"

    def encrypt(self, text: str) -> str:
        """Secrets of second factors are kept encrypted under the signing key: a stolen backup alone opens nothing."""
        return _cipher(settings.SECRET_KEY).encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The other way round."""
        return _cipher(settings.SECRET_KEY).decrypt(encrypted_text.encode()).decode()


class SingleSignOnAdapter(DefaultSocialAccountAdapter):
    """Signing in with another site: its word on an address counts only where the site's owner trusts it."""

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: Mapping[str, Any]) -> User:
        """The name they go by there; their addresses are to be confirmed here unless that site is trusted."""
        user: User = super().populate_user(request, sociallogin, data)
        user.name = str(data.get("name") or "")[:200]
        if not sociallogin.provider.app.settings.get("email_authentication"):
            for address in sociallogin.email_addresses:
                address.verified = False
        return user

    @transaction.atomic
    def save_user(self, request: HttpRequest, sociallogin: Any, form: Any = None) -> User:
        """A new account and its audit record."""
        sociallogin.user.language = sociallogin.user.language or (get_language() or "")
        saved: User = super().save_user(request, sociallogin, form)
        if form is None:
            write_record(saved, "sign up", saved, {"with": sociallogin.account.provider})
        return saved


def on_site(name: str, **parts: str) -> str:
    """A whole address of the site, in the active language; never from the request, whose host a stranger may choose."""
    return f"{settings.SITE_ADDRESS}{reverse(name, kwargs=parts or None)}"


@lru_cache(maxsize=4)
def _cipher(key: str) -> Fernet:
    return Fernet(urlsafe_b64encode(sha256(b"second factors" + key.encode()).digest()))


@lru_cache(maxsize=4)
def disposable_domains(path: str) -> frozenset[str]:
    """The domains of a list, one a line, '#' begins a comment; the shipped list where no path is given."""
    lines = (Path(path) if path else SHIPPED_DOMAINS).read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip().lower() for line in lines if line.strip() and not line.startswith("#"))
