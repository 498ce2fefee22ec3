"""What departments owe on directives, for those who ask what somebody has to do."""

from __future__ import annotations

from app.authority.actor import Actor
from app.authority.policy import Action, is_allowed
from app.directives.life_cycle import DirectiveState
from app.directives.models import Directive
from app.directives.queries import addressed_to, directives_with_context, load_directives
from app.directives.replies.queries import drafts_among
from app.filing.core.duties import DutyKind, OwnDuty
from app.filing.core.signals import own_duties_asked

TITLE_LENGTH = 40


@own_duties_asked.connect
def replies_owed(_sender: None, *, user: Actor) -> list[OwnDuty]:
    """Return what somebody's departments have not answered, and which of their answers somebody has to sign."""
    mine = user.department_ids
    if not mine:
        return []
    unclosed = (Directive.state != DirectiveState.CLOSED) & Directive.id.in_(addressed_to(mine))
    directives = load_directives(directives_with_context().where(unclosed))
    submitted = {place: one for place, one in drafts_among(directives, mine).items() if one.is_submitted}
    found = []
    for directive in directives:
        owing = directive.unanswered_ids if directive.is_open else frozenset()
        for department_id in sorted(mine):
            draft = submitted.get((directive.id, department_id))
            if draft and is_allowed(user, Action.SIGN_REPLY, draft):
                found.append(reply_duty(directive, department_id, DutyKind.REPLY_SIGNATURE))
            elif not draft and department_id in owing and is_allowed(user, Action.SUBMIT_REPLY, directive):
                found.append(reply_duty(directive, department_id, DutyKind.REPLY))
    return found


def reply_duty(directive: Directive, department_id: int, kind: DutyKind) -> OwnDuty:
    text = directive.text if len(directive.text) <= TITLE_LENGTH else f"{directive.text[:TITLE_LENGTH]}……"
    measure = directive.measure
    return OwnDuty(
        kind=kind,
        measure_id=directive.measure_id,
        department_id=department_id,
        title=f"{directive.author}{directive.kind.label}：{text}",
        hint=f"第 {measure.position} 项 {measure.title}" if measure else "",
        path=f"/directives/{directive.id}",
        due_on=directive.due_on,
    )
