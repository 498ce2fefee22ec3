"""Sample directives: one answered and one open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from app.base.clock import clock_stopped_at
from app.directives.core import operations as directives
from app.directives.core.content import DirectiveContent, DirectiveTarget
from app.directives.core.life_cycle import DirectiveKind
from app.directives.replies.operations import reply_to_directive
from app.plan.core import queries as plans
from app.plan.core.models import Plan
from app.wiring.demo.sample_actors import SampleActors

AFTERNOON_HOUR = time(15, 0)


@dataclass(frozen=True)
class SampleDirective:
    """A leader's words on the measure with that number in the plan, and the lead department's answer."""

    measure: int
    written_on: date
    due_on: date
    text: str
    answer: str = ""


SAMPLE_DIRECTIVES = (
    SampleDirective(
        measure=11,
        written_on=date(2026, 7, 22),
        due_on=date(2026, 8, 14),
        text="（示例）新里卫改进度偏慢。请管理办逐个地块倒排工期，每周报一次进展。",
        answer="（示例）已按地块倒排工期，明确到周；自7月27日起每周一书面报告进展。",
    ),
    SampleDirective(
        measure=31,
        written_on=date(2026, 10, 20),
        due_on=date(2026, 12, 15),
        text="（示例）数字平台建设落后于序时进度。请综治中心会同平安办提出追赶方案，年内上线试运行。",
    ),
)


def write_sample_directives(plan: Plan, actors: SampleActors) -> None:
    """Write the directives of the leaders in charge, and the answers of the lead departments."""
    measures = {measure.position: measure for measure in plans.measures_of_plan(plan)}
    for sample in SAMPLE_DIRECTIVES:
        measure = measures[sample.measure]
        lead = plans.responsible_for_measure(measure).lead
        if lead is None or measure.leader_id is None:
            continue
        target = DirectiveTarget((measure,))
        content = DirectiveContent(DirectiveKind.INSTRUCTION, sample.text, lead, due_on=sample.due_on)
        with clock_stopped_at(datetime.combine(sample.written_on, AFTERNOON_HOUR)):
            written = directives.write_directive(target, content, by=actors.leaders[measure.leader_id])
        if sample.answer:
            with clock_stopped_at(datetime.combine(sample.due_on, AFTERNOON_HOUR)):
                head = actors.heads[lead.id]
                reply_to_directive(written, sample.answer, department=lead, by=head, version=written.version)
