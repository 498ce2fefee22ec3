"""The duties of each measure of a plan: its own, or else those printed beside the heads above it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from app.plan.importer.duties import DutyStatement, find_duties, says_first_leads
from app.plan.importer.duty_names import each_once
from app.plan.importer.plan_draft import HeadedDraft, MeasureDraft, PlanDraft


@dataclass(frozen=True)
class MeasureDutyNames:
    """What several statements of duties say together; who leads does not support as well."""

    leads: tuple[str, ...] = ()
    supports: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    leaders: tuple[str, ...] = ()
    deadline: str = ""


def collect_duties(statements: Iterable[DutyStatement]) -> MeasureDutyNames:
    """Put statements together, each name once."""
    statements = tuple(statements)
    leads = each_once(each.leads for each in statements)
    supports = each_once(each.supports for each in statements)
    return MeasureDutyNames(
        leads=leads,
        supports=tuple(name for name in supports if name not in leads),
        words=each_once(each.words for each in statements),
        leaders=each_once(each.leaders for each in statements),
        deadline="；".join(dict.fromkeys(each.deadline for each in statements if each.deadline)),
    )


def add_duties(plan: PlanDraft) -> PlanDraft:
    """Give every measure the duties that the plan prints for it.

    A measure without a statement of its own has that of the nearest head above it. Where the plan says anywhere
    that who is named first leads, it holds for the whole plan.
    """
    return _DutyReading(says_first_leads(plan.full_text())).plan_with_duties(plan)


@dataclass(frozen=True)
class _DutyReading:
    first_leads: bool

    def plan_with_duties(self, plan: PlanDraft) -> PlanDraft:
        parts = (
            replace(
                part,
                measures=tuple(self._with_duties(part.measures, (part,))),
                sections=tuple(
                    replace(section, measures=tuple(self._with_duties(section.measures, (section, part))))
                    for section in part.sections
                ),
            )
            for part in plan.parts
        )
        return replace(plan, parts=tuple(parts))

    def _with_duties(
        self, measures: Iterable[MeasureDraft], above: tuple[HeadedDraft, ...]
    ) -> Iterator[MeasureDraft]:
        for measure in measures:
            duties = self._nearest_duties((measure, *reversed(measure.path), *above))
            yield replace(
                measure,
                lead=duties.leads,
                support=duties.supports,
                duty_words=duties.words,
                leader=measure.leader or "、".join(duties.leaders),
                deadline=measure.deadline or duties.deadline,
            )

    def _nearest_duties(self, heads: Iterable[HeadedDraft]) -> MeasureDutyNames:
        for head in heads:
            statements = find_duties(f"{head.heading}\n{head.text}", first_leads=self.first_leads)
            if statements:
                return collect_duties(statements)
        return MeasureDutyNames()
