"""What a walk along the chain finds, row by row, and what is wrong with its end."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from app.audit.rules import SEALED, ChainScan, ChainState, LogProblem, LogSeal, head_findings

SEAL = LogSeal(b"key", "database")
OTHER_SEAL = LogSeal(b"other key", "database")
INTACT = ChainState("database", 3, "c" * 64, SEAL.of_head(3, "c" * 64), SEAL.key_check, 0, 3)


def sealed(rows: int, last: str, *, count: int = 3) -> ChainState:
    return replace(INTACT, count=count, last_hash=last * 64, seal=SEAL.of_head(rows, "c" * 64))


def chained_rows(count: int) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for number in range(1, count + 1):
        row = dict.fromkeys(SEALED, "") | {"id": 10 + number, "at": datetime(2026, 10, number)}
        row["previous_hash"] = rows[-1]["hash"] if rows else ""
        rows.append(row | {"hash": SEAL.of_event(row)})
    return rows


def scan_of(rows: list[dict[str, Any]], seal: LogSeal = SEAL, **start: Any) -> ChainScan:
    scan = ChainScan(seal, **start)
    for row in rows:
        scan.scan_row(row)
    return scan


def found(scan: ChainScan) -> list[tuple[LogProblem, str]]:
    return [(finding.problem, finding.sentence) for finding in scan.scan_findings()]


def test_a_walk_ends_behind_the_last_row_with_nothing_found() -> None:
    rows = chained_rows(4)
    assert found(scan_of(rows)) == []
    whole, rest = scan_of(rows), scan_of(rows[2:], number=2, expected=rows[1]["hash"])
    assert {(scan.number, scan.expected) for scan in (whole, rest)} == {(4, rows[-1]["hash"])}
    assert found(rest) == []


def test_the_first_gap_is_named() -> None:
    rows = chained_rows(7)
    [(problem, sentence)] = found(scan_of([*rows[:2], rows[3], *rows[5:]]))
    assert (problem, "第 14 条记录" in sentence) == (LogProblem.REMOVED, True)


@pytest.mark.parametrize(
    ("changed", "problem", "sentence"),
    [
        ([4], LogProblem.CHANGED, "第 15 条记录的内容与其校验值不符：记录被改动过。"),
        ([1], LogProblem.CHANGED, "第 12 条记录的内容与其校验值不符：记录被改动过。"),
        ([1, 3], LogProblem.CHANGED, "第 12 条记录的内容与其校验值不符，这样的记录共 2 条：记录被改动过。"),
        ([1, 2], LogProblem.CHANGED, "第 12 条记录的内容与其校验值不符，这样的记录共 2 条：记录被改动过。"),
    ],
)
def test_changed_rows_are_counted_from_the_first(
    changed: list[int], problem: LogProblem, sentence: str
) -> None:
    rows = chained_rows(5)
    for place in changed:
        rows[place]["summary"] = "改过"
    assert found(scan_of(rows)) == [(problem, sentence)]


@pytest.mark.parametrize("kept", [0, 1, 2])
def test_every_row_to_the_end_under_another_key_is_a_resealed_chain(kept: int) -> None:
    rows = chained_rows(4)
    previous = rows[kept - 1]["hash"] if kept else ""
    for row in rows[kept:]:
        row["previous_hash"] = previous
        previous = row["hash"] = OTHER_SEAL.of_event(row)
    [(problem, sentence)] = found(scan_of(rows))
    assert problem is LogProblem.RESEALED
    assert f"自第 {11 + kept} 条起" in sentence
    assert f"（共 {4 - kept} 条）" in sentence


def test_behind_a_gap_nothing_is_called_resealed() -> None:
    rows = chained_rows(4)
    for row in rows[1:]:
        row["summary"] = "改过"
    assert [problem for problem, _ in found(scan_of([rows[0], *rows[2:]]))] == [
        LogProblem.REMOVED,
        LogProblem.CHANGED,
    ]


@pytest.mark.parametrize(
    ("head", "rows", "last_hash", "expected"),
    [
        (INTACT, 3, "c" * 64, []),
        (replace(INTACT, count=0, last_hash="", seal=""), 0, "", []),
        (INTACT, 0, "", [LogProblem.EMPTIED]),
        (INTACT, 2, "b" * 64, [LogProblem.TAIL_MISSING]),
        (INTACT, 4, "c" * 64, [LogProblem.HEAD_CHANGED]),
        (INTACT, 3, "d" * 64, [LogProblem.HEAD_CHANGED]),
        (sealed(3, "d"), 3, "c" * 64, [LogProblem.HEAD_CHANGED]),
        (sealed(4, "c", count=3), 4, "c" * 64, [LogProblem.HEAD_CHANGED]),
        (replace(INTACT, seal=OTHER_SEAL.of_head(3, "c" * 64)), 3, "c" * 64, [LogProblem.HEAD_CHANGED]),
        (replace(INTACT, count=0, last_hash=""), 0, "", [LogProblem.HEAD_CHANGED]),
    ],
)
def test_the_end_of_a_chain_agrees_with_its_rows(
    head: ChainState, rows: int, last_hash: str, expected: list[LogProblem]
) -> None:
    findings = [*head_findings(head, SEAL, rows=rows, last_hash=last_hash)]
    assert [finding.problem for finding in findings] == expected


def test_the_sentence_counts_the_missing_rows() -> None:
    [missing] = head_findings(INTACT, SEAL, rows=1, last_hash="a" * 64)
    assert missing.sentence == "末尾缺少 2 条记录：它们被删除了。"
