"""Handing over the unfinished filings and open directives of departments that no longer lead a measure."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from app.audit.operations import record_event
from app.authority.actor import Actor
from app.authority.policy import Action, require
from app.base.database import transaction
from app.base.errors import BadInput, IllegalTransition
from app.directives.core.announcements import answer_topic, notify_addressees
from app.directives.core.directive_steps import DirectiveStep
from app.directives.core.life_cycle import UNSETTLED, AddresseeRole
from app.directives.core.models import Directive, DirectiveAddressee
from app.directives.core.operations import record_step
from app.directives.core.queries import about_measures, directives_with_context, measures_in_plan
from app.directives.core.related_rows import load_directives
from app.directives.replies.operations import pass_draft_on
from app.filing.attachments.models import Attachment
from app.filing.core.life_cycle import FilingState
from app.filing.core.models import Filing
from app.filing.core.queries import filings_with_context, read_filings
from app.notices.operations import settle_topic
from app.org.models import Department
from app.periods.models import Period
from app.plan.core import queries as plans
from app.plan.core.models import Plan

OWN_FILING = "{}本季度已经自己填写，不再移交；原部门所写保留备查。"
UNFINISHED = (FilingState.DRAFT, FilingState.RETURNED)


@dataclass(frozen=True)
class FormerLeadFiling:
    """An unfinished filing of a department that no longer leads the measure, and the lead at the end of its quarter."""

    filing: Filing
    lead: Department
    obstacle: str = ""


@dataclass(frozen=True)
class FormerAddressee:
    """An addressee of an open directive that is no longer responsible for the measure, and the lead now."""

    directive: Directive
    addressee: DirectiveAddressee
    lead: Department


@dataclass(frozen=True)
class LeadHandover:
    """Everything in a plan that can be handed over, in the plan's order."""

    filings: tuple[FormerLeadFiling, ...]
    addressees: tuple[FormerAddressee, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.filings or self.addressees)


def handover_in_plan(plan: Plan) -> LeadHandover:
    """Return what can be handed over: a fixed number of queries for each open quarter."""
    periods = (
        Period.select().where((Period.plan == plan) & Period.closed_at.is_null()).order_by(Period.number)
    )
    return LeadHandover(
        filings=tuple(one for period in periods for one in filings_to_hand_over(period)),
        addressees=tuple(addressees_to_hand_over(plan)),
    )


def filings_to_hand_over(period: Period) -> Iterable[FormerLeadFiling]:
    """Yield the unfinished filings of a quarter written by departments that do not lead on its last day."""
    duties = plans.responsible_by_measure(period.plan, on=period.last_day)
    filed = read_filings(filings_with_context().where(Filing.period == period))
    kept = written_places(filed)
    for filing in filed:
        duty = duties.get(filing.measure_id)
        is_begun = filing.state in UNFINISHED
        if is_begun and duty and duty.lead and duty.lead.id != filing.department_id:
            is_kept = (filing.measure_id, duty.lead.id) in kept
            yield FormerLeadFiling(
                filing, duty.lead, OWN_FILING.format(duty.lead.short_name) if is_kept else ""
            )


def written_places(filed: Collection[Filing]) -> set[tuple[int, int]]:
    """Return (measure, department) ids of the filings that are not blank or have attachments."""
    rows = Attachment.select(Attachment.filing).where(Attachment.filing.in_([one.id for one in filed]))
    evidenced = {row.filing_id for row in rows}
    return {(one.measure_id, one.department_id) for one in filed if one.id in evidenced or not one.is_blank}


def addressees_to_hand_over(plan: Plan) -> Iterable[FormerAddressee]:
    """Yield the addressees of open directives that are no longer responsible for the measure."""
    duties = plans.responsible_by_measure(plan)
    is_open = about_measures(measures_in_plan(plan)) & Directive.state.in_(UNSETTLED)
    for directive in load_directives(directives_with_context().where(is_open)):
        answering = [duties[one.id] for one in directive.measures if one.id in duties]
        lead = next((duty.lead for duty in answering if duty.lead), None)
        responsible = {one for duty in answering for one in duty.lead_and_supports}
        for addressee in directive.addressees if lead else ():
            is_elsewhere = addressee.department not in responsible
            if lead and is_elsewhere and not (addressee.is_added and addressee.department.is_active):
                yield FormerAddressee(directive, addressee, lead)


@transaction
def hand_over_to_leads(
    plan: Plan, filing_ids: Collection[int], addressee_ids: Collection[int], *, by: Actor
) -> int:
    """Hand the ticked work over to the present leads; return how many pieces.

    Raises NotAllowed, BadInput when nothing is ticked, IllegalTransition when something has changed meanwhile.
    """
    require(by, Action.HAND_OVER_DUTY)
    if not filing_ids and not addressee_ids:
        raise BadInput("还没有勾选。请先勾选要移交的填报或批示。")
    found = handover_in_plan(plan)
    filings = [one for one in found.filings if one.filing.id in filing_ids and not one.obstacle]
    addressees = [one for one in found.addressees if one.addressee.id in addressee_ids]
    if len(filings) + len(addressees) != len(set(filing_ids)) + len(set(addressee_ids)):
        raise IllegalTransition(
            "勾选的内容里有的已经提交、办结或者移交过，这一步没有办成。请核对后重新勾选。"
        )
    for one in filings:
        hand_over_filing(one.filing, one.lead, one.lead, by=by)
    for former in addressees:
        hand_over_directive(former, by=by)
    return len(filings) + len(addressees)


def hand_over_filing(filing: Filing, taker: Department, lead: Department | None, *, by: Actor) -> None:
    """Give a begun filing to another department; the blank filing that it has itself is deleted."""
    former = filing.department
    same = (Filing.period == filing.period_id) & (Filing.measure == filing.measure_id)
    Filing.delete().where(same & (Filing.department == taker)).execute()
    filing.department, filing.lead = taker, lead
    filing.save_as_next(read_at=filing.version)
    record_event(
        Action.HAND_OVER_DUTY,
        filing,
        by=by,
        summary=f"{former.short_name}→{taker.short_name}：{filing.measure.title}（{filing.period.quarter.code}）",
        detail={"version": filing.version, "from": former.short_name, "to": taker.short_name},
    )


def hand_over_directive(one: FormerAddressee, *, by: Actor) -> None:
    """Make the lead an addressee of a directive in place of another department."""
    directive, former = one.directive, one.addressee.department
    settle_topic(answer_topic(directive, former))
    pass_draft_on(directive, former, one.lead)
    taker = next((other for other in directive.addressees if other.department_id == one.lead.id), None)
    if taker is not None:
        one.addressee.delete_instance()
        if one.addressee.is_main:  # who goes on with it answers for all
            DirectiveAddressee.update(role=AddresseeRole.MAIN).where(
                DirectiveAddressee.id == taker.id
            ).execute()
            taker.role = AddresseeRole.MAIN
    else:
        DirectiveAddressee.update(department=one.lead, received_at=None, received_by="").where(
            DirectiveAddressee.id == one.addressee.id
        ).execute()
        one.addressee.department = one.lead  # the next one of the same directive finds the lead there
        notify_addressees(directive, [one.lead], by=by)
    directive.save_as_next(read_at=directive.version)
    DirectiveStep.create(
        directive=directive,
        action=Action.HAND_OVER_DUTY,
        person=by.person,
        department=former,
        text=f"由{one.lead.short_name}接着办理。",
    )
    summary = f"{former.short_name}→{one.lead.short_name}：{directive.author}{directive.kind.label}"
    names = {"from": former.short_name, "to": one.lead.short_name}
    record_step(Action.HAND_OVER_DUTY, directive, by=by, summary=summary, **names)
