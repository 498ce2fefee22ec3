"""The sample organisation and assignments agree with each other and with the plan text."""

import re
from collections import Counter

import pytest

from tests.sample.sample_tables import (
    ASSIGNMENTS,
    FULL_NAME,
    GROUP,
    LEAD,
    LEADERS,
    MEASURES,
    ORGANISATION,
    PLAN,
    PLANS,
    head_positions,
    members,
    read_table,
    supporters,
)

COLUMNS = {
    "organisation": "部门全称,部门简称,类别,分组,免审签",
    "leaders": "姓名,职务,负责范围,备注",
    "milestones": "举措序号,任务序号,季度,节点,目标值,备注",
    "indicators": "举措序号,指标,单位,年度目标值,备注",
    "indicator-values": "季度,举措序号,指标,数值",
    "assignments": "举措序号,举措,牵头部门,配合部门,分管领导,年度目标,备注",
    "progress": "季度,举措序号,填报部门,进展情况,存在问题,下一步计划,完成率,状态,年底预计,"
    "完成任务,结果,退回理由,亮灯说明,迟报工作日",
}


@pytest.mark.parametrize("name", COLUMNS)
def test_file_has_bom_and_the_documented_columns(name: str) -> None:
    raw = (PLANS / "sample" / f"2026-{name}.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.decode("utf-8-sig").splitlines()[0] == COLUMNS[name]
    assert all(None not in row and None not in row.values() for row in read_table(name))


def test_departments_have_distinct_names_and_known_kinds() -> None:
    names = [row[key] for row in ORGANISATION for key in ("部门全称", "部门简称")]
    assert len(names) == len(set(names))
    kinds = Counter(row["类别"] for row in ORGANISATION)
    assert kinds == {"办公室": 8, "执法队": 1, "中心": 6, "居民区": 12}


def test_neighbourhoods_are_samples_in_the_group_and_without_sign_off() -> None:
    for row in ORGANISATION:
        expected = (GROUP, "是", True) if row["类别"] == "居民区" else ("", "否", False)
        assert (row["分组"], row["免审签"], row["部门全称"].endswith("（示例）")) == expected


def test_leaders_and_assignments_are_marked_as_samples() -> None:
    assert {row["备注"] for row in LEADERS + ASSIGNMENTS} == {"示例"}


def test_every_measure_is_assigned_once_in_plan_order() -> None:
    assert [row["举措序号"] for row in ASSIGNMENTS] == [str(n) for n in MEASURES]
    positions = head_positions()
    assert -1 not in positions
    assert positions == sorted(positions)


def test_the_sample_names_whole_heads_of_the_plan() -> None:
    for row, at in zip(ASSIGNMENTS, head_positions(), strict=True):
        # A head follows the end of a sentence or of a section's title, which carries no mark.
        assert PLAN[at + len(row["举措"])] in "。，", row["举措"]
        assert PLAN[at - 1] == "。" or re.search(r"（[一二三]）[^。]+$", PLAN[:at]), row["举措"]


def test_each_measure_has_one_known_lead_and_a_known_leader() -> None:
    assert [row["举措"] for row in ASSIGNMENTS if row["牵头部门"] not in FULL_NAME] == []
    assert {row["分管领导"] for row in ASSIGNMENTS} == {row["姓名"] for row in LEADERS}
    assert all(row["年度目标"].endswith("。") for row in ASSIGNMENTS)


def test_supporters_are_known_and_never_the_lead() -> None:
    for row in ASSIGNMENTS:
        names = supporters(row)
        assert len(names) <= 3
        full = [name for group in names for name in members(group)]
        assert len(full) == len(set(full))
        assert LEAD[row["举措序号"]] not in full


def test_work_is_spread_over_the_organisation() -> None:
    leads = Counter(LEAD.values())
    expected = {row["部门全称"] for row in ORGANISATION if row["类别"] != "居民区"}
    assert set(leads) == expected
    assert (min(leads.values()), max(leads.values())) == (2, 9)
    assert sum(GROUP in supporters(row) for row in ASSIGNMENTS) == 5
