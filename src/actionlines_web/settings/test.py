"""Settings of the test suite: the database of ACTIONLINES_TEST_DATABASE_URL, or SQLite in memory."""

import os
import tempfile

os.environ.setdefault("ACTIONLINES_DATA_DIR", tempfile.mkdtemp(prefix="actionlines-test-"))

from actionlines_web import config
from actionlines_web.settings.base import *

DATABASES = {
    "default": config.Database(
        os.environ.get("ACTIONLINES_TEST_DATABASE_URL", "sqlite:///:memory:")
    ).settings()
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
DEMONSTRATION = True
API_RATE = 0
ALIGN_RATE = 0
SITE_ADDRESS = "https://register.example.org"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
