"""Settings of the site; what differs between sites comes from the environment (see config.py)."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from csp.constants import NONCE, SELF
from django.utils.translation import gettext_lazy as _

from actionlines.stocktaking import description_words
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
    "django.contrib.humanize",
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
    "actionlines_web.playground",
    "actionlines_web.demonstration",
    "actionlines_web.api",
    "actionlines_web.privacy",
    "actionlines_web.coordination",
    "actionlines_web.results",
    "actionlines_web.meetings",
    "actionlines_web.events",
    "actionlines_web.partnerships",
    "actionlines_web.prizes",
    "actionlines_web.forum",
    # After accounts, whose templates take the place of theirs.
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "actionlines_web.webhooks",
    "actionlines_web.operations",
    "actionlines_web.alerts",
    "actionlines_web.stories",
]

MIDDLEWARE = [
    "actionlines_web.audit.requests.RequestIdentifier",
    "actionlines_web.ui.headers.SecurityHeaders",
    "django.middleware.security.SecurityMiddleware",
    "actionlines_web.stocktaking.files.FilesHost",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "actionlines_web.accounts.middleware.SessionLimits",
    "actionlines_web.operations.maintenance.Maintenance",
    "actionlines_web.ui.room.NoRoom",
    "actionlines_web.accounts.devices.Devices",
    "actionlines_web.accounts.middleware.ViewAs",
    "actionlines_web.accounts.middleware.ReadersZone",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "actionlines_web.api.middleware.ApiMiddleware",
]

# What the people who run the site are told, each only where it is asked for.
METRICS_TOKEN = config.text("ACTIONLINES_METRICS_TOKEN")
ERRORS_TO = config.names("ACTIONLINES_ERRORS_TO", ())
LOG_FORMAT = config.choice("ACTIONLINES_LOG", ("line", "json"))
if METRICS_TOKEN:
    config.prepare_metrics(DATA_DIR)
    MIDDLEWARE.insert(0, "actionlines_web.operations.metrics.Measures")
if LOG_FORMAT == "json":
    MIDDLEWARE.insert(
        MIDDLEWARE.index("actionlines_web.audit.requests.RequestIdentifier") + 1,
        "actionlines_web.operations.logs.RequestLog",
    )

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
REPLICA_URL = config.text("ACTIONLINES_REPLICA_URL")
if REPLICA_URL:
    DATABASES["replica"] = config.Database(REPLICA_URL, "ACTIONLINES_REPLICA_URL").settings()
    # Tests, and whatever else asks for it by name, see one database.
    DATABASES["replica"]["TEST"] = {"MIRROR": "default"}
    DATABASE_ROUTERS = ["actionlines_web.operations.replica.Replica"]
    MIDDLEWARE.insert(
        MIDDLEWARE.index("csp.middleware.CSPMiddleware"), "actionlines_web.operations.replica.ReadFromReplica"
    )
# Frameworks of the owner's; the library reads the same variable.
FRAMEWORKS_DIR = config.frameworks("ACTIONLINES_FRAMEWORKS_DIR")
# Where the texts of imports are read.
ENGINE = config.engine("ACTIONLINES_ENGINE")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "actionlines_web.accounts.passwords.MaximumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "accounts:sign-in"
LOGIN_REDIRECT_URL = "stocktaking:matrix"
LOGOUT_REDIRECT_URL = "stocktaking:matrix"

HTTPS = config.boolean("ACTIONLINES_HTTPS")
ACCOUNT_ADAPTER = "actionlines_web.accounts.adapter.AccountAdapter"
ACCOUNT_SIGNUP_FORM_CLASS = "actionlines_web.accounts.forms.SignUpPart"
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
# By a code rather than a link: the person stays in one browser, and a passkey may be made in the same breath.
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
# The message that brings the code says so too.
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 600
PASSWORD_RESET_TIMEOUT = 3600
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SIGNUP_FORM_HONEYPOT_FIELD = "homepage"
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_MAX_EMAIL_ADDRESSES = 5
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/300s/key",
    "signup": "5/m/ip,30/h/ip",
    "reset_password": "5/m/ip,3/h/key",
    # Ours: both write to people who did not ask for it.
    "invite": "30/d/user",
    "ask_to_join": "30/d/user",
}
ALLAUTH_TRUSTED_PROXY_COUNT = config.number("ACTIONLINES_PROXIES", 0)
# Whether a role holds only for somebody with a second factor (see accounts.rules).
FACTOR_FOR_ROLES = config.boolean("ACTIONLINES_FACTOR_FOR_ROLES")
MFA_ADAPTER = "actionlines_web.accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["recovery_codes", "totp", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = True
MFA_TOTP_TOLERANCE = 1
SOCIALACCOUNT_ADAPTER = "actionlines_web.accounts.adapter.SingleSignOnAdapter"
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": config.single_sign_on()}}
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
DISPOSABLE_DOMAINS = config.text("ACTIONLINES_DISPOSABLE_DOMAINS")
UNVERIFIED_DAYS = config.number("ACTIONLINES_UNVERIFIED_DAYS", 7)
# Counts of attempts must be the same in every worker; the table is made by a migration of accounts.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"},
}

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
STORAGE_URL = config.text("ACTIONLINES_STORAGE_URL")
_folder = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
STORAGES = {
    "default": config.Storage(STORAGE_URL).settings("media") if STORAGE_URL else _folder,
    # Files of entries that a worker makes for somebody.
    "exports": config.Storage(STORAGE_URL).settings("exports") if STORAGE_URL else _folder,
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# Work that outlives a request waits in the database for `actionlines-web work`.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
JOB_LEASE_SECONDS = config.seconds("ACTIONLINES_JOB_LEASE", 15)

# Where readers reach the site: mail needs whole addresses.
SITE_ADDRESS = config.text("ACTIONLINES_SITE_ADDRESS", "http://localhost:8000").rstrip("/")
globals().update(config.Email(config.text("ACTIONLINES_EMAIL_URL", "console:")).settings())
# Passkeys need HTTPS, but for a site that is tried on this very machine.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS and SITE_ADDRESS.startswith("http://localhost")
DEFAULT_FROM_EMAIL = config.text("ACTIONLINES_EMAIL_FROM", "actionlines <noreply@localhost>")
# A site's own wording of the messages: FOLDER/<kind>/<language>.md in place of the one that comes with the product.
MESSAGES_DIR = DATA_DIR / "messages"
# The same for moderators' canned replies: FOLDER/<kind>/<language>.md.
REPLIES_DIR = DATA_DIR / "replies"

MEDIA_ROOT = DATA_DIR / "media"

# Uploads larger than this are read to their end, thrown away and answered with a message (see ui.uploads).
UPLOAD_LIMIT_BYTES = 20 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "actionlines_web.ui.uploads.LimitedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "actionlines_web.ui.room.TemporaryFiles",
]

# Files beside entries: how large, who looks at them, and the host that gives them out where it is one of its own.
ATTACHMENT_LIMIT_BYTES = min(config.number("ACTIONLINES_ATTACHMENT_MB", 10), 20) * 1024 * 1024
SCAN = config.scanner("ACTIONLINES_SCAN")
FILES_ADDRESS = config.address("ACTIONLINES_FILES_ADDRESS")
if FILES_ADDRESS:
    ALLOWED_HOSTS.append(urlsplit(FILES_ADDRESS).hostname or "")

# Files of entries that a worker makes for somebody, and for how many days they are kept.
EXPORTS_DIR = DATA_DIR / "exports"
EXPORT_DAYS = config.number("ACTIONLINES_EXPORT_DAYS", 7)

# How long the description of a submitted entry should be; imports are not held to it.
DESCRIPTION_WORDS = config.word_rule("ACTIONLINES_DESCRIPTION_WORDS", description_words())
# Under which organisation the register is published as IATI.
IATI_PUBLISHER = config.text("ACTIONLINES_IATI_PUBLISHER", "XI-ACTIONLINES")
IATI_PUBLISHER_NAME = config.text("ACTIONLINES_IATI_PUBLISHER_NAME", "actionlines register")
IATI_PUBLISHER_TYPE = config.text("ACTIONLINES_IATI_PUBLISHER_TYPE", "40")

# Sources of statistics to the address they are asked at: '' its own, None not at all.
STATISTICS_SOURCES = {
    code: config.source_address(f"ACTIONLINES_SOURCE_{code.upper().replace('-', '_')}")
    for code in ("wdi", "un-sdg", "itu")
}
DOWNLOADS_DIR = DATA_DIR / "downloads"

# 1 lets webhooks call private addresses and http: for tests and closed networks, never on the open internet.
WEBHOOKS_ALLOW_PRIVATE = config.boolean("ACTIONLINES_WEBHOOKS_ALLOW_PRIVATE")

API_RATE = config.number("ACTIONLINES_API_RATE", 600)
ALIGN_RATE = config.number("ACTIONLINES_ALIGN_RATE", 30)
PROXIES = config.number("ACTIONLINES_PROXIES", 0)

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        # Chromium holds this against the redirect that follows a form, so the OpenID providers stand here too.
        "form-action": [
            SELF,
            *(
                config.origin(app["settings"]["server_url"])
                for app in SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
            ),
        ],
        "frame-ancestors": ["'none'"],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
USED_COOKIE_NAME = "used"
IDLE_SECONDS = config.number("ACTIONLINES_IDLE_MINUTES", 120) * 60
SESSION_COOKIE_AGE = config.number("ACTIONLINES_SESSION_HOURS", 12) * 3600
SECURITY_CONTACT = config.contact("ACTIONLINES_SECURITY_CONTACT")
if HTTPS:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    # Browsers take cookies of these names only from this very host, over HTTPS.
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    USED_COOKIE_NAME = "__Host-used"
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^health$"]
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"},
        "json": {"()": "actionlines_web.operations.logs.JsonLine"},
    },
    "filters": {"route": {"()": "actionlines_web.operations.logs.RouteOnly"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT, "filters": ["route"]},
        "mail": {"class": "actionlines_web.operations.errors.ErrorMail"},
    },
    "root": {"handlers": ["console", "mail"] if ERRORS_TO else ["console"], "level": "WARNING"},
    "loggers": {
        "actionlines_web": {"level": "INFO"},
        # Django's own handlers would write paths, and mail what the request held, to whoever ADMINS names.
        "django": {"handlers": [], "level": "INFO" if DEBUG else "WARNING", "propagate": True},
        "django.server": {"handlers": ["console"], "level": "INFO", "propagate": False},
    },
}
