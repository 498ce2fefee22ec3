"""Following a subject, and ending it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import attrgetter
from typing import NamedTuple

from peewee import ForeignKeyField

from app.audit.operations import record_event
from app.authority.actor import Actor
from app.authority.policy import Action, is_allowed, require
from app.base.clock import now
from app.base.database import transaction
from app.base.errors import NotAllowed
from app.directives.core.models import Directive
from app.following.models import Follow
from app.org.models import Department
from app.plan.core.models import PlanItem

Followable = PlanItem | Directive | Department


class SubjectKind(NamedTuple):
    """How a kind of subject is stored, with its words for the event log."""

    column: ForeignKeyField
    words: Callable[[Followable], str]


# Of a directive only its number, which says nothing of a confidential one.
SUBJECT_KINDS: Mapping[type[Followable], SubjectKind] = {
    PlanItem: SubjectKind(Follow.measure, attrgetter("title")),
    Directive: SubjectKind(Follow.directive, attrgetter("number_words")),
    Department: SubjectKind(Follow.department, attrgetter("name")),
}


@transaction
def follow_subject(subject: Followable, *, by: Actor) -> None:
    """Follow a subject from now on; earlier changes are in no notice. Raises NotAllowed, also for a directive that the
    person may not read.
    """
    require(by, Action.FOLLOW_SUBJECT)
    if isinstance(subject, Directive) and not is_allowed(by, Action.READ_DIRECTIVE, subject):
        raise NotAllowed
    column, words = SUBJECT_KINDS[type(subject)]
    values = {Follow.account: by.account_id, column: subject.id, Follow.noticed_at: now()}
    if Follow.insert_many([values]).on_conflict_ignore().as_rowcount().execute():
        record_event(Action.FOLLOW_SUBJECT, subject, by=by, summary=f"关注：{words(subject)}")


@transaction
def unfollow_subject(subject: Followable, *, by: Actor) -> None:
    """Stop following, even a subject that may no longer be read. Raises NotAllowed."""
    require(by, Action.FOLLOW_SUBJECT)
    column, words = SUBJECT_KINDS[type(subject)]
    if Follow.delete().where((Follow.account == by.account_id) & (column == subject.id)).execute():
        record_event(Action.FOLLOW_SUBJECT, subject, by=by, summary=f"取消关注：{words(subject)}")
