"""The hook through which a site has attachments looked at: a command of the machine, or a function of its own."""

import subprocess
from importlib import import_module

from django.conf import settings
from django.core.files.base import File

TIME_LIMIT = 300


class ScanFailedError(Exception):
    """The scanner gave no verdict; the file waits."""


def has_scanner() -> bool:
    """Whether the site looks at attachments."""
    return settings.SCAN is not None


def is_clean(file: File) -> bool:
    """The scanner's verdict.

    A function (`package.module:name`) takes the open file and returns True for a clean one. A command reads the file
    from its standard input; 0 says clean and 1 refused, as `clamdscan -` does.

    Raises:
        ScanFailedError: neither the one nor the other was said.
    """
    scan = settings.SCAN
    if scan is None:  # taken off since the file came in
        return True
    if isinstance(scan, str):
        module, _, name = scan.partition(":")
        return bool(getattr(import_module(module), name)(file))
    try:
        done = subprocess.run(  # noqa: S603 - the site's own command, without a shell
            scan, input=file.read(), capture_output=True, timeout=TIME_LIMIT, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ScanFailedError(str(error)) from error
    if done.returncode not in {0, 1}:
        said = (done.stderr or done.stdout).decode("utf-8", "replace").strip()
        raise ScanFailedError(f"the scanner ended with {done.returncode}: {said[:300]}")
    return done.returncode == 0
