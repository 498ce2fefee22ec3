"""Which department a row of the office's table means, whatever of its names the row changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from app.base.tables.tabular import TableProblems, TableRow
from app.org.department_import import match_departments
from app.org.models import Department
from app.org.rules import by_every_name

# The second ended; the first was called 旧名 before, as the third was.
FIRST = Department(id=1, name="甲办公室", short_name="甲办")
ENDED = Department(id=2, name="乙办公室", short_name="乙办", ended_on=date(2020, 1, 1))
THIRD = Department(id=3, name="丙中心", short_name="丙")
KNOWN = (FIRST, ENDED, THIRD)
FORMER = {"旧名": {1, 3}, "更早的名称": {1}}


@dataclass(frozen=True)
class Case:
    """Rows by full and short name, whom each means, who is named no more, and in which rows and columns names clash."""

    rows: tuple[tuple[str, str], ...]
    meant: tuple[int | None, ...]
    unnamed: tuple[int, ...] = ()
    clashes: tuple[tuple[int, str], ...] = ()


BOTH = ("部门全称", "部门简称")
CASES = {
    "every name as before": Case((("丙中心", "丙"), ("甲办公室", "甲办"), ("乙办公室", "乙办")), (3, 1, 2)),
    "who ended need not be named": Case((("甲办公室", "甲办"), ("丙中心", "丙")), (1, 3)),
    "another short name": Case((("甲办公室", "甲"), ("丙中心", "丙")), (1, 3)),
    "another full name": Case((("甲局", "甲办"), ("丙中心", "丙")), (1, 3)),
    "the full name as the short one": Case((("甲局", "甲办公室"), ("丙中心", "丙")), (1, 3)),
    "the short name as the full one": Case((("甲办", "甲"), ("丙中心", "丙")), (1, 3)),
    "short names exchanged": Case((("甲办公室", "丙"), ("丙中心", "甲办")), (1, 3)),
    "full names exchanged: the full name counts": Case((("丙中心", "甲办"), ("甲办公室", "丙")), (3, 1)),
    "all new names": Case((("丁站", "丁"),), (None,), unnamed=(1, 3)),
    "a new one beside all": Case((("甲办公室", "甲办"), ("丙中心", "丙"), ("丁站", "丁")), (1, 3, None)),
    "a former name that was one's alone": Case((("更早的名称", "早"), ("丙中心", "丙")), (1, 3)),
    "a former name of two": Case((("旧名", "旧"),), (None,), (1, 3), ((2, "部门全称"),)),
    "a former name of two, of whom one is named": Case((("旧名", "旧"), ("甲办公室", "甲办")), (3, 1)),
    "a former name of two, of whom one has another former name": Case(
        (("旧名", "旧"), ("更早的名称", "早")), (3, 1)
    ),
    "the names of two mixed": Case((("甲办公室", "丙"),), (1,), (3,), ((2, "部门简称"),)),
    "the short name of one that ended": Case(
        (("甲办公室", "乙办"), ("丙中心", "丙")), (1, 3), (), ((2, "部门简称"),)
    ),
    "a full name like another's short one": Case((("甲办公室", "甲办"), ("丙", "丁")), (1, 3)),
    "what may mean two": Case((("丙", "甲办公室"),), (None,), (1, 3), ((2, BOTH[0]), (2, BOTH[1]))),
}


@pytest.mark.parametrize("name", CASES)
def test_a_row_means_the_department_that_has_one_of_its_names(name: str) -> None:
    case, problems = CASES[name], TableProblems()
    rows = [
        TableRow(number, dict(zip(BOTH, names, strict=True))) for number, names in enumerate(case.rows, 2)
    ]
    match = match_departments(rows, KNOWN, FORMER, problems)
    meant = tuple(match.by_row[row.number].id if row.number in match.by_row else None for row in rows)
    assert meant == case.meant
    assert tuple(one.id for one in match.unnamed) == case.unnamed
    assert tuple((row.number, column) for row, column, _ in problems.found) == case.clashes


def test_a_department_is_found_by_every_name_of_today() -> None:
    found = by_every_name([FIRST, THIRD])
    assert found == {"甲办公室": FIRST, "甲办": FIRST, "丙中心": THIRD, "丙": THIRD}


def test_a_clash_of_names_is_explained_with_their_holders() -> None:
    problems = TableProblems()
    rows = [
        TableRow(2, {"部门全称": "旧名", "部门简称": "旧"}),
        TableRow(3, {"部门全称": "丁站", "部门简称": "乙办"}),
    ]
    match_departments([rows[0]], KNOWN, FORMER, problems)
    match_departments(
        [rows[1], TableRow(4, {"部门全称": "乙办公室", "部门简称": "乙"})], KNOWN, FORMER, problems
    )
    match_departments([TableRow(5, {"部门全称": "甲办公室", "部门简称": "乙办"})], KNOWN, FORMER, problems)
    assert problems.problem_sentences == [
        "第 2 行“部门全称”：“旧名”是甲办公室、丙中心都用过的名称，分不清指哪一个。请写现在的名称。",
        "第 5 行“部门简称”：“乙办”现在是“乙办公室”（已撤销）的名称，表里没有这个部门。"
        "请把它也写进表里，或者换一个名称。",
    ]
