"""`actionlines-web`: the site's commands (setup, serve, report, rebuild-postings, …)."""

import os
import sys

from actionlines.problems import InputError


def main() -> None:
    """Run one command; `rebuild-postings` and `rebuild_postings` are the same. Bad input ends with status 2."""
    from django.core.management import execute_from_command_line

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "actionlines_web.settings.base")
    arguments = list(sys.argv)
    if len(arguments) > 1:
        arguments[1] = arguments[1].replace("-", "_") if not arguments[1].startswith("-") else arguments[1]
    try:
        execute_from_command_line(arguments)
    except InputError as error:
        for problem in error.problems:
            print(f"actionlines-web: {problem}", file=sys.stderr)
        sys.exit(2)


if __name__ == "__main__":
    main()
