"""What the model has seen is recognised: the text itself, a lightly edited copy; not another text."""

from actionlines.alignment.near_duplicates import Known, shingles

TEXT = " ".join(f"word{number}" for number in range(200))
KNOWN = Known.of([TEXT, "Short text."])


def test_shingles_are_eight_words_in_a_row_and_a_short_text_is_one():
    assert shingles("A b c d e f g h i") == {"a b c d e f g h", "b c d e f g h i"}
    assert shingles("Énergie, pour tous!") == {"energie pour tous"}


def test_text_itself_is_known_whatever_its_case_and_punctuation():
    assert KNOWN.holds(TEXT.upper() + " !")
    assert KNOWN.holds("short TEXT")


def test_text_with_a_few_words_changed_is_known():
    assert KNOWN.holds(TEXT.replace("word50 ", "else ").replace("word150 ", "other "))


def test_other_text_is_not_known():
    assert not KNOWN.holds(" ".join(f"token{number}" for number in range(200)))
    assert not KNOWN.holds("")


def test_saved_hashes_are_the_same(tmp_path):
    KNOWN.save(tmp_path / "known.npz")
    KNOWN.save(tmp_path / "again.npz")
    assert (tmp_path / "known.npz").read_bytes() == (tmp_path / "again.npz").read_bytes()
