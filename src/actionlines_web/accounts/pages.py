"""Signing in."""

from typing import Any

from django.conf import settings
from django.contrib.auth.views import LoginView


class SignIn(LoginView):
    """By e-mail address and password; a demonstration site also offers a way in without one."""

    template_name = "accounts/sign_in.html"
    redirect_authenticated_user = True

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        """Adds whether the site is a demonstration."""
        return super().get_context_data(demonstration=settings.DEMONSTRATION, **context)
