"""Any division of a text into blocks gives a tree that says the text: nothing lost, doubled or in another order."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.plan.importer import (
    NODE_KINDS,
    Block,
    BlockKind,
    FrameFields,
    PlanDraft,
    SourceText,
    plan_from_blocks,
    source_from_text,
)
from tests.plan.importer.texts import visible_characters

WORDS = st.text(alphabet="一、（二）1.办理事项，。；\n 责任单位：", max_size=200)


@st.composite
def divided_texts(draw: st.DrawFn) -> tuple[SourceText, list[Block]]:
    source = source_from_text(draw(WORDS))
    cuts = sorted(draw(st.sets(st.integers(0, len(source.text)), max_size=12)))
    blocks = [
        Block(
            start,
            end,
            draw(st.integers(0, 4)),
            draw(st.sampled_from(BlockKind)),
            draw(st.booleans()),
            draw(st.sampled_from([None, None, 0, 2])),
        )
        for start, end in pairwise(cuts)
    ]
    return source, draw(st.permutations(blocks))


def words_of(plan: PlanDraft) -> str:
    return visible_characters(plan.full_text() + "".join(plan.set_aside))


@settings(max_examples=80)
@given(divided_texts())
def test_any_division_gives_a_plan_that_says_the_text(divided: tuple[SourceText, list[Block]]) -> None:
    source, blocks = divided
    plan = plan_from_blocks(source, blocks, FrameFields())
    assert Counter(words_of(plan)) == Counter(visible_characters(source.text))
    plan.as_json()


@settings(max_examples=80)
@given(divided_texts())
def test_nodes_and_texts_stand_in_the_order_of_the_page(divided: tuple[SourceText, list[Block]]) -> None:
    source, blocks = divided
    kinds = (*NODE_KINDS - {BlockKind.ANNEX}, BlockKind.TEXT)
    inner = [block for block in blocks if block.kind in kinds]
    plan = plan_from_blocks(source, inner, FrameFields())
    assert words_of(plan) == visible_characters(source.text)


def parts_of(text: str, *levels: int | tuple[int, BlockKind]) -> PlanDraft:
    """The plan of a text whose lines are blocks of these levels."""
    source = source_from_text(text)
    blocks = []
    for line, level in zip(source.lines, levels, strict=True):
        depth, kind = (
            level if isinstance(level, tuple) else (level, BlockKind.REPORTED if level else BlockKind.TEXT)
        )
        blocks.append(Block(line.start, line.end, depth, kind))
    return plan_from_blocks(source, blocks, FrameFields())


def outline_of(plan: PlanDraft) -> list[str]:
    lines = []
    for part in plan.parts:
        lines.append(f"# {part.number} {part.title}".rstrip())
        for section in part.sections:
            lines.append(f"## {section.number} {section.title}".rstrip())
            lines += [f"- {measure.number} {measure.title}" for measure in section.measures]
        lines += [f"- {measure.number} {measure.title}" for measure in part.measures]
    return lines


@pytest.mark.parametrize(
    ("levels", "outline"),
    [
        ((1, 2, 3, 0), ["# 一 甲", "## （一） 乙", "- 1 丙"]),
        ((1, 3, 7, 0), ["# 一 甲", "## （一） 乙", "- 1 丙"]),
        ((1, 2, 0, 0), ["# 一 甲", "- （一） 乙"]),
        ((1, 0, 0, 0), ["#", "- 一 甲"]),
        ((1, 1, 1, 1), ["#", "- 一 甲", "- （一） 乙", "- 1 丙", "- 4 丁"]),
        ((1, 1, 2, 0), ["# 一 甲", "# （一） 乙", "- 1 丙"]),
        ((2, 1, 2, 0), ["# 一 甲", "# （一） 乙", "- 1 丙"]),
        ((1, 0, 1, 2), ["# 一 甲", "- 1 甲", "# 1 丙", "- 1 丁"]),
        (((1, BlockKind.UNREPORTED), 0, 1, 0), ["# 一 甲", "#", "- 1 丙"]),
        (((1, BlockKind.UNREPORTED), 2, 1, 2), ["# 一 甲", "## （一） 乙", "# 1 丙", "- 1 丁"]),
        ((1, (2, BlockKind.UNREPORTED), 2, 0), ["# 一 甲", "## （一） 乙", "##", "- 1 丙"]),
        ((1, (1, BlockKind.ANNEX), 2, 0), ["#", "- 一 甲"]),
    ],
)
def test_levels_and_kinds_decide_the_tree(
    levels: tuple[int | tuple[int, BlockKind], ...], outline: list[str]
) -> None:
    plan = parts_of("一、甲\n（一）乙\n1.丙\n丁", *levels)
    assert outline_of(plan) == outline


LONG_HEAD = "坚持以人民为中心的发展思想，着力办好民生实事，不断增强群众获得感幸福感安全感"


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (["抓实招商引资，引进企业五十家。"], "抓实招商引资"),
        (["在汛期来临之前，检修水利设施，确保正常运行。"], "在汛期来临之前，检修水利设施"),
        (["编制计划时，考虑实际。安排用地，支持项目。"], "编制计划时，考虑实际"),
        ([f"以改造为重点，{'推动节能' * 9}。"], "以改造为重点"),
        ([f"一、{LONG_HEAD}，推动发展。", "改造道路。"], f"{LONG_HEAD}，推动发展"),
        ([f"一、{LONG_HEAD}，{'推动发展' * 6}。", "改造道路。"], LONG_HEAD),
    ],
)
def test_the_title_of_a_sentence_is_as_much_of_it_as_says_something(lines: list[str], title: str) -> None:
    plan = parts_of("\n".join(lines), *(int(not place) for place in range(len(lines))))
    assert next(plan.measures()).title == title


def test_a_closing_goes_on_over_the_line_of_a_page() -> None:
    source = source_from_text("一、甲\n青山\n- 3 -\n街道\n")
    spans = [(line.start, line.end) for line in source.lines]
    blocks = [
        Block(*spans[0], 1, BlockKind.REPORTED),
        Block(*spans[1], 0, BlockKind.CLOSING),
        Block(*spans[2], 0, BlockKind.PAGE_LINE),
    ]
    for continues, closing in ((True, "青山街道"), (False, "青山\n街道")):
        last = Block(*spans[3], 0, BlockKind.CLOSING, continues)
        assert plan_from_blocks(source, [*blocks, last], FrameFields()).closing == closing
