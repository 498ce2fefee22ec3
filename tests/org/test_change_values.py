"""Changes of the organisation as values: stored and found again, in words, and held against the rows they change."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest

from app.org.changes import (
    DepartmentChange,
    DepartmentEnd,
    DepartmentMerger,
    DepartmentReturn,
    GroupChange,
    GroupRemoval,
    IssuerChange,
    IssuerRemoval,
    KnownNames,
    LeaderChange,
    OrganisationChange,
    change_of_stored,
    differing_values,
    stored_change,
    values_in_words,
)
from app.org.rules import DepartmentKind

DAY = date(2026, 7, 1)
NAMES = KnownNames({1: "甲办", 2: "乙办"}, {1: "王示例"})
DEPARTMENT = DepartmentChange(1, "甲办公室", "甲办", DepartmentKind.OFFICE, 3, True, DAY, reuses_name=True)
GROUP = GroupChange(1, "甲组", (2, 1), read_at=4)
LEADER = LeaderChange(1, "王示例", "主任", 2, DAY, None, True, 1)
IN_WORDS: dict[OrganisationChange, str] = {
    DEPARTMENT: (
        "名称 甲办公室，简称 甲办，类别 办公室，次序 3，要审签 是，"
        "生效日期 2026年7月1日，沿用别的部门用过的名称 是"
    ),
    DepartmentEnd(1, DAY, 2): "生效日期 2026年7月1日，工作由谁接手 乙办",
    DepartmentEnd(1, DAY, 3): "生效日期 2026年7月1日，工作由谁接手 ",
    DepartmentMerger(1, 2, DAY): "并入 乙办，生效日期 2026年7月1日",
    DepartmentReturn(1): "",
    GROUP: "名称 甲组，成员 乙办、甲办",
    GroupChange(None, "空组", ()): "名称 空组，成员 无",
    GroupRemoval(1): "",
    LEADER: "名称 王示例，职务 主任，次序 2，任职开始 2026年7月1日，主持工作 是，由谁接着分管 王示例",
    IssuerChange(None, "乙局", "乙", "", "", False, 1): "名称 乙局，代字 乙，次序 1",
    IssuerRemoval(1): "",
}


@pytest.mark.parametrize("change", IN_WORDS)
def test_a_change_is_stored_whole_and_put_into_words(change: OrganisationChange) -> None:
    assert change_of_stored(change.kind, stored_change(change)) == change
    words = values_in_words(change, NAMES)
    assert "，".join(f"{label} {value}" for label, value in words.items()) == IN_WORDS[change]


def test_only_what_a_change_sets_otherwise_differs() -> None:
    members = [SimpleNamespace(department_id=number) for number in (2, 1)]
    group = SimpleNamespace(name="甲组", members=members)
    assert differing_values(GROUP, group, NAMES) == []
    group.members.pop()
    assert differing_values(GROUP, group, NAMES) == [("成员", "乙办", "乙办、甲办")]
    department = SimpleNamespace(
        name="甲办公室", short_name="甲", kind=DepartmentKind.CENTRE, position=3, needs_sign_off=False
    )
    assert differing_values(DEPARTMENT, department, NAMES) == [
        ("简称", "甲", "甲办"),
        ("类别", DepartmentKind.CENTRE.label, "办公室"),
        ("要审签", "否", "是"),
    ]
    leader = SimpleNamespace(
        name="王示例", post="", position=2, serves_from=None, serves_until=None, is_acting=True
    )
    leader.in_overall_charge = False
    assert differing_values(LEADER, leader, NAMES) == [
        ("职务", "无", "主任"),
        ("任职开始", "无", "2026年7月1日"),
    ]
