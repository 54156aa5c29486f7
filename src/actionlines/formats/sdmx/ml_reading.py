"""Reading SDMX-ML 2.1 (generic and structure-specific) and 3.0, with a small and steady use of memory.

Nothing in a file makes the reader open another: no entities, no network, no document type.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, Final

from lxml import etree

from actionlines.formats.sdmx.message import Message, opener
from actionlines.formats.sdmx.structure import Record, Reference, reference_of
from actionlines.problems import InputError, Problem, marked

_MESSAGE: Final = re.compile(r"http://www\.sdmx\.org/resources/sdmxml/schemas/v(\d)_(\d)/message")
_ROOTS: Final = {
    "StructureSpecificData": "specific",
    "StructureSpecificTimeSeriesData": "specific",
    "GenericData": "generic",
    "GenericTimeSeriesData": "generic",
}
_VERSIONS: Final = ("2.1", "3.0", "3.1")
_KINDS: Final = {
    "Structure": "datastructure",
    "StructureUsage": "dataflow",
    "ProvisionAgreement": "dataprovision",
    "ProvisionAgrement": "dataprovision",  # so spelt by the 2.1 schemas
}
_TYPE: Final = "{http://www.w3.org/2001/XMLSchema-instance}type"
_TIME: Final = "TIME_PERIOD"
_WHOLE: Final = "AllDimensions"

Element = etree._Element  # noqa: SLF001 - lxml offers no other name for the type


def is_sdmx_ml(start: bytes) -> bool:
    """Whether a file that begins with these bytes (a few hundred) is an SDMX-ML message of data."""
    return (
        b"<" in start
        and b"sdmx.org/resources/sdmxml" in start
        and any(root.encode() in start for root in _ROOTS)
    )


def read_sdmx_ml(source: Path | bytes, name: str = "") -> Message:
    """The data of a message.

    Args:
        source: a path, or the file's bytes.
        name: file name as the user knows it; the path's own by default.

    Raises:
        InputError: missing, too large, with a document type, or no message of data in one of the versions read. A
            place that is not XML comes up while `records` is read, once all records before it were given.
    """
    name = name or (source.name if isinstance(source, Path) else "")
    opened = opener(source, name)
    with opened() as file:
        if b"<!DOCTYPE" in file.read(65536):
            template = marked("the file has a document type, which could make a reader open other files.")
            raise InputError([Problem(template, file=name, expected=marked("XML without <!DOCTYPE …>."))])
    header = _header(opened, name)
    reader = _Specific if header.form.endswith("specific") else _Generic
    message = Message(name, header.form, header.reference, header.kind, iter(()))
    message.records = reader(message, header.at_observation).records(opened)
    return message


def local_name(element: Element) -> str:
    """The name of an element without its namespace; '' for a comment. Damaged files hold names QName refuses."""
    tag: Any = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


class _Header:
    """What stands before the data."""

    def __init__(self, form: str) -> None:
        self.form = form
        self.reference: Reference | None = None
        self.kind = ""
        self.at_observation = ""


def _events(file: BinaryIO, events: tuple[str, ...], tags: tuple[str, ...]) -> Iterator[tuple[str, Element]]:
    found: Any = etree.iterparse(
        file,
        events=events,
        tag=tags,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    return iter(found)


def _header(opened: Callable[[], BinaryIO], name: str) -> _Header:
    found: _Header | None = None
    try:
        with opened() as file:
            for event, element in _events(file, ("start", "end"), ("{*}*",)):
                if found is None:
                    found = _Header(_form(element, name))
                local = local_name(element)
                if event == "end" and local == "Header":
                    _structure_of(element, found)
                if local == "DataSet" or (event == "end" and local == "Header"):
                    return found
    except etree.XMLSyntaxError as error:
        raise InputError([_broken(error, name)]) from None
    raise InputError([_unknown(name)])


def _form(root: Element, name: str) -> str:
    local = local_name(root)
    match = _MESSAGE.fullmatch(str(root.tag).removesuffix(local).strip("{}"))
    version = f"{match[1]}.{match[2]}" if match else ""
    if match and version not in _VERSIONS:
        template = marked("the message is SDMX-ML %(version)s.")
        expected = marked("version 2.1 or 3.0; agencies offer both beside older ones.")
        raise InputError([Problem(template, {"version": version}, name, 1, expected=expected)])
    if not match or local not in _ROOTS:
        raise InputError([_unknown(name)])
    return f"ml-{version}-{_ROOTS[local]}"


def _structure_of(header: Element, found: _Header) -> None:
    for structure in header.iterchildren("{*}Structure"):
        found.at_observation = structure.get("dimensionAtObservation", "")
        for child in structure.iterchildren():
            if not isinstance(child.tag, str):
                continue
            found.kind = _KINDS.get(local_name(child), "")
            # 2.1 holds a Ref or a URN, 3.0 the URN as its text.
            ref = child.find("{*}Ref")
            if ref is None:
                ref = child.find("Ref")
            if ref is not None:
                found.reference = Reference(
                    ref.get("agencyID", ""), ref.get("id", ""), ref.get("version", "")
                )
            else:
                found.reference = reference_of("".join(map(str, child.itertext())).strip())
        return


class _Reader:
    """Walks through the data sets; what differs between the forms is in its heirs."""

    tags: tuple[str, ...] = ()

    def __init__(self, message: Message, at_observation: str) -> None:
        self.message = message
        self.at_observation = at_observation
        self.data_set: dict[str, str] = {}
        self.series: dict[str, str] = {}
        self.groups: list[dict[str, str]] = []
        # Names of a record to the names it shares with groups to the values of these to the group.
        self.indices: dict[frozenset[str], dict[tuple[str, ...], dict[tuple[str, ...], dict[str, str]]]] = {}
        self.deletes = False

    def records(self, opened: Callable[[], BinaryIO]) -> Iterator[Record]:
        """Every observation as it ends."""
        started = False
        try:
            with opened() as file:
                for event, element in _events(file, ("start", "end"), self.tags):
                    local = local_name(element)
                    if event == "start":
                        if local == "Series":
                            self.begin_series(element)
                        elif local == "DataSet":
                            self.begin_data_set(element)
                        continue
                    if local == "Obs":
                        if not self.deletes:
                            record = self.observation(element)
                            # Where another dimension than time is at the observation, the key is whole only there.
                            by_series = not self.groups or self.at_observation == _TIME
                            yield record if by_series else self.with_groups(record)
                        started = True
                        _forget(element)
                    elif local == "Series":
                        self.series = dict(self.data_set)
                        _forget(element)
                    elif local == "Group":
                        self.add_group(element, late=started)
                        _forget(element)
                    elif local not in {"DataSet"}:
                        self.part(element)
        except etree.XMLSyntaxError as error:
            raise InputError([_broken(error, self.message.name)]) from None

    def begin_data_set(self, element: Element) -> None:
        """A data set begins."""
        self.groups, self.indices = [], {}
        self.data_set = {
            name: value for name, value in _attributes(element).items() if "{" not in name and value
        }
        self.data_set.pop("action", None)
        self.data_set.pop("structureRef", None)
        self.series = dict(self.data_set)
        action = next((value for name, value in element.attrib.items() if str(name).endswith("action")), "")
        self.deletes = str(action) == "Delete"
        if self.deletes:
            template = marked("the data set asks to delete data; it is left out, nothing is deleted.")
            self.message.note(Problem(template, file=self.message.name, row=_line(element)))

    def add_group(self, element: Element, *, late: bool) -> None:
        """Keep the attributes of a group for the series that follow."""
        if late:
            template = marked("the group stands behind observations, which do not get its attributes.")
            place = (self.message.name, _line(element), "Group")
            self.message.note(Problem(template, {}, *place, severity="warning"))
        self.groups.append(self.group(element))
        self.indices = {}

    def with_groups(self, record: dict[str, str]) -> dict[str, str]:
        """A series or an observation, and the attributes of the groups whose part of the key it shares."""
        names = frozenset(record)
        if names not in self.indices:
            index: dict[tuple[str, ...], dict[tuple[str, ...], dict[str, str]]] = {}
            for group in self.groups:
                shared = tuple(sorted(group.keys() & names))
                if shared:
                    index.setdefault(shared, {})[tuple(group[name] for name in shared)] = group
            self.indices[names] = index
        more: dict[str, str] = {}
        for shared, groups in self.indices[names].items():
            more |= groups.get(tuple(record[name] for name in shared), {})
        return {**more, **record}

    def begin_series(self, element: Element) -> None:
        """A series begins."""

    def part(self, element: Element) -> None:
        """Another element has ended."""

    def group(self, element: Element) -> dict[str, str]:
        """The key and the attributes of a group."""
        raise NotImplementedError

    def observation(self, element: Element) -> dict[str, str]:
        """The observation an element is."""
        raise NotImplementedError


class _Specific(_Reader):
    """Components are attributes of the elements."""

    tags = ("{*}DataSet", "{*}Series", "{*}Obs", "{*}Group", "{*}Comp")

    def begin_series(self, element: Element) -> None:
        series = {**self.data_set, **_attributes(element)}
        series.pop(_TYPE, None)
        self.series = {name: value for name, value in series.items() if value}
        if self.groups and self.at_observation == _TIME:
            self.series = self.with_groups(self.series)

    def part(self, element: Element) -> None:
        parent = element.getparent()
        if parent is not None and local_name(parent) == "Series":
            self.series[element.get("id", "")] = _values_of(element)

    def group(self, element: Element) -> dict[str, str]:
        return {
            name: value
            for name, value in _attributes(element).items()
            if "{" not in name and name != "type" and value
        }

    def observation(self, element: Element) -> dict[str, str]:
        record = {**self.series, **_attributes(element)}
        record.pop(_TYPE, None)
        for comp in element:
            if comp.get("id"):
                record[comp.get("id", "")] = _values_of(comp)
        if "" in record.values():
            return {name: value for name, value in record.items() if value}
        return record


class _Generic(_Reader):
    """Components are elements with an `id` and a `value`."""

    tags = ("{*}DataSet", "{*}Series", "{*}Obs", "{*}Group", "{*}SeriesKey", "{*}Attributes")

    def begin_series(self, element: Element) -> None:  # noqa: ARG002 - the key comes as an element
        self.series = dict(self.data_set)

    def part(self, element: Element) -> None:
        parent = element.getparent()
        owner = "" if parent is None else local_name(parent)
        if owner == "Series":
            self.series |= _pairs(element)
            if self.groups and self.at_observation == _TIME and element.tag.endswith("}SeriesKey"):
                self.series = self.with_groups(self.series)
        elif owner == "DataSet":
            self.data_set |= _pairs(element)
            self.series = dict(self.data_set)

    def group(self, element: Element) -> dict[str, str]:
        found: dict[str, str] = {}
        for child in element:
            found |= _pairs(child)
        return found

    def observation(self, element: Element) -> dict[str, str]:
        record = dict(self.series)
        for child in element:
            if not isinstance(child.tag, str):
                continue
            local = local_name(child)
            value = child.get("value", "")
            if local in {"ObsKey", "Attributes"}:
                record |= _pairs(child)
            elif local == "ObsDimension" and value:
                at = self.at_observation if self.at_observation != _WHOLE else ""
                record[child.get("id") or at or _TIME] = value
            elif local == "ObsValue" and value:
                record[child.get("id", "OBS_VALUE")] = value
        return record


def _attributes(element: Element) -> dict[str, str]:
    found: Any = element.attrib
    return dict(found)


def _pairs(element: Element) -> dict[str, str]:
    return {
        child.get("id", ""): child.get("value", "")
        for child in element
        if child.get("value") and isinstance(child.tag, str)
    }


def _values_of(comp: Element) -> str:
    """The values of a component that has several, with semicolons between them, as SDMX-CSV writes them."""
    return ";".join("".join(map(str, value.itertext())).strip() for value in comp)


def _line(element: Element) -> int | None:
    found: Any = element.sourceline
    return found if isinstance(found, int) else None


def _forget(element: Element) -> None:
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _unknown(name: str) -> Problem:
    template = marked("the file is not an SDMX-ML message of data.")
    return Problem(
        template, file=name, expected=marked("GenericData or StructureSpecificData of version 2.1 or 3.0.")
    )


def _broken(error: etree.XMLSyntaxError, name: str) -> Problem:
    template = marked("the file is not XML here: %(reason)s.")
    return Problem(template, {"reason": error.msg}, name, error.lineno, expected=marked("well-formed XML."))
