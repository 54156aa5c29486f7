"""Activities for the tests of IATI: one with everything, and a hypothesis strategy of any."""

from decimal import Decimal

from hypothesis import strategies as st

from actionlines.formats import iati

FULL = iati.Activity(
    identifier="XI-TEST-1",
    reporter=iati.Organisation("XI-TEST", "40", "", (("en", "A register"),), secondary=True),
    titles=(("en", "Telecentres & <more>"), ("fr", "Télécentres"), ("ar", "مراكز")),
    descriptions=(
        iati.Description((("en", "First line\nsecond line\twith \"quotes\" and 'others' ]]>"),)),
        iati.Description((("fr", "But"),), "2"),
    ),
    organisations=(
        iati.Organisation("XI-A", "10", "1", (("en", "A"),)),
        iati.Organisation("", "22", "4", (("en", "B"),)),
    ),
    status="2",
    dates=(iati.ActivityDate("2", "2020-02-29", (("en", "Began"),)), iati.ActivityDate("3", "2027-01-01")),
    scope="4",
    countries=(iati.Coded("SN", percentage=Decimal("60.5")), iati.Coded("ML", percentage=Decimal("39.5"))),
    regions=(iati.Coded("289", "1"),),
    sectors=(
        iati.Coded("22040", "1", "", Decimal(100)),
        iati.Coded("4", "7"),
        iati.Coded("4.4", "8"),
        iati.Coded("9.c.1", "9"),
    ),
    tags=(
        iati.Coded("9", "2"),
        iati.Coded("9.c", "3"),
        iati.Coded("C7-HEA", "99", iati.WSIS_VOCABULARY, None, (("en", "E-health"),)),
        iati.Coded("C9", "99", "https://example.org/other"),
    ),
    budgets=(
        iati.Budget(
            "2020-01-01", "2020-12-31", iati.Value(Decimal("1000.50"), "EUR", "2020-01-01"), "2", "2"
        ),
    ),
    transactions=(
        iati.Transaction(
            "3",
            "2020-03-01",
            iati.Value(Decimal("-10"), "USD", "2020-03-01"),
            "T-1",
            (("en", "Paid"),),
            iati.Organisation("XI-A", "10", "", (("en", "A"),)),
            iati.Organisation("", "", "", (("en", "B"),)),
            (iati.Coded("5.b", "8"),),
            (iati.Coded("SN"),),
        ),
    ),
    documents=(iati.Document("https://example.org/?a=1&b=2", "text/html", (("en", "Page"),), ("A12",)),),
    results=(
        iati.Result(
            (("en", "Trained"),),
            "2",
            (("en", "People"),),
            (
                iati.Indicator(
                    (("en", "Share"),),
                    "2",
                    (iati.Reference("8.8.2", "9"), iati.Reference("X", "99", "https://example.org/x")),
                    (("2019", "0"),),
                    (iati.Period("2020-01-01", "2020-12-31", ("40",), ("38", "1")),),
                ),
            ),
        ),
    ),
    language="en",
    currency="EUR",
    kept={"id": 'a "b" <c>', "status": "winner"},
)

_LETTERS = st.characters(
    codec="utf-8", exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp"), exclude_characters="\ufffe\uffff"
)
# Inside a text white space of every kind must survive; at its ends readers take it off.
_TEXT = st.builds(
    lambda first, middle, last: first + middle + last,
    _LETTERS,
    st.text(st.one_of(_LETTERS, st.sampled_from(" \n\t\r&<>\"'")), max_size=20),
    _LETTERS,
)
_LANGUAGES = st.sampled_from(("en", "fr", "ar", "zh", "pt-br"))
_NARRATIVES = st.lists(st.tuples(_LANGUAGES, _TEXT), min_size=1, max_size=2).map(tuple)
_DAYS = st.dates().map(lambda day: day.isoformat())
_AMOUNTS = st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**9), max_value=10**9)
_VALUES = st.builds(iati.Value, _AMOUNTS, st.sampled_from(("USD", "EUR")), _DAYS)
_ORGANISATIONS = st.builds(
    iati.Organisation,
    st.sampled_from(("", "XI-A")),
    st.sampled_from(("", "10", "40")),
    st.sampled_from("1234"),
    _NARRATIVES,
)


def _some(items, least=0):
    return st.lists(items, min_size=least, max_size=2).map(tuple)


ACTIVITIES = st.builds(
    iati.Activity,
    identifier=_TEXT.map(lambda text: "-".join(text.split()) or "X"),
    reporter=st.builds(
        iati.Organisation, st.just("XI-A"), st.just("40"), st.just(""), _NARRATIVES, st.booleans()
    ),
    titles=_NARRATIVES,
    descriptions=_some(st.builds(iati.Description, _NARRATIVES, st.sampled_from("1234")), 1),
    organisations=_some(_ORGANISATIONS, 1),
    status=st.sampled_from("123456"),
    dates=_some(
        st.builds(iati.ActivityDate, st.sampled_from("1234"), _DAYS, st.one_of(st.just(()), _NARRATIVES)), 1
    ),
    tags=_some(
        st.builds(iati.Coded, st.sampled_from(("9", "9.c")), st.sampled_from("23"), names=_NARRATIVES)
    ),
    budgets=_some(st.builds(iati.Budget, _DAYS, _DAYS, _VALUES)),
    transactions=_some(
        st.builds(iati.Transaction, st.sampled_from("234"), _DAYS, _VALUES, texts=_NARRATIVES)
    ),
    documents=_some(
        st.builds(
            iati.Document,
            st.just("https://example.org/"),
            st.just("text/html"),
            _NARRATIVES,
            st.just(("A12",)),
        )
    ),
    language=_LANGUAGES,
    currency=st.sampled_from(("", "XOF")),
)
