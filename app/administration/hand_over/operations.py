"""Handing open work over from one account to another; what each person did keeps that person's name."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from typing import Any

from app.access.models import Account
from app.access.queries import user_of
from app.access.rules import LONGEST_DELEGATION
from app.administration.hand_over.models import HandOver
from app.administration.hand_over.queries import OpenWork, key_of_work, open_work_of, paths_hidden_from
from app.administration.seats import AccountSeat, find_seat
from app.audit.event_kinds import EventKind
from app.audit.operations import record_event
from app.authority.actor import Actor
from app.authority.policy import Action, require
from app.base.clock import now, today
from app.base.database import transaction
from app.base.days import DayRange, written_day
from app.base.errors import IllegalTransition, raise_field_problems
from app.directives.core.models import Directive
from app.directives.core.operations import record_step
from app.drafting.core.models import Document
from app.notices.models import Notice
from app.notices.operations import send_notice
from app.notices.rules import NoticeAddressees, NoticeKind, NoticeMessage


@transaction
def order_hand_over(
    giver: AccountSeat,
    receiver: AccountSeat,
    day: date,
    *,
    chosen: Collection[str] | None = None,
    by: Actor,
) -> HandOver:
    """Hand the open work of an account over, today or on a later day.

    chosen: keys of the chosen work. None, or everything that `by` may see now, means everything that is open then, so
    that a successor in a leader's seat also gets its confidential directives. Raises NotAllowed; FieldProblems for a
    receiver who may not do that work, a wrong day, or an empty choice.
    """
    require(by, Action.HAND_OVER_WORK, giver)
    work = open_work_of(giver, by)
    raise_field_problems(
        {
            "receiver": receiver_problem(giver, receiver),
            "day": DayRange(today(), today() + LONGEST_DELEGATION).problem_of_day(day, "移交日期"),
            "chosen": choice_problem(work, chosen) or directives_problem(work, chosen, giver, receiver),
        }
    )
    items = None if chosen is None or work.keys <= set(chosen) else sorted(chosen)
    ordered = HandOver.create(
        giver=giver.account, receiver=receiver.account, day=day, items=items, ordered_by=by.person
    )
    names = f"{giver.account.person} → {receiver.account.person}"
    record_event(
        Action.HAND_OVER_WORK,
        ordered,
        by=by,
        summary=f"{names}，{written_day(day)}",
        detail=detail_for_log(giver, ordered.items),
    )
    if day <= today():
        pass_work_on(ordered, giver, receiver, by=by)
    return ordered


def detail_for_log(giver: AccountSeat, chosen: Collection[str] | None) -> dict[str, Any]:
    """Return what was open and what was chosen, without any confidential directives."""
    directives = open_work_of(giver).directives
    hidden = {key_of_work(one) for one in directives if one.is_confidential}
    counts = giver.counts._replace(directives=len(directives) - len(hidden))
    named = None if chosen is None else [key for key in chosen if key not in hidden]
    return {"open": counts._asdict(), "chosen": named}


@transaction
def cancel_hand_over(ordered: HandOver, giver: AccountSeat, *, by: Actor) -> None:
    """Cancel a hand-over ordered for a later day.

    Raises NotAllowed, IllegalTransition if it has been carried out or cancelled already.
    """
    require(by, Action.HAND_OVER_WORK, giver)
    waiting = HandOver.delete().where((HandOver.id == ordered.id) & HandOver.done_at.is_null())
    if not waiting.execute():
        raise IllegalTransition("这次移交已经办完，或者已经取消。请刷新页面后核对。")
    names = f"{giver.account.person} → {ordered.receiver.person}"
    summary = f"{names}，{written_day(ordered.day)}"
    record_event(EventKind.CANCEL_HAND_OVER, ordered, by=by, summary=summary)


def choice_problem(work: OpenWork, chosen: Collection[str] | None) -> str:
    """Return why a choice cannot be handed over, or "": work that was finished meanwhile cannot."""
    if chosen is None or not work.keys:
        return ""
    if not chosen:
        return "请勾选要移交的工作。"
    return "" if set(chosen) <= work.keys else "勾选的工作有的已经办完或者移交过，请核对后重新勾选。"


def directives_problem(
    work: OpenWork, chosen: Collection[str] | None, giver: AccountSeat, receiver: AccountSeat
) -> str:
    """Return why the chosen directives cannot be handed over, or ""."""
    wanted = work.chosen_from(chosen)
    if chosen is None or wanted.passing_to(giver, receiver) == wanted:
        return ""
    return f"{receiver.account.person}不在领导的席位，批示不能移交给他。请去掉批示，另选接任的领导移交。"


def receiver_problem(giver: AccountSeat, receiver: AccountSeat) -> str:
    """Return why somebody cannot be the receiver, or "": it must be an enabled account with one of the
    giver's roles.
    """
    if receiver.account.id == giver.account.id:
        return "不能移交给同一个账号。"
    if receiver.account.disabled_at is not None:
        return f"账号 {receiver.account.username} 已停用，请选择别的账号。"
    wanted = {(grant.role, grant.department_id) for grant in giver.grants}
    if not wanted & {(grant.role, grant.department_id) for grant in receiver.valid_grants}:
        return f"{receiver.account.person}还没有同样的授权，请先请安全管理员授权，再移交。"
    return ""


@transaction
def run_due_hand_overs(*, by: Actor) -> None:
    """Carry out the hand-overs ordered for today or earlier. Raises NotAllowed."""
    require(by, Action.RUN_TASKS)
    for ordered in HandOver.select().where(HandOver.done_at.is_null() & (HandOver.day <= today())):
        giver, receiver = find_seat(ordered.giver_id), find_seat(ordered.receiver_id)
        if giver and receiver and not receiver_problem(giver, receiver):
            pass_work_on(ordered, giver, receiver, by=by)


def pass_work_on(ordered: HandOver, giver: AccountSeat, receiver: AccountSeat, *, by: Actor) -> None:
    """Hand the chosen work over, record each piece, and notify the receiver."""
    work = open_work_of(giver).chosen_from(ordered.items).passing_to(giver, receiver)
    names = f"{giver.account.person} → {receiver.account.person}"
    for document in work.drafts:
        Document.update(owner=receiver.account).where(Document.id == document.id).execute()
        record_event(Action.HAND_OVER_WORK, document, by=by, summary=f"{names}：{document.title}")
    for directive in work.directives:
        Directive.update(leader=receiver.leader_id).where(Directive.id == directive.id).execute()
        record_step(Action.HAND_OVER_WORK, directive, by=by, summary=f"{names}：批示")
    if work.notices:
        work = replace(work, notices=pass_notices_on(giver.account, receiver.account))
    ordered.done_at = now()
    ordered.save()
    passed = work.in_words or "没有未办完的"
    message = NoticeMessage(
        kind=NoticeKind.HAND_OVER,
        sentence=f"{giver.account.person}（{giver.account.seat}）的工作已移交给您：{passed}。",
        path="/",
        topic=f"hand-over:{ordered.id}",
    )
    send_notice(
        message, to=NoticeAddressees(account_ids=frozenset({receiver.account.id})), doer=by.account_id
    )


def pass_notices_on(giver: Account, receiver: Account) -> int:
    """Move unread notices to the receiver, each only once; return how many.

    Notices about confidential directives that the receiver may not read stay, and so does what the giver follows.
    """
    had = [
        row.key
        for row in Notice.select(Notice.key).where((Notice.account == receiver) & Notice.key.is_null(False))
    ]
    hidden = paths_hidden_from(user_of(receiver))
    passes = Notice.path.not_in(hidden) & (Notice.kind != NoticeKind.FOLLOWED)
    unread = (Notice.account == giver) & Notice.read_at.is_null() & passes
    Notice.update(read_at=now(), mail_at=None).where(unread & Notice.key.in_(had)).execute()
    new = unread & (Notice.key.is_null() | Notice.key.not_in(had))
    return int(Notice.update(account=receiver).where(new).execute())
