"""What every test shares."""

import os

from hypothesis import settings

# No test is timed: a busy machine is not a fault.
settings.register_profile("untimed", deadline=None)
# In continuous integration the examples are the same each time; everywhere else they are new ones.
settings.register_profile("repeatable", deadline=None, derandomize=True)
settings.load_profile("repeatable" if os.environ.get("CI") else "untimed")

# Playwright's loop stays open in a process that has driven the browser; tests of the database may follow in it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
