"""What every test shares."""

import os

from hypothesis import settings

# No test is timed: a busy machine is not a fault.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

# Playwright's loop stays open in a process that has driven the browser; tests of the database may follow in it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
