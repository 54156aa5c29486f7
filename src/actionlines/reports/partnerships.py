"""The figures of partnerships as a report: each number with the records it counts, so that it can be traced."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from babel.numbers import format_decimal

from actionlines.reports.model import Cell, Figure, Paragraph, Report, Section, Table
from actionlines.reports.sections.method import SOFTWARE
from actionlines.reports.wording import Wording, wording
from actionlines.results.partnerships import Money

KIND: Final = "partnerships"
_COUNTED: Final = ("needs", "offers", "agreements")
_WIDTHS: Final = (2.4, 1.1, 1.1, 1.1, 1.6, 1.6, 1.6)


@dataclass(frozen=True, slots=True)
class KindOfSupport:
    """What is public of one kind of support.

    Attributes:
        kind: one of `results.partnerships.KINDS`.
        needs, offers, agreements: ids of the open needs and offers, and of the agreements that are counted.
        money: what was pledged and paid in these agreements, by currency.
    """

    kind: str
    needs: Sequence[int]
    offers: Sequence[int]
    agreements: Sequence[int]
    money: Sequence[Money]


def build(rows: Sequence[KindOfSupport], organisations: int, *, language: str, today: date) -> Report:
    """The report.

    Args:
        rows: by kind of support, as they are to stand.
        organisations: how many the open needs and offers belong to.
        language: one of the six.
        today: the day of the report.

    Raises:
        InputError: an unknown language.
    """
    words = wording(KIND, language)
    figures: dict[str, Figure] = {}
    cells = tuple(_row(row, words, figures) for row in rows)
    names = ("kind", *_COUNTED, "pledged", "paid", "left")
    heads = tuple(Cell(words.say(f"column.{name}"), head=True) for name in names)
    totals = {name: sum(len(getattr(row, name)) for row in rows) for name in _COUNTED}
    section = Section(
        "kinds",
        words.say("section"),
        (
            Paragraph(words.say("scope", organisations=organisations, **totals)),
            Table("kinds", words.say("table"), (heads, *cells), note=words.say("rule"), widths=_WIDTHS),
        ),
        number="1",
    )
    labels = {
        "contents": words.say("label.contents"),
        "page": words.say("label.page", page="{page}", pages="{pages}"),
        "source": words.say("label.source"),
        "identifier": words.say("label.identifier", id="{id}"),
        "separator": words.say("list.separator"),
    }
    cover = (
        words.say("cover.date", date=words.day(today)),
        words.say("cover.software", software=words.name(SOFTWARE)),
    )
    return Report(
        KIND,
        language,
        words.say("title"),
        words.say("subtitle"),
        (section,),
        figures,
        {"counting": "open proposals; agreements, pledges and payments that both sides let be counted"},
        today,
        cover,
        labels=labels,
    )


def _row(row: KindOfSupport, words: Wording, figures: dict[str, Figure]) -> tuple[Cell, ...]:
    kind = words.say(f"kind.{row.kind}")
    cells = [Cell(kind, head=True)]
    for name in _COUNTED:
        records = tuple(str(number) for number in sorted(getattr(row, name)))
        query = {"kind": row.kind} if name == "agreements" else {"side": name[:-1], "kind": row.kind}
        figure = Figure(
            f"{row.kind}.{name}", words.say(f"figure.{name}", kind=kind), len(records), query, records, name
        )
        figures[figure.id] = figure
        cells.append(Cell(words.number(figure.value), figure.id))
    agreements = tuple(str(number) for number in sorted(row.agreements))
    for name in ("pledged", "paid"):
        for item in row.money:
            label = words.say(f"figure.{name}", kind=kind, currency=item.currency)
            identifier = f"{row.kind}.{name}.{item.currency}"
            query = {"kind": row.kind, "currency": item.currency}
            figures[identifier] = Figure(
                identifier, label, float(getattr(item, name)), query, agreements, name
            )
    for name in ("pledged", "paid", "left"):
        said = [words.code(_money(getattr(item, name), item.currency, words)) for item in row.money]
        cells.append(Cell("\n".join(said) or words.say("list.none")))
    return tuple(cells)


def _money(amount: Decimal, currency: str, words: Wording) -> str:
    return f"{format_decimal(amount, format='#,##0.00', locale=words.locale)} {currency}"
