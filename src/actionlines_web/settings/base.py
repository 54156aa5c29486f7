"""Settings of the site; what differs between sites comes from the environment (see config.py)."""

from pathlib import Path

from csp.constants import NONCE, SELF
from django.utils.translation import gettext_lazy as _

from actionlines_web import config

PACKAGE_DIR = Path(__file__).resolve().parents[1]
DATA_DIR = config.data_dir()

DEBUG = config.boolean("ACTIONLINES_DEBUG")
DEMONSTRATION = config.boolean("ACTIONLINES_DEMONSTRATION")
SECRET_KEY = config.secret_key(DATA_DIR)
ALLOWED_HOSTS = config.names("ACTIONLINES_HOSTS", ("localhost", "127.0.0.1", "[::1]"))

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "rules.apps.AutodiscoverRulesConfig",
    "actionlines_web.ui",
    "actionlines_web.accounts",
    "actionlines_web.audit",
    "actionlines_web.organisations",
    "actionlines_web.search",
    "actionlines_web.outbox",
    "actionlines_web.jobs",
    "actionlines_web.stocktaking",
    "actionlines_web.frameworks",
    "actionlines_web.indicators",
    "actionlines_web.publishing",
    "actionlines_web.demonstration",
    "actionlines_web.api",
    "actionlines_web.webhooks",
]

MIDDLEWARE = [
    "actionlines_web.audit.requests.RequestIdentifier",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "actionlines_web.api.middleware.ApiMiddleware",
]

ROOT_URLCONF = "actionlines_web.urls"
WSGI_APPLICATION = "actionlines_web.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "actionlines_web.ui.context.site",
            ],
            "builtins": ["actionlines_web.ui.templatetags.actionlines"],
        },
    },
]

DATABASES = {
    "default": config.Database(
        config.text("ACTIONLINES_DATABASE_URL", f"sqlite:///{DATA_DIR / 'actionlines.sqlite3'}")
    ).settings()
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "accounts:sign-in"
LOGIN_REDIRECT_URL = "stocktaking:matrix"
LOGOUT_REDIRECT_URL = "stocktaking:matrix"

LANGUAGE_CODE = "en"
LANGUAGES = [
    ("ar", _("Arabic")),
    ("en", _("English")),
    ("es", _("Spanish")),
    ("fr", _("French")),
    ("ru", _("Russian")),
    ("zh-hans", _("Chinese")),
]
LOCALE_PATHS = [PACKAGE_DIR / "locale"]
USE_I18N = True
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# Work that outlives a request waits in the database for `actionlines-web work`.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
JOB_LEASE_SECONDS = config.seconds("ACTIONLINES_JOB_LEASE", 15)

# Where readers reach the site: mail needs whole addresses.
SITE_ADDRESS = config.text("ACTIONLINES_SITE_ADDRESS", "http://localhost:8000").rstrip("/")
globals().update(config.Email(config.text("ACTIONLINES_EMAIL_URL", "console:")).settings())
DEFAULT_FROM_EMAIL = config.text("ACTIONLINES_EMAIL_FROM", "actionlines <noreply@localhost>")
# A site's own wording of the messages: FOLDER/<kind>/<language>.md in place of the one that comes with the product.
MESSAGES_DIR = DATA_DIR / "messages"

MEDIA_ROOT = DATA_DIR / "media"

# Uploads larger than this are read to their end, thrown away and answered with a message (see ui.uploads).
UPLOAD_LIMIT_BYTES = 20 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "actionlines_web.ui.uploads.LimitedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# Under which organisation the register is published as IATI.
IATI_PUBLISHER = config.text("ACTIONLINES_IATI_PUBLISHER", "XI-ACTIONLINES")
IATI_PUBLISHER_NAME = config.text("ACTIONLINES_IATI_PUBLISHER_NAME", "actionlines register")
IATI_PUBLISHER_TYPE = config.text("ACTIONLINES_IATI_PUBLISHER_TYPE", "40")

# 1 lets webhooks call private addresses and http: for tests and closed networks, never on the open internet.
WEBHOOKS_ALLOW_PRIVATE = config.boolean("ACTIONLINES_WEBHOOKS_ALLOW_PRIVATE")

API_RATE = config.number("ACTIONLINES_API_RATE", 600)
PROXIES = config.number("ACTIONLINES_PROXIES", 0)

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": [SELF],
        "frame-ancestors": ["'none'"],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
if config.boolean("ACTIONLINES_HTTPS"):
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"actionlines_web": {"level": "INFO"}},
}
