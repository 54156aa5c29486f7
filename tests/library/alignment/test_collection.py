"""A collection: what it learns, what it leaves alone, and its file."""

import io
import math

import numpy as np
import pytest

from actionlines.alignment import align
from actionlines.alignment.collecting import Labelled, _regressed, collect, folds_of, joined, unseen_answers
from actionlines.alignment.collection import nodes_of, read, read_collection
from actionlines.alignment.link import Basis
from actionlines.problems import InputError
from collected import SDG, WSIS, texts


def labelled(words=SDG, framework="sdg", *, semantic=False, among=frozenset()):
    return [
        Labelled(text, read(text, "en", framework, semantic=semantic), frozenset({node}), among)
        for text, node in texts(words)
    ]


@pytest.fixture(scope="module")
def goals():
    return collect(labelled(), "sdg")


NEW = "Visitors praise the voltaska office."


def links(text, **said):
    return {(link.framework, link.node): link for link in align(text, language="en", **said)}


def test_word_of_the_collection_speaks_for_its_goal_and_is_the_evidence(goals):
    assert ("sdg", "7") not in links(NEW)
    link = links(NEW, collection=goals)["sdg", "7"]
    assert link.probability > 0.9
    assert link.basis is Basis.MODEL
    assert "voltaska" in [place.text for place in link.evidence]


def test_goal_without_a_label_is_not_said_of_words_alone(goals):
    assert ("sdg", "3") not in links(NEW, collection=goals)


def test_other_framework_is_as_it_ships(goals):
    text = "A telemedicine network of the voltaska programme connects rural clinics with hospitals."
    here, there = links(text), links(text, collection=goals)
    assert {key: link for key, link in there.items() if key[0] == "wsis"} == {
        key: link for key, link in here.items() if key[0] == "wsis"
    }


def test_citation_and_declaration_stay_above_the_collection(goals):
    found = links("The voltaska programme serves SDG 3.", targets=["9"], collection=goals)
    assert (found["sdg", "3"].basis, found["sdg", "9"].basis) == (Basis.CITED, Basis.DECLARED)


def test_lines_are_learnt_too_and_a_sub_line_raises_its_line():
    learnt = collect(labelled(WSIS, "wsis"), "wsis")
    found = links("Visitors praise the quandry office.", collection=learnt)
    assert found["wsis", "C7-HEA"].probability > 0.9
    assert found["wsis", "C7"].probability == found["wsis", "C7-HEA"].probability


def test_collection_learnt_with_the_meaning_reads_it_unasked():
    learnt = collect(labelled(semantic=True), "sdg")
    assert learnt.semantic
    assert links(NEW, collection=learnt)["sdg", "7"].probability > 0.9


@pytest.mark.parametrize("text", ["", "🌍", "...", "12 34", "\x00"])
def test_nothing_to_read_has_no_link(goals, text):
    assert align(text, language="en", collection=goals) == []


def test_text_without_a_known_word_is_read_as_it_ships(goals):
    assert align("Xylophon.", language="en", collection=goals) == align("Xylophon.", language="en")


def test_score_of_a_text_by_the_others_is_that_of_a_fit_without_it():
    generator = np.random.default_rng(1)
    table = generator.normal(size=(12, 5))
    truth = (generator.random((12, 3)) < 0.4).astype(float)
    alike = table @ table.T
    _, unseen = _regressed(alike, truth)
    mean = truth.mean(axis=0)
    for place in range(12):
        kept = [other for other in range(12) if other != place]
        shares = np.linalg.solve(alike[np.ix_(kept, kept)] + np.eye(11), truth[kept] - mean)
        assert np.allclose(unseen[place], mean + alike[place, kept] @ shares)


def test_each_text_is_answered_once_by_a_collection_without_it():
    given = labelled()
    answers = list(unseen_answers(given, "sdg", folds_of(len(given))))
    assert sorted(place for place, _, _ in answers) == list(range(len(given)))
    first = [max(said, key=lambda node: said[node]) for _, said, _ in sorted(answers, key=lambda row: row[0])]
    assert first == [node for _, node in texts(SDG)]


def test_nodes_that_were_not_in_question_teach_nothing():
    among = frozenset({"2", "4", "7"})
    narrow, wide = collect(labelled(among=among), "sdg"), collect(labelled(), "sdg")
    silent = nodes_of("sdg").index("3")
    usual = math.log((1 / 3) / (2 / 3))  # one in three of the nodes in question: nothing moves it
    assert narrow.intercepts[silent] == pytest.approx(usual)
    assert wide.intercepts[silent] < math.log((1 / 17) / (16 / 17))


def test_same_texts_give_the_same_bytes_and_the_file_gives_them_back(goals, tmp_path):
    first, second = io.BytesIO(), io.BytesIO()
    goals.save(first)
    collect(labelled(), "sdg").save(second)
    assert first.getvalue() == second.getvalue()
    path = tmp_path / "a.npz"
    path.write_bytes(first.getvalue())
    held = read_collection(path)
    assert (held.threshold, held.texts, held.framework) == (goals.threshold, goals.texts, "sdg")
    near = links(NEW, collection=held)["sdg", "7"].probability
    assert near == pytest.approx(links(NEW, collection=goals)["sdg", "7"].probability, abs=1e-3)


@pytest.mark.parametrize("said", [b"", b"no archive", b"PK\x03\x04"])
def test_file_of_another_kind_is_refused(tmp_path, said):
    path = tmp_path / "a.npz"
    path.write_bytes(said)
    with pytest.raises(InputError, match="no learnt collection"):
        read_collection(path)


def test_too_few_texts_are_refused():
    with pytest.raises(InputError, match="39 labelled texts"):
        collect(labelled()[:39], "sdg")


def test_texts_with_one_node_in_question_do_not_make_every_node_likely():
    mixed = labelled(among=frozenset({"2", "4", "7"}))[::2] + [
        Labelled(item.text, item.reading, item.labels, item.labels) for item in labelled()[1::2]
    ]
    usual = math.log((1 / 3) / (2 / 3))
    assert collect(mixed, "sdg").intercepts[nodes_of("sdg").index("3")] == pytest.approx(usual)


def test_texts_that_leave_no_choice_are_refused():
    alone = [Labelled(item.text, item.reading, item.labels, item.labels) for item in labelled()]
    with pytest.raises(InputError, match="choice"):
        collect(alone, "sdg")


def test_rows_with_the_same_text_are_one_text_with_all_their_labels():
    one, two = labelled(among=frozenset({"2", "4"}))[0], labelled()[0]
    other = Labelled(one.text, one.reading, frozenset({"9"}), frozenset({"9"}))
    (both,) = joined([one, other])
    assert (both.labels, both.among) == ({"2", "9"}, {"2", "4", "9"})
    assert joined([one, two])[0].among == frozenset()
    assert [text.text for text in joined(labelled())] == [text for text, _ in texts(SDG)]
