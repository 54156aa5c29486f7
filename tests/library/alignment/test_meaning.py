"""The optional semantic stage: read only on request, and clear where its extra is missing."""

import pytest

from actionlines.alignment import align
from actionlines.problems import InputError

# The same sentence in the six languages, in which no word of the lexicon's has to stand.
SENTENCES = {
    "en": "Families in the hills no longer drink from the muddy river: each hamlet now has a pump and a covered well, and the springs are fenced.",
    "fr": "Les familles des collines ne boivent plus l’eau boueuse de la rivière : chaque hameau a un puits sûr.",
    "es": "Las familias de las colinas ya no beben del río turbio: cada caserío tiene ahora un pozo seguro.",
    "ru": "Семьи на холмах больше не пьют из мутной реки: в каждой деревне есть безопасный колодец.",
    "ar": "لم تعد الأسر في التلال تشرب من النهر الموحل، فلكل قرية الآن بئر آمنة.",
    "zh": "山上的人家不再喝浑浊的河水：每个村子现在都有一口安全的水井。",
}


@pytest.mark.parametrize("language", SENTENCES)
def test_the_meaning_of_a_sentence_is_nearest_to_clean_water_in_each_language(language):
    found = align(SENTENCES[language], language=language, semantic=True)
    goals = {
        link.node: link.probability for link in found if link.framework == "sdg" and "." not in link.node
    }
    assert max(goals, key=lambda goal: goals[goal]) == "6"


def test_without_a_request_nothing_of_the_stage_is_needed(without_the_extra):
    found = align("Clean drinking water and toilets for every village.", language="en")
    assert max(found, key=lambda link: link.probability).node == "6"


def test_where_the_extra_is_missing_the_message_names_it(without_the_extra):
    with pytest.raises(InputError, match="semantic"):
        align(SENTENCES["en"], language="en", semantic=True)
