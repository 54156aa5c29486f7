"""A node: one goal, target, indicator, action line, objective or outcome of a framework."""

from dataclasses import dataclass, field

from actionlines.text import Text


@dataclass(frozen=True, slots=True)
class Node:
    """One numbered thing of a framework.

    Attributes:
        framework: code of the framework, such as 'sdg', 'wsis', 'itu-d-2020', 'gdc'.
        code: code inside the framework, such as '9', '9.c', '9.c.1', 'C7-HEA', 'D.1-5'.
        kind: 'goal', 'target', 'indicator', 'action line', 'sub-line', 'objective', 'outcome'.
        parent: code of the node above, or None.
        order: position among all nodes of the framework (reading order), from 0.
        title: short title, our own wording unless the data file names an official source.
        official: True where the title is official wording in at least one language (source in the data file).
        note: remark on status or source, in English, or ''.
        official_in: the languages in which the title is official wording.
    """

    framework: str
    code: str
    kind: str
    parent: str | None
    order: int
    title: Text
    official: bool = False
    note: str = ""
    description: Text = field(default_factory=Text)
    official_in: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """'sdg:9.c': the node's name across frameworks."""
        return f"{self.framework}:{self.code}"
