"""The sample milestones and indicators agree with the plan and with the yearly targets."""

import re
from collections import defaultdict

from tests.sample.sample_tables import (
    ASSIGNMENTS,
    PROGRESS,
    by_lead,
    commitment_counts,
    read_table,
)

MILESTONES = read_table("milestones")
INDICATORS = read_table("indicators")
VALUES = read_table("indicator-values")
YEARLY = {row["举措序号"]: row["年度目标"] for row in ASSIGNMENTS}


def test_all_are_marked_as_samples() -> None:
    assert {row["备注"] for row in MILESTONES + INDICATORS} == {"示例"}


def test_many_measures_have_milestones_and_indicators() -> None:
    assert len({row["举措序号"] for row in MILESTONES}) >= 20
    assert len({row["举措序号"] for row in INDICATORS}) >= 15


def test_milestones_name_commitments_that_the_measure_has() -> None:
    counts = commitment_counts()
    named = [row for row in MILESTONES if row["任务序号"]]
    assert all(1 <= int(row["任务序号"]) <= counts[row["举措序号"]] for row in named)
    assert {row["季度"] for row in MILESTONES} == {"1", "2", "3", "4"}


def test_the_number_of_a_milestone_stands_in_its_text() -> None:
    assert [row for row in MILESTONES if row["目标值"] not in row["节点"]] == []


def test_milestones_grow_through_the_year() -> None:
    numbers = defaultdict(list)
    for row in MILESTONES:
        if row["目标值"]:
            numbers[row["举措序号"], row["任务序号"]].append((row["季度"], float(row["目标值"])))
    assert all(entries == sorted(entries, key=lambda entry: entry[1]) for entries in numbers.values())


def test_every_yearly_target_is_a_number_of_the_assignments() -> None:
    for row in INDICATORS:
        assert row["年度目标值"] in re.findall(r"\d+(?:\.\d+)?", YEARLY[row["举措序号"]]), row


def test_every_value_is_of_an_indicator_and_stands_in_what_the_lead_reported() -> None:
    named = {(row["举措序号"], row["指标"]) for row in INDICATORS}
    progress = {(row["季度"], row["举措序号"]): row["进展情况"] for row in PROGRESS if by_lead(row)}
    for row in VALUES:
        assert (row["举措序号"], row["指标"]) in named, row
        assert row["数值"] in re.findall(r"\d+(?:\.\d+)?", progress[row["季度"], row["举措序号"]]), row
