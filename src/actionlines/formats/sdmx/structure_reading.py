"""Reading data structure definitions with their code lists out of an SDMX-ML 2.1 or 3.0 structure message."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from lxml import etree

from actionlines.formats.sdmx.message import opener
from actionlines.formats.sdmx.ml_reading import local_name
from actionlines.formats.sdmx.structure import Component, Reference, Structure, reference_of
from actionlines.problems import InputError, Problem, marked

MAX_STRUCTURE_BYTES: Final = 64 * 1024 * 1024  # the largest of the SDG has a good megabyte
_NUMBERS: Final = frozenset(
    {"Decimal", "Double", "Float", "Integer", "BigInteger", "Long", "Short", "Numeric", "Count"}
)
_NAME: Final = "{http://www.w3.org/XML/1998/namespace}lang"

Element = etree._Element  # noqa: SLF001 - lxml offers no other name for the type


def read_structures(source: Path | bytes, name: str = "") -> tuple[Structure, ...]:
    """Every data structure of a message, its code lists filled in where the message holds them.

    Args:
        source: a path, or the file's bytes.
        name: file name as the user knows it; the path's own by default.

    Raises:
        InputError: missing, too large, not XML, with a document type, or without a data structure.
    """
    name = name or (source.name if isinstance(source, Path) else "")
    with opener(source, name)() as file:
        data = file.read(MAX_STRUCTURE_BYTES + 1)
    if len(data) > MAX_STRUCTURE_BYTES:
        template = marked("the structures have more than %(most)d MB.")
        raise InputError([Problem(template, {"most": MAX_STRUCTURE_BYTES >> 20}, name)])
    if b"<!DOCTYPE" in data[:65536]:
        template = marked("the file has a document type, which could make a reader open other files.")
        raise InputError([Problem(template, file=name, expected=marked("XML without <!DOCTYPE …>."))])
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        template = marked("the file is not XML here: %(reason)s.")
        raise InputError([Problem(template, {"reason": error.msg}, name, error.lineno)]) from None
    lists = _code_lists(root)
    found = tuple(
        _structure(element, lists) for element in root.iter("{*}DataStructure") if element.get("id")
    )
    if not found:
        template = marked("the message holds no data structure definition.")
        raise InputError([Problem(template, file=name, expected=marked("an SDMX-ML message of structures."))])
    return found


def _code_lists(root: Element) -> dict[tuple[str, str], dict[str, str]]:
    """Code lists by agency and identifier."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    for element in root.iter("{*}Codelist"):
        codes = {code.get("id", ""): _label(code) for code in element.iterchildren("{*}Code")}
        found[element.get("agencyID", ""), element.get("id", "")] = codes
    return found


def _label(element: Element) -> str:
    """The English name, else the first."""
    names = list(element.iterchildren("{*}Name"))
    english = [name for name in names if name.get(_NAME, "en") == "en"]
    chosen = (english or names)[:1]
    return (chosen[0].text or "").strip() if chosen else ""


def _structure(element: Element, lists: Mapping[tuple[str, str], Mapping[str, str]]) -> Structure:
    def components(path: str) -> tuple[Component, ...]:
        return tuple(_component(child, lists) for child in element.iterfind(path))

    time = element.find(".//{*}DimensionList/{*}TimeDimension")
    dimensions = sorted(
        element.iterfind(".//{*}DimensionList/{*}Dimension"),
        key=lambda child: int(child.get("position") or 0),
    )
    measures = (
        components(".//{*}MeasureList/{*}PrimaryMeasure") + components(".//{*}MeasureList/{*}Measure")
    ) or (Component("OBS_VALUE", number=True),)
    return Structure(
        Reference(element.get("agencyID", ""), element.get("id", ""), element.get("version", "")),
        tuple(_component(child, lists) for child in dimensions),
        "" if time is None else time.get("id") or "TIME_PERIOD",
        measures,
        components(".//{*}AttributeList/{*}Attribute"),
    )


def _component(element: Element, lists: Mapping[tuple[str, str], Mapping[str, str]]) -> Component:
    reference = _enumeration(element)
    form = element.find("{*}LocalRepresentation/{*}TextFormat")
    kind = "" if form is None else form.get("textType", "")
    local = local_name(element)
    return Component(
        _identifier(element),
        kind in _NUMBERS or (local == "PrimaryMeasure" and reference is None and not kind),
        lists.get((reference.agency, reference.id), {}) if reference else {},
        _level(element.find("{*}AttributeRelationship")),
        reference is not None,
    )


def _identifier(element: Element) -> str:
    """Its own, else that of its concept, which 2.1 allows."""
    if element.get("id"):
        return element.get("id", "")
    concept = element.find("{*}ConceptIdentity")
    if concept is None:
        return ""
    ref = concept.find("Ref")
    return ref.get("id", "") if ref is not None else (concept.text or "").strip().rpartition(".")[2]


def _enumeration(element: Element) -> Reference | None:
    found = element.find("{*}LocalRepresentation/{*}Enumeration")
    if found is None:
        return None
    ref = found.find("Ref")
    if ref is not None:
        return Reference(ref.get("agencyID", ""), ref.get("id", ""), ref.get("version", ""))
    return reference_of("".join(map(str, found.itertext())).strip())


def _level(relation: Element | None) -> str:
    """What an attribute belongs to: a group counts as the series it is written with."""
    if relation is None:
        return "observation"
    names = {local_name(child) for child in relation if isinstance(child.tag, str)}
    if names & {"PrimaryMeasure", "Observation"}:
        return "observation"
    return "dataset" if names & {"None", "Dataflow"} else "series"
