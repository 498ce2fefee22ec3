"""Arranging the measures of a quarter by part of the plan, by department or by leader."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from app.base.errors import BadInput
from app.base.text import quoted_input
from app.org import queries as org
from app.org.models import Department
from app.overview.measure_cells import SectionRow
from app.overview.queries import QuarterOverview, rows_by_department, rows_by_leader

BY_DEPARTMENT, BY_LEADER = "department", "leader"


class GridBand(NamedTuple):
    """A group of measures; `department` is set if they are arranged by departments."""

    title: str
    rows: tuple[SectionRow, ...]
    note: str = ""
    department: Department | None = None
    remark: str = ""


@dataclass(frozen=True)
class Arrangement:
    """How the measures are arranged; `by` is the address argument, empty for the plan's own order."""

    by: str
    bands: tuple[GridBand, ...]

    @property
    def is_by_department(self) -> bool:
        return self.by == BY_DEPARTMENT

    @property
    def is_by_leader(self) -> bool:
        return self.by == BY_LEADER


def arranged_by(overview: QuarterOverview, by: str, *, narrowed: bool) -> Arrangement:
    """Return the measures as arranged; in a filtered overview without departments that lead none.

    Raises BadInput for an unknown arrangement.
    """
    if by and by not in ARRANGEMENTS:
        raise BadInput(f"没有{quoted_input(by)}这种排列，请在总览里选按计划、按部门、按领导。")
    arrange = ARRANGEMENTS.get(by)
    if arrange is None:
        return Arrangement("", tuple(GridBand(part.item.heading, part.rows) for part in overview.parts))
    return Arrangement(by, tuple(band for band in arrange(overview) if band.rows or not narrowed))


def bands_by_department(overview: QuarterOverview) -> Iterator[GridBand]:
    for row in rows_by_department(overview):
        note = f"牵头 {len(row.leading)} 项，配合 {row.contributed.total()} 项"
        remark = f"配合情况：{row.contributed_in_words}。" if row.contributed else ""
        rows = (SectionRow(None, row.leading),) if row.leading else ()
        yield GridBand(row.department.name, rows, note, row.department, remark)


def bands_by_leader(overview: QuarterOverview) -> Iterator[GridBand]:
    for leader, cells in rows_by_leader(overview, org.leaders_in_order()):
        title, note = (leader.name_and_post, "分管 ") if leader else ("没有分管领导", "")
        yield GridBand(title, (SectionRow(None, cells),), f"{note}{len(cells)} 项")


ARRANGEMENTS: Mapping[str, Callable[[QuarterOverview], Iterator[GridBand]]] = {
    BY_DEPARTMENT: bands_by_department,
    BY_LEADER: bands_by_leader,
}
