"""Gathering the facts of a document, with a fixed number of queries however large the plan is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import cast

from app.composition.facts import (
    AcceptedReport,
    ContributedText,
    DirectiveFacts,
    DocumentFacts,
    FormerLead,
    IndicatorFacts,
    MeasureFacts,
    PartFacts,
    PlanFacts,
    ReplyFacts,
    SectionFacts,
)
from app.composition.published_wording import read_publication
from app.composition.rules import TextFullness
from app.composition.scope import DocumentScope
from app.directives.core import queries as directives
from app.directives.core.life_cycle import HANDLED
from app.directives.core.models import Directive
from app.directives.core.related_rows import load_directives
from app.drafting.core.queries import is_used_filing
from app.filing.contributions.models import Contribution
from app.filing.contributions.queries import contributions_of_departments
from app.filing.contributions.rules import ContributionState
from app.filing.core.content_reading import values_among
from app.filing.core.life_cycle import FilingState
from app.filing.core.lights import LightThresholds
from app.filing.core.models import Filing, IndicatorValue
from app.filing.core.queries import filings_with_context as filings
from app.org.models import Department, Leader
from app.org.queries import seats_of_leader
from app.periods.models import Period
from app.periods.queries import periods_of_plan, work_calendar
from app.periods.rules import QUARTERS, Quarter
from app.plan.core.cumulation import PERCENT
from app.plan.core.in_force import IndicatorsThroughYear
from app.plan.core.models import Assignment, Plan, PlanItem
from app.plan.core.numbers import plain_number, share_of
from app.plan.core.queries import (
    ResponsibleDepartments,
    assignments_of_plan,
    measures_in_charge_of,
    responsible_from_assignments,
)
from app.plan.core.rules import ItemKind
from app.plan.core.tree import PlanNode, narrow_tree, reported_tree, tree_of_plan


def gather_facts(
    plan: Plan,
    scope: DocumentScope,
    *,
    thresholds: LightThresholds,
    department: Department | None = None,
    leader: Leader | None = None,
    whole_plan: bool = False,
    fullness: TextFullness = TextFullness.FULL,
) -> DocumentFacts:
    """Return the facts of a plan: its tree with what was accepted in the scope.

    thresholds: of the lights, at the time of gathering.
    department: include only its measures, with its own filings and contributions.
    leader: include only the measures that the leader is in charge of (all for overall charge), and only the leader's
        own directives.
    whole_plan: include the plan's whole wording as published.
    fullness: how much of the departments' words the text will repeat.
    """
    overall = leader is not None and leader.in_overall_charge
    gathering = FactsGathering(plan, scope, thresholds, department, None if overall else leader)
    written = directives_in(plan, scope, with_later_open=leader is not None)
    if leader:
        seats = seats_of_leader(leader.id)
        written = [row for row in written if row.leader_id in seats]
    period = gathering.periods.get(scope.quarter)
    return DocumentFacts(
        plan=plan_facts(plan, whole=whole_plan),
        scope=scope,
        parts=tuple(gathering.part_facts(node) for node in gathering.plan_tree()),
        due=period.due_dates if period else None,
        directives=tuple(directive_facts(row, plan, scope.last_day) for row in written),
        department=department.named_on(scope.quarter.last_day).name if department else "",
        leader=leader.name if leader else "",
        in_overall_charge=overall,
        calendar=gathering.calendar,
        fullness=fullness,
    )


def plan_facts(plan: Plan, *, whole: bool) -> PlanFacts:
    """Return a plan as a plain value."""
    wording = read_publication(plan.source_text, plan.blocks or ()) if whole else None
    return PlanFacts(plan.title, plan.year, plan.issuer, plan.issued_on, plan.lead_in, wording)


class FactsGathering:
    """Reads everything that the measures of a scope need, once."""

    def __init__(
        self,
        plan: Plan,
        scope: DocumentScope,
        thresholds: LightThresholds,
        department: Department | None,
        leader: Leader | None,
    ) -> None:
        self.plan, self.scope, self.department, self.leader = plan, scope, department, leader
        self.thresholds = thresholds
        self.periods: dict[Quarter, Period] = {period.quarter: period for period in periods_of_plan(plan)}
        self.day = scope.quarter.last_day
        self.assignments: dict[int, list[Assignment]] = {}
        for assignment in assignments_of_plan(plan):
            self.assignments.setdefault(assignment.item_id, []).append(assignment)
        self.filings: dict[tuple[int, Quarter], Filing] = {}
        for filing in self.used_filings():
            place = filing.measure_id, filing.period.quarter
            if place not in self.filings or self.is_of_lead(filing):
                self.filings[place] = filing
        self.contributions: dict[tuple[int, Quarter], Contribution] = {
            (one.measure_id, one.period.quarter): one for one in self.periods_contributions(department)
        }
        self.values = self.accepted_values()
        self.through_year = IndicatorsThroughYear({filing.measure_id for filing in self.filings.values()})
        self.calendar = work_calendar()

    def accepted_values(self) -> dict[int, dict[int, IndicatorValue]]:
        """Return the accepted indicator values: by the filing's id, then by the indicator's id."""
        return values_among(one for one in self.filings.values() if one.state is FilingState.ACCEPTED)

    def periods_contributions(self, department: Department | None) -> list[Contribution]:
        """Return what the department contributed in the year; empty if the document is not about a department."""
        if department is None:
            return []
        return contributions_of_departments({department.id}, *self.periods.values())

    def contribution_to(self, item: PlanItem) -> ContributionState | None:
        own = self.contributions.get((item.id, self.scope.quarter))
        return own.state if own else None

    def contributed_to(self, item: PlanItem) -> tuple[ContributedText, ...]:
        found = ((quarter, self.contributions.get((item.id, quarter))) for quarter in self.scope.quarters)
        return tuple(
            ContributedText(item.id, quarter, one.text)
            for quarter, one in found
            if one and one.state is ContributionState.WRITTEN
        )

    def used_filings(self) -> Iterable[Filing]:
        """Return the filings used for the document (see `is_used_filing`)."""
        is_used = is_used_filing(self.plan, self.day, department=self.department, leader=self.leader)
        return list(filings().where((Period.plan == self.plan) & is_used))

    def is_of_lead(self, filing: Filing) -> bool:
        """Return whether the filing's department led the measure on the last day of its quarter."""
        lead = self.lead_on(filing.measure_id, filing.period.last_day)
        return lead is not None and lead.id == filing.department_id

    def lead_on(self, measure_id: int, day: date) -> Department | None:
        """Return who led a measure on a day, under its name on that day."""
        return responsible_from_assignments(self.tied_on(measure_id, day)).named_on(day).lead

    def tied_on(self, measure_id: int, day: date) -> list[Assignment]:
        """Return the assignments of a measure that were in force on a day."""
        return [one for one in self.assignments.get(measure_id, ()) if one.is_in_force(day)]

    def plan_tree(self) -> tuple[PlanNode, ...]:
        """Return the plan's tree, only with the measures of a department or leader if the document is about one.

        A department's measures are those assigned to it at the end of any quarter of the scope.
        """
        tree = reported_tree(tree_of_plan(self.plan, on=self.day))
        if self.department:
            tied = {
                item_id
                for item_id, tied in self.assignments.items()
                if any(
                    one.department_id == self.department.id and one.is_in_force(quarter.last_day)
                    for one in tied
                    for quarter in self.scope.quarters
                )
            }
            return narrow_tree(tree, tied)
        if self.leader:
            return narrow_tree(tree, set(measures_in_charge_of(self.plan, self.leader, on=self.day)))
        return tree

    def part_facts(self, node: PlanNode) -> PartFacts:
        """Return a part with its sections and with the measures outside a section."""
        sections = [child for child in node.children if child.item.kind is ItemKind.SECTION]
        own = [child for child in node.children if child.item.kind is ItemKind.MEASURE]
        return PartFacts(
            node.item.title,
            tuple(
                SectionFacts(one.item.title, self.measure_facts(one.children), one.item.id)
                for one in sections
            ),
            self.measure_facts(own),
            node.item.id,
        )

    def measure_facts(self, nodes: Iterable[PlanNode]) -> tuple[MeasureFacts, ...]:
        """Return measures with who is responsible and what was accepted."""
        return tuple(self.facts_of_measure(node.item) for node in nodes)

    def facts_of_measure(self, item: PlanItem) -> MeasureFacts:
        duty = responsible_from_assignments(self.tied_on(item.id, self.day)).named_on(self.day)
        filing = self.filings.get((item.id, self.scope.quarter))
        earlier = (self.accepted_report(item, quarter) for quarter in self.scope.quarters[:-1])
        before = Quarter(self.scope.quarter.year, self.scope.quarter.number - 1)
        return MeasureFacts(
            number=item.position,
            title=item.title,
            lead=duty.lead.name if duty.lead else "",
            supports=support_names(duty),
            former_leads=self.former_leads(item, duty.lead),
            target=item.yearly_target,
            state=filing.state if filing else None,
            report=self.accepted_report(item, self.scope.quarter),
            earlier=tuple(report for report in earlier if report),
            previous=self.accepted_report(item, before),
            is_late=self.is_late(filing),
            is_over=self.is_over,
            leader=item.leader.name if item.leader else "",
            text=item.text,
            contribution=self.contribution_to(item),
            contributed=self.contributed_to(item),
            indicators=tuple(self.indicators_of(item)),
        )

    def indicators_of(self, item: PlanItem) -> Iterator[IndicatorFacts]:
        """Yield the state of a measure's indicators, from what was accepted up to the end of the scope."""
        filings = [self.filings.get((item.id, quarter)) for quarter in quarters_until(self.scope.quarter)]
        for one in self.through_year.indicators_on(item.id, self.day):
            known = (self.values.get(filing.id, {}).get(one.id) for filing in filings if filing)
            number = one.cumulation.number_of_year([row.filed_number for row in known if row])
            share = None if number is None else share_of(number, one.yearly_target)
            if number is not None and share is not None:
                reached, target = (
                    printed_number(number, one.unit),
                    printed_number(one.yearly_target, one.unit),
                )
                yield IndicatorFacts(one.name, reached, target, share, one.unit == PERCENT)

    def former_leads(self, item: PlanItem, present: Department | None) -> tuple[FormerLead, ...]:
        """Return the lead of each quarter of the scope in which it differed from the present lead."""
        led = ((quarter, self.lead_on(item.id, quarter.last_day)) for quarter in self.scope.quarters)
        return tuple(FormerLead(quarter, lead.name) for quarter, lead in led if lead and lead != present)

    def accepted_report(self, item: PlanItem, quarter: Quarter) -> AcceptedReport | None:
        """Return a measure's accepted report of a quarter; None if there is none."""
        filing = self.filings.get((item.id, quarter))
        if filing is None or filing.state is not FilingState.ACCEPTED:
            return None
        return report_of(filing, quarter, self.thresholds)

    def is_late(self, filing: Filing | None) -> bool:
        """Return whether a filing was submitted after the grace of the scope's last quarter, or missed it."""
        period = self.periods.get(self.scope.quarter)
        if period is None:
            return False
        if filing is None or filing.submitted_at is None:
            return period.is_overdue(self.calendar)
        return filing.submitted_at.date() > period.due_dates.grace_ends_on(self.calendar)

    @property
    def is_over(self) -> bool:
        """Return whether the scope's last quarter is closed."""
        period = self.periods.get(self.scope.quarter)
        return period is not None and period.is_closed


def quarters_until(quarter: Quarter) -> list[Quarter]:
    return [Quarter(quarter.year, number) for number in QUARTERS if number <= quarter.number]


def printed_number(number: Decimal, unit: str) -> str:
    """Return a number with its unit as a text writes it, without spaces or thousands separators: 1200家."""
    return f"{plain_number(number)}{unit}"


def support_names(duty: ResponsibleDepartments) -> tuple[str, ...]:
    """Return the supporting departments; members of a group appear under the group's name (各居民区)."""
    return tuple(dict.fromkeys(duty.groups.get(one.id) or one.name for one in duty.supports))


def report_of(filing: Filing, quarter: Quarter, thresholds: LightThresholds) -> AcceptedReport:
    """Return an accepted filing as a plain value."""
    return AcceptedReport(
        filing=filing.id,
        quarter=quarter,
        percent=cast(int, filing.percent),  # submitting requires it
        status=filing.status,
        light=filing.light,
        forecast=filing.forecast,
        progress=filing.progress,
        problems=filing.problems,
        next_steps=filing.next_steps,
        status_reason=filing.status_reason,
        light_reason=filing.light_reason,
        red_points=thresholds.red,
    )


def directives_in(plan: Plan, scope: DocumentScope, *, with_later_open: bool) -> list[Directive]:
    """Return the directives on a plan's measures that were open at some time in the scope, oldest first.

    They have their present state. Directives given after the scope are left out; `with_later_open` includes those
    that are still open, for their own author. A directive carried over into a later plan appears under its measure in
    this plan.
    """
    begins = datetime.combine(scope.quarters[0].first_day, time())
    ended = datetime.combine(scope.last_day + timedelta(days=1), time())
    was_given = Directive.created_at < ended
    is_open = Directive.closed_at.is_null()
    if with_later_open:
        was_given |= is_open
    was_open = is_open | (Directive.closed_at >= begins)
    asks = Directive.state.in_(HANDLED) & ~Directive.is_confidential
    query = directives.directives_under_plan(plan).where(was_given & was_open & asks)
    return sorted(load_directives(query), key=lambda row: row.id)


def directive_facts(row: Directive, plan: Plan, day: date) -> DirectiveFacts:
    """Return a directive as a plain value; departments have the names of that day."""
    titles = directives.titles_under_plan(row, plan)
    return DirectiveFacts(
        kind=row.kind,
        state=row.state,
        author=f"{row.author}同志" if row.leader_id else row.author,
        measure="、".join(titles) or row.subject_titles,
        titles=titles,
        text=row.text,
        given_on=row.created_at.date(),
        due_on=row.due_on,
        departments=tuple(one.department.named_on(day).name for one in row.addressees),
        replies=tuple(
            ReplyFacts(one.department.named_on(day).name, one.text, one.at.date()) for one in row.replies
        ),
        is_overdue=row.is_overdue,
        directive=row.id,
    )
