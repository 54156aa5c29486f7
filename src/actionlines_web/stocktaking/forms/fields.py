"""The fields of the form "Add an entry", one a line: what each is called, what helps to fill it in, how it is written."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from actionlines_web.stocktaking.queries.submissions import OWN_FIELDS

Label = str | Promise


@dataclass(frozen=True, slots=True)
class FormField:
    """One field.

    Attributes:
        name: column of the library's `COLUMNS`.
        kind: how it is written: 'line' and 'text' (one line, several), 'day', 'year', 'address', 'email', 'items' (one
            a line), 'choice' (from CHOICES), 'country', 'organisation', or a picker: 'nodes', 'countries'.
        needed: whether an entry cannot do without; a draft can.
        rows: height of a text.
    """

    name: str
    kind: str
    label: Label
    help: Label = ""
    needed: bool = False
    rows: int = 4


@dataclass(frozen=True, slots=True)
class Section:
    """Fields that belong together."""

    name: str
    title: Label
    fields: Sequence[FormField]


_SECTIONS: Final = (
    Section(
        "what",
        _("What it is"),
        (
            FormField(
                "title", "line", _("Title"), _("The name under which the project is known."), needed=True
            ),
            FormField("language", "choice", _("Language of this text"), needed=True),
            FormField(
                *("description", "text", _("Description")),
                _("What is done, for whom and how information and communication technologies serve it."),
                needed=True,
                rows=10,
            ),
            FormField("website", "address", _("Website"), _("An address that begins with https://.")),
        ),
    ),
    Section(
        "who",
        _("Who carries it out"),
        (
            FormField("organisation", "organisation", _("Organisation")),
            FormField("stakeholder_type", "choice", _("Stakeholder type")),
            FormField("partners", "items", _("Partners"), _("One organisation a line."), rows=3),
            FormField(
                "contact_name",
                "line",
                _("Contact person"),
                _("For the moderators only; it is never published."),
            ),
            FormField(
                *("contact_email", "email", _("E-mail address of the contact person")),
                _("For the moderators only; it is never published."),
            ),
        ),
    ),
    Section(
        "where",
        _("Where and when"),
        (
            FormField("coverage", "choice", _("Coverage")),
            FormField(
                *("country", "country", _("Country")),
                _("The country that leads; the matrix and the map count it."),
            ),
            FormField("countries", "countries", _("Further countries")),
            FormField("stage", "choice", _("Stage")),
            FormField("start", "day", _("First day")),
            FormField("end", "day", _("Last day")),
            FormField("year", "year", _("Year"), _("Where the days are not known.")),
        ),
    ),
    Section(
        "results",
        _("What came of it"),
        (
            FormField("beneficiaries", "text", _("Who benefits"), _("Which people, and how many.")),
            FormField("results", "text", _("Results")),
            FormField(
                *("figures", "items", _("Results in figures")),
                _("One a line, such as “clinics connected: 12 clinics (2024)”."),
                rows=3,
            ),
            FormField("technology", "text", _("Technology"), rows=3),
            FormField(
                "replicability",
                "text",
                _("What others can take over"),
                _("How somebody elsewhere could do the same."),
                rows=3,
            ),
            FormField(
                "sustainability",
                "text",
                _("What keeps it going"),
                _("How it lives on when the first money ends."),
                rows=3,
            ),
            FormField("values", "text", _("Values of the Summit"), rows=3),
            FormField("challenges", "text", _("Challenges"), rows=3),
            FormField("financing", "text", _("Financing"), rows=3),
        ),
    ),
    Section(
        "links",
        _("What it serves"),
        (
            FormField(
                "lines", "nodes", _("Action lines"), _("The WSIS action lines that the project serves.")
            ),
            FormField(
                "targets", "nodes", _("Goals and targets"), _("The Sustainable Development Goals it serves.")
            ),
        ),
    ),
)

FIELDS: Final = {
    item.name: item
    for section in _SECTIONS
    for item in section.fields
    # Only what the register keeps: a column that the library does not know has no field.
    if item.name in OWN_FIELDS
}
SECTIONS: Final = tuple(
    Section(section.name, section.title, kept)
    for section in _SECTIONS
    if (kept := tuple(item for item in section.fields if item.name in FIELDS))
)
