"""The core says of fixed texts what it said when they were last looked at: speed must not change an answer."""

from actionlines.alignment.direction import compass
from actionlines.alignment.lexicon import reader
from actionlines.text import LANGUAGES, fold
from alignment_answers import FILE, answers, texts


def test_answers_are_those_written_down():
    written = FILE.read_text(encoding="utf-8").splitlines()
    assert len(written) > 450
    assert list(answers()) == written


def test_words_begin_the_expressions_that_a_search_of_all_patterns_finds():
    for language in LANGUAGES:
        held, tokenizer = compass(language), reader(language).tokenizer
        every = [(kind, expression) for kind, listed in held.expressions.items() for expression in listed]
        for said, text in texts():
            if said != language:
                continue
            tokens = tokenizer(text)
            for stem, word in zip(tokens.stems, tokens.words, strict=True):
                wanted = tuple(
                    (kind, expression)
                    for kind, expression in every
                    if stem
                    and (
                        expression[0].shape.fullmatch(fold(word)) is not None
                        if expression[0].shape
                        else expression[0].stem == stem
                    )
                )
                assert held.begun.by(stem, word) == wanted


def test_tokens_lie_where_their_words_stand():
    for language, text in texts():
        if language:
            tokens = reader(language).tokenizer(text)
            places = zip(tokens.starts, tokens.ends, strict=True)
            assert [text[start:end] for start, end in places] == list(tokens.words)
            assert len(tokens.stems) == len(tokens.words)
