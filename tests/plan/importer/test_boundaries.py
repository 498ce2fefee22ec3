"""Where the lengths and counts that the reader goes by begin and end to hold."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.plan.importer import (
    Block,
    BlockKind,
    FrameFields,
    PlanDraft,
    PlanUnreadable,
    QuestionKind,
    SourceLine,
    SourceText,
    plan_from_blocks,
    read_plan,
    source_from_text,
)
from app.plan.importer.duties import is_duty_text
from app.plan.importer.frame_fields import issuer_of
from app.plan.importer.frame_lines import is_byline, is_final_clause, is_organ_line
from app.plan.importer.numbering import value_of
from app.plan.importer.page_layout import separate_page_lines
from app.plan.importer.part_kinds import find_boxes, is_about_problems, states_purpose, states_requirements
from app.plan.importer.plan_frame import frame_of
from app.plan.importer.reading import MOST_LINES, MOST_SENTENCES
from app.plan.importer.run_in_heads import bold_runs
from app.plan.importer.self_checks import check_proposal
from app.plan.importer.sentences import text_spans
from app.plan.importer.source_text import TextLine
from app.plan.importer.unnumbered_heads import OWN_LINE, UPPER_LINE, find_unnumbered_heads, stands_above
from tests.plan.importer.texts import lines_of

TITLE = "青山街道2026年工作计划"
SENTENCE = "压实监督管理责任，控制各类事故发生，确保全年平安。"


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("百", 100),
        ("一百二十三", 123),
        ("二百", 200),
        ("二十", 20),
        ("十", 10),
        ("零", 0),
        ("二零二六", 2026),
    ],
)
def test_a_numeral_at_a_boundary_has_its_value(numeral: str, value: int) -> None:
    assert value_of(numeral) == value


def test_the_longest_plan_that_is_read() -> None:
    lines, stops = f"{TITLE}\n" + "字\n" * (MOST_LINES - 1), f"{TITLE}\n字" + "。" * MOST_SENTENCES
    for text in (lines, stops):
        assert isinstance(read_plan(text), PlanDraft)
    for text in (lines + "字\n", stops + "。"):
        with pytest.raises(PlanUnreadable, match="不像一份工作计划"):
            read_plan(text)
    assert (MOST_LINES, MOST_SENTENCES) == (4_000, 10_000)


def test_a_line_of_departments_has_a_thousand_characters_at_most() -> None:
    for length, holds in ((1_000, True), (1_001, False)):
        assert is_duty_text("责任单位：".ljust(length, "办")) is holds


def test_a_pair_protects_eighty_characters() -> None:
    for inside, pieces in ((79, 1), (80, 2)):
        text = "字" * 90 + "“" + "。".ljust(inside, "字") + "”"
        assert len(text_spans(text, "。")) == pieces


def headings_of(*items: str) -> list[str]:
    """The headings of numbered items."""
    numbered = (f"{number}. {item}" for number, item in enumerate(items, start=1))
    plan = read_plan("\n".join((TITLE, *numbered)))
    return [measure.heading for measure in plan.measures()]


def test_a_colon_closes_a_head_of_twenty_four_characters() -> None:
    for length, headed in ((23, True), (24, True), (25, False)):
        heading = headings_of(f"{'字' * length}：压实责任。{SENTENCE}", SENTENCE)[0]
        assert (heading == f"1. {'字' * length}：") is headed
    assert headings_of("甲：乙。", SENTENCE)[0] == "1. 甲："
    assert headings_of("压实责任：", SENTENCE)[0] == "1. 压实责任："


def test_a_numbered_sentence_before_others_is_whole_to_sixty_characters() -> None:
    for length, is_whole in ((40, True), (60, True), (61, False)):
        sentence = "字，" + "字" * (length - 3) + "。"
        assert headings_of(sentence + SENTENCE, SENTENCE)[0] == f"1. {sentence if is_whole else '字，'}"


def test_a_purpose_has_sixteen_characters_at_most() -> None:
    for length, measures in ((16, 0), (17, 1)):
        title = "指导思想".rjust(length, "字")
        plan = read_plan(
            f"{TITLE}\n一、推进\n（一）夯实。{SENTENCE}\n（二）推动。{SENTENCE}\n二、{title}\n{SENTENCE}"
        )
        assert len(plan.parts[1].measures) == measures
        assert plan.parts[1].reporting is bool(measures)


def test_a_header_has_forty_characters_at_most() -> None:
    for length, page in ((40, 6), (41, 3)):
        lines = [line for number in (1, 2, 3) for line in (f"— {number} —", "长" * length, "正文。")]
        assert len(separate_page_lines(lines_of(*lines))[1]) == page


def test_bold_spans_lie_within_the_line() -> None:
    [line] = lines_of("\u200b**  字** 其")
    assert (line.text, line.marks) == ("字 其", (0, 1))


def test_a_date_that_is_the_first_line_after_the_heading_closes_the_plan() -> None:
    lines = lines_of(TITLE, "一、强化治理", "2026年3月1日")
    assert [line.number for line in frame_of(lines).closing] == [3]
    lines = lines_of(TITLE, "一、强化治理", "附件：清单")
    assert [line.number for line in frame_of(lines).closing] == [3]


@pytest.mark.parametrize(
    ("judge", "ends", "length"),
    [
        (states_purpose, "总体要求", 16),
        (states_requirements, "保障措施", 16),
        (is_about_problems, "存在的问题", 16),
        (is_byline, "局", 30),
        (is_byline, "第一次会议上", 63),
        (is_organ_line, "办公室", 30),
    ],
)
def test_how_long_a_line_of_a_sort_is(judge: Callable[[str], bool], ends: str, length: int) -> None:
    assert judge(ends.rjust(length, "字"))
    assert not judge(ends.rjust(length + 1, "字"))


def test_a_line_of_another_sort_under_a_title_has_40_characters() -> None:
    assert is_byline("——".ljust(40, "字"))
    assert not is_byline("——".ljust(41, "字"))


def test_a_final_clause_has_120_characters_and_is_not_all_that_a_measure_says() -> None:
    for length, final in ((120, True), (121, False)):
        assert is_final_clause("本方案自印发之日起施行".ljust(length, "字")) is final
    for text, closing in (("落实责任。\n", "本方案自印发之日起施行。"), ("", "")):
        plan = read_plan(f"{TITLE}\n一、强化治理\n压实责任。\n二、推动发展\n{text}本方案自印发之日起施行。")
        assert plan.closing == closing


@pytest.mark.parametrize(
    ("marks", "bold"),
    [
        ((0, 6), True),
        ((0, 2, 2, 4, 4, 6), True),
        ((0, 2, 3, 4, 4, 6), False),
        ((0, 2, 2, 4, 5, 6), False),
        ((1, 6), False),
        ((0, 5), False),
        ((), False),
    ],
)
def test_a_line_is_wholly_bold_where_its_runs_touch(marks: tuple[int, ...], bold: bool) -> None:
    assert TextLine(1, "夯实安全基础", marks=marks).is_wholly_bold is bold


def test_a_name_that_a_page_split_is_one_organ() -> None:
    lines = lines_of("青山街道党工委", "办公室", "2026年1月5日")
    assert issuer_of("", lines) == "青山街道党工委办公室"


def test_what_follows_a_title_at_once_closes_nothing() -> None:
    frame = frame_of(lines_of(TITLE, "附件1", "压实责任。"))
    assert [line.text for line in frame.content] == ["附件1", "压实责任。"]


def heads_at(*lines: str) -> dict[int, str]:
    return find_unnumbered_heads(lines_of(*lines))


@pytest.mark.parametrize(("length", "found"), [(2, []), (3, [0, 2]), (26, [0, 2]), (27, [])])
def test_how_long_a_head_without_number_is(length: int, found: list[int]) -> None:
    head = "强化治理" * 7
    assert list(heads_at(head[:length], SENTENCE, head[:length], SENTENCE)) == found


@pytest.mark.parametrize(("length", "found"), [(60, [0, 2]), (61, [])])
def test_how_long_a_head_by_its_format_is(length: int, found: list[int]) -> None:
    head = "强化治理" * 20
    assert list(heads_at(f"# {head[:length]}", SENTENCE, f"# {head[:length]}", SENTENCE)) == found
    assert list(heads_at(f"**{head[:length]}**", SENTENCE, f"**{head[:length]}**", SENTENCE)) == found


def test_heads_over_lists_stand_above_where_two_lists_begin_again() -> None:
    first = ("（一）夯实。", "（二）强化。", "推动产业发展", "（一）落实。", "（二）完善。")
    for rest, above in ((("改善城乡环境", "（一）整治。"), True), (("改善城乡环境", "（三）整治。"), False)):
        lines = lines_of(*first, *rest)
        assert stands_above(lines, {2: OWN_LINE, 5: OWN_LINE}) is above
    assert stands_above(lines_of(*first), {2: OWN_LINE})


def first_heading(body: str) -> str:
    """The heading of the first of two numbered items."""
    plan = read_plan(f"{TITLE}\n一、{body}\n二、推动发展。{SENTENCE}")
    return next(plan.measures()).heading


@pytest.mark.parametrize(("length", "bold"), [(45, True), (46, False)])
def test_how_long_a_head_in_bold_is(length: int, bold: bool) -> None:
    head = "强化治理" * 12
    heading = first_heading(f"**{head[:length]}**压实监督管理责任，控制事故。")
    assert (heading == f"一、{head[:length]}") is bold


@pytest.mark.parametrize(
    ("head", "is_head"),
    [
        ("强化" * 17 + "。", True),
        ("强化" * 17 + "力。", False),
        ("推动12345热线升级。", True),
        ("2026年6月前完成。", False),
        ("今年6月前完成。", False),
        ("到12年底前完成。", False),
        ("实现30%覆盖。", False),
        ("同时，强化治理。", False),
        ("强化，治理，落实。", True),
        ("强化，治理，落实，到位。", False),
        ("（办公室负责）。", False),
    ],
)
def test_which_paragraphs_begin_with_a_head(head: str, is_head: bool) -> None:
    plan = read_plan(
        f"{TITLE}\n一、强化治理\n夯实基础。{SENTENCE}\n守住底线。{SENTENCE}\n{SENTENCE}\n二、推动发展\n"
        f"打通链条。{SENTENCE}\n补强短板。{SENTENCE}\n{head}{SENTENCE}\n{SENTENCE}"
    )
    title = head.rstrip("。")
    assert (title in [measure.title for measure in plan.measures()]) is is_head


@pytest.mark.parametrize(("length", "headed"), [(7, False), (8, True)])
def test_how_much_elaborates_a_head(length: int, headed: bool) -> None:
    rest = SENTENCE[-length:]
    plan = read_plan(
        f"{TITLE}\n一、强化治理\n夯实基础。{SENTENCE}\n守住底线。{SENTENCE}\n打通链条。{rest}\n二、推动发展\n补强短板。{SENTENCE}\n"
        f"完善机制。{SENTENCE}"
    )
    assert ("打通链条" in [measure.title for measure in plan.measures()]) is headed


def test_clauses_at_the_beginnings_of_paragraphs_are_heads_where_all_are_alike() -> None:
    def are_heads(*clauses: str) -> bool:
        text = "\n".join(f"{clause}{SENTENCE}" for clause in clauses)
        other = f"夯实基础。{SENTENCE}\n守住底线。{SENTENCE}"
        plan = read_plan(f"{TITLE}\n一、强化治理\n{other}\n二、推动发展\n{other}\n三、改善服务\n{text}")
        return [measure.title + "，" for measure in plan.parts[2].all_measures()] == list(clauses)

    assert are_heads("聚焦困难群体，", "聚焦就业群体，")
    assert are_heads("聚焦困难群体，", "聚焦就业创业群体，", "聚焦便民生活服务，")
    assert not are_heads("聚焦困难群体，", "聚焦就业创业重点各类群体，")
    assert not are_heads("聚焦困难群体，", "关注就业群体，")
    assert not are_heads("聚焦困难群体，")
    assert are_heads("聚焦群体，", "聚焦生活，")
    assert not are_heads("聚焦群，", "聚焦生，")
    assert are_heads("聚焦困难群体结对走访帮扶全覆盖，", "聚焦重点就业群体组织招聘活动办，")
    assert not are_heads("聚焦困难群体结对走访帮扶全覆盖到，", "聚焦重点就业群体组织招聘活动办好，")


@pytest.mark.parametrize(("length", "numbers"), [(34, ["1", "2", "1", "2"]), (35, ["（一）", "（二）"])])
def test_how_long_a_title_without_text_is(length: int, numbers: list[str]) -> None:
    title = ("强化治理" * 9)[:length]
    items = "".join(f"\n（{number}）专项\n{SENTENCE}\n1.{title}\n2.{title}" for number in "一二")
    parts = (f"{number}、{word}{items}" for number, word in ("一强", "二推"))
    plan = read_plan("\n".join((TITLE, *parts)))
    assert [measure.number for measure in plan.parts[0].all_measures()] == numbers


def test_a_sentence_ends_inside_no_bold_head() -> None:
    assert bold_runs("夯实基。础落实责任", [0, 5]) == {}
    assert bold_runs("夯实基础。落实责任", [0, 5]) == {0: 5}


def test_departments_are_cut_off_a_head_inside_a_paragraph() -> None:
    text = f"夯实安全基础。{SENTENCE}推动产业发展（办公室牵头）。{SENTENCE}"
    sections = (f"（{number}）筑牢底线\n{text}" for number in "一二三")
    second = list(read_plan("\n".join((TITLE, "一、强化治理", *sections))).measures())[1]
    assert (second.heading, second.lead) == ("推动产业发展", ("办公室",))


def test_a_closing_goes_on_with_a_closing_only() -> None:
    source = source_from_text("甲\n乙\n丙")
    kinds = (BlockKind.CLOSING, BlockKind.LEAD_IN, BlockKind.CLOSING)
    blocks = [Block(2 * n, 2 * n + 1, 0, kind, n == 2) for n, kind in enumerate(kinds)]
    assert plan_from_blocks(source, blocks, FrameFields()).closing == "甲\n丙"


def test_running_text_goes_on_with_the_text_before_it() -> None:
    source = source_from_text("甲\n乙\n丙")
    blocks = [Block(0, 1, 1, BlockKind.REPORTED), Block(2, 3), Block(4, 5, continues=True)]
    [part] = plan_from_blocks(source, blocks, FrameFields()).parts
    assert [measure.text for measure in part.measures] == ["乙丙"]


@pytest.mark.parametrize(("length", "headed"), [(44, True), (45, False)])
def test_how_long_a_bold_head_at_the_start_of_a_paragraph_is(length: int, headed: bool) -> None:
    head = ("强化治理" * 12)[:length]
    others = f"**夯实基础**{SENTENCE}\n**守住底线**{SENTENCE}"
    plan = read_plan(
        f"{TITLE}\n一、强化治理\n{others}\n{SENTENCE}\n二、推动发展\n{others}\n**{head}**，{SENTENCE}\n{SENTENCE}"
    )
    assert (head in [measure.title for measure in plan.measures()]) is headed


def test_the_first_line_can_be_a_head_over_heads() -> None:
    heads = ("夯实基础建设", SENTENCE, "推动产业发展", SENTENCE, "改善城乡环境", f"{SENTENCE}{SENTENCE}完")
    assert heads_at("重点任务", *heads)[0] == UPPER_LINE


def test_heads_stand_below_a_list_that_goes_on_over_them() -> None:
    lines = lines_of("推动产业发展", "一、强化治理。", "改善城乡环境", "二、夯实基础。", "（一）落实责任。")
    assert not stands_above(lines, {0: OWN_LINE, 2: OWN_LINE})


def test_only_a_notice_names_the_plan() -> None:
    lines = lines_of(
        "学习《2026年重点工作安排》体会", TITLE, "2026年重点工作安排", *("一、强化治理", SENTENCE)
    )
    assert [line.text for line in frame_of(lines).title] == [TITLE]


def test_what_is_not_reported_among_measures_is_text_of_the_one_before_it() -> None:
    kinds = (BlockKind.REPORTED,) * 4 + (BlockKind.UNREPORTED,)
    levels = (1, 2, 3, 3, 3)
    blocks = [Block(2 * n, 2 * n + 1, *one) for n, one in enumerate(zip(levels, kinds, strict=True))]
    [part] = plan_from_blocks(source_from_text("甲\n乙\n丙\n丁\n戊"), blocks, FrameFields()).parts
    assert [(one.title, one.text) for one in part.all_measures()] == [("丙", ""), ("丁", "戊")]


def test_a_block_is_a_head_by_its_level_and_its_kind() -> None:
    assert Block(0, 1, 1, BlockKind.ANNEX).is_node
    assert not Block(0, 1, 0, BlockKind.REPORTED).is_node
    assert not Block(0, 1, 1, BlockKind.TEXT).is_node
    block = Block(1, 2, 3, BlockKind.UNREPORTED, True, 1, "han")
    assert Block.from_json(block.as_json()) == block


def test_the_lines_of_a_source_keep_what_is_bold_in_them() -> None:
    source = SourceText.from_lines(
        [("甲", SourceLine(0, 0)), ("乙丙\n丁", SourceLine(0, 0, bold=((1, 2), (2, 3))))]
    )
    assert [(line.start, line.end, line.bold) for line in source.lines] == [
        (0, 1, ()),
        (2, 4, ((3, 4),)),
        (5, 6, ()),
    ]
    assert [source.line_number(place) for place in (0, 1, 2, 4, 5)] == [1, 1, 2, 2, 3]


@pytest.mark.parametrize(("length", "is_box"), [(40, True), (41, False)])
def test_the_title_of_a_box_has_forty_characters_at_most(length: int, is_box: bool) -> None:
    lines = lines_of(
        "一、治理", "专栏1 ".ljust(length, "字"), "1.防洪。", "——其一", "2.供水。", "4.改革。", "1.发展。"
    )
    assert find_boxes(lines) == ({1, 2, 3, 4} if is_box else set())


def test_a_title_of_five_years_states_purposes_where_it_plans_them() -> None:
    titles = ("“十五五”规划", "“十五五”时期", "“十五五”发展纲要", "“十五五”主要目标", "2026年“十五五”规划")
    assert [states_purpose(title) for title in titles] == [True, False, True, True, False]


def test_a_lead_in_of_more_than_an_eighth_or_so_is_asked_about() -> None:
    for lengths, is_asked in (((6, 6), False), ((6, 7), True), ((13,), False)):
        texts = ["字" * length for length in (*lengths, 100 - sum(lengths))]
        source = source_from_text("\n".join(texts))
        kinds = [BlockKind.LEAD_IN] * len(lengths) + [BlockKind.TEXT]
        blocks = [
            Block(line.start, line.end, 0, kind) for line, kind in zip(source.lines, kinds, strict=True)
        ]
        questions = check_proposal(source, blocks, FrameFields("", 2026, "", None, None))
        assert (QuestionKind.LEAD_IN in [one.kind for one in questions]) is is_asked


def test_a_head_over_all_chapters_is_a_title_whatever_its_last_part_is_called() -> None:
    text = f"{TITLE}\n## 全文\n一、党建\n1.推进学习。{SENTENCE}\n二、民生\n1.扩大就业。{SENTENCE}\n### 结语\n{SENTENCE}"
    assert [part.title for part in read_plan(text).parts] == ["党建", "民生"]
