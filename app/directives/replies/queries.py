"""Reading reply drafts."""

from __future__ import annotations

from collections.abc import Iterable

from peewee import ModelSelect

from app.authority.actor import Actor
from app.authority.policy import Action, is_allowed
from app.directives.core.models import Directive
from app.directives.replies.models import ReplyDraft
from app.org.models import Department

DraftPlace = tuple[int, int]  # directive and department


def drafts_with_context() -> ModelSelect[ReplyDraft]:
    query = ReplyDraft.select(ReplyDraft, Directive, Department).join(Directive).switch(ReplyDraft)
    return query.join(Department)


def drafts_among(
    directives: Iterable[Directive], department_ids: frozenset[int]
) -> dict[DraftPlace, ReplyDraft]:
    """Return departments' drafts by directive and department: one query."""
    among = ReplyDraft.directive.in_([one.id for one in directives])
    own = ReplyDraft.department.in_(sorted(department_ids))
    return {(row.directive_id, row.department_id): row for row in drafts_with_context().where(among & own)}


def draft_of(directive: Directive, department: Department) -> ReplyDraft:
    """Return a department's draft as it is stored now, or a new one.

    A new draft is not stored yet and has the version that the first save expects.
    """
    same = (ReplyDraft.directive == directive.id) & (ReplyDraft.department == department.id)
    found: ReplyDraft | None = ReplyDraft.get_or_none(same)
    if found is None:
        return ReplyDraft(directive=directive, department=department)
    found.directive, found.department = directive, department
    found.mark_unchanged()
    return found


def is_signature_needed(department: Department, *, by: Actor) -> bool:
    """Return whether this person's reply needs the head's signature; a head's own reply does not."""
    own = ReplyDraft(directive=None, department=department)
    return department.needs_sign_off and not is_allowed(by, Action.SIGN_REPLY, own)
