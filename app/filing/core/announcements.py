"""Notices about the steps of a filing."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from peewee import ModelSelect

from app.authority.actor import Actor
from app.authority.policy import Action
from app.filing.core.life_cycle import HANDED_IN, FilingState, ReturnKind
from app.filing.core.models import Filing
from app.filing.core.signals import filing_moved
from app.notices.operations import send_notice, settle_topic
from app.notices.rules import (
    NoticeKind,
    NoticeMessage,
    filers_of_departments,
    heads_of_departments,
    seats_of_departments,
    seats_of_office,
)

# What notices are about: of several on one topic, only the newest is unread.


def filing_topic(filing: Filing) -> str:
    """Return the topic of the notices on one filing."""
    return f"filing:{filing.id}"


def signing_topic(filing: Filing) -> str:
    """Return the topic of the filings that wait for the head's signature in a department and quarter."""
    return f"to-sign:{filing.period_id}:{filing.department_id}"


def taken_back_topic(filing: Filing) -> str:
    """Return the topic of a filing that its department took back from the office."""
    return f"taken-back:{filing.id}"


def accepted_topic(filing: Filing) -> str:
    """Return the topic of a department's accepted filings in a quarter."""
    return f"accepted:{filing.period_id}:{filing.department_id}"


def reminder_topic(period_id: int, department_id: int) -> str:
    """Return the topic of the filings that a department still owes in a quarter."""
    return f"reminder:{period_id}:{department_id}"


def contributions_topic(period_id: int, department_id: int) -> str:
    """Return the topic of the contributions that a department may write in a quarter."""
    return f"contributions:{period_id}:{department_id}"


@filing_moved.connect
def announce_step(filing: Filing, *, action: Action, by: Actor) -> None:
    announce = ANNOUNCERS.get(action)
    if announce is not None:
        announce(filing, by)


def on_submit(filing: Filing, by: Actor) -> None:
    """Settle the notice that it was returned, and ask the head for the signature."""
    settle_topic(filing_topic(filing))
    if not filings_in_state(filing, set(FilingState) - HANDED_IN).exists():
        settle_topic(reminder_topic(filing.period_id, filing.department_id))
    if filing.department.needs_sign_off:
        ask_for_signature(filing, by)


def on_sign_off(filing: Filing, by: Actor) -> None:
    """Settle the head's notice if nothing else waits for a signature."""
    settle_when_signed(filing)
    settle_topic(taken_back_topic(filing))


def on_correct(filing: Filing, by: Actor) -> None:
    """Tell the filers that the head changed the text before signing."""
    message = NoticeMessage(
        NoticeKind.CORRECTED,
        f"{filing_in_words(filing)}的填报，{by.person}审签时改了文字，点开可看改动。",
        f"/filings/{filing.id}/kept/{filing.version}",
        filing_topic(filing),
    )
    send_notice(message, to=filers_of_departments(filing.department_id), doer=by.account_id)


def on_return(filing: Filing, by: Actor) -> None:
    settle_when_signed(filing)
    notify_department(filing, NoticeKind.RETURNED, return_sentence(filing, "部门负责人退回"), by)


def on_send_back(filing: Filing, by: Actor) -> None:
    """Tell the department that the office returned it, or asks for a supplement."""
    if filing.return_kind is ReturnKind.SUPPLEMENT:
        sentence = (
            f"街道办公室请{filing.department.short_name}补充{filing_in_words(filing)}的填报，补充后重新提交。"
        )
        notify_department(filing, NoticeKind.SUPPLEMENT, sentence, by)
    else:
        notify_department(filing, NoticeKind.RETURNED, return_sentence(filing, "街道办公室退回"), by)


def on_reopen(filing: Filing, by: Actor) -> None:
    settle_topic(accepted_topic(filing))
    notify_department(filing, NoticeKind.REOPENED, return_sentence(filing, "街道办公室重新打开"), by)


def on_accept(filing: Filing, by: Actor) -> None:
    """Tell the filers how many filings are accepted: one notice for the whole quarter."""
    accepted, total = (
        filings_in_state(filing, {FilingState.ACCEPTED}).count(),
        filings_in_state(filing, set(FilingState)).count(),
    )
    quarter, measure = filing.period.quarter, filing.measure
    message = NoticeMessage(
        kind=NoticeKind.ACCEPTED,
        sentence=f"{filing.department.short_name}{quarter.words}的填报已采用 {accepted}/{total} 份。",
        path=f"/filings?period={quarter.code}",
        topic=accepted_topic(filing),
        detail=f"最近采用：第 {measure.position} 项（{measure.title}）",
    )
    send_notice(message, to=filers_of_departments(filing.department_id), doer=by.account_id)


def on_take_back(filing: Filing, by: Actor) -> None:
    """Tell the head how many filings still wait for the signature."""
    if not filing.department.needs_sign_off:
        return
    left = filings_in_state(filing, {FilingState.SUBMITTED}).count()
    path = f"/filings?period={filing.period.quarter.code}#to-sign" if left else f"/filings/{filing.id}"
    sentence = f"{by.person}撤回了{filing.department.short_name}{filing_in_words(filing)}的填报，"
    waiting = f"还有 {left} 份待您审签。" if left else "现在没有待您审签的。"
    message = NoticeMessage(NoticeKind.TAKEN_BACK, sentence + waiting, path, signing_topic(filing))
    send_notice(message, to=heads_of_departments(filing.department_id), doer=by.account_id)


def on_take_back_sign_off(filing: Filing, by: Actor) -> None:
    """Tell the office that it need not review the filing for now."""
    sentence = f"{filing.department.short_name}撤回了{filing_in_words(filing)}的填报，重新报来之前不用审核。"
    message = NoticeMessage(NoticeKind.TAKEN_BACK, sentence, f"/review/{filing.id}", taken_back_topic(filing))
    send_notice(message, to=seats_of_office(), doer=by.account_id)


ANNOUNCERS: Mapping[Action, Callable[[Filing, Actor], None]] = {
    Action.SUBMIT_FILING: on_submit,
    Action.SIGN_OFF_FILING: on_sign_off,
    Action.CORRECT_FILING: on_correct,
    Action.RETURN_FILING: on_return,
    Action.SEND_BACK_FILING: on_send_back,
    Action.REOPEN_FILING: on_reopen,
    Action.ACCEPT_FILING: on_accept,
    Action.TAKE_BACK_FILING: on_take_back,
    Action.TAKE_BACK_SIGN_OFF: on_take_back_sign_off,
}


def return_sentence(filing: Filing, outcome: str) -> str:
    return f"{filing.department.short_name}{filing_in_words(filing)}的填报被{outcome}，请修改后重新提交。"


def notify_department(filing: Filing, kind: NoticeKind, sentence: str, by: Actor) -> None:
    """Notify filers and head, with the reason."""
    asked = "需要补充" if kind is NoticeKind.SUPPLEMENT else "理由"
    reason = f"{asked}：{filing.returned_reason}"
    message = NoticeMessage(kind, sentence, f"/filings/{filing.id}", filing_topic(filing), reason)
    send_notice(message, to=seats_of_departments(filing.department_id), doer=by.account_id)


def ask_for_signature(filing: Filing, by: Actor) -> None:
    """Tell the head how many filings wait for the signature; each notice replaces the one before."""
    quarter = filing.period.quarter
    count = filings_in_state(filing, {FilingState.SUBMITTED}).count()
    sentence = f"{filing.department.short_name}{quarter.words}有 {count} 份填报待您审签。"
    path = f"/filings?period={quarter.code}#to-sign"
    message = NoticeMessage(NoticeKind.TO_SIGN, sentence, path, signing_topic(filing))
    send_notice(message, to=heads_of_departments(filing.department_id), doer=by.account_id)


def settle_when_signed(filing: Filing) -> None:
    """Settle the head's notice if nothing waits for a signature any more."""
    if not filings_in_state(filing, {FilingState.SUBMITTED}).exists():
        settle_topic(signing_topic(filing))


def filings_in_state(filing: Filing, states: set[FilingState]) -> ModelSelect[Filing]:
    """Return the filings of the same department and quarter in one of these states."""
    same = (Filing.period == filing.period_id) & (Filing.department == filing.department_id)
    return Filing.select().where(same & Filing.state.in_(sorted(states)))


def filing_in_words(filing: Filing) -> str:
    return f"{filing.period.quarter.words}第 {filing.measure.position} 项（{filing.measure.title}）"
