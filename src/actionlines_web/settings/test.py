"""Settings of the test suite: the database of ACTIONLINES_TEST_DATABASE_URL, or SQLite in memory."""

import os
import tempfile

# Tests that run side by side inherit the environment of whoever started them, and would share its folder.
os.environ["ACTIONLINES_DATA_DIR"] = (
    os.environ.get("ACTIONLINES_DATA_DIR", "")
    if os.environ.get("TEST_FOLDER_OF", "") == os.environ.get("PYTEST_XDIST_WORKER", "")
    else ""
) or tempfile.mkdtemp(prefix="actionlines-test-")
os.environ["TEST_FOLDER_OF"] = os.environ.get("PYTEST_XDIST_WORKER", "")

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
    "exports": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
DEMONSTRATION = True
API_RATE = 0
ALIGN_RATE = 0
SITE_ADDRESS = "https://register.example.org"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
