"""A picture: what is drawn, what it says in words, and the table of its numbers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of a result.

    Attributes:
        kind: name of the picture, such as 'radar'.
        title: what it shows; alternative: what one sees in it, for readers who do not.
        specification: Vega-Lite 6, with its data; plain values that JSON can say.
        columns: key of each column of the table to its heading, in order.
        rows: of the table beside the picture, each with every key of `columns`; None where there is no number.
    """

    kind: str
    title: str
    alternative: str
    specification: Mapping[str, Any]
    columns: Mapping[str, str]
    rows: tuple[Row, ...]

    @property
    def document(self) -> dict[str, Any]:
        """The specification with the alternative text as its description, and the table under `usermeta`."""
        table = {"columns": dict(self.columns), "rows": [dict(row) for row in self.rows]}
        return {**self.specification, "description": self.alternative, "usermeta": {"table": table}}
