"""Tables of tasks, as offices make them: headers anywhere, cells merged, rows that are parts; a row is a measure."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base.errors import BadInput, DomainError
from app.plan.importer import BlockKind, MeasureDraft, PlanDraft, SourceText, source_from_text
from app.plan.importer.sources.plain_tables import items_of_text, source_of_plain
from app.plan.importer.sources.source_file import NOTHING, FileContents, source_of_contents
from app.plan.importer.sources.table_blocks import propose_source_blocks
from app.plan.importer.sources.table_grid import PLAIN, TableCell, TableGrid
from app.plan.importer.sources.task_tables import (
    ColumnRole,
    clean_label,
    end_of_header,
    role_of_label,
)
from app.plan.importer.sources.workbook_sheets import read_workbook_sheets
from tests.plan.importer.sources.table_files import (
    BODY,
    HEADER,
    MERGED,
    TITLE,
    plan_of,
    read_plan_of,
    workbook_of,
)


def beside(measure: MeasureDraft) -> tuple[str, ...]:
    return measure.number, measure.title, measure.target, measure.leader, measure.deadline


@pytest.fixture(scope="module")
def plan() -> PlanDraft:
    return read_plan_of(workbook_of([[TITLE], *HEADER, *BODY], MERGED, percent="D8"))


def test_a_row_is_a_measure_with_all_that_it_says(plan: PlanDraft) -> None:
    assert [beside(measure) for measure in plan.measures()] == [
        ("1", "开展走访", "走访200家", "张三", "6月底"),
        ("2", "组织学习", "学习12次", "张三", "全年"),
        ("3", "整治乱设摊", "95%", "李四", "2026年12月31日"),
    ]
    first = next(plan.measures())
    assert (first.lead, first.support, first.duty_words) == (("党建办",), ("平安办",), ("各居民区",))
    assert first.text.splitlines()[1:3] == ["牵头单位：党建办", "配合单位：各居民区、平安办"]


def test_rows_that_are_parts_and_merged_cells_are_the_heads_above(plan: PlanDraft) -> None:
    assert [(part.heading, [section.title for section in part.sections]) for part in plan.parts] == [
        ("一、党建引领", ["基层组织建设"]),
        ("二、城市管理", ["市容环境"]),
    ]


def test_what_stands_above_and_below_the_table_is_the_frame(plan: PlanDraft) -> None:
    assert (plan.title, plan.year) == (TITLE, 2026)
    assert plan.closing == "注：以上内容由党政办公室解释。"
    assert plan.set_aside[0].startswith("序号\t重点工作")


def test_cells_that_were_not_merged_but_left_empty_gather_rows_as_well() -> None:
    assert [
        section.title
        for part in read_plan_of(workbook_of([[TITLE], *HEADER, *BODY])).parts
        for section in part.sections
    ] == ["基层组织建设", "市容环境"]


def test_a_measure_over_several_rows_is_one_with_all_that_they_say() -> None:
    rows = [["任务", "责任单位"], ["开展走访", "党建办"], [None, "平安办"], ["组织学习", "党建办"]]
    measures = list(read_plan_of(workbook_of(rows, ["A2:A3"])).measures())
    assert [measure.title for measure in measures] == ["开展走访", "组织学习"]
    assert measures[0].text.splitlines() == ["责任单位：党建办", "责任单位：平安办"]


@pytest.mark.parametrize(
    ("labels", "names"),
    [
        (("牵头单位", "责任单位"), (("党建办",), ("平安办",))),
        (("部门", "支持单位"), (("党建办",), ("平安办",))),
        (("责任分工", "协办部门"), (("党建办",), ("平安办",))),
    ],
)
def test_of_two_columns_of_departments_one_leads(labels: tuple[str, str], names: object) -> None:
    rows = [["工作任务", *labels], ["走访", "党建办", "平安办"], ["学习", "党建办", "平安办"]]
    first = next(read_plan_of(workbook_of(rows)).measures())
    assert (first.lead, first.support) == names


def test_units_of_numbers_are_no_departments() -> None:
    rows = [["指标名称", "单位", "目标值"], ["走访企业", "家", 240], ["服务税收", "万元", 3.5]]
    first = next(read_plan_of(workbook_of(rows)).measures())
    assert (first.title, first.target, first.text.splitlines()[0], first.lead) == (
        "走访企业",
        "240",
        "单位：家",
        (),
    )


def test_a_merged_cell_that_stands_alone_in_a_row_is_no_part() -> None:
    rows = [
        ["任务", "举措", "责任单位"],
        ["党建引领", "走访", "党建办"],
        [None] * 3,
        ["城市管理", "市容", "城管办"],
    ]
    plan = read_plan_of(workbook_of(rows, ["A2:A3"]))
    assert [part.title for part in plan.parts] == ["党建引领", "城市管理"]


def test_targets_below_one_task_are_measures_of_their_own() -> None:
    rows = [
        ["重点任务", "工作目标", "牵头部门"],
        ["党建", "走访200家", "党建办"],
        [None, "学习12次", "党建办"],
    ]
    plan = read_plan_of(workbook_of(rows, ["A2:A3"]))
    assert [measure.title for measure in plan.measures()] == ["走访200家", "学习12次"]


@pytest.mark.parametrize("label", ["工作目标", "类别"])
def test_where_no_column_is_of_tasks_targets_or_groups_are_the_measures(label: str) -> None:
    rows = [["序号", label, "责任单位"], ["1", "走访", "党建办"], ["2", "学习", "党建办"]]
    assert [one.heading for one in read_plan_of(workbook_of(rows)).measures()] == ["1. 走访", "2. 学习"]


def test_a_group_begins_again_below_another() -> None:
    rows = [
        ["领域", "类别", "工作任务", "责任单位"],
        ["党建", "组织", "走访", "党建办"],
        [None, None, "学习", "党建办"],
        ["城管", "组织", "市容", "城管办"],
    ]
    plan = read_plan_of(workbook_of(rows, ["A2:A3", "B2:B3"]))
    assert [(part.heading, [one.heading for one in part.sections]) for part in plan.parts] == [
        ("党建", ["组织"]),
        ("城管", ["组织"]),
    ]


@pytest.mark.parametrize(
    ("above", "title", "year"),
    [
        ("长山县科学技术局", "长山县科学技术局", None),
        ("二、2026年职责分工\n请按期办理。", "二、2026年职责分工", 2026),
        ("请按期办理。\n三、职责分工", "三、职责分工", None),
        ("各科室2026年分工：", "", None),
    ],
)
def test_a_short_line_above_a_table_is_its_title(above: str, title: str, year: int | None) -> None:
    source = source_of_plain(f"{above}\n工作任务\t责任单位\n开展走访\t党建办\n组织学习\t党建办")
    proposal = propose_source_blocks(source)
    assert (proposal.fields.title, proposal.fields.year) == (title, year)
    kinds = [BlockKind.TITLE if line == title else BlockKind.LEAD_IN for line in above.splitlines()]
    assert [one.kind for one in proposal.blocks][: len(kinds)] == kinds


def test_a_file_without_words_is_refused() -> None:
    with pytest.raises(BadInput) as refused:
        source_of_contents(FileContents([(" \u3000", PLAIN)]))
    assert str(refused.value) == NOTHING


def test_a_name_beside_its_content_is_the_head_of_the_measure() -> None:
    rows = [
        ["序号", "任务名称", "工作内容", "责任单位"],
        ["1", "走访", "每季走访。全年200家。", "党建办"],
        ["2", "学习", "每月一次。", "党建办"],
    ]
    first = next(read_plan_of(workbook_of(rows)).measures())
    assert (first.heading, first.text.splitlines()) == (
        "1. 走访",
        ["每季走访。全年200家。", "责任单位：党建办"],
    )


def test_a_header_that_comes_again_on_each_page_and_a_note_are_no_measures() -> None:
    header = ["序号", "工作任务", "责任单位", "完成时间"]
    rows = [
        header,
        ["1", "走访", "党建办", "6月"],
        header,
        ["2", "学习", "党建办", "7月"],
        ["备注：按季度反馈。"],
    ]
    plan = read_plan_of(workbook_of(rows))
    assert [measure.number for measure in plan.measures()] == ["1", "2"]
    assert plan.closing == "备注：按季度反馈。"


def test_a_chinese_number_in_a_cell_of_its_own_makes_a_part() -> None:
    rows = [
        ["序号", "工作任务", "责任单位"],
        ["一", "党建引领", None],
        ["（一）", "群众工作", None],
        ["1", "走访", "党建办"],
        ["（二）", "队伍建设", None],
        ["2", "学习", "党建办"],
    ]
    plan = read_plan_of(workbook_of(rows))
    assert [part.heading for part in plan.parts] == ["一、党建引领"]
    assert [section.heading for section in plan.parts[0].sections] == ["（一）群众工作", "（二）队伍建设"]
    assert [measure.heading for measure in plan.measures()] == ["1. 走访", "2. 学习"]


def merged_grid(rows: list[list[str]], merges: list[tuple[int, int, int]]) -> TableGrid:
    """Lay out rows, some cells of which, given by column, row and height, cover those below."""
    grid = TableGrid()
    for column, row, height in merges:
        if row + height <= len(rows):
            grid.place_cell(TableCell(row, column, height, 1, ((rows[row][column], PLAIN),)))
    for number, row_words in enumerate(rows):
        for column, words in enumerate(row_words):
            lines = tuple((line, PLAIN) for line in words.split("\n"))
            grid.place_cell(TableCell(number, column, lines=lines))
    return grid


CELLS = st.sampled_from(
    ["", "", "走访", "一、党建", "（一）学习", "3", "全年12次。", "党建办\n平安办", "合计"]
)


@given(
    st.lists(st.lists(CELLS, min_size=5, max_size=5), min_size=1, max_size=7),
    st.lists(st.tuples(st.integers(0, 4), st.integers(2, 7), st.integers(1, 3)), max_size=3),
)
def test_no_cell_of_a_table_is_lost(body: list[list[str]], merges: list[tuple[int, int, int]]) -> None:
    """Each cell is found again, whatever is empty, merged or out of place."""
    rows = [[f"{words}{n}" if words else "" for n, words in enumerate(row)] for row in body]
    grid = merged_grid([["序号", "重点工作", "具体举措", "牵头单位", "完成时限"], *rows], merges)
    try:
        source = source_of_contents(FileContents([grid]))
        plan = plan_of(source)
    except DomainError:
        return
    shown = "".join(source.text.split())
    for row in range(len(grid.rows)):
        for cell in grid.cells_of_row(row):
            assert all("".join(line.split()) in shown for line in cell.text.split("\n"))
    if not any(line.role == ColumnRole.MEASURE for line in source.lines):
        return
    assert len("".join(plan.full_text().split())) + len("".join("".join(plan.set_aside).split())) == len(
        shown
    )


def test_a_measure_without_a_lead_is_asked_about() -> None:
    rows = [["任务", "牵头单位"], ["走访", "党建办"], ["学习", None], ["宣讲", "党建办"]]
    source = SourceText.from_json(read_workbook_sheets(io.BytesIO(workbook_of(rows))))
    asked = [
        source.text[question.start : question.end] for question in propose_source_blocks(source).questions
    ]
    assert asked == ["学习"]


@pytest.mark.parametrize(("length", "end"), [(20, 2), (21, 1)])
def test_a_second_row_of_short_labels_belongs_to_the_header(length: int, end: int) -> None:
    grid = merged_grid([["工作任务", "责任单位"], ["牵头单位", "说" * length], ["走访", "党建办"]], [])
    assert end_of_header(grid, 0) == end


def test_a_table_without_header_is_refused_with_what_to_do() -> None:
    rows = [["1", "走访", "党建办"], ["2", "学习", "平安办"], ["3", "宣讲", "平安办"]]
    with pytest.raises(BadInput, match="没有可以认出的表头"):
        read_workbook_sheets(io.BytesIO(workbook_of(rows)))


@pytest.mark.parametrize(
    ("label", "role"),
    [
        ("序 号", ColumnRole.NUMBER),
        ("工作任务及举措", ColumnRole.MEASURE),
        ("2026年重点工作", ColumnRole.MEASURE),
        ("主要措施", ColumnRole.MEASURE),
        ("目标任务", ColumnRole.MEASURE),
        ("年度工作目标", ColumnRole.TARGET),
        ("考核指标", ColumnRole.TARGET),
        ("牵头单位（部门）", ColumnRole.LEAD),
        ("责任部门", ColumnRole.LEAD),
        ("配合单位", ColumnRole.SUPPORT),
        ("参加单位", ColumnRole.SUPPORT),
        ("责任领导", ColumnRole.LEADER),
        ("分管领导", ColumnRole.LEADER),
        ("责任人", ColumnRole.LEADER),
        ("完成时限", ColumnRole.DEADLINE),
        ("时间节点", ColumnRole.DEADLINE),
        ("时间安排", ColumnRole.DEADLINE),
        ("工作类别", ColumnRole.GROUP),
        ("备注", ColumnRole.OTHER),
        ("进展情况", ColumnRole.OTHER),
    ],
)
def test_columns_are_known_by_their_names(label: str, role: ColumnRole) -> None:
    assert role_of_label(clean_label(label)) is role


def plan_of_text(text: str) -> PlanDraft:
    return plan_of(source_of_plain(text))


def test_the_heads_of_parts_may_have_lost_the_gaps_behind_them() -> None:
    plan = plan_of_text(
        "2026年督查清单\n序号\t督查事项\t工作要求\t责任科室\n一、社会治理\n1\t开展走访\t走访200家\t民政科\n"
        "2\t组织学习\t学习12次\t党建办\n二、城市管理\n3\t新建公园\t新建3个\t建设科\n"
    )
    assert [(part.title, [one.title for one in part.measures]) for part in plan.parts] == [
        ("社会治理", ["开展走访", "组织学习"]),
        ("城市管理", ["新建公园"]),
    ]
    assert [one.target for one in plan.measures()] == ["走访200家", "学习12次", "新建3个"]
    source = source_of_plain("工作任务\t责任科室\n一、治理\n走访\t民政科\n学习\t党建办")
    assert [line.outline_level for line in source.lines if line.outline_level] == [1, 2, 2]


def test_a_table_whose_cells_wide_gaps_part_is_one_below_a_header() -> None:
    text = "青山街道2026年任务清单\n序号  工作任务  责任科室\n1  抓好招商  经济办\n2　服务企业　经济办\n"
    assert [one.title for one in plan_of_text(text).measures()] == ["抓好招商", "服务企业"]
    assert [one.lead for one in plan_of_text(text).measures()] == [("经济办",), ("经济办",)]
    alone = text.replace("2　服务企业　经济办\n", "")
    assert source_of_plain(alone).text == source_from_text(alone).text


def test_the_number_of_a_group_is_not_that_of_its_first_measure() -> None:
    rows = [
        ["序号", "类别", "工作任务", "责任单位"],
        ["1", "党建引领", "开展走访", "党建办"],
        [None, None, "组织学习", "党建办"],
        ["2", "城市管理", "整治市容", "城管办"],
    ]
    plan = read_plan_of(workbook_of(rows, ["A2:A3", "B2:B3"]))
    assert [part.heading for part in plan.parts] == ["1. 党建引领", "2. 城市管理"]
    assert [measure.heading for measure in plan.measures()] == ["开展走访", "组织学习", "整治市容"]


@pytest.mark.parametrize(("unit", "leads"), [("党政办公室", ("党政办公室",)), ("万元", ())])
def test_a_column_of_units_names_departments_unless_they_are_of_numbers(
    unit: str, leads: tuple[str, ...]
) -> None:
    rows = [["工作任务", "目标", "单位"], ["开展走访", "200", unit], ["组织学习", "12", unit]]
    assert next(read_plan_of(workbook_of(rows)).measures()).lead == leads


@pytest.mark.parametrize(("length", "is_part"), [(60, True), (61, False)])
def test_the_head_of_a_part_has_sixty_characters_at_most(length: int, is_part: bool) -> None:
    head = "一、" + "字" * (length - 2)
    rows = [
        ["序号", "工作任务", "责任单位"],
        [head],
        ["1", "开展走访", "党建办"],
        ["2", "组织学习", "党建办"],
    ]
    assert (head in [part.heading for part in read_plan_of(workbook_of(rows)).parts]) is is_part


def test_it_is_asked_who_answers_only_where_others_do() -> None:
    rows = [["工作任务", "责任单位"], ["开展走访", "党建办"], ["组织学习", None], ["整治市容", "城管办"]]
    for header, asked in (("责任单位", ["组织学习"]), ("目标", [])):
        text = "\n".join("\t".join(cell or "" for cell in row) for row in [["工作任务", header], *rows[1:]])
        proposal = propose_source_blocks(source_of_plain(text))
        found = [one.place for one in proposal.questions if one.message.startswith("这项没有写牵头单位")]
        assert found == asked


def test_lines_beside_a_table_in_plain_text_are_no_rows_of_it() -> None:
    first, table, last = items_of_text("要点\n任务\t单位\n走访\t党建办\n说明", "\t")
    assert (first[0], last[0]) == ("要点", "说明")  # type: ignore[index]
    assert isinstance(table, TableGrid)
    assert len(table.rows) == 2
