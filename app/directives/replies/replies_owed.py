"""The replies that a person's to-do list shows."""

from __future__ import annotations

from collections.abc import Sequence

from peewee import ModelSelect

from app.authority.actor import Actor
from app.authority.policy import Action, is_allowed
from app.authority.roles import Role
from app.base.statements import prepared
from app.base.text import shorten_text
from app.directives.core.content import SHOWN_DIRECTIVE_LENGTH
from app.directives.core.life_cycle import DirectiveState
from app.directives.core.models import Directive
from app.directives.core.queries import addressed_to, directives_among, reach_of, readable_within
from app.directives.core.related_rows import load_directives
from app.directives.replies.queries import drafts_among
from app.filing.core.own_duties import DutyKind, OwnDuty
from app.filing.core.signals import own_duties_asked


@own_duties_asked.connect
def replies_owed(_sender: None, *, user: Actor) -> list[OwnDuty]:
    """Return the directives that a person's departments have to answer, and the replies that he has to sign."""
    mine = user.department_ids
    if not mine:
        return []
    asked = [directive.id for directive in directives_open_to(*reach_of(user))]
    if not asked:
        return []
    directives = load_directives(directives_among(asked))
    drafts = drafts_among(directives, mine)
    found = []
    for directive in directives:
        owing = directive.unanswered_ids
        for department_id in sorted(mine):
            draft = drafts.get((directive.id, department_id))
            if draft and draft.is_submitted:
                if is_allowed(user, Action.SIGN_REPLY, draft):
                    found.append(reply_duty(directive, department_id, DutyKind.REPLY_SIGNATURE))
                continue
            reason = draft.returned_reason if draft and draft.is_returned else ""
            if (department_id in owing or reason) and is_allowed(user, Action.SUBMIT_REPLY, directive):
                found.append(reply_duty(directive, department_id, DutyKind.REPLY, reason))
    return found


@prepared
def directives_open_to(
    roles: frozenset[Role], department_ids: Sequence[int], led_ids: Sequence[int], seat_ids: Sequence[int]
) -> ModelSelect[Directive]:
    """Return the ids of the open directives that address one of the reader's departments and that he may read."""
    waiting = (Directive.state == DirectiveState.OPEN) & Directive.id.in_(addressed_to(department_ids))
    readable = readable_within(roles, department_ids, led_ids, seat_ids)
    return Directive.select(Directive.id).where(waiting & readable)


def reply_duty(
    directive: Directive, department_id: int, kind: DutyKind, returned_reason: str = ""
) -> OwnDuty:
    text = shorten_text(directive.text, SHOWN_DIRECTIVE_LENGTH)
    place = directive.subject_words
    return OwnDuty(
        kind=kind,
        measure_ids=directive.measure_ids,
        department_id=department_id,
        title=f"{directive.author}{directive.kind.label}：{text}",
        hint=" · ".join(filter(None, (place, returned_reason and f"负责人退回：{returned_reason}"))),
        path=directive.path,
        due_on=directive.due_on,
    )
