"""Writing a data structure definition with its concepts and code lists as an SDMX-ML 2.1 message of structures."""

from collections.abc import Iterator

from actionlines.formats.sdmx.ml_writing import SCHEMAS, Header, header_xml, text_xml
from actionlines.formats.sdmx.structure import Component, Structure


def structure_ml(structure: Structure, header: Header) -> str:
    """The message: a code list for each component whose codes are known, a concept for each component, the structure.

    A component with codes that are not known is a text there.

    Raises:
        ValueError: no time zone in the header, or a text XML cannot hold.
    """
    schemas = f"{SCHEMAS}2_1"
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<m:Structure xmlns:m="{schemas}/message" xmlns:s="{schemas}/structure" xmlns:c="{schemas}/common">\n'
        f"{header_xml(header)}  <m:Structures>\n{''.join(_Parts(structure).all())}  </m:Structures>\n</m:Structure>\n"
    )


class _Parts:
    """The parts of the message."""

    def __init__(self, structure: Structure) -> None:
        self.structure = structure
        self.agency = text_xml(structure.reference.agency)
        self.version = text_xml(structure.reference.version or "1.0")
        self.id = text_xml(structure.reference.id)
        self.components = (*structure.dimensions, *structure.measures, *structure.attributes)

    def all(self) -> Iterator[str]:
        """Code lists, concepts, the structure: the order of the schema."""
        coded = [one for one in self.components if one.codes]
        if coded:
            yield f"    <s:Codelists>\n{''.join(map(self.code_list, coded))}    </s:Codelists>\n"
        names = [one.id for one in self.components] + ([self.structure.time] if self.structure.time else [])
        concepts = "".join(
            f'        <s:Concept id="{text_xml(name)}">{self.name(name)}</s:Concept>\n' for name in names
        )
        yield (
            f"    <s:Concepts>\n      <s:ConceptScheme {self.maintained(f'CS_{self.id}')}>{self.name('Concepts')}\n"
            f"{concepts}      </s:ConceptScheme>\n    </s:Concepts>\n"
        )
        yield (
            f"    <s:DataStructures>\n      <s:DataStructure {self.maintained(self.id)}>{self.name(self.id)}\n"
            f"        <s:DataStructureComponents>\n{''.join(self.lists())}"
            "        </s:DataStructureComponents>\n      </s:DataStructure>\n    </s:DataStructures>\n"
        )

    def maintained(self, identifier: str) -> str:
        """The attributes of what an agency maintains."""
        return f'id="{identifier}" agencyID="{self.agency}" version="{self.version}"'

    @staticmethod
    def name(text: str) -> str:
        """An English name."""
        return f'<c:Name xml:lang="en">{text_xml(text)}</c:Name>'

    def code_list(self, component: Component) -> str:
        """A code list; a code without a label has itself for one."""
        codes = "".join(
            f'        <s:Code id="{text_xml(code)}">{self.name(label or code)}</s:Code>\n'
            for code, label in component.codes.items()
        )
        head = f"{self.maintained(f'CL_{text_xml(component.id)}')}>{self.name(component.id)}"
        return f"      <s:Codelist {head}\n{codes}      </s:Codelist>\n"

    def lists(self) -> Iterator[str]:
        """The dimensions, the attributes, the measure."""
        dimensions = [
            f'            <s:Dimension id="{text_xml(one.id)}" position="{place}">{self.meaning(one)}</s:Dimension>\n'
            for place, one in enumerate(self.structure.dimensions, 1)
        ]
        if self.structure.time:
            period = '<s:LocalRepresentation><s:TextFormat textType="ObservationalTimePeriod"/></s:LocalRepresentation>'
            dimensions.append(
                f'            <s:TimeDimension id="{text_xml(self.structure.time)}" position="{len(dimensions) + 1}">'
                f"{self.concept(self.structure.time)}{period}</s:TimeDimension>\n"
            )
        yield self.listed("DimensionList", "DimensionDescriptor", dimensions)
        yield self.listed(
            "AttributeList", "AttributeDescriptor", map(self.attribute, self.structure.attributes)
        )
        measure = self.structure.measures[0]
        yield self.listed(
            "MeasureList",
            "MeasureDescriptor",
            [
                f'            <s:PrimaryMeasure id="{text_xml(measure.id)}">{self.meaning(measure)}</s:PrimaryMeasure>\n'
            ],
        )

    @staticmethod
    def listed(element: str, identifier: str, items: "Iterator[str] | list[str] | map[str]") -> str:
        """A list of components, nothing where it is empty."""
        inside = "".join(items)
        end = f"          </s:{element}>\n"
        return f'          <s:{element} id="{identifier}">\n{inside}{end}' if inside else ""

    def attribute(self, component: Component) -> str:
        """An attribute with what it belongs to."""
        if component.level == "dataset":
            relation = "<s:None/>"
        elif component.level == "series":
            relation = "".join(
                f'<s:Dimension><Ref id="{text_xml(one.id)}"/></s:Dimension>'
                for one in self.structure.dimensions
            )
        else:
            relation = (
                f'<s:PrimaryMeasure><Ref id="{text_xml(self.structure.measures[0].id)}"/></s:PrimaryMeasure>'
            )
        return (
            f'            <s:Attribute id="{text_xml(component.id)}" assignmentStatus="Conditional">'
            f"{self.meaning(component)}<s:AttributeRelationship>{relation}</s:AttributeRelationship></s:Attribute>\n"
        )

    def meaning(self, component: Component) -> str:
        """The concept of a component, and what may stand in it."""
        if component.codes:
            code_list = f'<Ref {self.maintained(f"CL_{text_xml(component.id)}")} package="codelist" class="Codelist"/>'
            form = f"<s:Enumeration>{code_list}</s:Enumeration>"
        else:
            form = f'<s:TextFormat textType="{"Double" if component.number else "String"}"/>'
        return f"{self.concept(component.id)}<s:LocalRepresentation>{form}</s:LocalRepresentation>"

    def concept(self, identifier: str) -> str:
        """The reference to a concept of the message."""
        return (
            f'<s:ConceptIdentity><Ref id="{text_xml(identifier)}" maintainableParentID="CS_{self.id}" '
            f'maintainableParentVersion="{self.version}" agencyID="{self.agency}" package="conceptscheme" '
            'class="Concept"/></s:ConceptIdentity>'
        )
