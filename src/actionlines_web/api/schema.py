"""What goes over the wire: parameters, records in, records out. The descriptions are the documentation."""

from datetime import datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import ConfigDict, Field

from actionlines.frameworks import catalogue, region_names
from actionlines.stocktaking import COVERAGES, MAKERS, STAGES, STAKEHOLDER_TYPES, STATUSES
from actionlines.stocktaking.freshness import FRESHNESS
from actionlines.text import LANGUAGES

_NONE = ("none",)
_KNOWN = catalogue().frameworks


def _codes(framework: str, *kinds: str) -> tuple[str, ...]:
    return tuple(node.code for node in _KNOWN[framework].of_kind(*kinds))


Line = Literal[_codes("wsis", "action line", "sub-line") + _NONE]
Goal = Literal[_codes("sdg", "goal") + _NONE]
Target = Literal[_codes("sdg", "target")]
Outcome = Literal[_codes("itu-d-2020", "objective", "outcome")]
Region = Literal[tuple(region_names()) + _NONE]
Stakeholder = Literal[STAKEHOLDER_TYPES]
StatusCode = Literal[STATUSES]
LanguageCode = Literal[LANGUAGES]
BasisFilter = Literal["declared", "accepted", "evidence"]
DirectionFilter = Literal["works-against"]
FreshnessLevel = Literal[FRESHNESS]
Country = Annotated[str, Field(pattern=r"^([A-Z]{3}|none)$", description="ISO 3166-1 alpha-3, such as SEN.")]
Year = Annotated[int, Field(ge=1900, le=2100)]
Limit = Annotated[int, Field(ge=1, le=100, description="Items of a page.")]
Text = Annotated[str, Field(min_length=1, max_length=300, pattern=r"^[^\x00]*\S[^\x00]*$")]
LongText = Annotated[str, Field(max_length=5_000)]
Item = Annotated[
    str, Field(min_length=1, max_length=300, pattern=r"^[^;؛；\n\x00]*[^;؛；\s\x00][^;؛；\n\x00]*$")
]
Cursor = Annotated[str, Field(pattern=r"^b?[0-9]{1,4}(\.[0-9]{1,18})?$", max_length=40)]
Titles = Annotated[dict[str, str], Field(description="Language to title, as far as there are translations.")]


class EntryFilter(Schema):
    """The filters of entries, the same as in the addresses of the list and its exports."""

    q: Text | None = Field(
        None, description="Words to search; the 2,000 best matches are listed, best first."
    )
    line: Line | None = Field(None, description="Action line; none: entries without one.")
    goal: Goal | None = None
    target: Target | None = None
    sub_line: Literal["none"] | None = Field(
        None, description="none: on the line C7 but on none of its parts."
    )
    outcome: Outcome | None = Field(
        None, description="Objective or outcome of the plan itu-d-2020, through its lines."
    )
    region: Region | None = None
    country: Country | None = None
    year_from: Year | None = Field(None, description="First year, included.")
    year_to: Year | None = Field(None, description="Last year, included.")
    year: Literal["none"] | None = Field(None, description="none: entries without a year.")
    stakeholder: Stakeholder | None = None
    organisation: Text | None = Field(None, description="Its name as the register writes it.")
    status: StatusCode | None = None
    language: LanguageCode | None = Field(None, description="Language of the entry.")
    story: Literal["yes"] | None = Field(None, description="yes: entries told as a success story.")
    direction: DirectionFilter | None = Field(
        None,
        description="works-against: entries with setbacks, which count nowhere else; by line, goal or target.",
    )
    freshness: FreshnessLevel | None = Field(
        None, description="How long ago its owner last confirmed it: a year, two years, longer."
    )
    basis: BasisFilter | None = Field(
        None,
        description="Links that count: declared only, also those a reviewer accepted, or all with evidence (default).",
    )


class EntryParameters(EntryFilter):
    """The filters of the list of entries, and which page of it."""

    after: Cursor | None = Field(None, description="Where the page begins: take it from `next`.")
    limit: Limit = 20


class MatrixParameters(EntryFilter):
    """The filters of entries, and what the rows are."""

    framework: Literal["wsis", "itu-d-2020"] | None = Field(
        None, description="Framework of the rows; wsis by default."
    )
    goal: Goal | None = Field(
        None,
        description="Open this goal: its targets become the columns. With outcomes as rows it filters like all else.",
    )


class Named(Schema):
    """A code and its name in the reader's language."""

    code: str
    name: str


class Link(Schema):
    """Why an entry belongs to a node."""

    framework: Literal["wsis", "sdg"]
    node: str
    title: str
    address: str = Field(description="Of the node; for goals and targets the United Nations' own.")
    basis: Literal["declared", "cited", "lexicon", "model", "matrix"]
    probability: float = Field(ge=0, le=1, description="Chance that a careful reader agrees.")
    accepted: bool = Field(
        description="Whether a reviewer accepted it; one of basis declared that is accepted was added by a reviewer."
    )
    direction: Literal["advances", "mentions", "works-against"] = Field(
        description="What the text does for the node; works-against stands among the setbacks only."
    )


class Passage(Schema):
    """A passage of the text that supports a link: characters `start` to `end` of title, empty line, description."""

    start: int
    end: int
    text: str


class LinkWithEvidence(Link):
    """A link with the passages that support it."""

    evidence: list[Passage]


class EntryTranslation(Schema):
    """Title and description in one more language."""

    language: LanguageCode
    title: str
    description: str
    made_by: Literal[MAKERS] = Field(description="human, or machine.")


class Entry(Schema):
    """One record of the register."""

    id: str
    address: str = Field(description="Its page.")
    title: str
    description: str
    language: str | None
    organisation: str | None
    stakeholder_type: Named | None
    partners: list[str] = Field(description="Organisations that work with it.")
    country: Named | None = Field(description="The lead country.")
    countries: list[Named] = Field(description="The countries beyond the lead.")
    coverage: Named | None
    region: Named | None = Field(description="The region of the country in the entry's year.")
    year: int | None
    start: str | None = Field(description="First day, ISO 8601.")
    end: str | None
    stage: Named | None = Field(description="Where the project stands.")
    status: Named
    links: list[Link]
    setbacks: list[Link] = Field(description="What it works against: kept apart, for no figure counts it.")
    beneficiaries: str | None
    results: str | None
    figures: list[str] = Field(description="Results with a number: what, a colon, value, unit and year.")
    technology: str | None
    replicability: str | None
    sustainability: str | None
    values: str | None = Field(description="Values of the Summit it promotes.")
    challenges: str | None
    financing: str | None
    translations: list[EntryTranslation]
    story: str | None = Field(description="The page of its success story.")
    website: str | None
    source: str | None
    demonstration: bool
    created: datetime
    changed: datetime


class EntryDetail(Entry):
    """One record with all its links and their evidence."""

    links: list[LinkWithEvidence]
    setbacks: list[LinkWithEvidence]


class EntryPage(Schema):
    """A page of entries."""

    items: list[Entry]
    total: int = Field(description="How many pass, counted up to 10,000.")
    capped: bool = Field(description="There are more than `total`.")
    next: str | None = Field(description="Address of the next page.")


class EntryTranslationIn(Schema):
    """A translation to add, or to put in the place of the one in its language."""

    model_config = ConfigDict(extra="forbid")

    language: LanguageCode
    title: Text
    description: Annotated[str, Field(max_length=20_000)] = ""
    made_by: Literal[MAKERS] = "human"


class EntryIn(Schema):
    """What a writer sends. The rules are those of an imported table, cell by cell."""

    model_config = ConfigDict(extra="forbid")

    id: Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[^/\x00]+$")] | None = Field(
        None, description="The owner's identifier; made of title and organisation where missing."
    )
    title: Text
    description: Annotated[str, Field(min_length=1, max_length=20_000)]
    language: LanguageCode | None = None
    organisation: Text | None = None
    stakeholder_type: Stakeholder | None = None
    country: (
        Annotated[str, Field(max_length=100, description="ISO code or a name in one of the six languages.")]
        | None
    ) = None
    year: Annotated[int, Field(ge=1970, le=2050)] | None = None
    start: Annotated[str, Field(max_length=10, description="2018-02-28")] | None = None
    end: Annotated[str, Field(max_length=10)] | None = None
    status: StatusCode | None = None
    lines: Annotated[
        list[str], Field(max_length=18, description="Declared action lines, such as C2 or C7-HEA.")
    ] = []
    targets: Annotated[
        list[str], Field(max_length=186, description="Declared goals and targets, such as 9 or 9.c.")
    ] = []
    website: Annotated[str, Field(max_length=500)] | None = None
    source: Annotated[str, Field(max_length=500)] | None = None
    partners: Annotated[list[Item], Field(max_length=100)] = []
    countries: Annotated[
        list[Annotated[str, Field(max_length=100, pattern=r"^[^;؛；|/\n]*$")]],
        Field(max_length=249, description="ISO codes or names of the countries beyond the lead."),
    ] = []
    coverage: Literal[COVERAGES] | None = None
    stage: Literal[STAGES] | None = None
    beneficiaries: LongText | None = None
    results: LongText | None = None
    figures: Annotated[list[Item], Field(max_length=100)] = []
    technology: LongText | None = None
    replicability: LongText | None = None
    sustainability: LongText | None = None
    values: LongText | None = None
    challenges: LongText | None = None
    financing: LongText | None = None
    translations: Annotated[
        list[EntryTranslationIn],
        Field(max_length=6, description="Translations that are not sent again stay as they are."),
    ] = []


class EntryPatch(EntryIn):
    """What is to change of an entry: fields that are not named stay, fields that are null become empty."""

    title: Text | None = None
    description: Annotated[str, Field(min_length=1, max_length=20_000)] | None = None
    lines: Annotated[list[str], Field(max_length=18)] | None = None
    targets: Annotated[list[str], Field(max_length=186)] | None = None
    partners: Annotated[list[Item], Field(max_length=100)] | None = None
    countries: Annotated[list[Annotated[str, Field(max_length=100)]], Field(max_length=249)] | None = None
    figures: Annotated[list[Item], Field(max_length=100)] | None = None


class FrameworkSummary(Schema):
    """A framework: a versioned tree of nodes."""

    code: str
    version: str
    title: str
    titles: Titles
    source: str
    date: str
    licence: str
    note: str
    nodes: int = Field(description="How many nodes it has.")


class Node(Schema):
    """One numbered thing of a framework."""

    framework: str
    code: str
    kind: str
    parent: str | None
    title: str
    titles: Titles
    official: bool = Field(description="The title is official wording in at least one language.")
    note: str
    address: str


class CrosswalkSummary(Schema):
    """Links from the nodes of one framework to those of another."""

    code: str
    source_framework: str
    target_framework: str
    version: str
    source: str
    date: str
    licence: str
    notes: list[str]
    links: int = Field(description="How many links it has.")


class CrosswalkLink(Schema):
    """One link of a crosswalk."""

    source: str
    target: str
    rationale: str


class Crosswalk(CrosswalkSummary):
    """A crosswalk with its links."""

    links: list[CrosswalkLink]


class MatrixCell(Schema):
    """How many distinct entries touch a row and a column; '*' is the margin."""

    row: str
    column: str
    entries: int


class CodeAndTitle(Schema):
    """A row or a column of the matrix."""

    code: str
    title: str


class Matrix(Schema):
    """The counted matrix. Cells without entries are left out; an entry counts once in each cell it touches."""

    rows: list[CodeAndTitle]
    columns: list[CodeAndTitle]
    cells: list[MatrixCell]
    total: int = Field(description="Distinct entries that pass.")
    capped: bool = Field(
        description="More entries pass than were counted (10,000): the numbers are lower bounds."
    )
    open_goal: str | None


class Area(Schema):
    """One economy."""

    iso3: str
    iso2: str
    m49: str
    name: str
    names: Titles
    region: str = Field(description="Today's region, '' where it has none.")
    groups: list[str] = Field(description="LDC, LLDC, SIDS of today.")
    income: str = Field(description="LIC, LMC, UMC or HIC of the World Bank today, '' where it is not known.")


class Fault(Schema):
    """What is wrong with one parameter or field."""

    parameter: str
    message: str
    expected: str


class ProblemDocument(Schema):
    """RFC 9457, with one item in `errors` for each parameter that cannot be used."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[Fault] = []


REFUSED: dict[Any, Any] = {422: ProblemDocument}
MISSING: dict[Any, Any] = {404: ProblemDocument, 422: ProblemDocument}
