"""A sub-district in which an attacker has written into every text that somebody can write."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from flask import Flask
from peewee import CharField, Field, TextField

from app.administration.hand_over.models import HandOver
from app.administration.organisation.models import OrganisationProposal, ProposalState
from app.audit.models import Event
from app.audit.operations import record_event
from app.authority.actor import Actor
from app.authority.policy import Action
from app.base.clock import now, today
from app.base.database import BaseTable, ChoiceField
from app.composition.scope import DocumentScope
from app.directives.core.carry_overs import MeasureCarryOver
from app.directives.core.directive_steps import DirectiveStep
from app.directives.core.models import Directive, DirectiveAddressee, DirectiveReply
from app.directives.core.subjects import DirectiveSubject
from app.directives.replies.life_cycle import ReplyState
from app.directives.replies.models import ReplyDraft
from app.drafting.core.models import Document, DocumentBlock
from app.drafting.editing.models import FigureReason, WordingRequest
from app.drafting.jobs.gathering import gather_facts
from app.filing.contributions.models import Contribution, ContributionRevision, ContributionUse
from app.filing.contributions.rules import ContributionState
from app.filing.core import operations
from app.filing.core.content import Tick
from app.filing.core.life_cycle import FilingState
from app.filing.core.measure_status import Forecast
from app.filing.core.models import Filing, FilingRevision
from app.filing.presence.models import FilingPresence
from app.filing.review.models import ForecastAssessment
from app.filing.suggestions.models import WordingSuggestion
from app.filing.suggestions.rules import SuggestionState
from app.filing.workbook.models import UploadedForm
from app.filing.workbook.operations import download_form
from app.maintenance.all_tables import TABLES
from app.org.models import Department, FormerName
from app.periods.locks import UnlockRequestState
from app.periods.models import UnlockRequest
from app.plan.core.models import Indicator, ItemChange, Milestone, NumberField, PlanRevision
from app.plan.core.queries import commitments_of_measure, measures_of_plan
from app.plan.core.rules import ItemAspect
from app.plan.importer.block_edits import change_between
from app.plan.preview.models import ImportDraft, ImportEdit
from app.plan.preview.operations import change_as_json
from app.word_list.models import OfficeWord
from reports.frozen_text import block_as_json
from reports.lint.words import WordLevel
from reports.model import Heading, Paragraph
from tests.filing.workbook.forms import FIRST, SECOND, filled
from tests.plan.two_plans import next_plan
from tests.security.payloads import ALL_OF_THEM
from tests.web.subjects import one_of_everything
from tests.world import THRESHOLDS, World, full_content

# What no person writes: addresses, keys and hashes of the system; names that are checked to be plain; sealed rows.
NOBODYS_WORDS = {
    *("username", "password_hash", "token_hash", "sha256", "source_sha256", "email", "address"),
    *("path", "topic", "key", "action", "number", "document_number", "source_text"),
    *("last_hash", "digest", "place", "field"),
}
SEALED = (Event,)


def poisoned(app: Flask, world: World, *, named: bool = False) -> dict[str, int | str]:
    """Write every payload, or where it stands, into every text; return a subject for every parameter of a URL."""
    subjects = one_of_everything(app, world)
    add_to_the_plan(world)
    walk_the_life_cycle(world)
    upload_a_form(world)
    leave_what_changes_leave(world)
    WordingRequest.update(answered_at=now(), answered_by="某人").execute()
    suggested = leave_what_is_asked_and_answered(world)
    for table, field in texts():
        rows = list(table.select(table.id).tuples())
        for (number,) in rows:
            word = f"{table.__name__}.{field.name}:" if named else ALL_OF_THEM
            table.update({field: f"{word} {number}" if field.unique else word}).where(
                table.id == number
            ).execute()
    poison_contents(world)
    unanswered = {"state": SuggestionState.OPEN, "answered_at": None, "answered_by": ""}
    WordingSuggestion.update(unanswered).where(WordingSuggestion.id == suggested.id).execute()
    for filing in Filing.select():
        word = "Event.reason:" if named else ALL_OF_THEM
        detail = {"state": FilingState.RETURNED, "version": filing.version}
        record_event(
            Action.RETURN_FILING, filing, by=Actor(None, word, word), summary=word, reason=word, detail=detail
        )
    return subjects


def texts() -> Iterator[tuple[type[BaseTable], Field]]:
    """Yield every column that holds what somebody wrote."""
    for table in TABLES:
        for field in table._meta.sorted_fields:
            is_text = isinstance(field, CharField | TextField) and not isinstance(
                field, ChoiceField | NumberField
            )
            if is_text and table not in SEALED and field.name not in NOBODYS_WORDS:
                yield table, field


def add_to_the_plan(world: World) -> None:
    """Give the measure of the subjects what the small world lacks, and its directive a reply and a step."""
    measure = world.measures[1]
    Milestone.create(item=measure, quarter=world.period.number, text="完成签约。")
    Indicator.create(measure=measure, name="签约", unit="家", yearly_target=10, position=1)
    for directive in Directive.select():
        department = world.departments["经发办"]
        Directive.update(is_handwritten=True).where(Directive.id == directive.id).execute()
        DirectiveSubject.create(directive=directive, document_id=1, document_title="报告")
        DirectiveReply.create(directive=directive, department=department, text="已办。", person="某人")
        asked = {"action": Action.REQUEST_EXTENSION, "department": department, "day": today()}
        DirectiveStep.create(directive=directive, person="某人", text="等资料。", further="在办。", **asked)
        DirectiveAddressee.update(received_at=now(), received_by="某人").execute()


def leave_what_changes_leave(world: World) -> None:
    """Add former names, a revision, carry-overs, a hand-over to come, a decided proposal, an edit and reasons for
    figures in drafts.
    """
    day, former = world.period.quarter.first_day, FormerName(ALL_OF_THEM, ALL_OF_THEM, date(2026, 2, 1))
    is_meant = Department.id == world.departments["经发办"].id
    for block in DocumentBlock.select():
        FigureReason.create(block=block, written=["9项"], known=[], reason="已更正。", given_by="某人")
    Department.update(earlier_names=[former.as_stored]).where(is_meant).execute()
    revision = PlanRevision.create(
        plan=world.plan, effective_on=day, reason="理由", paper="依据", made_by="某人"
    )
    for aspect in (ItemAspect.TITLE, ItemAspect.TEXT, ItemAspect.TARGET):
        ItemChange.create(revision=revision, item=world.measures[1], aspect=aspect, words="改后")
    for measure in (world.measures[1], measures_of_plan(next_plan(2025))[0]):
        MeasureCarryOver.create(plan=world.plan, measure=measure, reason="不结转。", made_by="某人")
    giver, receiver = (world.users[one].account_id for one in ("filer", "head"))
    HandOver.create(giver=giver, receiver=receiver, day=today() + timedelta(days=1), ordered_by="某人")
    proposed = OrganisationProposal.get()
    decided = {"state": ProposalState.REFUSED, "decided_by": "某人", "decided_at": now(), "answer": "不必。"}
    same = ("kind", "content", "reason", "account", "person")
    OrganisationProposal.create(**{name: getattr(proposed, name) for name in same}, **decided)
    draft = ImportDraft.get()
    change = change_as_json(change_between(draft.block_row, draft.block_row[:-1]))
    edit = {"position": 1, "draft_version": draft.version, "change": change}
    ImportEdit.create(draft=draft, label="并入上一段", made_by="某人", **edit)
    ImportDraft.update(edits_done=1).execute()


def leave_what_is_asked_and_answered(world: World) -> WordingSuggestion:
    """Add a contribution with an earlier text, a reply that came back, an answered request, who is there, suggestions.

    Return the suggestion that is to be open.
    """
    department = world.departments["经发办"]
    for contribution in Contribution.select():
        kept = {"version": 1, "state": ContributionState.WRITTEN, "text": "以前的文字", "person": "某人"}
        ContributionRevision.create(contribution=contribution, **kept)
        ContributionUse.create(contribution=contribution, filing=world.filing(1), version=1, person="某人")
    for directive in Directive.select():
        texts_of_reply = {"text": "已办", "returned_reason": "请写明数字", "replaced_text": "已在办"}
        ReplyDraft.create(
            directive=directive, department=department, state=ReplyState.RETURNED, **texts_of_reply
        )
    UnlockRequest.update(
        state=UnlockRequestState.REFUSED, decided_at=now(), decided_by="某人", answer="不必。"
    ).execute()
    head = world.users["head"].account_id
    for filing in Filing.select():
        # Who is there is shown for a minute; going over all pages may take longer.
        there = {"person": "某人", "seat": "某席位", "seen_at": now() + timedelta(hours=1)}
        FilingPresence.create(filing=filing, account=head, **there)
        expected = {"forecast": Forecast.DIFFICULT, "reason": "还差一道手续。", "person": "某人"}
        ForecastAssessment.create(filing=filing, **expected)
    OfficeWord.create(word="打好硬仗", level=WordLevel.HINT)
    answered = {"state": SuggestionState.DECLINED, "answered_at": now(), "answered_by": "某人"}
    WordingSuggestion.update(answered).execute()
    filing = WordingSuggestion.get().filing
    words = {"field": "progress", "before": "原文", "after": "改后", "suggested_by": "某人"}
    return WordingSuggestion.create(filing=filing, **words, **answered)


def walk_the_life_cycle(world: World) -> None:
    """Bring filings into every state, so that every kind of page has something to show."""
    for filing in Filing.select().order_by(Filing.id):
        filer = world.users[f"filer:{filing.department.short_name}"]
        ticks = {row.id: Tick(done=False, note="说明") for row in commitments_of_measure(filing.measure)}
        content = replace(full_content(), status_reason="原因", ticks=ticks)
        operations.save_filing(filing, content, by=filer, version=filing.version, thresholds=THRESHOLDS)
    for state, filing in (
        (FilingState.SUBMITTED, world.filing(1)),
        (FilingState.RETURNED, world.filing(2)),
        (FilingState.SIGNED_OFF, world.filing(3, "城管办")),
        (FilingState.ACCEPTED, world.filing(4, "城管办")),
    ):
        bring(filing, state, world)


def bring(filing: Filing, state: FilingState, world: World) -> None:
    """Take a filing on from its draft to `state`."""
    filer, head = (world.users[f"{role}:{filing.department.short_name}"] for role in ("filer", "head"))
    operations.submit_filing(filing, by=filer, version=filing.version)
    if state is FilingState.RETURNED:
        operations.return_filing(filing, by=head, version=filing.version, reason="请补充。")
    if state in (FilingState.SIGNED_OFF, FilingState.ACCEPTED):
        operations.sign_off_filing(filing, by=head, version=filing.version)
    if state is FilingState.ACCEPTED:
        operations.accept_filing(filing, by=world.users["office"], version=filing.version)


def poison_contents(world: World) -> None:
    """Write the payloads into what is kept as JSON: texts of revisions, facts of documents."""
    for revision in FilingRevision.select():
        FilingRevision.update(content=poisoned_words(revision.content)).where(
            FilingRevision.id == revision.id
        ).execute()
    Document.update(
        facts=gather_facts(world.plan, DocumentScope(world.period.quarter), thresholds=THRESHOLDS).as_json()
    ).execute()
    for block in DocumentBlock.select():
        words = poisoned_block()
        before = block.composed and words | {"text": "原文。"}
        DocumentBlock.update(content=words, composed=before).where(DocumentBlock.id == block.id).execute()


def poisoned_block() -> dict[str, Any]:
    """Return a paragraph that says the payloads, after a head that says them too."""
    return block_as_json(Paragraph(ALL_OF_THEM, Heading(2, ALL_OF_THEM)))


def upload_a_form(world: World) -> None:
    """Let the uploaded form be one whose answers are the payloads."""
    blank = download_form(world.period, by=world.users["filer"])
    answers = {(FIRST, "progress"): ALL_OF_THEM, (SECOND, "problems"): ALL_OF_THEM}
    UploadedForm.update(data=filled(blank, answers)).execute()


def poisoned_words(content: Any) -> Any:
    """Return JSON with the payloads in the place of every text that is no word of an enumeration."""
    if isinstance(content, dict):
        kept = ("status", "forecast", "light")
        return {key: value if key in kept else poisoned_words(value) for key, value in content.items()}
    return ALL_OF_THEM if isinstance(content, str) else content
