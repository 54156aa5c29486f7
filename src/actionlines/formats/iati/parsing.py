"""One element of an IATI file as an `Activity`: what can be mended is mended and said, what cannot is left out and said.

Versions 1.0x wrote texts into the elements themselves, repeated an element for each language and named codes by
words; 2.0x writes narratives and numbers. Both are read by the same functions, for real files mix them.
"""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Final

from actionlines.formats.iati.activity import (
    Activity,
    ActivityDate,
    Budget,
    Description,
    Document,
    Indicator,
    Narratives,
    Organisation,
    Period,
    Reference,
    Result,
    Transaction,
)
from actionlines.formats.iati.elements import Element, ElementReader
from actionlines.problems import marked

# What this product's own export writes beside the standard, so that its entries come back whole.
NAMESPACE: Final = "urn:actionlines:iati"
_KEPT: Final = f"{{{NAMESPACE}}}entry"


class ActivityParser(ElementReader):
    """Reads the activities of one file, one after another."""

    def activity(self, element: Element) -> Activity | None:
        """The activity; None for one without an identifier, which is said."""
        self._language = self._language_of(element)
        self._currency = element.get("default-currency", "").strip().upper()
        found: dict[str, Any] = {}
        for child in element:
            read = self._PARTS.get(child.tag)
            if read is not None:
                read(self, child, found)
        if not found.get("identifier"):
            self.note(
                element,
                "iati-identifier",
                marked("the activity has no identifier and is left out."),
                marked("an iati-identifier."),
                severity="error",
            )
            return None
        found.setdefault("reporter", Organisation())
        for name in _SEVERAL.intersection(found):
            found[name] = tuple(found[name])
        return Activity(
            **found,
            language=self._language,
            currency=self._currency,
            line=self._line(element),
        )

    def _identifier(self, element: Element, found: dict[str, Any]) -> None:
        found["identifier"] = (element.text or "").strip()

    def _reporter(self, element: Element, found: dict[str, Any]) -> None:
        found["reporter"] = self._organisation(element)

    def _title(self, element: Element, found: dict[str, Any]) -> None:
        found["titles"] = (*found.get("titles", ()), *self._narratives(element))

    def _description(self, element: Element, found: dict[str, Any]) -> None:
        texts = self._narratives(element)
        kind = (element.get("type") or "1").strip()
        others: list[Description] = found.setdefault("descriptions", [])
        for place, other in enumerate(others):
            # 1.0x repeats the element for each language; in 2.0x a second one is a second description.
            if (
                self.old
                and other.type == kind
                and not {code for code, _ in other.texts} & {code for code, _ in texts}
            ):
                others[place] = Description((*other.texts, *texts), kind)
                return
        if texts:
            others.append(Description(texts, kind))

    def _participant(self, element: Element, found: dict[str, Any]) -> None:
        found.setdefault("organisations", []).append(self._organisation(element))

    def _status(self, element: Element, found: dict[str, Any]) -> None:
        found["status"] = self._code(element, "ActivityStatus")

    def _scope(self, element: Element, found: dict[str, Any]) -> None:
        found["scope"] = (element.get("code") or "").strip()

    def _date(self, element: Element, found: dict[str, Any]) -> None:
        kind = self._code(element, "ActivityDateType", "type")
        iso = bool(element.get("iso-date"))
        day = self.day(element, "activity-date")
        if day:
            texts = self._narratives(element) if iso else ()
            found.setdefault("dates", []).append(ActivityDate(kind, day, texts))

    def _country(self, element: Element, found: dict[str, Any]) -> None:
        found.setdefault("countries", []).append(self._coded(element))

    def _region(self, element: Element, found: dict[str, Any]) -> None:
        found.setdefault("regions", []).append(self._coded(element, "RegionVocabulary"))

    def _sector(self, element: Element, found: dict[str, Any]) -> None:
        found.setdefault("sectors", []).append(self._coded(element, "SectorVocabulary"))

    def _tag(self, element: Element, found: dict[str, Any]) -> None:
        found.setdefault("tags", []).append(self._coded(element))

    def _location(self, element: Element, _found: dict[str, Any]) -> None:
        """Places are not kept; a point without its position is said all the same, for its owner lost something."""
        for point in element.iterchildren("point"):
            if point.find("pos") is None:
                self.note(
                    point,
                    "location/point",
                    marked("the point has no position."),
                    marked("a pos element with latitude and longitude, or no point."),
                )

    def _budget(self, element: Element, found: dict[str, Any]) -> None:
        start = self.day(element.find("period-start"), "budget/period-start")
        end = self.day(element.find("period-end"), "budget/period-end")
        value = self._value(element.find("value"), "budget/value")
        if value is None or not start or not end:
            self._incomplete(element, "budget", marked("a period-start, a period-end and a value."))
            return
        kind = self._code(element, "BudgetType", "type") or "1"
        status = (element.get("status") or "1").strip()
        found.setdefault("budgets", []).append(Budget(start, end, value, kind, status))

    def _incomplete(self, element: Element, place: str, expected: str) -> None:
        self.note(element, place, marked("the element is not complete and is left out."), expected)

    def _transaction(self, element: Element, found: dict[str, Any]) -> None:
        parts: dict[str, list[Element]] = {}
        for child in element:
            parts.setdefault(child.tag, []).append(child)

        def first(tag: str) -> Element | None:
            return parts[tag][0] if tag in parts else None

        kind = first("transaction-type")
        day = self.day(first("transaction-date"), "transaction/transaction-date")
        value = self._value(first("value"), "transaction/value")
        if kind is None or not day or value is None:
            expected = marked("a transaction-type, a transaction-date and a value.")
            self._incomplete(element, "transaction", expected)
            return
        text, provider, receiver = first("description"), first("provider-org"), first("receiver-org")
        found.setdefault("transactions", []).append(
            Transaction(
                self._code(kind, "TransactionType"),
                day,
                value,
                (element.get("ref") or "").strip(),
                () if text is None else self._narratives(text),
                None if provider is None else self._organisation(provider),
                None if receiver is None else self._organisation(receiver),
                tuple(self._coded(child, "SectorVocabulary") for child in parts.get("sector", ())),
                tuple(self._coded(child) for child in parts.get("recipient-country", ())),
                tuple(self._coded(child, "RegionVocabulary") for child in parts.get("recipient-region", ())),
            )
        )

    def _document(self, element: Element, found: dict[str, Any]) -> None:
        url = (element.get("url") or "").strip()
        if not url:
            self._incomplete(element, "document-link", marked("an address in url."))
            return
        title = element.find("title")
        categories = (child.get("code", "").strip() for child in element.iterchildren("category"))
        found.setdefault("documents", []).append(
            Document(
                url,
                (element.get("format") or "").strip(),
                () if title is None else self._narratives(title),
                tuple(code for code in categories if code),
            )
        )

    def _website(self, element: Element, found: dict[str, Any]) -> None:
        """The activity's page as 1.0x gave it."""
        url = (element.text or "").strip()
        if url:
            found.setdefault("documents", []).append(Document(url, "text/html", (), ("A12",)))

    def _result(self, element: Element, found: dict[str, Any]) -> None:
        title, text = element.find("title"), element.find("description")
        found.setdefault("results", []).append(
            Result(
                () if title is None else self._narratives(title),
                (element.get("type") or "9").strip(),
                () if text is None else self._narratives(text),
                tuple(self._indicator(child) for child in element.iterchildren("indicator")),
            )
        )

    def _indicator(self, element: Element) -> Indicator:
        titles: Narratives = ()
        references, baselines, periods = [], [], []
        for child in element:
            match child.tag:
                case "title":
                    titles = self._narratives(child)
                case "reference":
                    code = (child.get("code") or "").strip()
                    uri = (child.get("indicator-uri") or "").strip()
                    references.append(Reference(code, (child.get("vocabulary") or "").strip(), uri))
                case "baseline":
                    baselines.append(((child.get("year") or "").strip(), (child.get("value") or "").strip()))
                case "period":
                    periods.append(self._period(child))
                case _:
                    pass
        measure = (element.get("measure") or "1").strip()
        return Indicator(
            titles,
            measure,
            tuple(references),
            tuple(baselines),
            tuple(period for period in periods if period is not None),
        )

    def _period(self, element: Element) -> Period | None:
        start = self.day(element.find("period-start"), "period/period-start")
        end = self.day(element.find("period-end"), "period/period-end")
        if not start or not end:
            self._incomplete(element, "indicator/period", marked("a period-start and a period-end."))
            return None
        targets, actuals = (
            tuple(child.get("value", "").strip() for child in element.iterchildren(tag))
            for tag in ("target", "actual")
        )
        return Period(start, end, targets, actuals)

    def _keep(self, element: Element, found: dict[str, Any]) -> None:
        found["kept"] = {str(name): str(value) for name, value in element.attrib.items()}

    # Element to the method that reads it into what is found; all others are passed over.
    _PARTS: ClassVar[Mapping[Any, Callable[[Any, Element, dict[str, Any]], None]]] = {
        "iati-identifier": _identifier,
        "reporting-org": _reporter,
        "title": _title,
        "description": _description,
        "participating-org": _participant,
        "activity-status": _status,
        "activity-date": _date,
        "activity-scope": _scope,
        "recipient-country": _country,
        "recipient-region": _region,
        "location": _location,
        "sector": _sector,
        "tag": _tag,
        "budget": _budget,
        "transaction": _transaction,
        "document-link": _document,
        "activity-website": _website,
        "result": _result,
        _KEPT: _keep,
    }


_SEVERAL: Final = frozenset(
    {
        *("descriptions", "organisations", "dates", "countries", "regions", "sectors", "tags", "budgets"),
        *("transactions", "documents", "results"),
    }
)
