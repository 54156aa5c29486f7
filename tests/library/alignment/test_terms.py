"""What a text of a collection counts as."""

import numpy as np
import pytest

from actionlines.alignment.lexicon import reader
from actionlines.alignment.terms import Vocabulary, counts, gram, pieces_of, summed

TEXTS = [
    "Solar panels light the school. Solar panels again.",
    "A school gets solar lamps and panels.",
    "Fish return to the solar school panels.",
]


def counted(text, language="en", denied=()):
    tokens, _ = reader(language).read(text)
    return counts(tokens, denied)


def test_words_pairs_and_pieces_are_counted_pairs_in_either_order():
    words, _ = counted("Solar panels. Panels solar.")
    assert words == {"solar": 2, "panel": 2, "panel solar": 2}
    assert pieces_of("Éta") == ["~_et", "~eta", "~ta_", "~_eta", "~eta_", "~_eta_"]


def test_denied_stretches_do_not_count():
    words, pieces = counted("Solar panels", denied=[(0, 1)])
    assert words == {"panel": 1}
    assert "~sol" not in pieces


@pytest.mark.parametrize(
    ("language", "text"), [("zh", "学校教育"), ("ar", "الطاقة الشمسية"), ("ru", "школа")]
)
def test_each_language_has_terms(language, text):
    words, pieces = counted(text, language)
    assert words
    assert pieces


def test_known_text_is_a_row_of_unit_length_and_a_stranger_an_empty_one():
    vocabulary = Vocabulary.of([counted(text) for text in TEXTS])
    row = vocabulary.row(counted(TEXTS[0]))
    assert float(np.square(row.values).sum()) == pytest.approx(1, abs=1e-5)
    assert (np.diff(row.columns) > 0).all()
    assert vocabulary.row(counted("Xylophon")).columns.size == 0


def test_terms_of_a_single_text_are_left_out():
    vocabulary = Vocabulary.of([counted(text) for text in TEXTS])
    assert "school" in vocabulary.columns
    assert "fish" not in vocabulary.columns


def test_gram_and_sums_are_those_of_dense_matrices():
    vocabulary = Vocabulary.of([counted(text) for text in TEXTS])
    rows, width = [vocabulary.row(counted(text)) for text in TEXTS], len(vocabulary.columns)
    dense = np.zeros((len(rows), width))
    for line, row in zip(dense, rows, strict=True):
        line[row.columns] = row.values
    assert np.allclose(gram(rows, width), dense @ dense.T, atol=1e-5)
    shares = np.arange(6, dtype=np.float32).reshape(3, 2)
    assert np.allclose(summed(rows, shares, width), dense.T @ shares, atol=1e-5)
