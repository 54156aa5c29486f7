"""Writing activities as IATI 2.03 that its schema accepts: elements in its order, all that must be there.

The text is made part by part, so a file may be as long as it likes.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import Decimal
from typing import Final

from actionlines.formats.iati.activity import (
    Activity,
    Coded,
    Document,
    Indicator,
    Narratives,
    Organisation,
    Period,
    Result,
    Transaction,
    Value,
)
from actionlines.formats.iati.parsing import NAMESPACE

VERSION: Final = "2.03"
# What XML 1.0 cannot hold, not even as a reference.
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SPECIAL: Final = re.compile('[&<>"\t\r\n\x00-\x1f\ud800-\udfff\ufffe\uffff]')
_IN_TEXT: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}
_IN_ATTRIBUTE: Final = {**_IN_TEXT, '"': "&quot;", "\t": "&#9;", "\n": "&#10;"}


def activities_xml(activities: Iterable[Activity], generated: datetime) -> Iterator[str]:
    """The file in parts: its beginning, each activity, its end.

    Args:
        activities: written in their order as they come.
        generated: when the file is made, with a time zone.

    Raises:
        ValueError: an activity lacks what the schema demands (see `missing_parts`), or `generated` its time zone.
    """
    if generated.tzinfo is None:
        raise ValueError("generated needs a time zone")
    moment = generated.isoformat(timespec="seconds")
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<iati-activities version="{VERSION}" generated-datetime="{moment}" xmlns:al="{NAMESPACE}">\n'
    )
    for activity in activities:
        missing = missing_parts(activity)
        if missing:
            raise ValueError(f"{activity.identifier or 'an activity'} lacks {', '.join(missing)}")
        yield _activity(activity)
    yield "</iati-activities>\n"


def missing_parts(activity: Activity) -> tuple[str, ...]:
    """What IATI 2.03 demands of an activity and this one does not have, by the names of the elements."""
    reporter = activity.reporter
    needed = {
        "iati-identifier": activity.identifier,
        "reporting-org": reporter.ref and reporter.type and reporter.names,
        "title": activity.titles,
        "description": activity.descriptions and all(one.texts for one in activity.descriptions),
        "participating-org": activity.organisations and all(one.role for one in activity.organisations),
        "activity-status": activity.status,
        "activity-date": activity.dates,
        "document-link": all(one.titles and one.categories for one in activity.documents),
        "result": all(
            one.titles and one.indicators and all(indicator.titles for indicator in one.indicators)
            for one in activity.results
        ),
    }
    return tuple(name for name, there in needed.items() if not there)


def _activity(activity: Activity) -> str:
    own = activity.language
    parts = [
        "<iati-activity"
        + _attribute("default-currency", activity.currency)
        + _attribute("xml:lang", own)
        + f">\n<iati-identifier>{_text(activity.identifier)}</iati-identifier>\n",
        _organisation("reporting-org", activity.reporter, own),
        f"<title>{_narratives(activity.titles, own)}</title>\n",
        *(
            f"<description{_attribute('type', one.type)}>{_narratives(one.texts, own)}</description>\n"
            for one in activity.descriptions
        ),
        *(_organisation("participating-org", one, own) for one in activity.organisations),
        f"<activity-status{_attribute('code', activity.status)}/>\n",
        *(
            f"<activity-date{_attribute('iso-date', one.day)}{_attribute('type', one.type)}"
            f"{_filled('activity-date', _narratives(one.texts, own))}"
            for one in activity.dates
        ),
    ]
    if activity.scope:
        parts.append(f"<activity-scope{_attribute('code', activity.scope)}/>\n")
    for name, coded in (
        ("recipient-country", activity.countries),
        ("recipient-region", activity.regions),
        ("sector", activity.sectors),
        ("tag", activity.tags),
    ):
        parts += [_coded(name, one, own) for one in coded]
    for budget in activity.budgets:
        parts.append(
            f"<budget{_attribute('type', budget.type)}{_attribute('status', budget.status)}>"
            f"{_period(budget.start, budget.end)}{_value(budget.value, budget.start)}</budget>\n"
        )
    parts += [_transaction(one, own) for one in activity.transactions]
    parts += [_document(one, own) for one in activity.documents]
    parts += [_result(one, own) for one in activity.results]
    if activity.kept:
        said = "".join(_attribute(name, value) for name, value in activity.kept.items())
        parts.append(f"<al:entry{said}/>\n")
    parts.append("</iati-activity>\n")
    return "".join(parts)


def _organisation(name: str, one: Organisation, own: str) -> str:
    said = (
        _attribute("ref", one.ref)
        + _attribute("role", one.role)
        + _attribute("type", one.type)
        + (' secondary-reporter="1"' if one.secondary else "")
    )
    return f"<{name}{said}{_filled(name, _narratives(one.names, own))}"


def _coded(name: str, one: Coded, own: str) -> str:
    said = (
        _attribute("code", one.code)
        + _attribute("vocabulary", one.vocabulary)
        + _attribute("vocabulary-uri", one.uri)
        + ("" if one.percentage is None else _attribute("percentage", _number(one.percentage)))
    )
    return f"<{name}{said}{_filled(name, _narratives(one.names, own))}"


def _filled(name: str, content: str) -> str:
    return f">{content}</{name}>\n" if content else "/>\n"


def _narratives(texts: Narratives, own: str) -> str:
    return "".join(
        [
            f"<narrative{_attribute('xml:lang', language) if language != own else ''}>{_text(text)}</narrative>"
            for language, text in texts
        ]
    )


def _period(start: str, end: str) -> str:
    return f'<period-start iso-date="{start}"/><period-end iso-date="{end}"/>'


def _value(value: Value, day: str) -> str:
    """The amount; its day is that of the exchange rate, or `day` where none is known (the schema demands one)."""
    said = _attribute("currency", value.currency) + _attribute("value-date", value.day or day)
    return f"<value{said}>{_number(value.amount)}</value>"


def _transaction(one: Transaction, own: str) -> str:
    parts = [
        f"<transaction{_attribute('ref', one.ref)}><transaction-type{_attribute('code', one.type)}/>",
        f'<transaction-date iso-date="{one.day}"/>{_value(one.value, one.day)}',
    ]
    if one.texts:
        parts.append(f"<description>{_narratives(one.texts, own)}</description>")
    for name, organisation in (("provider-org", one.provider), ("receiver-org", one.receiver)):
        if organisation is not None:
            parts.append(_organisation(name, organisation, own))
    parts += [_coded("sector", sector, own) for sector in one.sectors]
    parts += [_coded("recipient-country", country, own) for country in one.countries[:1]]
    parts += [_coded("recipient-region", region, own) for region in one.regions[:1]]
    return "".join((*parts, "</transaction>\n"))


def _document(one: Document, own: str) -> str:
    categories = "".join(f"<category{_attribute('code', code)}/>" for code in one.categories)
    said = _attribute("url", one.url) + _attribute("format", one.format or "text/html")
    return f"<document-link{said}><title>{_narratives(one.titles, own)}</title>{categories}</document-link>\n"


def _result(one: Result, own: str) -> str:
    text = f"<description>{_narratives(one.texts, own)}</description>" if one.texts else ""
    indicators = "".join(_indicator(indicator, own) for indicator in one.indicators)
    return f"<result{_attribute('type', one.type)}><title>{_narratives(one.titles, own)}</title>{text}{indicators}</result>\n"


def _indicator(one: Indicator, own: str) -> str:
    references = "".join(
        f"<reference{_attribute('code', item.code)}{_attribute('vocabulary', item.vocabulary)}"
        f"{_attribute('indicator-uri', item.uri)}/>"
        for item in one.references
    )
    baselines = "".join(
        f"<baseline{_attribute('year', year)}{_attribute('value', value)}/>" for year, value in one.baselines
    )
    return (
        f"<indicator{_attribute('measure', one.measure)}><title>{_narratives(one.titles, own)}</title>"
        f"{references}{baselines}{''.join(map(_measured, one.periods))}</indicator>"
    )


def _measured(one: Period) -> str:
    targets = "".join(f"<target{_attribute('value', value)}/>" for value in one.targets)
    actuals = "".join(f"<actual{_attribute('value', value)}/>" for value in one.actuals)
    return f"<period>{_period(one.start, one.end)}{targets}{actuals}</period>"


def _number(number: Decimal) -> str:
    """A decimal as a schema reads it: 1E+3 is written 1000."""
    return f"{number:f}"


def _text(text: str) -> str:
    return _SPECIAL.sub(_as_text, text) if _SPECIAL.search(text) else text


def _attribute(name: str, value: str) -> str:
    if not value:
        return ""
    return f' {name}="{_SPECIAL.sub(_as_attribute, value) if _SPECIAL.search(value) else value}"'


def _as_text(match: re.Match[str]) -> str:
    character = match.group()
    return _IN_TEXT.get(character, "" if _FORBIDDEN.match(character) else character)


def _as_attribute(match: re.Match[str]) -> str:
    character = match.group()
    return _IN_ATTRIBUTE.get(character, "" if _FORBIDDEN.match(character) else character)
