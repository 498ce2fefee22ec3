"""One subject for every parameter of a URL, so that every route can be asked for."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date, timedelta

import pypdfium2
from flask import Flask

from app.access.models import Account, Delegation, Grant, LoginSession
from app.administration.hand_over.models import HandOver
from app.administration.organisation.models import OrganisationProposal
from app.authority.actor import SAMPLE_LOADER
from app.authority.policy import Action
from app.base.clock import now, today
from app.composition.rules import DocumentKind
from app.composition.scope import DocumentScope
from app.directives.core.carry_overs import MeasureCarryOver
from app.directives.core.life_cycle import AddresseeRole
from app.directives.core.models import Directive, DirectiveAddressee, DirectiveReply
from app.directives.core.scans import DirectiveScan
from app.drafting.core.life_cycle import DocumentState, JobState
from app.drafting.core.models import Document, DocumentAddressee, DocumentBlock, DocumentFile, RenderJob
from app.drafting.editing.models import WordingRequest
from app.drafting.jobs.gathering import gather_facts
from app.filing.attachments.models import Attachment
from app.filing.contributions.models import Contribution
from app.filing.core.content import FilingContent
from app.filing.core.life_cycle import FilingState, ReturnKind
from app.filing.core.models import Filing, FilingRevision
from app.filing.review.models import ReturnPhrase
from app.filing.suggestions.models import WordingSuggestion
from app.filing.workbook.models import UploadedForm
from app.issuing.models import RegisterEntry, Verification
from app.notices.models import Notice
from app.notices.rules import NoticeKind
from app.org.changes import GroupRemoval, stored_change
from app.org.models import DepartmentGroup, Issuer
from app.periods.models import CalendarException, Unlock, UnlockRequest
from app.plan.importer import source_from_text
from app.plan.preview.operations import proposed_blocks, start_import
from app.printing.rules import FileFormat
from app.uploads.rules import FileKind
from app.uploads.store import FileStore
from reports.frozen_text import block_as_json
from reports.model import Paragraph
from tests.directives.writing import bare_directive
from tests.web.access_table import Route
from tests.world import PLAN_TEXT, THRESHOLDS, World

PARAMETER = re.compile(r"<(?:[^:>]+:)?(\w+)>")


def path_to(route: Route, subjects: dict[str, int | str]) -> str:
    """Return the address of a route with a subject in the place of each parameter."""
    return PARAMETER.sub(lambda found: str(subjects[found[1]]), route.rule)


def contribution_of(world: World) -> Contribution:
    """Create a contribution of 经发办 to a measure that 一居 is said to lead."""
    own, lead = world.departments["经发办"], world.departments["一居"]
    return Contribution.create(period=world.period, measure=world.measures[1], department=own, lead=lead)


def one_of_everything(app: Flask, world: World) -> dict[str, int | str]:
    """Create a subject for every parameter of a URL; those of a department belong to 经发办."""
    filer = world.users["filer"].account_id
    values = {"kind": next(iter(NoticeKind)), "sentence": "请填报。", "path": "/filings", "topic": "filing"}
    notice = Notice.create(account=filer, **values)
    upload = UploadedForm.create(
        account=filer, period=world.period, name="a.xlsx", sha256="0" * 64, data=b"PK"
    )
    attachment = Attachment.create(
        filing=world.filing(2), name="a.pdf", kind=FileKind.PDF, size=5, sha256="0" * 64, uploaded_by="某人"
    )
    FileStore(str(app.config["SETTINGS"].instance / "attachments")).put_file(io.BytesIO(b"%PDF-"), "0" * 64)
    return {
        "attachment_id": attachment.id,
        "filing_id": world.filing(2).id,
        "version": kept_text(world.filing(2)),
        "measure_id": world.measures[1].id,
        "plan_id": world.plan.id,
        "carry_over_id": MeasureCarryOver.create(
            plan=world.plan, measure=world.measures[3], reason="不再办理。", made_by="某人"
        ).id,
        "period_id": world.period.id,
        "unlock_id": unlock_of(world).id,
        "unlock_request_id": unlock_request_of(world).id,
        "exception_id": CalendarException.create(day=date(2027, 1, 4), is_working_day=False).id,
        **of_a_directive(world),
        "document_id": issued_document(world).id,
        "file_format": FileFormat.PDF.value,
        "kind": DocumentKind.QUARTERLY.value,
        "notice_id": notice.id,
        "session_id": LoginSession.create(account=filer, token_hash="0" * 64).id,
        "sha256": upload.sha256,
        "filename": "manifest.json",
        **of_the_review(world),
        **of_the_organisation(world),
        **in_a_draft(world),
        **of_a_plan_to_come(),
    }


def of_the_organisation(world: World) -> dict[str, int | str]:
    """Name a row of each kind, and a change that the office proposes."""
    change = GroupRemoval(DepartmentGroup.get().id)
    proposal = OrganisationProposal.create(
        kind=change.kind,
        content=stored_change(change),
        reason="不用了。",
        account=world.users["office"].account_id,
        person="某人",
    )
    return {
        "department_id": world.departments["一居"].id,
        "group_id": DepartmentGroup.get().id,
        "leader_id": world.leader.id,
        "issuer_id": Issuer.get().id,
        "proposal_id": proposal.id,
        "account_id": world.users["filer"].account_id,
        "grant_id": Grant.get(Grant.account == world.users["filer"].account_id).id,
        "delegation_id": delegation_of(world).id,
        "planned_id": planned_hand_over(world).id,
    }


def planned_hand_over(world: World) -> HandOver:
    """Return what the filer's head has ordered for tomorrow."""
    filer, office = (world.users[name].account_id for name in ("filer", "office"))
    day = today() + timedelta(days=1)
    return HandOver.create(giver=filer, receiver=office, day=day, ordered_by="某人")


def delegation_of(world: World) -> Delegation:
    """Return what the filer delegates to somebody who has no sign in the table."""
    deputy = Account.create(username="deputy", seat="席位", person="某人", password_hash="x")
    days = {"valid_from": today(), "valid_until": today()}
    return Delegation.create(principal=world.users["filer"].account_id, deputy=deputy, **days)


def in_a_draft(world: World) -> dict[str, int | str]:
    """Create what is asked for while a document is edited."""
    block = drafted_block(world)
    return {
        "draft_id": block.document_id,
        "block_id": block.id,
        "step": "drop",
        "way": "up",
        "view": "by_part",
        "ordinal": 1,
        "number": 1,
        "request_id": asked_about(block, world).id,
        "verdict": "agree",
    }


def of_a_plan_to_come() -> dict[str, int | str]:
    """Read a plan that is not stored yet, with something to be checked."""
    text = PLAN_TEXT.replace("2026年", "2027年")
    source = source_from_text(text)
    draft = start_import(source, "计划.txt", proposed_blocks(source), by=SAMPLE_LOADER)
    question = {"message": "请核对。", "place": "全文", "start": 0, "end": 0, "checked": False}
    draft.questions = [question, question]
    draft.save()
    return {"import_draft_id": draft.id, "start": text.index("一、优化"), "direction": "undo"}


def kept_text(filing: Filing) -> int:
    """Keep the text of a filing as a step of its life does; return the version."""
    content = FilingContent("已走访。").as_json()
    kept = {
        "action": Action.SUBMIT_FILING,
        "state": FilingState.SUBMITTED,
        "person": "某人",
        "seat": "填报员",
    }
    return FilingRevision.create(filing=filing, version=filing.version, content=content, **kept).version


def of_the_review(world: World) -> dict[str, int | str]:
    """Create what is contributed to a filing, what the office suggests for one, and what it keeps ready."""
    filing = world.filing(2)
    words = {"field": "progress", "before": filing.progress, "after": "走访了企业。"}
    suggestion = WordingSuggestion.create(filing=filing, suggested_by="某人", **words)
    phrase = ReturnPhrase.create(kind=ReturnKind.CORRECT, text="请写明数字。")
    return {
        "contribution_id": contribution_of(world).id,
        "suggestion_id": suggestion.id,
        "phrase_id": phrase.id,
    }


def unlock_of(world: World) -> Unlock:
    until, department = now() + timedelta(days=1), world.departments["经发办"]
    return Unlock.create(
        period=world.period, department=department, until=until, reason="补改。", person="某人"
    )


def unlock_request_of(world: World) -> UnlockRequest:
    return UnlockRequest.create(
        period=world.period,
        department=world.departments["经发办"],
        addressee=world.users["office"].account_id,
        until=today(),
        reason="补改。",
        person="某人",
        seat="填报员",
    )


def of_a_directive(world: World) -> dict[str, int | str]:
    """Name a directive, and what 经发办 has answered so far."""
    directive, department = written_directive(world), world.departments["经发办"]
    values = {"text": "正在办。", "person": "某人", "is_final": False}
    DirectiveReply.create(directive=directive, department=department, **values)
    values = {"name": "a.pdf", "kind": FileKind.PDF, "size": 5, "sha256": "0" * 64, "uploaded_by": "某人"}
    DirectiveScan.create(directive=directive, **values)
    return {"directive_id": directive.key}


def written_directive(world: World) -> Directive:
    directive = bare_directive(
        world.measures[1], author="周示例", leader=world.leader, written_for=world.leader, text="请抓紧。"
    )
    roles = {"经发办": AddresseeRole.MAIN, "城管办": AddresseeRole.SUPPORT}
    for name, role in roles.items():  # the second does not answer for the measure, as if it had once
        DirectiveAddressee.create(directive=directive, department=world.departments[name], role=role)
    return directive


def issued_document(world: World) -> Document:
    """Return a document that was issued to 经发办 to correct another, and verified since."""
    document, former = (
        document_in(state, world) for state in (DocumentState.ISSUED, DocumentState.SUPERSEDED)
    )
    document.supersedes, document.edition, document.correction = former, 2, "数字有误。"
    document.save()
    DocumentAddressee.create(document=document, department=world.departments["经发办"])
    for edition, one in enumerate((former, document), 1):
        number = {"word": "示街", "year": 2026, "sequence": 1, "edition": edition}
        RegisterEntry.create(document=one, title="报告", note="数字有误。", entered_by="某人", **number)
    DocumentFile.create(document=document, format=FileFormat.PDF, sha256="0" * 64, data=blank_page())
    Verification.create(document=document, asked_by="某人", done_at=now())
    return document


def document_in(state: DocumentState, world: World) -> Document:
    document = Document.create(
        kind=DocumentKind.QUARTERLY,
        state=state,
        plan=world.plan,
        period=world.period,
        title="报告",
        issuer="示例街道办事处",
        recipient="示例区人民政府",
        signer="周示例",
        dated=world.period.leader_due,
        created_by="某人",
        issued_at=now(),
        facts=gather_facts(world.plan, DocumentScope(world.period.quarter), thresholds=THRESHOLDS).as_json(),
    )
    RenderJob.create(document=document, state=JobState.DONE, requested_by="某人")
    return document


def blank_page() -> bytes:
    """Return a PDF of one page."""
    file = io.BytesIO()
    pdf = pypdfium2.PdfDocument.new()
    pdf.new_page(595, 842)
    pdf.save(file)
    return file.getvalue()


def drafted_block(world: World) -> DocumentBlock:
    """Return the second block of a draft, in which a department's words were changed."""
    draft = document_in(DocumentState.EDITING, world)
    first, second = Paragraph("现报告如下。"), Paragraph("已走访企业。")
    DocumentBlock.create(document=draft, position=1, content=block_as_json(first))
    changed = block_as_json(replace(second, text="走访了企业。"))
    kept = {"content": changed, "composed": block_as_json(second), "filing": world.filing(2)}
    return DocumentBlock.create(document=draft, position=2, **kept)


def asked_about(block: DocumentBlock, world: World) -> WordingRequest:
    department = world.departments["经发办"]
    return WordingRequest.create(
        block=block, department=department, text="走访了企业。", asked_by="某人", answer="同意。"
    )
