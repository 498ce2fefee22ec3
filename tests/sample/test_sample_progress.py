"""The sample progress keeps to the assignments, to the words of the domain and to the order of time."""

import re
from collections import Counter

import pytest

from tests.sample.sample_tables import (
    ASSIGNMENTS,
    FULL_NAME,
    MEASURES,
    PROGRESS,
    REMARKS,
    TEXTS,
    by_lead,
    commitment_counts,
    done,
    lead_rows,
    members,
    supporters,
)

QUARTERS = ["2026Q1", "2026Q2", "2026Q3"]
REPORTED = [*TEXTS, "完成率", "状态", "年底预计"]
UNFINISHED = {"草稿", "未填报"}
STATES = {"未启动", "正常推进", "滞后", "已完成", "暂停", "取消"}
FORECASTS = {"能够完成", "有困难但能完成", "不能完成"}
OUTCOMES = {"采用", "退回", "待采用", "待审签", "草稿", "未填报"}


@pytest.mark.parametrize("quarter", QUARTERS)
def test_lead_reports_every_measure_once_a_quarter(quarter: str) -> None:
    assert sorted(int(row["举措序号"]) for row in lead_rows(quarter)) == list(MEASURES)


def test_everyone_else_who_reports_supports_the_measure() -> None:
    supported = {
        row["举措序号"]: {full for name in supporters(row) for full in members(name)} for row in ASSIGNMENTS
    }
    contributions = [row for row in PROGRESS if not by_lead(row)]
    assert len(contributions) == 31
    assert {row["季度"] for row in contributions} == set(QUARTERS)
    assert [r for r in contributions if FULL_NAME[r["填报部门"]] not in supported[r["举措序号"]]] == []


def test_one_filing_per_department_measure_and_quarter() -> None:
    keys = Counter((row["季度"], row["举措序号"], FULL_NAME[row["填报部门"]]) for row in PROGRESS)
    assert max(keys.values()) == 1


def test_words_and_percentages_are_valid() -> None:
    for row in PROGRESS:
        assert row["结果"] in OUTCOMES
        if row["结果"] != "未填报":
            assert row["状态"] in STATES
            assert row["年底预计"] in FORECASTS
            assert row["完成率"].isdecimal() and int(row["完成率"]) <= 150


def test_state_agrees_with_percentage() -> None:
    for row in PROGRESS:
        if row["结果"] != "未填报":
            assert (row["状态"] == "已完成") == (int(row["完成率"]) >= 100), row
            assert (row["状态"] == "未启动") == (row["完成率"] == "0"), row


def test_filings_that_went_out_are_complete_and_missing_ones_are_empty() -> None:
    for row in PROGRESS:
        if row["结果"] == "未填报":
            assert not any(row[key] for key in [*REPORTED, *REMARKS, "完成任务"]), row
        elif row["结果"] not in UNFINISHED:
            assert all(row[key] for key in REPORTED), row


def test_only_what_was_sent_back_has_a_short_reason() -> None:
    for row in PROGRESS:
        assert bool(row["退回理由"]) == (row["结果"] == "退回"), row
        assert len(row["退回理由"]) <= 200


def test_an_overridden_light_names_its_colour() -> None:
    notes = [row["亮灯说明"] for row in PROGRESS if row["亮灯说明"]]
    assert len(notes) >= 5
    assert [note for note in notes if not re.match("[绿黄红灰]灯：.+。$", note)] == []


@pytest.mark.parametrize(
    ("quarter", "outcomes"),
    [
        ("2026Q1", {"采用": 43, "未填报": 2}),
        ("2026Q2", {"采用": 44, "未填报": 1}),
        ("2026Q3", {"采用": 38, "退回": 2, "待采用": 1, "待审签": 1, "草稿": 1, "未填报": 2}),
    ],
)
def test_each_quarter_has_its_mix_of_outcomes(quarter: str, outcomes: dict[str, int]) -> None:
    assert Counter(row["结果"] for row in lead_rows(quarter)) == outcomes


def test_third_quarter_shows_every_kind_of_progress() -> None:
    states = Counter(row["状态"] for row in lead_rows("2026Q3"))
    assert states["暂停"] == 1
    assert states["已完成"] == 2
    assert 5 <= states["滞后"] <= 9
    assert {row["状态"] for row in PROGRESS if row["状态"]} == STATES
    assert {row["年底预计"] for row in lead_rows("2026Q3")} >= FORECASTS


def test_progress_never_falls_back() -> None:
    last: dict[tuple[str, str], dict[str, str]] = {}
    for row in sorted(PROGRESS, key=lambda row: row["季度"]):
        if row["结果"] == "未填报":
            continue
        key = (row["举措序号"], FULL_NAME[row["填报部门"]])
        if before := last.get(key):
            assert int(before["完成率"]) <= int(row["完成率"]), key
            assert done(before) <= done(row), key
        last[key] = row


def test_commitments_ticked_exist() -> None:
    counts = commitment_counts()
    assert (counts["1"], counts["9"], counts["19"], counts["24"], sum(counts.values())) == (2, 1, 2, 3, 88)
    for row in PROGRESS:
        valid = {str(n) for n in range(1, counts[row["举措序号"]] + 1)}
        assert done(row) <= valid, row
    assert any(done(row) for row in PROGRESS)
