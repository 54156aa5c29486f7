"""Bind the steps of a specification to its hierarchy: settings become parameters, faults get their place."""

from actionlines.measurement.hierarchy import Tree
from actionlines.measurement.settings import Settings
from actionlines.measurement.specification import Specification
from actionlines.measurement.steps import KINDS, Step
from actionlines.problems import InputError, marked


def bind(specification: Specification, page: Settings | None = None) -> tuple[Step, ...]:
    """The steps ready to run.

    Args:
        specification: read already; page: the document with the lines of its file, to name places.

    Raises:
        InputError: unknown kinds, settings that cannot be, all at once.
    """
    page = page or Settings(specification.document, (), specification.file)
    tree = specification.tree.mended() if page.faults else specification.tree
    steps = [
        _bound(settings.kind, settings.name, table, tree)
        for settings, table in zip(specification.steps, page.tables("steps"), strict=True)
    ]
    if page.faults:
        raise InputError(page.faults)
    return tuple(step for step in steps if step is not None)


def _bound(kind: str, name: str, table: Settings, tree: Tree) -> Step | None:
    found = KINDS.get(kind)
    if found is None:
        expected = marked("one of: %(known)s.")
        table.fault(
            "step", marked("there is no step “%(step)s”."), expected, step=kind, known=", ".join(KINDS)
        )
        return None
    table.raw("step")
    table.raw("name")
    params = found.bind(table, tree)
    table.done()
    return Step(name, found, params)
