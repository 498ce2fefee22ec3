"""Changing the organisation from the pages: at once if permitted, otherwise as a proposal."""

from __future__ import annotations

from dataclasses import replace

from app.administration.organisation.models import OrganisationProposal, ProposalState
from app.administration.organisation.succession import apply_with_succession
from app.audit.operations import record_event
from app.authority.actor import Actor
from app.authority.policy import Action, is_allowed, require
from app.authority.roles import Role
from app.base.clock import now
from app.base.database import transaction
from app.base.errors import IllegalTransition, raise_field_problems
from app.base.text import REASON_LENGTH, text_problem
from app.notices.operations import send_notice, settle_topic
from app.notices.rules import NoticeAddressees, NoticeKind, NoticeMessage
from app.org.changes import OrganisationChange, stored_change
from app.org.operations import check_change

PROPOSALS_PATH = "/admin/organisation/proposals"


@transaction
def submit_change(change: OrganisationChange, *, about: str, reason: str, by: Actor) -> bool:
    """Change the organisation, or propose it; return whether it was changed.

    Raises NotAllowed, FieldProblems, BadInput: what could not be done cannot be proposed either.
    """
    require(by, Action.PROPOSE_ORGANISATION)
    if is_allowed(by, Action.IMPORT_ORGANISATION):
        apply_with_succession(change, by=by)
        return True
    problem = text_problem(reason, "理由", REASON_LENGTH, when_empty="请写明理由，供系统管理员决定。")
    raise_field_problems({"reason": problem})
    check_change(change)
    proposal = OrganisationProposal.create(
        kind=change.kind,
        content=stored_change(change),
        about=about[:64],
        reason=reason.strip(),
        account=by.account_id,
        person=by.person,
    )
    record_event(
        Action.PROPOSE_ORGANISATION, proposal, by=by, summary=proposal_in_words(proposal), reason=reason
    )
    message = NoticeMessage(
        kind=NoticeKind.ORGANISATION,
        sentence=f"{by.person}建议：{proposal_in_words(proposal)}。",
        path=PROPOSALS_PATH,
        topic=topic_of(proposal),
        detail=proposal.reason,
    )
    send_notice(message, to=NoticeAddressees(roles=frozenset({Role.SYSTEM_ADMIN})), doer=by.account_id)
    return False


@transaction
def accept_proposal(proposal: OrganisationProposal, *, read_at: int | None, by: Actor) -> None:
    """Carry out a proposal whose row has not changed since it was read.

    Raises NotAllowed, IllegalTransition, StaleVersion, and FieldProblems or BadInput if it can no longer be done.
    """
    require(by, Action.DECIDE_PROPOSAL)
    require_open(proposal)
    apply_with_succession(replace(proposal.change, read_at=read_at), by=by)
    settle_proposal(proposal, ProposalState.ACCEPTED, "", by=by)


@transaction
def refuse_proposal(proposal: OrganisationProposal, reason: str, *, by: Actor) -> None:
    """Refuse a proposal with a reason. Raises NotAllowed, IllegalTransition, FieldProblems."""
    require(by, Action.DECIDE_PROPOSAL)
    require_open(proposal)
    raise_field_problems(
        {"reason": text_problem(reason, "理由", REASON_LENGTH, when_empty="请写明为什么不采纳。")}
    )
    settle_proposal(proposal, ProposalState.REFUSED, reason.strip(), by=by)


def require_open(proposal: OrganisationProposal) -> None:
    if not OrganisationProposal.get_by_id(proposal.id).is_open:
        raise IllegalTransition("这条建议已经有了决定，没有再办。请刷新页面查看。")


def settle_proposal(proposal: OrganisationProposal, state: ProposalState, answer: str, *, by: Actor) -> None:
    """Store the decision and notify the person who made the proposal."""
    proposal.state, proposal.answer = state, answer
    proposal.decided_by, proposal.decided_at = by.person, now()
    proposal.save()
    summary = f"{proposal_in_words(proposal)}：{state.label}"
    record_event(Action.DECIDE_PROPOSAL, proposal, by=by, summary=summary, reason=answer)
    settle_topic(topic_of(proposal))
    message = NoticeMessage(
        kind=NoticeKind.ORGANISATION,
        sentence=f"您的建议（{proposal_in_words(proposal)}）{state.label}。",
        path=PROPOSALS_PATH,
        topic=topic_of(proposal),
        detail=answer,
    )
    send_notice(message, to=NoticeAddressees(account_ids=frozenset({proposal.account_id})))


def proposal_in_words(proposal: OrganisationProposal) -> str:
    return f"{proposal.kind.label}“{proposal.about}”"


def topic_of(proposal: OrganisationProposal) -> str:
    return f"organisation-proposal:{proposal.id}"
