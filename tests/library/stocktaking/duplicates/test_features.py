"""What is compared: addresses, names and figures as different people write them."""

import pytest

from actionlines.stocktaking import Entry
from actionlines.stocktaking.duplicates.features import features, names, numbers, site


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("https://www.example.org/Clinic/", "example.org/clinic"),
        ("http://example.org/clinic/index.html#top", "example.org/clinic"),
        ("https://EXAMPLE.org", "example.org"),
        ("https://example.org/clinic?from=mail", "example.org/clinic"),
        ("https://example.org/show.php?id=7", "example.org/show.php?id=7"),
        ("https://example.org/caf%C3%A9", "example.org/café"),
        ("ftp://example.org/clinic", ""),
        ("https://[broken", ""),
        ("", ""),
    ],
)
def test_spellings_of_one_address_meet(written: str, expected: str) -> None:
    assert site(written) == expected


def test_a_host_where_anybody_has_a_page_says_nothing() -> None:
    assert features(Entry("a", "A", "B", website="https://www.facebook.com/clinic")).host == ""
    assert features(Entry("a", "A", "B", website="https://clinic.example.org/x")).host == "clinic.example.org"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The platform is run by Friendship in Dhaka.", {"friendship", "dhaka"}),
        ("SATMED helps. eSAP too, and Web2Rice.", {"satmed", "esap", "web2rice"}),
        ("Clinics work. Doctors advise.", set()),
        ("منصة رقمية اسمها Kishore Batayan في بنغلاديش", {"kishore", "batayan"}),
        ("In Qatar the Qatari ministry and UNESCO meet.", set()),
    ],
)
def test_names_are_what_a_translator_leaves(text: str, expected: set[str]) -> None:
    assert set(names(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1,250 villages in 2014", {"1250"}),
        ("1 250 villages et 35 écoles", {"1250"}),
        ("١٢٥٠ قرية", {"1250"}),
        ("In 1999 and 2020, 740 centres", {"740"}),
    ],
)
def test_figures_are_read_however_they_are_marked(text: str, expected: set[str]) -> None:
    assert set(numbers(text)) == expected


def test_the_organisation_is_no_name_of_the_text() -> None:
    found = features(Entry("a", "A", "It was built by Rostelecom and Friendship.", organisation="Rostelecom"))
    assert found.names == {"friendship"}
