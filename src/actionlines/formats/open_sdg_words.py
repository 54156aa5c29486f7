"""The YAML files of an Open SDG repository: metadata, configuration and translations of an indicator.

Every scalar is text, whatever it looks like: 'no', '004' and '1.10' stay what the author wrote.
"""

import json
from dataclasses import dataclass
from typing import Any, Final

import yaml

from actionlines.problems import InputError, Problem, marked

MAX_YAML_BYTES: Final = 5 * 1024 * 1024
# A byte-order mark some program took for text, as it stands and read as Latin-1.
_MARKS: Final = ("\ufeff", "\u00ef\u00bb\u00bf")


@dataclass(frozen=True)
class OpenSdgWords:
    """What a YAML file says.

    Attributes:
        fields: name to text, in the order of the file; lists and mappings as JSON.
        problems: names that were mended or stand there twice, each with its line.
    """

    fields: dict[str, str]
    problems: tuple[Problem, ...]


def read_words(data: bytes, name: str) -> OpenSdgWords:
    """Read a YAML file whose first level is a mapping.

    Raises:
        InputError: too large, not UTF-8, no YAML, no mapping, or with anchors, which can grow without end.
    """
    if len(data) > MAX_YAML_BYTES:
        template = marked("the file has more than %(most)d MB.")
        raise InputError([Problem(template, {"most": MAX_YAML_BYTES >> 20}, name)])
    try:
        text = data.decode("utf-8-sig")
        aliases = any(isinstance(one, yaml.AliasToken) for one in yaml.scan(text, Loader=yaml.BaseLoader))
        root = None if aliases else yaml.compose(text, Loader=yaml.BaseLoader)
    except UnicodeDecodeError:
        raise InputError([Problem(marked("the text is not UTF-8."), file=name)]) from None
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        template = marked("the file is not YAML here: %(reason)s.")
        reason = getattr(error, "problem", None) or type(error).__name__
        raise InputError(
            [Problem(template, {"reason": reason}, name, mark.line + 1 if mark else None)]
        ) from None
    if aliases or not isinstance(root, yaml.MappingNode):
        template = (
            marked("the file holds references, which can grow without end.")
            if aliases
            else marked("the file is no list of names and texts.")
        )
        raise InputError([Problem(template, file=name, expected=marked("one “name: text” below the other."))])
    return _fields(root, name)


def _fields(root: yaml.MappingNode, name: str) -> OpenSdgWords:
    fields: dict[str, str] = {}
    problems = []
    for key_node, value_node in root.value:
        key, value = str(_plain(key_node)), _plain(value_node)
        row = key_node.start_mark.line + 1
        clean = key
        for mark in _MARKS:
            clean = clean.removeprefix(mark)
        if clean != key:
            template = marked(
                "the name “%(key)s” begins with a byte-order mark read as text; it is taken off."
            )
            problems.append(Problem(template, {"key": clean}, name, row, clean, severity="warning"))
        if clean in fields:
            template = marked("the name “%(key)s” stands there twice; the last counts.")
            problems.append(Problem(template, {"key": clean}, name, row, clean, severity="warning"))
        fields[clean] = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return OpenSdgWords(fields, tuple(problems))


def _plain(node: yaml.Node) -> Any:
    """Text, or lists and mappings of it. Aliases are refused before: no node stands in two places."""
    if isinstance(node, yaml.MappingNode):
        return {str(_plain(key)): _plain(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_plain(one) for one in node.value]
    return str(node.value)
