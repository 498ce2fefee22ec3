"""Tables in plain text with a line for every cell, as they are copied out of a page."""

from __future__ import annotations

import pytest

from app.plan.importer import PlanDraft, source_from_text
from app.plan.importer.sources.plain_tables import items_of_text, source_of_plain
from app.plan.importer.sources.table_grid import TableGrid
from app.plan.importer.sources.task_tables import ColumnRole
from tests.plan.importer.sources.table_files import plan_of

CELL_LINES = """序号

工作任务

责任单位

一、社会治理

1

走访200家

民政科、财政所

2

学习12次

党建办

二、城市管理

3

新建公园3个

建设科
"""
CIRCULAR = """示例街道办事处关于印发2026年重点任务分解表的通知
各科室：
现将《2026年重点任务分解表》印发给你们，请各科室提高认识，细化措施，压实责任，确保全面完成各项任务。
示例街道办事处
2026年1月9日
附件
2026年重点任务分解表
"""


def plan_of_text(text: str) -> PlanDraft:
    return plan_of(source_of_plain(text))


def test_a_table_copied_with_a_line_for_every_cell_behind_a_circular() -> None:
    plan = plan_of_text(CIRCULAR + CELL_LINES)
    assert [(one.number, one.title, one.lead) for one in plan.measures()] == [
        ("1", "走访200家", ("民政科", "财政所")),
        ("2", "学习12次", ("党建办",)),
        ("3", "新建公园3个", ("建设科",)),
    ]
    assert (plan.title, plan.year, plan.issuer) == ("2026年重点任务分解表", 2026, "示例街道办事处")
    assert [part.title for part in plan.parts] == ["社会治理", "城市管理"]


def test_lines_of_cells_under_a_label_for_the_parts() -> None:
    head = "青山区2026年任务分解\n分类\n序号\n事项\n责任单位\n牵头单位\n发展目标\n"
    rows = (
        "1\n走访200家\n区商务局、区财政局\n区商务局\n2\n学习12次\n区委办\n区委办\n"
        "民生改善\n3\n新建公园\n区住建局\n区住建局\n"
    )
    plan = plan_of_text(head + rows)
    assert [(part.title, [one.title for one in part.measures]) for part in plan.parts] == [
        ("发展目标", ["走访200家", "学习12次"]),
        ("民生改善", ["新建公园"]),
    ]
    first = next(plan.measures())
    assert (first.lead, first.support) == (("区商务局",), ("区财政局",))
    behind = plan_of_text(f"{head}{rows}其他\n")
    assert [part.title for part in behind.parts] == ["发展目标", "民生改善"]
    assert "其他" in behind.full_text()


UNEVEN = (
    "青山区2026年民生实事任务分解方案\n序号\n事项分类\n事项名称\n项目内容\n牵头单位\n协同单位\n"
    "1\n办好教育\n新建学校\n新建学校2所。\n区教育局\n东街道\n区住建局\n2\n改造厨房\n改造厨房5家。\n区教育局\n/\n"
    "3\n“防灾”工程\n建设场所\n新增场所5个。\n区应急局\n各街道\n"
)


def test_lines_of_cells_where_groups_are_merged_and_units_have_a_line_each() -> None:
    plan = plan_of_text(UNEVEN + "主办：区政府办公室网站，欢迎关注。\n")
    assert [(part.title, [one.title for one in part.measures]) for part in plan.parts] == [
        ("办好教育", ["新建学校", "改造厨房"]),
        ("“防灾”工程", ["建设场所"]),
    ]
    assert [(one.lead, one.support, one.duty_words) for one in plan.measures()] == [
        (("区教育局",), ("东街道", "区住建局"), ()),
        (("区教育局",), (), ()),
        (("区应急局",), (), ("各街道",)),
    ]
    assert "欢迎关注" in plan.closing


@pytest.mark.parametrize(
    "text",
    [
        UNEVEN.replace("区教育局\n/", "张三\n/"),
        UNEVEN.replace("东街道", "全年办好各项民生实事。"),
        UNEVEN.replace("牵头单位", "项目投资"),
        CELL_LINES.replace("序号", "号数"),
        CELL_LINES.replace("工作任务", "工作任务" * 6),
        "示例街道2026年工作要点\n一、抓经济\n（一）抓好招商。\n序号\n工作任务\n责任单位\n1\n走访200家",
    ],
)
def test_what_only_resembles_lines_of_cells_stays_as_it_is(text: str) -> None:
    assert source_of_plain(text).text == source_from_text(text).text


@pytest.mark.parametrize(("columns", "is_table"), [(10, True), (11, False)])
def test_a_table_of_a_line_for_every_cell_has_ten_columns_at_most(columns: int, is_table: bool) -> None:
    labels = ["序号", "工作任务", "责任单位", *[f"说明{n}" for n in range(columns - 3)]]
    rows = [[str(n), f"开展第{n}项", "党建办", *["无"] * (columns - 3)] for n in (1, 2, 3)]
    source = source_of_plain("\n".join(cell for row in (labels, *rows) for cell in row))
    assert any(line.role == ColumnRole.MEASURE for line in source.lines) is is_table


def test_what_follows_a_table_of_a_line_for_every_cell_stays_behind_it() -> None:
    labels = ["序号", "工作任务", "责任单位"]
    rows = [[str(n), f"开展第{n}项", "党建办"] for n in (1, 2, 3)]
    text = "\n".join([*(cell for row in (labels, *rows) for cell in row), "说明一", "说明二"])
    [table, *behind] = [*items_of_text(text, "\t")]
    assert isinstance(table, TableGrid)
    assert len(table.rows) == 4
    assert [words for words, _ in behind] == ["说明一", "说明二"]  # type: ignore[misc]


def test_the_label_of_a_column_has_twenty_characters_at_most() -> None:
    for length, is_table in ((20, True), (21, False)):
        label = "工作任务".ljust(length, "项")
        [*items] = items_of_text(CELL_LINES.replace("工作任务", label), "\t")
        assert any(isinstance(item, TableGrid) for item in items) is is_table
