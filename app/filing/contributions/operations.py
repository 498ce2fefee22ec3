"""Operations on contributions: departments write them, leads ask for them and take them over, the office
waives them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from app.audit.event_kinds import EventKind
from app.audit.operations import record_event
from app.authority.actor import Actor
from app.authority.policy import Action, require
from app.base.clock import now
from app.base.database import transaction
from app.base.errors import BadInput, IllegalTransition, StaleVersion, raise_field_problems
from app.base.text import quoted_title, text_problem
from app.filing.contributions import queries
from app.filing.contributions.models import Contribution, ContributionRevision, ContributionUse
from app.filing.contributions.rules import ACTION_WORDS, ASKED_LENGTH, CONTRIBUTION_LENGTH, ContributionState
from app.filing.core.merging import WrittenFields, is_grown_from, marks_of, merge_fields
from app.filing.core.models import Filing
from app.notices.operations import send_notice, settle_topic
from app.notices.rules import (
    NoticeKind,
    NoticeMessage,
    filers_of_departments,
    seats_of_departments,
)
from app.periods.models import Period
from app.plan.core.models import PlanItem

TEXT = "text"
NOTHING_WRITTEN = "请写一句为这项举措做了什么；本季没有的，按“本季无需配合”。"


class ReadContribution(NamedTuple):
    """A contribution with the version that was read."""

    contribution: Contribution
    version: int


@dataclass(frozen=True)
class WrittenContribution:
    """The text that a page sent, with the mark of the text that it had read."""

    text: str
    mark: str


@dataclass(frozen=True)
class SavedContribution:
    """The result of a save; `conflict`: another text was stored meanwhile, and this one was not."""

    contribution: Contribution
    conflict: bool = False


def mark_of_text(contribution: Contribution) -> str:
    """Return the mark by which a page says which text it had read."""
    return marks_of({TEXT: contribution.text})[TEXT]


@transaction
def save_contribution(
    contribution: Contribution, written: WrittenContribution, *, by: Actor, hand_in: bool = False
) -> SavedContribution:
    """Save the text unless somebody else changed it too; with `hand_in`, submit it to the lead.

    Raises NotAllowed, IllegalTransition, FieldProblems.
    """
    require(by, Action.WRITE_CONTRIBUTION, contribution)
    current = open_contribution(contribution, Action.WRITE_CONTRIBUTION)
    when_empty = NOTHING_WRITTEN if hand_in or current.state is ContributionState.WRITTEN else ""
    raise_field_problems(
        {TEXT: text_problem(written.text, "配合情况", CONTRIBUTION_LENGTH, when_empty=when_empty)}
    )
    stored = {TEXT: current.text}
    merged = merge_fields(WrittenFields({TEXT: written.text}, {TEXT: written.mark}), stored)
    if merged.conflicts:
        return SavedContribution(current, conflict=True)
    text = merged.values[TEXT]
    is_handed_in = hand_in and (current.state is not ContributionState.WRITTEN or text != current.text)
    if text != current.text or is_handed_in:
        write_text(current, text, by=by, hand_in=hand_in)
    return SavedContribution(current)


def write_text(contribution: Contribution, text: str, *, by: Actor, hand_in: bool) -> None:
    keep_replaced_text(contribution, text, by=by)
    version, contribution.text = contribution.version, text
    contribution.updated_at, contribution.updated_by = now(), by.person
    if hand_in:
        contribution.state, contribution.asked = ContributionState.WRITTEN, ""
        contribution.handed_in_at = now()
    store_step(contribution, Action.WRITE_CONTRIBUTION, by=by, version=version)
    if hand_in:
        store_revision(contribution, person=by.person)
        tell_lead(contribution, by=by)


def keep_replaced_text(contribution: Contribution, text: str, *, by: Actor) -> None:
    """Store the text that is about to be replaced, if another person wrote it or words of it would be lost."""
    is_anothers = contribution.updated_by not in ("", by.person) and contribution.text != text
    if contribution.text and (is_anothers or not is_grown_from(contribution.text, text)):
        store_revision(contribution, person=contribution.updated_by)


def store_revision(contribution: Contribution, *, person: str) -> None:
    """Store the text at its version, once."""
    ContributionRevision.insert(
        contribution=contribution,
        version=contribution.version,
        state=contribution.state,
        text=contribution.text,
        person=person,
        at=contribution.updated_at,
    ).on_conflict_ignore().execute()


@transaction
def mark_not_needed(read: Iterable[ReadContribution], *, by: Actor) -> int:
    """Mark several contributions as not needed this quarter: all or none.

    Raises NotAllowed, IllegalTransition naming the one that has changed.
    """
    chosen = list(read)
    for contribution, version in chosen:
        settle_without_text(contribution, ContributionState.NOT_NEEDED, by=by, version=version)
    return len(chosen)


@transaction
def take_back_not_needed(contribution: Contribution, *, by: Actor, version: int) -> None:
    """Undo the mark that a contribution is not needed. Raises NotAllowed, IllegalTransition, StaleVersion."""
    settle_without_text(contribution, ContributionState.OWED, by=by, version=version)


def settle_without_text(
    contribution: Contribution, state: ContributionState, *, by: Actor, version: int
) -> None:
    require(by, Action.WRITE_CONTRIBUTION, contribution)
    current = open_contribution(contribution, Action.WRITE_CONTRIBUTION)
    current.state, current.asked = state, ""
    current.updated_at, current.updated_by = now(), by.person
    try:
        store_step(current, Action.WRITE_CONTRIBUTION, by=by, version=version)
    except StaleVersion:
        raise IllegalTransition(
            f"{quoted_title(contribution.measure.title)}的配合情况在您打开页面之后有了变化，一项也没有办理。请看过后再办理。"
        ) from None
    settle_topic(contribution_topic(current))


@transaction
def ask_contribution(contribution: Contribution, asked: str, *, by: Actor, version: int) -> None:
    """Ask a supporting department for more, with a request; its text stays.

    Raises NotAllowed, IllegalTransition, StaleVersion, FieldProblems.
    """
    require(by, Action.ASK_CONTRIBUTION, contribution)
    current = open_contribution(contribution, Action.ASK_CONTRIBUTION)
    if current.state is ContributionState.WAIVED:
        raise IllegalTransition("街道办公室已免报这一项配合情况，不能再请其补充。")
    problem = text_problem(asked.strip(), "请补充的内容", ASKED_LENGTH, when_empty="请写明要补充什么。")
    raise_field_problems({"asked": problem})
    current.state, current.asked = ContributionState.OWED, asked.strip()
    store_step(current, Action.ASK_CONTRIBUTION, by=by, version=version, reason=current.asked)
    sentence = f"{lead_name(current)}请{current.department.short_name}补充{contribution_in_words(current)}的配合情况。"
    tell_department(current, sentence, f"请补充：{current.asked}", by=by)


@transaction
def remind_supporters(filing: Filing, *, by: Actor) -> list[str]:
    """Remind the supporting departments that owe a contribution to a measure; return their names.

    Raises NotAllowed, BadInput if nobody owes one, IllegalTransition.
    """
    require(by, Action.ASK_CONTRIBUTION, filing)
    owed = [one for one in queries.contributions_to(filing) if one.is_owed]
    if not owed:
        raise BadInput("配合部门都已报送，不必提醒。")
    for one in owed:
        refuse_unless_open(one, Action.ASK_CONTRIBUTION)
        sentence = (
            f"{lead_name(one)}提醒{one.department.short_name}报送{contribution_in_words(one)}的配合情况。"
        )
        tell_department(one, sentence, one.asked and f"请补充：{one.asked}", by=by)
    names = [one.department.short_name for one in owed]
    summary = f"{contribution_in_words(owed[0])}：牵头部门提醒 {len(owed)} 个配合部门"
    record_event(
        Action.ASK_CONTRIBUTION, filing.period, by=by, summary=summary, detail={"departments": names}
    )
    return names


@transaction
def take_over_contribution(filing: Filing, contribution: Contribution, *, by: Actor, version: int) -> None:
    """Record that the lead took the text over into its filing, and which version. Raises NotAllowed."""
    require(by, Action.WRITE_FILING, filing)
    if (contribution.measure_id, contribution.period_id) != (filing.measure_id, filing.period_id):
        raise BadInput("这份配合情况不属于这项填报，没有记下来源。请刷新页面后重试。")
    ContributionUse.insert(
        filing=filing, contribution=contribution, version=version, person=by.person, at=now()
    ).on_conflict_ignore().execute()
    detail = {"filing": filing.id, "version": version}
    summary = f"采纳{contribution.department.short_name}：{contribution_in_words(contribution)}"
    record_event(EventKind.TAKE_OVER_CONTRIBUTION, contribution, by=by, summary=summary, detail=detail)


@transaction
def waive_contributions(period: Period, measure: PlanItem | None, *, by: Actor) -> int:
    """Waive the contributions owed to a measure or in a whole quarter; return how many.

    Those that belong to an accepted filing stay as they are. Raises NotAllowed.
    """
    return change_owed(period, measure, ContributionState.OWED, ContributionState.WAIVED, by=by)


@transaction
def restore_contributions(period: Period, measure: PlanItem | None, *, by: Actor) -> int:
    """Ask again for waived contributions; return how many. Raises NotAllowed."""
    return change_owed(period, measure, ContributionState.WAIVED, ContributionState.OWED, by=by)


def change_owed(
    period: Period,
    measure: PlanItem | None,
    state: ContributionState,
    wanted: ContributionState,
    *,
    by: Actor,
) -> int:
    require(by, Action.WAIVE_CONTRIBUTIONS)
    if period.is_closed:
        raise IllegalTransition(period.lock_sentence(ACTION_WORDS[Action.WAIVE_CONTRIBUTIONS]))
    among = (Contribution.period == period) & (Contribution.state == state)
    among &= Contribution.id.not_in(queries.settled_contributions(period.id))
    if measure is not None:
        among &= Contribution.measure == measure
    values = {"state": wanted, "asked": "", "version": Contribution.version + 1}
    count: int = Contribution.update(**values).where(among).execute()
    if count:
        place = f"第 {measure.position} 项（{measure.title}）" if measure else "全部举措"
        step = "免报" if wanted is ContributionState.WAIVED else "恢复报送"
        summary = f"{period.quarter.words}{place}：配合情况{step} {count} 项"
        record_event(Action.WAIVE_CONTRIBUTIONS, period, by=by, summary=summary, detail={"count": count})
    return count


def open_contribution(contribution: Contribution, action: Action) -> Contribution:
    """Return a contribution as it is stored now. Raises IllegalTransition if it can no longer change."""
    current = queries.contribution_as_stored(contribution)
    refuse_unless_open(current, action)
    return current


def refuse_unless_open(contribution: Contribution, action: Action) -> None:
    words = ACTION_WORDS[action]
    if queries.is_contribution_locked(contribution):
        raise IllegalTransition(contribution.period.lock_sentence(words))
    if contribution.is_settled:
        raise IllegalTransition(f"牵头部门的填报已采用，不能再{words}。需要改的，请与牵头部门联系。")


def store_step(
    contribution: Contribution, action: Action, *, by: Actor, version: int, reason: str = ""
) -> None:
    contribution.save_as_next(read_at=version)
    department, period = contribution.department.short_name, contribution.period.quarter.code
    record_event(
        action,
        contribution,
        by=by,
        summary=f"{department}：{contribution.measure.title}（{period}）配合情况",
        reason=reason,
        detail={"state": contribution.state, "version": contribution.version},
    )


def contribution_topic(contribution: Contribution) -> str:
    """Return the topic of the lead's request to a department."""
    return f"contribution:{contribution.id}"


def contribution_in_words(contribution: Contribution) -> str:
    measure = contribution.measure
    return f"{contribution.period.quarter.words}第 {measure.position} 项（{measure.title}）"


def lead_name(contribution: Contribution) -> str:
    return contribution.lead.short_name if contribution.lead else "牵头部门"


def tell_department(contribution: Contribution, sentence: str, detail: str, *, by: Actor) -> None:
    path = f"/contributions?period={contribution.period.quarter.code}#contribution-{contribution.id}"
    topic = contribution_topic(contribution)
    message = NoticeMessage(NoticeKind.CONTRIBUTION, sentence, path, topic, detail)
    send_notice(message, to=seats_of_departments(contribution.department_id), doer=by.account_id)


def tell_lead(contribution: Contribution, *, by: Actor) -> None:
    """Tell the lead of a submitted contribution, and settle the request for it."""
    settle_topic(contribution_topic(contribution))
    filing = contribution.lead_filing
    if contribution.lead_id is None or filing is None:
        return
    sentence = f"{contribution.department.short_name}已报送{contribution_in_words(contribution)}的配合情况。"
    path, topic = f"/filings/{filing.id}#contributions", f"contributions:{filing.id}"
    message = NoticeMessage(NoticeKind.CONTRIBUTION, sentence, path, topic)
    send_notice(message, to=filers_of_departments(contribution.lead_id), doer=by.account_id)
