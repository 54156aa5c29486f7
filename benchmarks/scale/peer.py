"""The peer: the same tables behind plain Django, Django REST framework and django-filter, as their manuals show it.

A site of its own beside ours, with these settings and the addresses of `scale.peer_site`.
"""

from actionlines_web.settings.base import *  # noqa: F403

INSTALLED_APPS = [*INSTALLED_APPS, "rest_framework", "django_filters"]  # noqa: F405
# The second only because allauth, which the models need, does not start without it.
MIDDLEWARE = [
    "django.middleware.common.CommonMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "scale.peer_site"
REST_FRAMEWORK = {
    "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.PageNumberPagination",
    "PAGE_SIZE": 20,
    "DEFAULT_FILTER_BACKENDS": [
        "django_filters.rest_framework.DjangoFilterBackend",
        "rest_framework.filters.SearchFilter",
    ],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "UNAUTHENTICATED_USER": None,
}
