"""The deeds of a directive's life: each checks, changes and records in one transaction."""

from __future__ import annotations

from app.access.policy import Action, Tie, require
from app.access.user import User
from app.audit.operations import record
from app.base.clock import now, today
from app.base.database import transaction
from app.base.errors import FieldProblems, NotAllowed
from app.directives.announcements import (
    replies_topic,
    tell_addressees,
    tell_authors,
    topic_of,
)
from app.directives.content import DirectiveContent, text_problems, writing_problems
from app.directives.models import Directive, DirectiveAddressee, DirectiveReply
from app.directives.rules import (
    DirectiveState,
    first_state,
    next_state,
    state_after_reply,
)
from app.notices.operations import settle
from app.org.models import Department, Leader
from app.plan import queries as plans
from app.plan.models import PlanItem


@transaction
def write(measure: PlanItem, content: DirectiveContent, *, by: User) -> Directive:
    """Hand out a leader's words on a measure to departments that answer for it.

    A leader speaks in person; the office enters a leader's words, or its own. Raises NotAllowed, FieldProblems.
    """
    require(by, Action.WRITE_DIRECTIVE)
    responsible = plans.responsible(measure).departments
    refuse(writing_problems(content, responsible, today=today(), plan_year=measure.plan.year))
    state = first_state(content.kind)
    directive = Directive.create(
        kind=content.kind,
        state=state,
        measure=measure,
        text=content.text.strip(),
        due_on=content.due_on,
        closed_at=now() if state is DirectiveState.CLOSED else None,
        **authorship(content.leader, by),
    )
    for department in content.addressees:
        DirectiveAddressee.create(directive=directive, department=department)
    note(Action.WRITE_DIRECTIVE, directive, by=by)
    tell_addressees(directive, content.addressees, by=by)
    return directive


def authorship(chosen: Leader | None, by: User) -> dict[str, object]:
    """Return whose words they are, and who wrote them down for somebody else."""
    if by.leader_id is not None:
        return {"leader": by.leader_id, "author": by.person}
    if chosen is not None:
        return {"leader": chosen, "author": chosen.name, "entered_by": by.person}
    return {"author": by.seat, "entered_by": by.person}


@transaction
def reply(directive: Directive, text: str, *, department: Department, by: User, version: int) -> None:
    """Answer a directive for one of its addressees.

    Raises NotAllowed, FieldProblems, IllegalTransition, StaleVersion.
    """
    require(by, Action.REPLY_DIRECTIVE, directive)
    if department.id not in by.department_ids & directive.department_ids(Tie.OWNER):
        raise NotAllowed
    refuse(text_problems(text, "请写明办理情况。"))
    all_answered = directive.unanswered_ids <= {department.id}
    directive.state = state_after_reply(directive.state, all_answered=all_answered)
    directive.save_as_next(read_at=version)
    DirectiveReply.create(directive=directive, department=department, text=text.strip(), person=by.person)
    note(Action.REPLY_DIRECTIVE, directive, by=by, department=department.short_name)
    settle(topic_of(directive, department))
    tell_authors(directive, department, text.strip(), by=by)


@transaction
def close(directive: Directive, *, by: User, version: int) -> None:
    """End a directive that was answered (销号). Raises NotAllowed, IllegalTransition, StaleVersion."""
    require(by, Action.CLOSE_DIRECTIVE, directive)
    directive.state = next_state(Action.CLOSE_DIRECTIVE, directive.state)
    directive.closed_at = now()
    directive.save_as_next(read_at=version)
    settle(replies_topic(directive))
    note(Action.CLOSE_DIRECTIVE, directive, by=by)


def refuse(problems: dict[str, str]) -> None:
    """Raise FieldProblems if there are any."""
    if problems:
        raise FieldProblems(problems)


def note(action: Action, directive: Directive, *, by: User, **detail: object) -> None:
    """Write a step into the log."""
    about = directive.measure.title if directive.measure else ""
    record(
        action,
        directive,
        by=by.actor,
        summary=f"{directive.author}{directive.kind.label}：{about}",
        detail={"state": directive.state, "version": directive.version, **detail},
    )
