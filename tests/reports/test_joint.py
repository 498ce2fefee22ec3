"""Documents that several issue together: the mark (7.2.4) and the signatures (7.3.5)."""

from dataclasses import replace

import pytest

from reports.chosen_sizes import MARK_SIZE_PT
from reports.fonts import find_fonts
from reports.gbt9704 import MM_PER_PT
from reports.model import DocumentError, Masthead, OfficialDocument, Signature
from reports.pdf import render_pdf
from reports.placement import head_placement
from tests.reports import samples
from tests.reports.every_form import (
    FOUR,
    NUMBER,
    OFFICE,
    PARTY,
    TWO,
    joint,
)
from tests.reports.ink import (
    Extent,
    Sheet,
    page_texts,
    sheets,
)

CHARACTER = 5.556
SEAL = 42
SHORT = ("区民政局", "区财政局", "区教育局", "区卫健委", "区人社局")


def mark(document: OfficialDocument) -> Sheet:
    """The red ink above the red line."""
    sheet = sheets(samples.pdf(document), 1)[0].red_only
    return sheet.part(bottom=sheet.rules(150)[0].top - 1)


def signatures(document: OfficialDocument) -> list[Extent]:
    """The lines of names and date, however many pages stand before them."""
    pages = page_texts(samples.pdf(document))
    number = next(n for n, text in enumerate(pages, start=1) if "\n2026年10月9日" in text)
    lines = sheets(samples.pdf(document), number)[0].without_red.part(top=34, bottom=263).lines()
    last = next(n for n, line in enumerate(reversed(lines)) if line.right > 130 and line.left > 90)
    return lines[: len(lines) - last]


@pytest.mark.parametrize("issuers", [TWO, FOUR])
def test_names_stand_below_each_other_equally_wide_with_the_word_beside_their_middle(
    issuers: tuple[str, ...],
) -> None:
    stack = mark(joint(issuers))
    whole = stack.extent()
    word = max(stack.pieces(gap=3), key=lambda piece: piece.right)
    lines = stack.part(right=word.left - 1, bottom=999).lines()
    assert len(lines) == len(issuers)
    assert [line.left for line in lines] == pytest.approx([lines[0].left] * len(lines), abs=1)
    assert [line.right for line in lines] == pytest.approx([lines[0].right] * len(lines), abs=1.5)
    assert word.middle[1] == pytest.approx(whole.middle[1], abs=0.7)
    assert whole.top == pytest.approx(37 + 35, abs=1)
    assert whole.middle[0] == pytest.approx(28 + 78, abs=1)


def test_the_host_comes_first() -> None:
    text = page_texts(samples.pdf(joint(FOUR)))[0]
    places = [text.index(issuer) for issuer in FOUR]
    assert places == sorted(places)
    assert text.index("文件") > places[-1]


@pytest.mark.parametrize("count", [2, 4, 8, 12])
def test_marks_of_many_issuers_are_shrunk_until_page_1_shows_the_body(count: int) -> None:
    document = joint(
        tuple(f"{name}{number}" for number, name in zip("一二三四" * 3, SHORT * 3, strict=False))[:count]
    )
    document = replace(document, body=samples.PROSE.body)
    assert samples.PROGRESS[:8] in page_texts(samples.pdf(document))[0]
    assert mark(document).extent().right <= 184.5


def test_more_issuers_than_page_1_can_hold_are_refused_in_a_clear_sentence() -> None:
    with pytest.raises(DocumentError, match=r"首页排不下正文：.*减少联署的发文机关"):
        render_pdf(joint(SHORT * 8))


def test_unsealed_names_end_two_characters_from_the_edge_the_host_first() -> None:
    lines = signatures(joint(FOUR[:3]))[-4:]
    assert [184 - line.right for line in lines[:3]] == pytest.approx([2 * CHARACTER] * 3, abs=0.8)
    text = page_texts(samples.pdf(joint(FOUR[:3])))
    assert "\n".join(FOUR[:3]) in "\n".join(text)


def test_the_date_begins_two_characters_behind_the_name_above_it() -> None:
    *_, above, day = signatures(joint(FOUR[:3]))
    assert day.left - above.left == pytest.approx(2 * CHARACTER, abs=0.8)


def test_a_date_longer_than_the_name_above_it_ends_two_characters_from_the_edge() -> None:
    *names, day = signatures(joint(FOUR))[-5:]
    assert 184 - day.right == pytest.approx(2 * CHARACTER, abs=1.6)
    assert day.left - names[-1].left == pytest.approx(2 * CHARACTER, abs=0.8)
    assert [line.right for line in names] == pytest.approx([names[0].right] * 4, abs=0.8)


def test_the_mark_is_set_smaller_before_it_is_narrowed_by_more_than_a_fifth() -> None:
    placed = head_placement(joint(FOUR), find_fonts()).mark
    assert placed.narrowing == pytest.approx(0.8)
    assert placed.size < MARK_SIZE_PT * MM_PER_PT


@pytest.mark.parametrize("issuers", [TWO, SHORT[:3], FOUR, SHORT])
def test_seals_have_room_and_the_date_stands_below_the_last(issuers: tuple[str, ...]) -> None:
    document = replace(joint(issuers, sealed=True), masthead=Masthead((OFFICE,), NUMBER))
    number = next(
        n for n, text in enumerate(page_texts(samples.pdf(document)), 1) if "\n2026年10月9日" in text
    )
    sheet = sheets(samples.pdf(document), number)[0].without_red
    rows = -(-len(issuers) // 3) if len(max(issuers, key=len)) <= 7 else -(-len(issuers) // 2)
    lines = signatures(document)[-rows - 1 :]
    strips = [sheet.part(left=20, top=line.top, right=190, bottom=line.bottom) for line in lines[:-1]]
    names = [name for strip in strips for name in strip.pieces(gap=CHARACTER)]
    assert len(names) == len(issuers)
    day = lines[-1]
    assert 184 - day.right == pytest.approx(4 * CHARACTER, abs=1.6)
    assert names[-1].middle[0] == pytest.approx(day.middle[0], abs=0.8)
    for index, one in enumerate(names):
        assert one.middle[0] - SEAL / 2 >= 28
        assert one.middle[0] + SEAL / 2 <= 184
        for other in names[index + 1 :]:
            apart = [abs(a - b) for a, b in zip(one.middle, other.middle, strict=True)]
            assert max(apart) > SEAL


def test_a_signature_stays_in_one_piece_with_the_last_lines_of_the_text() -> None:
    document = replace(joint(SHORT, sealed=True), body=samples.PROSE.body)
    page = next(text for text in page_texts(samples.pdf(document)) if "\n2026年10月9日" in text)
    assert all(issuer in page for issuer in SHORT)
    assert "链条。" in page


def test_one_short_line_before_large_seals_stays_on_page_1() -> None:
    texts = page_texts(samples.pdf(joint(FOUR, sealed=True)))
    assert "现将第三季度" in texts[0]
    assert Signature(FOUR).issuers[0] in texts[1]


def test_seals_that_no_page_can_hold_go_on_to_the_next_row_by_row() -> None:
    issuers = tuple(f"{number}街道办事处" for number in "一二三四五六七八九十甲乙丙")
    document = replace(
        joint(issuers, sealed=True), masthead=Masthead((OFFICE,), NUMBER), body=samples.PROSE.body
    )
    texts = page_texts(samples.pdf(document))
    places = ["\n".join(texts).index(f"{issuer}") for issuer in issuers]
    assert places == sorted(places)
    assert sum("街道办事处" in text for text in texts[1:]) == 2


def test_names_with_line_breaks_and_invisible_signs_are_set_on_one_line() -> None:
    name = "华阳路\n街道\u200b办事处"
    for issuers in ((name, PARTY), (name,)):
        document = replace(joint(issuers), title="关于工作的通知")
        assert "".join(page_texts(samples.pdf(document))).count(OFFICE) == 2


def test_a_name_longer_than_a_line_wraps_within_the_type_area() -> None:
    name = "上海市长宁区人民政府华阳路街道办事处及其所属各职能部门联席会议综合协调工作领导小组办公室"
    for sealed in (False, True):
        document = joint((name,), sealed)
        sheet = sheets(samples.pdf(document), 1)[0]
        extent = sheet.part(top=34, bottom=263).extent()
        assert extent.left >= 27.5
        assert extent.right <= 184.5
        assert name in "".join(page_texts(samples.pdf(document))).replace("\n", "")
