"""The assignments of a draft: decisions on printed names, and a grid that is filled in beforehand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from app.base.labels import LabelledEnum
from app.base.tables.tabular import TableRow
from app.org.models import Department, Leader
from app.org.queries import active_departments, active_leaders, departments_by_name, group_members
from app.plan.assignments.assignment_table import (
    SEPARATORS,
    NameDirectory,
    unknown_department_sentence,
    unknown_leader_sentence,
)
from app.plan.core.models import Plan, PlanItem
from app.plan.core.queries import (
    ResponsibleDepartments,
    measures_of_plan,
    responsible_by_measure,
)
from app.plan.core.rules import numbered_heading
from app.plan.importer import PlanDraft
from app.plan.importer.duty_names import MatchKind, NameMatch, match_names
from app.plan.importer.measure_matching import match_measures
from app.plan.importer.plan_draft import MeasureDraft
from app.plan.preview.models import ImportDraft
from app.plan.preview.queries import plan_beside

NOBODY = "-"  # a printed name that means no department
CLEAR = (MatchKind.MATCHED, MatchKind.GROUP)
MOST_PLACES = 5  # measures that are named where a printed name stands
DUTY_LABELS = {"lead": "牵头部门", "supports": "配合部门", "leader": "分管领导"}
DUTY_FIELDS = tuple(DUTY_LABELS)


class RowOrigin(LabelledEnum):
    """Where a row of the grid comes from; a mere proposal is stored only after a person has saved it."""

    KEPT = "kept", "已填"
    PLAN = "plan", "计划所写"
    PLAN_WITH_LEADER = "plan_with_leader", "计划所写，领导待保存"
    LAST_YEAR = "last_year", "上年，待保存"
    STANDING = "standing", "现行分工"


DECIDED_ORIGINS = (RowOrigin.KEPT, RowOrigin.PLAN, RowOrigin.PLAN_WITH_LEADER)


@dataclass(frozen=True)
class DutyRow:
    """One measure of the grid, or a heading above measures (number 0), with names as typed."""

    start: int
    number: int
    title: str
    lead: str = ""
    supports: str = ""
    leader: str = ""
    origin: RowOrigin = RowOrigin.KEPT
    problems: tuple[str, ...] = ()

    @property
    def origin_words(self) -> str:
        return self.origin.label if self.lead or self.supports or self.leader else "没有填写"

    @property
    def without_proposal(self) -> DutyRow:
        return replace(self, leader="") if self.origin is RowOrigin.PLAN_WITH_LEADER else self

    def with_names(self, names: Mapping[str, str]) -> DutyRow:
        lead, supports, leader = (names.get(field, "") for field in DUTY_FIELDS)
        return replace(self, lead=lead, supports=supports, leader=leader, origin=RowOrigin.KEPT)

    @property
    def names(self) -> dict[str, str]:
        return {field: getattr(self, field) for field in DUTY_FIELDS}

    @property
    def place_words(self) -> str:
        return f"第 {self.number} 项" if self.number else self.title

    @property
    def field_ending(self) -> str:
        return str(self.start) if self.number else f"all-{self.start}"


@dataclass(frozen=True)
class DutySection:
    """The measures under one heading; its values apply to those below that are empty."""

    head: DutyRow
    rows: tuple[DutyRow, ...]


@dataclass(frozen=True)
class PrintedName:
    """A name printed in the plan that no department has, once for all places; `chosen` is what it means."""

    number: int
    name: str
    measures: tuple[int, ...]
    chosen: str
    is_decided: bool
    proposals: tuple[str, ...]

    @property
    def places(self) -> str:
        """Return the measures for which it is printed, in words."""
        shown = "、".join(map(str, self.measures[:MOST_PLACES]))
        return f"第 {shown} 项{f'等 {len(self.measures)} 项' if len(self.measures) > MOST_PLACES else ''}"

    @property
    def means_nobody(self) -> bool:
        return self.chosen == NOBODY


class DutyGrid:
    """The assignments of a draft: a fixed number of queries, however many measures there are."""

    def __init__(self, draft: ImportDraft, plan: PlanDraft) -> None:
        self.draft, self.plan = draft, plan
        self.departments: list[Department] = active_departments()
        self.leaders: list[Leader] = active_leaders()
        self.groups = list(group_members())
        self.measures = list(plan.measures())
        self.typed_heads: dict[int, DutyRow] = {}  # with names that cannot be taken

    @cached_property
    def decided(self) -> Mapping[str, str]:
        """Return the decisions on printed names."""
        found: Mapping[str, str] = self.draft.decided_duties.get("names", {})
        return found

    @cached_property
    def matches(self) -> dict[str, NameMatch[Any]]:
        names = (name for measure in self.measures for name in printed_names(measure))
        units: Sequence[Any] = self.departments
        return match_names(dict.fromkeys(names), units, self.groups)

    @cached_property
    def unclear_names(self) -> list[PrintedName]:
        """Return the names that a person has to decide on, or has decided on."""
        places: dict[str, dict[int, None]] = {}
        for number, measure in enumerate(self.measures, 1):
            for name in printed_names(measure):
                places.setdefault(name, {})[number] = None
        unclear = [match for match in self.matches.values() if match.kind not in CLEAR]
        return [
            PrintedName(
                number,
                match.name,
                tuple(places[match.name]),
                self.decided.get(match.name, first_proposal(match)),
                match.name in self.decided,
                tuple(unit.short_name for unit in match.units),
            )
            for number, match in enumerate(unclear)
        ]

    @property
    def open_names(self) -> int:
        return sum(not name.is_decided for name in self.unclear_names)

    @property
    def assigned_count(self) -> int:
        return sum(bool(row.lead) for row in self.rows)

    @property
    def rows_to_store(self) -> list[DutyRow]:
        """Return the measures with a lead that is printed or was saved, without mere proposals."""
        return [row.without_proposal for row in self.rows if row.lead and row.origin in DECIDED_ORIGINS]

    @property
    def rows_left_out(self) -> list[DutyRow]:
        """Return the measures without a lead but with other values, which are not taken over."""
        return [row for row in self.rows if not row.lead and (row.supports or row.leader)]

    @cached_property
    def rows(self) -> list[DutyRow]:
        """Return all measures: as saved, else as printed, else as last year."""
        saved: Mapping[str, dict[str, str]] = self.draft.decided_duties.get("rows", {})
        found = []
        for number, measure in enumerate(self.measures, 1):
            row = DutyRow(measure.start, number, measure.title)
            kept = saved.get(str(measure.start))
            found.append(row.with_names(kept) if kept else self.filled_row(row, measure))
        return found

    @cached_property
    def sections(self) -> list[DutySection]:
        by_start = {row.start: row for row in self.rows}
        return [
            DutySection(
                self.typed_heads.get(measures[0].start, DutyRow(measures[0].start, 0, title)),
                tuple(by_start[measure.start] for measure in measures),
            )
            for title, measures in sections_of(self.plan)
            if measures
        ]

    @property
    def wrong_rows(self) -> list[DutyRow]:
        return [row for row in (*self.typed_heads.values(), *self.rows) if row.problems]

    def filled_row(self, row: DutyRow, measure: MeasureDraft) -> DutyRow:
        """Fill in a row from what is printed, or else from last year."""
        leads = [name for name in map(self.meaning_of, measure.lead) if name]
        supports = [name for name in map(self.meaning_of, (*measure.support, *measure.duty_words)) if name]
        leader = measure.leader if measure.leader in {leader.name for leader in self.leaders} else ""
        if leads or supports or leader:
            others = "、".join(dict.fromkeys([*leads[1:], *supports]))
            printed = replace(
                row, lead=(leads or [""])[0], supports=others, leader=leader, origin=RowOrigin.PLAN
            )
            proposed = "" if leader else self.leader_before(printed)
            return (
                replace(printed, leader=proposed, origin=RowOrigin.PLAN_WITH_LEADER) if proposed else printed
            )
        return self.row_of_last_year(row)

    def leader_before(self, row: DutyRow) -> str:
        """Return the leader of the measure that a row continues, else of most measures of its lead department."""
        if row.start in self.last_year:
            return self.serving.get(self.last_year[row.start][0].leader_id or 0, "")
        return self.leaders_of_leads.get(row.lead, "")

    @cached_property
    def serving(self) -> dict[int, str]:
        return {leader.id: leader.name for leader in self.leaders}

    @cached_property
    def leaders_of_leads(self) -> dict[str, str]:
        """Return, by department short name, the leader in office who was in charge of most measures it led."""
        counted: dict[str, Counter[str]] = {}
        for item in self.all_before:
            duty = self.duties_before.get(item.id)
            if duty and duty.lead and item.leader_id in self.serving:
                counted.setdefault(duty.lead.short_name, Counter())[self.serving[item.leader_id]] += 1
        return {name: found.most_common(1)[0][0] for name, found in counted.items()}

    def row_of_last_year(self, row: DutyRow) -> DutyRow:
        before = self.last_year.get(row.start)
        if before is None:
            return row
        item, duty = before
        standing = {department.id for department in self.departments}
        lead = duty.lead.short_name if duty.lead and duty.lead.id in standing else ""
        return replace(
            row,
            lead=lead,
            supports=duty.support_words,
            leader=self.serving.get(item.leader_id or 0, ""),
            origin=RowOrigin.STANDING if self.draft.revised_plan else RowOrigin.LAST_YEAR,
        )

    @cached_property
    def year_before(self) -> Plan | None:
        return plan_beside(self.draft)

    @cached_property
    def last_year(self) -> dict[int, tuple[PlanItem, ResponsibleDepartments]]:
        """Return last year's measure with its assignments, by the position of the measure that continues it."""
        duties = self.duties_before
        return {start: (item, duties[item.id]) for start, item in self.measures_before() if item.id in duties}

    @cached_property
    def duties_before(self) -> Mapping[int, ResponsibleDepartments]:
        return responsible_by_measure(self.year_before) if self.year_before else {}

    @cached_property
    def all_before(self) -> list[Any]:
        return measures_of_plan(self.year_before) if self.year_before else []

    def measures_before(self) -> Iterator[tuple[int, PlanItem]]:
        """Yield which measure continues which: as decided, else by likeness."""
        if self.draft.predecessors is None:
            pairs = match_measures(self.all_before, self.measures).pairs
            yield from ((pair.after.start, pair.before) for pair in pairs)
            return
        known = {measure.id: measure for measure in self.all_before}
        for start, measure_id in self.draft.predecessors["chosen"].items():
            if measure_id in known:
                yield int(start), known[measure_id]

    def meaning_of(self, name: str) -> str:
        """Return the department or group that a printed name means; "" if that is undecided."""
        match = self.matches[name]
        if match.kind is MatchKind.MATCHED:
            return match.units[0].short_name
        if match.kind is MatchKind.GROUP:
            return match.group
        meant = self.decided.get(name, "")
        return "" if meant == NOBODY else meant


def first_proposal(match: NameMatch[Any]) -> str:
    """Return the most likely meaning of a name, for a person to confirm."""
    return match.units[0].short_name if match.units else NOBODY if match.kind is MatchKind.WORDS else ""


def printed_names(measure: MeasureDraft) -> Iterator[str]:
    yield from measure.lead
    yield from measure.support
    yield from measure.duty_words


def sections_of(plan: PlanDraft) -> Iterator[tuple[str, Sequence[MeasureDraft]]]:
    """Yield the headings directly above measures, each with its measures."""
    for part in plan.parts:
        title = numbered_heading(part.number, part.title)
        yield title, part.measures
        for section in part.sections:
            yield f"{title} {numbered_heading(section.number, section.title)}", section.measures


def merge_rows(
    typed: Iterable[DutyRow], shown: Mapping[str, Mapping[str, str]], stored: Iterable[DutyRow]
) -> list[DutyRow]:
    """Merge what was typed with what another person stored since; if both changed a name, the row shows the other's.

    `shown` are the names that the page was made with, by position in the text.
    """
    stored_rows = {row.start: row for row in stored}
    return [
        merge_row(row, shown.get(str(row.start)), stored_rows[row.start]) if row.number else row
        for row in typed
    ]


def merge_row(typed: DutyRow, shown: Mapping[str, str] | None, stored: DutyRow) -> DutyRow:
    if shown is None:
        return stored
    merged, problems = {}, []
    for field, label in DUTY_LABELS.items():
        mine, before, other = typed.names[field], shown[field], stored.names[field]
        merged[field] = other if mine == before else mine
        if mine not in (before, other) and other != before:
            problems.append(f"{label}刚刚由别人存为“{other or '（空）'}”，请核对。")
    return replace(typed.with_names(merged), problems=tuple(problems))


def checked_rows(rows: Iterable[DutyRow]) -> list[DutyRow]:
    """Return rows with the names in them that the organisation does not have."""
    leaders = {leader.name: leader for leader in active_leaders()}
    names = NameDirectory({}, departments_by_name(), group_members(), leaders)
    return [replace(row, problems=tuple(problems_of_row(row, names))) for row in rows]


def problems_of_row(row: DutyRow, names: NameDirectory) -> Iterator[str]:
    if row.lead and row.lead not in names.departments:
        yield unknown_department_sentence(row.lead, names)
    for name in filter(None, SEPARATORS.split(row.supports)):
        if name not in names.departments and name not in names.groups:
            yield unknown_department_sentence(name, names)
    if row.leader and row.leader not in names.leaders:
        yield unknown_leader_sentence(row.leader)


def table_rows(rows: Iterable[DutyRow], measures: Sequence[MeasureDraft]) -> list[TableRow]:
    """Return measures as rows of the table of assignments."""
    targets = {measure.start: measure.target for measure in measures}
    return [
        TableRow(
            row.number,
            {
                "举措序号": str(row.number),
                "举措": row.title,
                "牵头部门": row.lead,
                "配合部门": row.supports,
                "分管领导": row.leader,
                "年度目标": targets[row.start],
            },
            counted="项",
        )
        for row in rows
    ]
