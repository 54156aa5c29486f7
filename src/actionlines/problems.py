"""What is wrong with an input, said so that a person can mend it: file, row, column, what was expected.

A problem keeps its message as a template and its values apart, so that the site can translate it; `str()`
gives the English sentence the command line prints.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


def marked(template: str) -> str:
    """Mark a message template for translation (the translators' tools collect the calls); returns it."""
    return template


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault of an input.

    Attributes:
        template: the message with `%(name)s` places, given through `marked(...)`.
        values: what goes into the places.
        file: name of the file, as the user knows it.
        row: line or row number as a spreadsheet shows it (1 is the first), or None.
        column: name of the column or field, or ''.
        expected: template of what was expected (same values), or ''.
        severity: 'error' stops the record; 'warning' lets it through.
    """

    template: str
    values: Mapping[str, object] = field(default_factory=dict)
    file: str = ""
    row: int | None = None
    column: str = ""
    expected: str = ""
    severity: str = "error"

    @property
    def message(self) -> str:
        """The English message without its place."""
        return self.template % self.values if self.values else self.template.replace("%%", "%")

    @property
    def expectation(self) -> str:
        """The English sentence on what was expected, or ''."""
        return self.expected % self.values if self.values else self.expected.replace("%%", "%")

    @property
    def place(self) -> str:
        """'entries.csv, row 7, column year', as far as it is known."""
        parts = [self.file] if self.file else []
        if self.row is not None:
            parts.append(f"row {self.row}")
        if self.column:
            parts.append(f"column {self.column}")
        return ", ".join(parts)

    def __str__(self) -> str:
        said = f"{self.place}: {self.message}" if self.place else self.message
        return f"{said} Expected: {self.expectation}" if self.expected else said


class InputError(Exception):
    """An input cannot be used; carries every problem found, not only the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))
