"""A site of its own, in processes of its own."""

from web.jobs.test_processes import environment, run  # noqa: F401 - fixtures
