"""Where lines of a page belong together, and which belong to the page: each measure at its edge."""

from __future__ import annotations

import pytest

from app.plan.importer.sources.pdf_document import (
    PAGE_LINE,
    PageLine,
    TextMeasure,
    TextPage,
    character_places,
    is_at_edge,
    join_rows,
    joined_lines,
    lines_of_pages,
    measure_lines,
    order_lines,
    repeats_at,
    share_of,
)

MEASURE = TextMeasure(left=100, right=500, em=10)


def line(
    text: str = "字", left: float = 100, right: float = 500, bottom: float = 100, **more: float
) -> PageLine:
    return PageLine(text, left, right, bottom, more.get("top", bottom + 16), int(more.get("bold", 0)))


@pytest.mark.parametrize(
    ("left", "is_indented"), [(112, False), (113, True), (120, True), (129, True), (130, False), (100, False)]
)
def test_a_paragraph_begins_two_characters_in(left: float, is_indented: bool) -> None:
    assert MEASURE.is_indented(line(left=left)) is is_indented


@pytest.mark.parametrize(
    ("right", "top", "left", "continues"),
    [
        (500, 116, 100, True),
        (480, 116, 100, True),  # two characters short: a full stop that did not fit
        (479, 116, 100, False),
        (520, 116, 100, True),
        (500, 118, 100, True),  # hardly larger
        (500, 119, 100, False),
        (500, 113, 100, False),
        (500, 116, 105, True),
        (500, 116, 95, True),
        (500, 116, 106, False),
        (500, 116, 94, False),
    ],
)
def test_a_line_goes_on_where_the_one_before_ran_full(
    right: float, top: float, left: float, continues: bool
) -> None:
    assert MEASURE.continues_line(line(right=right), line(left=left, top=top)) is continues
    assert MEASURE.continues_line(line(top=120), line(top=123))  # larger by the most that is allowed


def test_the_margin_is_where_several_lines_begin() -> None:
    words = "十三个字的一行文字才算数了"
    lines = [line(words, left, left + 130 + place) for place, left in enumerate([100, 100, 80, 120, 120])]
    found = measure_lines(lines)
    assert found is not None
    assert (found.left, found.right, round(found.em, 2)) == (100, 254, 10.15)
    assert measure_lines([line(words, left) for left in (80, 100)]) is None
    assert measure_lines([line(words[:12]), line(words[:12])]) is None
    assert measure_lines([line(words, 100, 230)] * 2) == TextMeasure(100, 230, 10)
    many = [*[line(words, 100)] * 148, line(words, 90), line(words, 90)]
    assert (measure_lines(many) or MEASURE).left == 100
    assert (measure_lines([*many, line(words, 90)]) or MEASURE).left == 90
    assert (measure_lines(many[3:]) or MEASURE).left == 90


def test_pieces_of_a_line_are_joined_with_their_bold_beginnings() -> None:
    def joined(*lines: PageLine, shows_bold: bool = True) -> list[tuple[str, tuple[tuple[int, int], ...]]]:
        return [(words, hints.bold) for words, hints in joined_lines(lines, shows_bold)]

    assert joined() == []
    assert joined(line("走访"), line("企业")) == [("走访企业", ())]
    assert joined(line("about"), line("us 关于")) == [("about us 关于", ())]
    assert joined(line("about"), line("u我")) == [("about u我", ())]
    assert joined(line("about", bold=5), line("us", bold=2)) == [("about us", ((0, 5), (6, 8)))]
    three = (line("甲乙", bold=1), line("丙丁", bold=2), line("戊", bold=1))
    assert joined(*three) == [("甲乙丙丁戊", ((0, 1), (2, 5)))]
    assert joined(line("about"), line("我们")) == [("about我们", ())]
    assert joined(line("我们"), line("us")) == [("我们us", ())]
    assert joined(line("一、走访", bold=4), line("企业多家", bold=2)) == [("一、走访企业多家", ((0, 6),))]
    assert joined(line("一、走访", bold=2), line("企业", bold=1)) == [("一、走访企业", ((0, 2), (4, 5)))]
    assert joined(line("一、走访", bold=2), shows_bold=False) == [("一、走访", ())]


@pytest.mark.parametrize(
    ("heights", "repeats"), [([50], False), ([50, 52.9], True), ([50, 53], False), ([50, 47], False)]
)
def test_what_stands_at_one_height_twice_repeats(heights: list[float], repeats: bool) -> None:
    assert repeats_at(heights, 50) is repeats


@pytest.mark.parametrize(
    ("place", "bottom", "is_near"),
    [
        (0, 860, True),
        (1, 860, True),
        (2, 860, False),
        (3, 100, True),
        (4, 100, True),
        (4, 130, False),
        (0, 500, False),
    ],
)
def test_the_outermost_two_lines_of_a_page_are_at_its_edge(place: int, bottom: float, is_near: bool) -> None:
    lines = [line(bottom=500)] * 5
    lines[place] = line(bottom=bottom)
    assert is_at_edge(TextPage(1000, tuple(lines)), place) is is_near
    assert not is_at_edge(TextPage(1000, (line(bottom=854),)), 0)  # its top just at the edge


def page(*words: tuple[str, float]) -> TextPage:
    return TextPage(1000, tuple(line(text, bottom=bottom) for text, bottom in words))


HEADER = "计" * 59


@pytest.mark.parametrize(
    ("pages", "of_page"),
    [
        (
            [
                page(("计划 1", 950), ("第一段", 600), ("第二段", 500), ("— 1 —", 50)),
                page(("计划 2", 950), ("第三段", 600), ("第四段", 500), ("— 2 —", 50)),
            ],
            ["计划 1", "— 1 —", "计划 2", "— 2 —"],
        ),
        ([page(("第一段", 600), ("甲", 100)), page(("第二段", 600), ("乙", 100))], []),
        ([page((f"{HEADER}1", 50)), page((f"{HEADER}2", 50))], [f"{HEADER}1", f"{HEADER}2"]),
        ([page((f"{HEADER}计1", 50)), page((f"{HEADER}计2", 50))], []),
        # what stands above the text of all other pages, but not the title of the first
        ([page(("第一段", 600)), page(("页上的话", 950), ("第二段", 600))], ["页上的话"]),
        ([page(("标题", 950), ("第一段", 600)), page(("第二段", 600))], []),
        ([page(("第一段", 924)), page(("第二段", 940)), page(("第三段", 500))], []),
        ([page(("第一段", 923)), page(("第二段", 940)), page(("第三段", 500))], ["第二段"]),
        ([page(("第一段", 500)), page(("第二段", 940)), page(("第三段", 960))], ["第三段"]),
        (
            [page(("— 1 —", 950), ("第一段", 600)), page(("页上的话", 940), ("第二段", 600))],
            ["— 1 —", "页上的话"],
        ),
    ],
)
def test_what_repeats_at_the_edge_of_pages_is_of_the_page(pages: list[TextPage], of_page: list[str]) -> None:
    found = [(words, hints == PAGE_LINE) for words, hints in lines_of_pages(pages)]
    assert [words for words, is_of_page in found if is_of_page] == of_page
    assert len(found) == sum(len(one.lines) for one in pages)


FULL = "二十一个字的一行写到了右边的尽头再也写不下"


@pytest.mark.parametrize(("others", "is_joined"), [(21, True), (22, False)])
def test_lines_are_joined_where_one_in_25_begins_with_an_indent(others: int, is_joined: bool) -> None:
    paragraph = [line(FULL, left=120, right=520, bottom=600), line("接着写。", right=180, bottom=580)]
    short = [line(FULL, right=300, bottom=560 - place) for place in range(others)]
    full = [line(FULL, left=140, right=520, bottom=500), line(FULL, left=140, right=520, bottom=480)]
    found = [words for words, _ in lines_of_pages([TextPage(1000, (*paragraph, *short, *full))])]
    joined = [f"{FULL}接着写。"] if is_joined else [FULL, "接着写。"]
    assert found == [*joined, *[FULL] * (others + 2)]


@pytest.mark.parametrize(("bold", "is_shown"), [(1, True), (2, True), (3, False)])
def test_bold_type_counts_where_most_is_not_bold(bold: int, is_shown: bool) -> None:
    lines = tuple(line(f"第{place}行", bottom=500 - 20 * place, bold=place < bold) for place in range(4))
    found = list(lines_of_pages([TextPage(1000, lines)]))
    assert [hints.bold for _, hints in found] == [
        ((0, 1),) if is_shown and n < bold else () for n in range(4)
    ]
    assert {(hints.start, hints.end) for _, hints in found} == {(0, 0)}


def test_lines_stand_from_top_to_bottom_unless_in_columns() -> None:
    upper, lower = line("上", bottom=500), line("下", bottom=400)
    assert order_lines([lower, upper]) == [upper, lower]
    beside = line("右", left=501, right=900, bottom=420)
    assert order_lines([lower, beside]) == [lower, beside]
    level = line("右", left=501, right=900, bottom=419)
    assert order_lines([lower, level]) == [level, lower]
    touching = line("右", left=500, right=900, bottom=420)
    assert order_lines([lower, touching]) == [touching, lower]


@pytest.mark.parametrize(
    ("left", "bottom", "texts"),
    [(500, 100, ["左  右"]), (499, 100, ["左", "右"]), (500, 102.9, ["左  右"]), (500, 103, ["左", "右"])],
)
def test_pieces_side_by_side_are_one_line(left: float, bottom: float, texts: list[str]) -> None:
    found = list(join_rows([line("左"), line("右", left=left, right=900, bottom=bottom)]))
    assert [one.text for one in found] == texts
    assert found[-1].right == 900


def test_characters_are_counted_as_the_library_counts_them() -> None:
    assert character_places("一\uffff𠀀二") == [0, 1, 2, 4, 5]
    assert [share_of(iter(one)) for one in ([], [True], [True, False, True, True])] == [0, 1, 0.75]
