"""`actionlines frameworks`: list, show, validate and compare the frameworks; read a plan from a document.

Text is for people, in the language of `--lang`; json is for software and holds every language.
"""

import argparse
from pathlib import Path

from actionlines.cli.frameworks import changes, check, listing, node
from actionlines.cli.output import add_format, answer
from actionlines.frameworks import Catalogue, Framework, Node, catalogue, compare, describe
from actionlines.problems import InputError, Problem, marked
from actionlines.text import LANGUAGES


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the group `frameworks`."""
    group = subparsers.add_parser(
        "frameworks", help="list, show, validate and compare frameworks; read a plan"
    )
    commands = group.add_subparsers(title="commands", metavar="COMMAND", required=True)

    command = commands.add_parser("list", help="list the frameworks and crosswalks")
    _add_options(command)
    command.set_defaults(func=_list)

    command = commands.add_parser("show", help="show a node, a framework or a crosswalk")
    command.add_argument("code", metavar="CODE", help="9.c, sdg:9.c, C7-HEA, D.1-5; sdg, sdg@2023; wsis-sdg")
    _add_options(command)
    command.set_defaults(func=_show)

    command = commands.add_parser("validate", help="check the data files; says all faults at once")
    command.add_argument(
        "folder", metavar="FOLDER", nargs="?", type=Path, help="frameworks of your own (default: ours)"
    )
    add_format(command)
    command.set_defaults(func=check.validate)

    command = commands.add_parser("diff", help="compare two frameworks, or two versions of one")
    command.add_argument("old", metavar="A", help="a framework, sdg, or a version of it, sdg@2023")
    command.add_argument("new", metavar="B", help="the one to compare it with")
    _add_options(command)
    command.set_defaults(func=_diff)

    command = commands.add_parser("extract", help="read a plan from a document (txt, md, html, docx, pdf)")
    command.add_argument("file", metavar="FILE", type=Path, help="the document")
    add_format(command)
    command.set_defaults(func=_extract)


def _add_options(command: argparse.ArgumentParser) -> None:
    add_format(command)
    command.add_argument(
        "--lang", choices=LANGUAGES, default="en", help="language of titles in text (default en)"
    )
    command.add_argument("--folder", type=Path, help="add the frameworks of this folder to ours")


def _list(arguments: argparse.Namespace) -> int:
    loaded = catalogue(arguments.folder)
    answer(arguments, listing.as_json(loaded), listing.as_text(loaded, arguments.lang))
    return 0


def _show(arguments: argparse.Namespace) -> int:
    loaded, name, language = catalogue(arguments.folder), arguments.code, arguments.lang
    framework, crosswalk = _framework(loaded, name), loaded.crosswalks.get(name)
    if framework is not None:
        answer(arguments, listing.framework_json(framework), listing.framework_text(framework, language))
    elif crosswalk is not None:
        answer(arguments, listing.crosswalk_json(crosswalk), listing.crosswalk_text(crosswalk, language))
    else:
        description = describe(loaded, _the_node(loaded, name))
        answer(arguments, node.as_json(description), node.as_text(description, language))
    return 0


def _diff(arguments: argparse.Namespace) -> int:
    loaded = catalogue(arguments.folder)
    old, new = (_framework(loaded, name) for name in (arguments.old, arguments.new))
    if old is None or new is None:
        raise InputError(
            [
                _unknown(loaded, name)
                for name, found in ((arguments.old, old), (arguments.new, new))
                if found is None
            ]
        )
    difference = compare(loaded, old, new)
    answer(arguments, changes.as_json(difference), changes.as_text(difference, arguments.lang))
    return 0


def _extract(arguments: argparse.Namespace) -> int:
    # The reader of plans takes longer to import than the other commands take to run.
    from actionlines.cli.frameworks import plan

    return plan.extract(arguments)


def _framework(loaded: Catalogue, name: str) -> Framework | None:
    """The framework 'sdg' (its newest version) or 'sdg@2023'; None if unknown."""
    code, _, version = name.partition("@")
    return loaded.framework_versions.get(code, {}).get(version) if version else loaded.frameworks.get(code)


def _unknown(loaded: Catalogue, name: str) -> Problem:
    known = ", ".join(
        f"{code}@{version}" for code, found in loaded.framework_versions.items() for version in found
    )
    return Problem(
        marked("there is no framework “%(name)s”."),
        {"name": name, "known": known},
        expected=marked("one of: %(known)s."),
    )


def _the_node(loaded: Catalogue, name: str) -> Node:
    found = loaded.find(name)
    if len(found) == 1:
        return found[0]
    if found:
        values = {"name": name, "keys": ", ".join(one.key for one in found)}
        problem = Problem(
            marked("“%(name)s” is the code of several nodes."), values, expected=marked("one of: %(keys)s.")
        )
    else:
        values = {"name": name, "known": ", ".join((*loaded.frameworks, *loaded.crosswalks))}
        problem = Problem(
            marked("nothing has the code “%(name)s”."),
            values,
            expected=marked("a code such as 9.c or C7-HEA, or one of: %(known)s."),
        )
    raise InputError([problem])
