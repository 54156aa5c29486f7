from actionlines.documents import read_bytes


def texts(markup: str) -> list[str]:
    return [passage.text for passage in read_bytes(markup.encode(), "notes.md").passages]


def test_blocks_are_passages_without_marks():
    markup = (
        "# Report\n\nContributes to **SDG 9**\nand [SDG 10](https://sdgs.un.org).\n\n- item `C2`\n- item\\\n  break\n\n"
        "> quoted\n\n| goal | line |\n|---|---|\n| 9 | C2 |\n"
    )
    assert texts(markup) == [
        "Report",
        "Contributes to SDG 9 and SDG 10.",
        "item C2",
        "item",
        "break",
        "quoted",
        "goal",
        "line",
        "9",
        "C2",
    ]


def test_code_is_read_by_line_and_html_as_html():
    assert texts("```\nSDG 9\nSDG 10\n```\n\n<div>SDG 11<script>x</script></div>\n\n![ODD 9](x.png)") == [
        "SDG 9",
        "SDG 10",
        "SDG 11",
        "ODD 9",
    ]


def test_deep_lists_are_read():
    deep = "".join(f"{'  ' * depth}- level {depth}\n" for depth in range(30))
    assert texts(deep) == [f"level {depth}" for depth in range(30)]
