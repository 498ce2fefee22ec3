"""Whatever a person does with blocks, they stay a division of the same text, and can be brought back."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from app.plan.importer.block_edits import (
    BlockEdit,
    EditKind,
    EditScope,
    apply_edit,
    change_between,
    cut_places,
    deepest_level,
    place_of_block,
    places_alike,
    sentence_places,
)
from app.plan.importer.blocks import NODE_KINDS, Block, BlockKind, FrameFields, SourceText, complete_blocks
from app.plan.importer.plan_draft import PlanWarning
from app.plan.importer.plan_tree import plan_from_blocks
from app.plan.importer.source_text import source_from_text

PIECES = (
    "一、",
    "（一）",
    "1. ",
    "优化营商环境",
    "走访企业200家。",
    "“一网通办”。",
    "牵头单位：甲办",
    " ",
    "\n",
    "\n\n",
    "- 3 -",
)
TEXT = """示例街道2027年工作计划

导语一句。

一、优化营商环境

（一）紧抓招商

夯实基础。走访企业。联系园区。

打通链条。建立名单。坚持走访。

二、保障措施

加强领导。落实责任。
"""
SOURCE = source_from_text(TEXT)


def block_of(words: str, level: int = 0, kind: BlockKind = BlockKind.TEXT, habit: str = "") -> Block:
    start = TEXT.index(words)
    return Block(start, start + len(words), level, kind, habit=habit)


REPORTED = BlockKind.REPORTED
BLOCKS = (
    block_of("示例街道2027年工作计划", kind=BlockKind.TITLE),
    block_of("导语一句。", kind=BlockKind.LEAD_IN),
    block_of("一、优化营商环境", 1, REPORTED),
    block_of("（一）紧抓招商", 2, REPORTED),
    block_of("夯实基础。走访企业。联系园区。"),
    block_of("打通链条。建立名单。坚持走访。"),
    block_of("二、保障措施", 1, REPORTED),
    block_of("加强领导。落实责任。"),
)


def edit(kind: EditKind, words: str, **values: object) -> tuple[Block, ...]:
    return apply_edit(SOURCE, BLOCKS, BlockEdit(kind, TEXT.index(words), **values))  # type: ignore[arg-type]


def shown(blocks: tuple[Block, ...]) -> list[tuple[int, str]]:
    return [(block.level, TEXT[block.start : block.end]) for block in blocks]


def heads(*levels: int) -> tuple[SourceText, tuple[Block, ...]]:
    """A text of as many lines, each a head."""
    source = source_from_text("".join(f"第{number}行\n" for number in range(len(levels))))
    return source, tuple(
        Block(line.start, line.end, level, REPORTED) for line, level in zip(source.lines, levels, strict=True)
    )


@st.composite
def divided_texts(draw: st.DrawFn) -> tuple[SourceText, tuple[Block, ...]]:
    source = source_from_text("".join(draw(st.lists(st.sampled_from(PIECES), max_size=30))))
    cuts = draw(st.lists(st.integers(0, len(source.text)), max_size=12))
    places = sorted({0, *cuts, len(source.text)})
    blocks = []
    for start, end in pairwise(places):
        level = draw(st.integers(0, 4))
        kinds = sorted(NODE_KINDS) if level else sorted(set(BlockKind) - NODE_KINDS)
        blocks.append(Block(start, end, level, draw(st.sampled_from(kinds)), draw(st.booleans())))
    return source, tuple(complete_blocks(source, blocks))


@st.composite
def edits_of(draw: st.DrawFn, source: SourceText, blocks: tuple[Block, ...]) -> BlockEdit:
    starts = [block.start for block in blocks] or [0]
    return BlockEdit(
        draw(st.sampled_from(EditKind)),
        draw(st.sampled_from(starts) | st.integers(-3, len(source.text) + 3)),
        draw(st.integers(-3, len(source.text) + 3)),
        draw(st.integers(-2, 12)),
        draw(st.sampled_from(BlockKind)),
        draw(st.sampled_from(EditScope)),
    )


def without_space(text: str) -> str:
    return "".join(text.split())


def test_of_blocks_that_overlap_the_first_keeps_its_text() -> None:
    source = source_from_text("甲乙丙丁戊己庚")
    blocks = [Block(0, 4), Block(2, 4), Block(2, 6, 1, REPORTED, habit="han")]
    assert complete_blocks(source, blocks) == [
        Block(0, 4),
        Block(4, 6, 1, REPORTED, habit="han"),
        Block(6, 7),
    ]
    assert complete_blocks(source, [Block(0, 7), Block(1, 3)]) == [Block(0, 7)]


def test_a_warning_says_where_it_is() -> None:
    words = [str(PlanWarning("一（二）", "没有正文。", line)) for line in (0, 1)]
    assert words == ["一（二）：没有正文。", "一（二）（第 1 行）：没有正文。"]


@settings(max_examples=60)
@given(st.data())
def test_any_edits_leave_a_division_of_the_same_text_and_can_be_taken_back(data: st.DataObject) -> None:
    source, blocks = data.draw(divided_texts())
    passed = [blocks]
    for _ in range(data.draw(st.integers(1, 6))):
        blocks = apply_edit(source, blocks, data.draw(edits_of(source, blocks)))
        passed.append(blocks)
    words = "".join(source.text[block.start : block.end] for block in blocks)
    assert without_space(words) == without_space(source.text)
    assert all(before.end <= after.start for before, after in pairwise(blocks))
    assert all(source.text[block.start : block.end].strip() for block in blocks)
    assert complete_blocks(source, blocks) == list(blocks)
    plan = plan_from_blocks(source, blocks, FrameFields())
    kept = "".join((plan.full_text(), *plan.set_aside))
    assert sorted(without_space(kept)) == sorted(without_space(source.text))
    for before, after in zip(reversed(passed[:-1]), reversed(passed[1:]), strict=True):
        change = change_between(before, after)
        assert change.apply_to(before) == after
        assert change.reversed().apply_to(after) == before
        for at in (0, -1):  # as little as differs, from either end
            assert not (change.removed and change.inserted and change.removed[at] == change.inserted[at])


@given(st.data())
def test_lowering_what_was_raised_brings_it_back(data: st.DataObject) -> None:
    source, blocks = data.draw(divided_texts())
    for place, block in enumerate(blocks):
        if not 1 < block.level <= deepest_level(blocks, place):
            continue
        raised = apply_edit(source, blocks, BlockEdit(EditKind.PROMOTE, block.start))
        lowered = apply_edit(source, raised, BlockEdit(EditKind.DEMOTE, block.start))
        assert raised[place].is_node
        assert lowered[place].level == block.level


def test_running_text_rises_to_the_head_above_and_further_up_to_a_part() -> None:
    words = "打通链条。"
    blocks, levels = BLOCKS, []
    for _ in range(4):
        blocks = apply_edit(SOURCE, blocks, BlockEdit(EditKind.PROMOTE, TEXT.index(words)))
        levels.append(blocks[5].level)
    assert levels == [2, 1, 1, 1]


def test_the_deepest_head_becomes_running_text() -> None:
    assert shown(edit(EditKind.DEMOTE, "（一）紧抓招商"))[3] == (0, "（一）紧抓招商")


def test_a_cut_in_a_head_leaves_its_rest_as_text() -> None:
    after = edit(EditKind.CUT, "一、优化", at=TEXT.index("营商环境"))
    assert shown(after)[2:4] == [(1, "一、优化"), (0, "营商环境")]


def test_a_cut_at_the_border_of_a_block_changes_nothing() -> None:
    assert edit(EditKind.CUT, "一、优化", at=TEXT.index("一、优化")) == BLOCKS


def test_joining_closes_what_lies_between() -> None:
    after = edit(EditKind.JOIN, "打通链条。")
    assert shown(after)[4] == (0, "夯实基础。走访企业。联系园区。\n\n打通链条。建立名单。坚持走访。")


def test_joining_over_a_page_line_goes_on_before_it() -> None:
    blocks = (
        *BLOCKS[:5],
        block_of("打通链条。", kind=BlockKind.PAGE_LINE),
        block_of("建立名单。坚持走访。"),
        *BLOCKS[6:],
    )
    joined = apply_edit(SOURCE, blocks, BlockEdit(EditKind.JOIN, TEXT.index("建立名单")))
    assert [block.continues for block in joined[4:7]] == [False, False, True]
    assert "联系园区。建立名单。" in plan_from_blocks(SOURCE, joined, FrameFields()).full_text()


def test_a_sentence_becomes_a_head_beside_the_one_above() -> None:
    after = edit(EditKind.CUT_HEAD, "夯实基础。", at=TEXT.index("走访企业。"))
    assert shown(after)[4:7] == [(0, "夯实基础。"), (2, "走访企业。"), (0, "联系园区。")]


def test_alike_are_paragraphs_at_the_same_level_and_heads_of_the_same_number() -> None:
    assert places_alike(SOURCE, BLOCKS, 4, EditScope.TEXT) == (4, 5)
    assert places_alike(SOURCE, BLOCKS, 2, EditScope.TEXT) == (2, 6)


def test_in_a_section_are_those_under_the_same_head() -> None:
    source = source_from_text("一、甲\n1. 子\n2. 丑\n二、乙\n1. 寅\n")
    starts = [source.text.index(mark) for mark in ("一、", "1. 子", "2. ", "二、", "1. 寅")]
    blocks = tuple(
        Block(start, end, level, REPORTED)
        for start, end, level in zip(starts, [*starts[1:], len(source.text)], (1, 2, 2, 1, 2), strict=True)
    )
    found = {scope: places_alike(source, blocks, 1, scope) for scope in EditScope}
    assert found == {
        EditScope.BLOCK: (1,), EditScope.SECTION: (1, 2), EditScope.TEXT: (1, 2, 4),
    }  # fmt: skip
    lowered = apply_edit(source, blocks, BlockEdit(EditKind.TOGGLE, starts[2], scope=EditScope.SECTION))
    assert [block.kind is REPORTED for block in lowered] == [True, False, False, True, True]
    assert places_alike(source, blocks, 0, EditScope.SECTION) == (0, 3)


def test_one_head_found_finds_all_alike() -> None:
    start = TEXT.index("夯实基础。")
    heads = edit(EditKind.CUT_HEAD, "夯实基础。", at=start, scope=EditScope.TEXT)
    assert shown(heads)[4:8] == [
        (2, "夯实基础。"), (0, "走访企业。联系园区。"), (2, "打通链条。"), (0, "建立名单。坚持走访。"),
    ]  # fmt: skip
    lowered = apply_edit(SOURCE, heads, BlockEdit(EditKind.SET_LEVEL, start, level=3))
    assert [block.level for block in lowered if block.is_node] == [1, 2, 3, 2, 1]


def test_a_part_and_all_like_it_are_asked_for_no_more() -> None:
    after = edit(EditKind.TOGGLE, "二、保障措施", scope=EditScope.TEXT)
    assert [block.kind for block in after if block.level == 1] == [BlockKind.UNREPORTED] * 2


def test_a_frame_line_becomes_a_head_and_text_again() -> None:
    head = edit(EditKind.SET_KIND, "导语一句。", block_kind=REPORTED)
    assert (head[1].level, head[1].kind) == (1, REPORTED)
    text = apply_edit(SOURCE, head, BlockEdit(EditKind.SET_KIND, head[1].start, block_kind=BlockKind.LEAD_IN))
    assert text == BLOCKS


def test_an_edit_of_no_block_changes_nothing() -> None:
    assert apply_edit(SOURCE, BLOCKS, BlockEdit(EditKind.PROMOTE, 1)) == BLOCKS
    assert place_of_block(BLOCKS, 1) is None


def test_sentences_are_where_a_block_can_be_cut() -> None:
    assert [TEXT[at] for at in sentence_places(SOURCE, BLOCKS[4])] == ["走", "联"]


def test_heads_stand_nine_levels_deep_at_most() -> None:
    source, blocks = heads(*range(1, 10), 9)
    demoted = apply_edit(source, blocks, BlockEdit(EditKind.DEMOTE, blocks[-1].start))
    assert [block.level for block in demoted[-2:]] == [9, 0]
    for level, found in ((12, 9), (9, 9), (0, 0), (-3, 0)):
        changed = apply_edit(source, blocks, BlockEdit(EditKind.SET_LEVEL, blocks[0].start, level=level))
        assert changed[0].level == found


def test_text_before_the_first_head_is_like_no_other() -> None:
    lines = source_from_text("导语。\n一、甲\n乙。\n").lines
    blocks = tuple(
        Block(lines[n].start, lines[n].end, n % 2, REPORTED if n % 2 else BlockKind.TEXT) for n in range(3)
    )
    source = source_from_text("导语。\n一、甲\n乙。\n")
    promoted = apply_edit(source, blocks, BlockEdit(EditKind.PROMOTE, 0, scope=EditScope.TEXT))
    assert [block.level for block in promoted] == [1, 1, 0]


def test_heads_are_alike_that_are_numbered_alike() -> None:
    text = "一、甲\n二、乙\n结语\n附言\n三、丙\n四、丁\n"
    source = source_from_text(text)
    habits = ("", "", "", "", "own_line", "bold_line")
    blocks = tuple(
        Block(line.start, line.end, 1, REPORTED, habit=habit)
        for line, habit in zip(source.lines, habits, strict=False)
    )
    alike = [places_alike(source, blocks, place, EditScope.TEXT) for place in range(6)]
    assert alike == [(0, 1), (0, 1), (2, 3), (2, 3), (4,), (5,)]


def test_what_goes_on_over_a_page_line_is_of_the_sort_before_it() -> None:
    source = source_from_text("一、甲\n- 3 -\n乙\n")
    spans = [(line.start, line.end) for line in source.lines]
    for kind, level, joined in ((REPORTED, 1, BlockKind.TEXT), (BlockKind.CLOSING, 0, BlockKind.CLOSING)):
        blocks = (
            Block(*spans[0], level, kind),
            Block(*spans[1], 0, BlockKind.PAGE_LINE),
            Block(*spans[2], 0, BlockKind.TITLE),
        )
        last = apply_edit(source, blocks, BlockEdit(EditKind.JOIN, spans[2][0]))[-1]
        assert (last.kind, last.continues) == (joined, True)
        assert apply_edit(source, blocks[1:], BlockEdit(EditKind.JOIN, spans[2][0])) == blocks[1:]


def test_a_cut_leaves_words_on_both_sides_and_the_number_of_a_head_whole() -> None:
    source = source_from_text(" 一、甲乙 \n")
    block = Block(0, 6, 1, REPORTED, number_length=3)
    for at in (-1, 0, 1, 5, 6, 7):
        assert apply_edit(source, (block,), BlockEdit(EditKind.CUT, 0, at=at)) == (block,)
    lengths = [
        apply_edit(source, (block,), BlockEdit(EditKind.CUT, 0, at=at))[0].number_length for at in (2, 3, 4)
    ]
    assert lengths == [None, 3, 3]
    again = apply_edit(source, (block,), BlockEdit(EditKind.SET_KIND, 0, block_kind=BlockKind.ANNEX))
    assert (again[0].kind, again[0].level, again[0].number_length) == (BlockKind.ANNEX, 1, 3)


def test_a_head_that_ends_at_a_comma_may_be_cut_there() -> None:
    text = "筑牢治理根基，按照《条例，试行》开展换届；做好服务。严格纪律。"
    source = source_from_text(text)
    head, running = Block(0, len(text), 2, REPORTED), Block(0, len(text), 0, BlockKind.TEXT)
    assert [text[at] for at in cut_places(source, head)] == ["按", "做", "严"]
    assert [text[at] for at in cut_places(source, running)] == ["严"]
    cut = apply_edit(source, (head,), BlockEdit(EditKind.CUT, 0, at=cut_places(source, head)[0]))
    assert [(text[one.start : one.end], one.level) for one in cut] == [(text[:7], 2), (text[7:], 0)]


def test_a_block_may_be_cut_where_a_line_or_a_sentence_begins() -> None:
    source = source_from_text("走访。 服务\n督查。\n")
    assert sentence_places(source, Block(0, len(source.text.rstrip()))) == (4, 7)


def test_a_cut_goes_to_blocks_that_have_as_many_sentences() -> None:
    source = source_from_text("甲一。甲二。甲三。\n乙一。乙二。\n")
    blocks = tuple(Block(line.start, line.end) for line in source.lines[:2])
    cut_after_two = apply_edit(source, blocks, BlockEdit(EditKind.CUT, 0, at=6, scope=EditScope.TEXT))
    assert [source.text[block.start : block.end] for block in cut_after_two] == [
        "甲一。甲二。",
        "甲三。",
        "乙一。乙二。",
    ]
