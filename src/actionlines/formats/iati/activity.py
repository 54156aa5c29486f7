"""An IATI activity with the parts this product uses, in the codes of version 2.03 whatever version it was read from.

Codes are text, as published: 'role' 4 is "Implementing", see the code lists of IATI. Texts are narratives: one per
language, in the order of the file.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

# (language, text) for each language; '' where neither the text nor its activity says in which language it is.
Narratives = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation and its part in the activity.

    Attributes:
        ref: identifier, or ''.
        type: OrganisationType (10 government, 40 multilateral …), or ''.
        role: OrganisationRole (1 funding, 2 accountable, 3 extending, 4 implementing); '' for who reports.
        secondary: whether it reports on the work of others.
    """

    ref: str = ""
    type: str = ""
    role: str = ""
    names: Narratives = ()
    secondary: bool = False


@dataclass(frozen=True, slots=True)
class Coded:
    """A code of a vocabulary: a sector, a tag, a recipient country or region.

    Attributes:
        vocabulary: code of the vocabulary; '' where the element has none (countries) or the default is meant.
        uri: address of the vocabulary, for those of a publisher's own (99).
        percentage: of the activity's money, or None.
    """

    code: str
    vocabulary: str = ""
    uri: str = ""
    percentage: Decimal | None = None
    names: Narratives = ()


@dataclass(frozen=True, slots=True)
class Description:
    """A description; `type` 1 general, 2 objectives, 3 target groups, 4 other."""

    texts: Narratives
    type: str = "1"


@dataclass(frozen=True, slots=True)
class ActivityDate:
    """A day; `type` 1 planned start, 2 actual start, 3 planned end, 4 actual end. `day` is ISO 8601."""

    type: str
    day: str
    texts: Narratives = ()


@dataclass(frozen=True, slots=True)
class Value:
    """An amount of money; `currency` is ISO 4217 ('' unknown), `day` the day of its exchange rate (ISO 8601, or '')."""

    amount: Decimal
    currency: str = ""
    day: str = ""


@dataclass(frozen=True, slots=True)
class Budget:
    """Money foreseen for a time; `type` 1 original, 2 revised; `status` 1 indicative, 2 committed."""

    start: str
    end: str
    value: Value
    type: str = "1"
    status: str = "1"


@dataclass(frozen=True, slots=True)
class Transaction:
    """Money that moved or was promised; `type` 2 outgoing commitment, 3 disbursement, 4 expenditure …"""

    type: str
    day: str
    value: Value
    ref: str = ""
    texts: Narratives = ()
    provider: Organisation | None = None
    receiver: Organisation | None = None
    sectors: tuple[Coded, ...] = ()
    countries: tuple[Coded, ...] = ()
    regions: tuple[Coded, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A page or file on the web; category A12 is the activity's own page."""

    url: str
    format: str = "text/html"
    titles: Narratives = ()
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reference:
    """An indicator of somebody's list; vocabulary 9 is the SDG indicators ('8.8.2')."""

    code: str
    vocabulary: str
    uri: str = ""


@dataclass(frozen=True, slots=True)
class Period:
    """What was aimed at and reached between two days; values are text as published, several where disaggregated."""

    start: str
    end: str
    targets: tuple[str, ...] = ()
    actuals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator of a result.

    Attributes:
        measure: 1 unit, 2 percentage, 3 nominal, 4 ordinal, 5 qualitative.
        baselines: (year, value) pairs as published.
    """

    titles: Narratives
    measure: str = "1"
    references: tuple[Reference, ...] = ()
    baselines: tuple[tuple[str, str], ...] = ()
    periods: tuple[Period, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """A result; `type` 1 output, 2 outcome, 3 impact, 9 other."""

    titles: Narratives
    type: str = "1"
    texts: Narratives = ()
    indicators: tuple[Indicator, ...] = ()


@dataclass(frozen=True, slots=True)
class Activity:
    """One activity.

    Attributes:
        identifier: the IATI identifier, unique in the world.
        reporter: who publishes it.
        language: default of the texts (lower-case BCP 47), or ''.
        currency: default of the amounts, or ''.
        status: ActivityStatus: 1 identification, 2 implementation, 3 finalisation, 4 closed, 5 cancelled, 6 suspended.
        scope: ActivityScope: 1 global, 2 regional, 4 national …, or ''.
        kept: what this product's own export wrote beside the standard, see `entries.py`.
        line: line of the file it began on, 0 where it was not read.
    """

    identifier: str
    reporter: Organisation
    titles: Narratives = ()
    descriptions: tuple[Description, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    status: str = ""
    dates: tuple[ActivityDate, ...] = ()
    scope: str = ""
    countries: tuple[Coded, ...] = ()
    regions: tuple[Coded, ...] = ()
    sectors: tuple[Coded, ...] = ()
    tags: tuple[Coded, ...] = ()
    budgets: tuple[Budget, ...] = ()
    transactions: tuple[Transaction, ...] = ()
    documents: tuple[Document, ...] = ()
    results: tuple[Result, ...] = ()
    language: str = ""
    currency: str = ""
    kept: Mapping[str, str] = field(default_factory=dict)
    line: int = field(default=0, compare=False)

    def day(self, *types: str) -> str:
        """The day of the first of these date types there is ('2', '1': the actual start, else the planned), or ''."""
        by_type = {date.type: date.day for date in reversed(self.dates)}
        return next((by_type[one] for one in types if one in by_type), "")
