"""Writing SDMX-ML 2.1 (structure-specific and generic) and 3.0, part by part."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Final

from actionlines.formats.sdmx.structure import Record, Structure

FORMS: Final = ("2.1", "2.1-generic", "3.0")
SCHEMAS: Final = "http://www.sdmx.org/resources/sdmxml/schemas/v"
_INSTANCE: Final = "http://www.w3.org/2001/XMLSchema-instance"
_URN: Final = "urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure="
# What XML 1.0 cannot hold, not even as a reference.
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SPECIAL: Final = re.compile('[&<>"\t\r\n\x00-\x1f\ud800-\udfff\ufffe\uffff]')
# White space as references: a reader would make one blank of the bare character.
_ESCAPED: Final = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "\t": "&#9;",
    "\n": "&#10;",
    "\r": "&#13;",
}


@dataclass(frozen=True, slots=True)
class Header:
    """What a message says of itself.

    Attributes:
        id: of the message: a letter, then letters, digits, _ and -.
        sender: identifier of who sends it.
        prepared: when it was made, with a time zone.
    """

    id: str
    sender: str
    prepared: datetime


def sdmx_ml(
    structure: Structure, records: Iterable[Record], header: Header, *, form: str = "2.1"
) -> Iterator[str]:
    """The message in parts: its beginning, each series, its end.

    Records of one series that follow one another make one element; a series that comes back makes another.

    Args:
        structure: what the records follow.
        records: in their order.
        form: one of FORMS.

    Raises:
        ValueError: another form, no time zone, a record that lacks a dimension or has what the structure has not,
            or a text that XML cannot hold.
    """
    if form not in FORMS:
        raise ValueError(f"SDMX-ML {form} is not written: one of {FORMS}")
    maker = (_Generic if form == "2.1-generic" else _Specific)(structure, form)
    yield maker.begin(header)
    for key, group in groupby(_checked(records, structure), maker.series_key):
        yield maker.series(key, group)
    yield maker.end


def _checked(records: Iterable[Record], structure: Structure) -> Iterator[Record]:
    known, key = frozenset(structure.columns), structure.key
    for record in records:
        if not known >= record.keys():
            raise ValueError(f"{structure.reference} has no {', '.join(sorted(record.keys() - known))}")
        lacking = [name for name in key if not record.get(name)]
        if lacking:
            raise ValueError(f"an observation lacks {', '.join(lacking)}")
        yield record


def text_xml(value: str) -> str:
    """A value as it stands in an attribute or an element.

    Raises:
        ValueError: XML cannot hold it.
    """
    if not _SPECIAL.search(value):
        return value
    if _FORBIDDEN.search(value):
        raise ValueError(f"XML cannot hold a control character of {value[:40]!r}")
    return _SPECIAL.sub(lambda match: _ESCAPED[match[0]], value)


def header_xml(header: Header, structure: str = "") -> str:
    """The element Header.

    Raises:
        ValueError: `prepared` has no time zone.
    """
    if header.prepared.tzinfo is None:
        raise ValueError("prepared needs a time zone")
    return (
        "  <m:Header>\n"
        f"    <m:ID>{text_xml(header.id)}</m:ID>\n    <m:Test>false</m:Test>\n"
        f"    <m:Prepared>{header.prepared.isoformat(timespec='seconds')}</m:Prepared>\n"
        f'    <m:Sender id="{text_xml(header.sender)}"/>\n{structure}  </m:Header>\n'
    )


class _Maker:
    """What both forms share."""

    end = ""

    def __init__(self, structure: Structure, form: str) -> None:
        self.structure = structure
        self.version = form.partition("-")[0]
        self.schemas = f"{SCHEMAS}{self.version.replace('.', '_')}"
        # What belongs to the data set is written with each series: readers then need not look in two places.
        self.key = tuple(one.id for one in structure.dimensions)
        self.shared = tuple(one.id for one in structure.attributes if one.level != "observation")
        self.own = tuple(one.id for one in structure.attributes if one.level == "observation")
        self.measures = tuple(one.id for one in structure.measures)
        self.at_observation = structure.time or "AllDimensions"

    def series_key(self, record: Record) -> tuple[str, ...]:
        """The values all observations of a series share."""
        return tuple([record.get(name, "") for name in (*self.key, *self.shared)])

    def followed(self) -> str:
        """The reference to the structure."""
        reference = self.structure.reference
        if self.version == "2.1":
            ref = f'<Ref agencyID="{text_xml(reference.agency)}" id="{text_xml(reference.id)}" version="{text_xml(reference.version or "1.0")}"/>'
        else:
            ref = f"{_URN}{text_xml(str(reference))}"
        return f"<c:Structure>{ref}</c:Structure>"


class _Specific(_Maker):
    """Components are attributes."""

    end = "  </m:DataSet>\n</m:StructureSpecificData>\n"

    def begin(self, header: Header) -> str:
        """All before the first series."""
        namespace = text_xml(f"{_URN}{self.structure.reference}:ObsLevelDim:{self.at_observation}")
        structure = (
            f'    <m:Structure structureID="S" namespace="{namespace}" '
            f'dimensionAtObservation="{text_xml(self.at_observation)}">{self.followed()}</m:Structure>\n'
        )
        scope = ' ss:dataScope="DataStructure"' if self.version == "2.1" else ""
        return (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            f'<m:StructureSpecificData xmlns:m="{self.schemas}/message" xmlns:c="{self.schemas}/common" '
            f'xmlns:ss="{self.schemas}/data/structurespecific" xmlns:ns1="{namespace}" xmlns:xsi="{_INSTANCE}">\n'
            f"{header_xml(header, structure)}"
            f'  <m:DataSet ss:structureRef="S"{scope} ss:action="Information" xsi:type="ns1:DataSetType">\n'
        )

    def series(self, key: tuple[str, ...], records: Iterable[Record]) -> str:
        """A series with its observations."""
        parts = [f"    <Series{self._attributes(zip((*self.key, *self.shared), key, strict=True))}>\n"]
        names = (*((self.structure.time,) if self.structure.time else ()), *self.measures, *self.own)
        parts += [
            f"      <Obs{self._attributes((name, record.get(name, '')) for name in names)}/>\n"
            for record in records
        ]
        parts.append("    </Series>\n")
        return "".join(parts)

    @staticmethod
    def _attributes(pairs: Iterable[tuple[str, str]]) -> str:
        return "".join([f' {name}="{text_xml(value)}"' for name, value in pairs if value])


class _Generic(_Maker):
    """Components are elements with a name and a value."""

    end = "  </m:DataSet>\n</m:GenericData>\n"

    def begin(self, header: Header) -> str:
        """All before the first series."""
        structure = (
            f'    <m:Structure structureID="S" dimensionAtObservation="{text_xml(self.at_observation)}">'
            f"{self.followed()}</m:Structure>\n"
        )
        return (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            f'<m:GenericData xmlns:m="{self.schemas}/message" xmlns:c="{self.schemas}/common" '
            f'xmlns:g="{self.schemas}/data/generic">\n'
            f"{header_xml(header, structure)}"
            '  <m:DataSet structureRef="S" action="Information">\n'
        )

    def series(self, key: tuple[str, ...], records: Iterable[Record]) -> str:
        """A series with its observations."""
        size = len(self.key)
        parts = [
            "    <g:Series>\n",
            self._values("SeriesKey", zip(self.key, key[:size], strict=True)),
            self._values("Attributes", zip(self.shared, key[size:], strict=True)),
        ]
        for record in records:
            parts.append("      <g:Obs>\n")
            if self.structure.time:
                parts.append(f'        <g:ObsDimension value="{text_xml(record[self.structure.time])}"/>\n')
            value = record.get(self.measures[0], "")
            if value:
                parts.append(f'        <g:ObsValue value="{text_xml(value)}"/>\n')
            parts.append(self._values("Attributes", ((name, record.get(name, "")) for name in self.own)))
            parts.append("      </g:Obs>\n")
        parts.append("    </g:Series>\n")
        return "".join(parts)

    @staticmethod
    def _values(name: str, pairs: Iterable[tuple[str, str]]) -> str:
        inside = "".join(
            [f'<g:Value id="{one}" value="{text_xml(value)}"/>' for one, value in pairs if value]
        )
        return f"      <g:{name}>{inside}</g:{name}>\n" if inside else ""
