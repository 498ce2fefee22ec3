"""What departments owe on directives, for those who ask what somebody has to do."""

from __future__ import annotations

from app.authority.actor import Actor
from app.authority.policy import Action, is_allowed
from app.directives.life_cycle import DirectiveState
from app.directives.models import Directive
from app.directives.queries import addressed_to, directives_with_context, load_directives
from app.filing.core.duties import DutyKind, OwnDuty
from app.filing.core.signals import own_duties_asked

TITLE_LENGTH = 40


@own_duties_asked.connect
def replies_owed(_sender: None, *, user: Actor) -> list[OwnDuty]:
    """Return the directives that somebody's departments have not answered."""
    if not user.department_ids:
        return []
    addressed = Directive.id.in_(addressed_to(user.department_ids))
    waiting = directives_with_context().where((Directive.state == DirectiveState.OPEN) & addressed)
    return [
        reply_duty(directive, department_id)
        for directive in load_directives(waiting)
        if is_allowed(user, Action.REPLY_TO_DIRECTIVE, directive)
        for department_id in sorted(directive.unanswered_ids & user.department_ids)
    ]


def reply_duty(directive: Directive, department_id: int) -> OwnDuty:
    text = directive.text if len(directive.text) <= TITLE_LENGTH else f"{directive.text[:TITLE_LENGTH]}……"
    measure = directive.measure
    return OwnDuty(
        kind=DutyKind.REPLY,
        measure_id=directive.measure_id,
        department_id=department_id,
        title=f"{directive.author}{directive.kind.label}：{text}",
        hint=f"第 {measure.position} 项 {measure.title}" if measure else "",
        path=f"/directives/{directive.id}",
        due_on=directive.due_on,
    )
