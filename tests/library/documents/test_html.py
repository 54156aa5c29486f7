import pytest

from actionlines.documents import read_bytes
from actionlines.problems import InputError


def texts(markup: str) -> list[str]:
    return [passage.text for passage in read_bytes(markup.encode(), "page.html").passages]


def test_blocks_are_passages_and_inline_elements_are_not():
    markup = (
        "<html><body><h1>Report</h1><p>Contributes to <b>SDG</b> <a href='#'>9</a>,\n  and <i>C2</i>.</p>"
        "<ul><li>one<li>two</ul><table><tr><th>Goal<td>4</table>loose<div>inner</div>tail</body></html>"
    )
    assert texts(markup) == [
        "Report",
        "Contributes to SDG 9, and C2.",
        "one",
        "two",
        "Goal",
        "4",
        "loose",
        "inner",
        "tail",
    ]


def test_what_a_browser_hides_is_not_read():
    markup = (
        "<html><head><title>SDG 1</title><style>p{}</style></head><body><!-- SDG 2 --><script>SDG 3</script>"
        "<template>SDG 4</template><p hidden>SDG 5</p><noscript>SDG 6</noscript><p>SDG 7</p>tail</body></html>"
    )
    assert texts(markup) == ["SDG 7", "tail"]


def test_line_break_ends_a_passage_and_entities_are_signs():
    assert texts("<html><p>ODD&nbsp;9<br>GO&#8209;SMSI C2 &amp; C5</p></html>") == [
        "ODD\xa09",
        "GO\u2011SMSI C2 & C5",
    ]


def test_xhtml_with_an_encoding_is_read():
    assert texts('<?xml version="1.0" encoding="utf-8"?><html><body><p>ЦУР 9</p></body></html>') == ["ЦУР 9"]


def test_declared_encoding_is_respected():
    data = '<html><meta charset="windows-1251"><p>ЦУР 9</p></html>'.encode("windows-1251")
    assert read_bytes(data, "page.html").text == "ЦУР 9"


@pytest.mark.parametrize("declared", ["", '<meta charset="no-such-code">', '<meta charset="utf-8">'])
def test_undeclared_encoding_is_refused_with_its_line(declared):
    with pytest.raises(InputError) as refused:
        read_bytes(f"<html>{declared}\n<p>été</p>".encode("latin-1"), "page.html")
    assert [problem.row for problem in refused.value.problems] == [2]


def test_deep_nesting_is_read_and_too_deep_nesting_refused():
    assert texts(f"<html>{'<div>' * 1000}SDG 9") == ["SDG 9"]
    with pytest.raises(InputError, match=r"page\.html: elements are nested too deeply to be read\."):
        texts(f"<html>{'<div>' * 10_000}SDG 9")
