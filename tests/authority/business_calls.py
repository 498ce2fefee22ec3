"""How the operations of reporting and documents are called, and by whom: by hand from the domain, not from the policy.

One line an operation: its name, who may, and a call with rows that are there. The signs:

    F H   filer, head of the department that owns the subject          f h   those of another department
    O L   office, leader          S C A   system admin, security admin, auditor
    P W D   the server's command line, its worker, the sample          -   who is still to log in

The filing is a draft, which a leader does not read.
"""

from __future__ import annotations

import io

from app.composition.rules import SynopsisView
from app.directives.replies import operations as replies
from app.drafting.assembling.operations import assemble_batch, assemble_document
from app.drafting.core.life_cycle import WordingState
from app.drafting.editing import operations as editing
from app.drafting.editing import undo_operations, wording_requests
from app.drafting.editing.annexes.operations import restore_annex_cell, write_annex_cell
from app.drafting.editing.figure_reasons import explain_figures
from app.drafting.editing.models import WordingRequest
from app.drafting.editing.renewal.operations import renew_draft
from app.drafting.editing.replacing.operations import WordReplacement, replace_words
from app.drafting.jobs import downloads, job_requests
from app.drafting.jobs import operations as jobs
from app.filing.attachments import operations as attachments
from app.filing.attachments.upkeep import delete_unneeded
from app.filing.contributions import operations as contributions
from app.filing.contributions.operations import ReadContribution, WrittenContribution, mark_of_text
from app.filing.core import operations as filings
from app.filing.core.life_cycle import ReturnKind
from app.filing.core.measure_status import Forecast
from app.filing.core.merging import WrittenFiling
from app.filing.department import sign_off_corrections, taking_back
from app.filing.presence import operations as presence
from app.filing.quarter_sheet import operations as quarter_sheet
from app.filing.review import reminders, return_phrases
from app.filing.review.forecast_assessments import assess_forecast
from app.filing.review.models import ReturnPhrase
from app.filing.suggestions import operations as suggestions
from app.filing.workbook import operations as workbook
from app.filing.workbook.models import UploadedForm
from app.issuing import verification
from app.issuing.corrections import correct_document
from app.issuing.document_register_sheet import export_register
from app.issuing.operations import issue_document
from app.issuing.register import start_register
from app.printing.rules import FileFormat
from app.uploads.inspection import SentFile
from tests.authority.directive_calls import DIRECTIVE_CALLS
from tests.authority.subjects import QUOTA, OperationCall, block_step, filing_step
from tests.drafting.sample_documents import PARTICULARS
from tests.world import THRESHOLDS, full_content

VERSION = {"version": 1}
READ_REPLY = replies.ReadReply(directive=1, draft=1)
BUSINESS_CALLS: dict[str, OperationCall] = {
    **DIRECTIVE_CALLS,
    "drafting.assembling.operations:assemble_document": OperationCall(
        "O", lambda s, by: assemble_document(s.order, PARTICULARS, by=by)
    ),
    "drafting.assembling.operations:assemble_batch": OperationCall(
        "O", lambda s, by: assemble_batch(s.order, PARTICULARS, by=by)
    ),
    "drafting.editing.operations:begin_editing": OperationCall(
        "O", lambda s, by: editing.begin_editing(s.draft, by=by)
    ),
    "drafting.editing.operations:change_description": OperationCall(
        "O",
        lambda s, by: editing.change_description(
            s.draft, "题", PARTICULARS, by=by, read=s.draft.frame_digest
        ),
    ),
    "drafting.editing.operations:discard_draft": OperationCall(
        "O", lambda s, by: editing.discard_draft(s.draft, by=by, version=s.draft.version)
    ),
    "drafting.editing.operations:rewrite_block": block_step(
        editing.rewrite_block, lambda s: editing.BlockWording("已走访。"), **VERSION
    ),
    "drafting.editing.operations:fix_block": block_step(
        editing.fix_block, lambda s: s.block.block, lambda s: "rule", **VERSION
    ),
    "drafting.editing.operations:renew_block": block_step(
        editing.renew_block, lambda s: s.block.block, **VERSION
    ),
    "drafting.editing.operations:choose_wording": block_step(
        editing.choose_wording, lambda s: SynopsisView.BY_PART, **VERSION
    ),
    "drafting.editing.operations:keep_block_words": block_step(editing.keep_block_words, **VERSION),
    "drafting.editing.operations:drop_block": block_step(editing.drop_block, **VERSION),
    "drafting.editing.operations:restore_block": block_step(editing.restore_block, **VERSION),
    "drafting.editing.operations:move_block": block_step(editing.move_block, lambda s: -1),
    "drafting.editing.operations:insert_block": block_step(editing.insert_block, lambda s: s.block.block),
    "drafting.editing.figure_reasons:explain_figures": block_step(
        explain_figures, lambda s: "部门已更正。", **VERSION
    ),
    "drafting.editing.renewal.operations:renew_draft": OperationCall(
        "O", lambda s, by: renew_draft(s.draft, by=by, read="", thresholds=THRESHOLDS)
    ),
    "drafting.editing.annexes.operations:write_annex_cell": OperationCall(
        "O", lambda s, by: write_annex_cell(s.draft, 0, 1, "走访。", by=by, version=0)
    ),
    "drafting.editing.annexes.operations:restore_annex_cell": OperationCall(
        "O", lambda s, by: restore_annex_cell(s.draft, 0, 1, by=by, version=0)
    ),
    "drafting.editing.replacing.operations:replace_words": OperationCall(
        "O",
        lambda s, by: replace_words(
            s.draft, WordReplacement("走访", "慰问"), {s.block.id: s.block.version}, by=by
        ),
    ),
    "drafting.editing.undo_operations:undo_edit": OperationCall(
        "O", lambda s, by: undo_operations.undo_edit(s.draft, by=by, step=1)
    ),
    "drafting.editing.undo_operations:redo_edit": OperationCall(
        "O", lambda s, by: undo_operations.redo_edit(s.draft, by=by, step=1)
    ),
    "drafting.editing.wording_requests:ask_department": block_step(
        wording_requests.ask_department, **VERSION
    ),
    "drafting.editing.wording_requests:answer_request": OperationCall(
        "FH",
        lambda s, by: wording_requests.answer_request(
            WordingRequest.get_by_id(s.ids["request_id"]), WordingState.AGREED, "", by=by
        ),
    ),
    "drafting.jobs.downloads:download_file": OperationCall(
        "FHOL", lambda s, by: downloads.download_file(s.issued, FileFormat.PDF, by=by)
    ),
    "drafting.jobs.downloads:view_pages": OperationCall(
        "FHOL", lambda s, by: downloads.view_pages(s.issued, by=by)
    ),
    "drafting.jobs.operations:run_job": OperationCall(
        "WD", lambda s, by: jobs.run_job(s.job_id, lambda *_: [], by=by, thresholds=THRESHOLDS)
    ),
    "drafting.jobs.operations:release_job": OperationCall(
        "WD", lambda s, by: jobs.release_job(s.job_id, by=by)
    ),
    "drafting.jobs.operations:reconcile_jobs": OperationCall("W", lambda s, by: jobs.reconcile_jobs(by=by)),
    "drafting.jobs.job_requests:retry_printing": OperationCall(
        "O", lambda s, by: job_requests.retry_printing(s.draft, by=by)
    ),
    "filing.attachments.operations:add_attachments": OperationCall(
        "FH",
        lambda s, by: attachments.add_attachments(
            s.filing, [SentFile("a.txt", io.BytesIO(b"text"))], by=by, quota=QUOTA, store=s.store
        ),
    ),
    "filing.attachments.operations:open_attachment": OperationCall(
        "FHO", lambda s, by: attachments.open_attachment(s.attachment, by=by, store=s.store)
    ),
    "filing.attachments.operations:remove_attachment": OperationCall(
        "FH", lambda s, by: attachments.remove_attachment(s.attachment, by=by)
    ),
    "filing.contributions.operations:save_contribution": OperationCall(
        "FH",
        lambda s, by: contributions.save_contribution(
            s.contribution, WrittenContribution("已办。", mark_of_text(s.contribution)), by=by, hand_in=True
        ),
    ),
    "filing.contributions.operations:mark_not_needed": OperationCall(
        "FH", lambda s, by: contributions.mark_not_needed([ReadContribution(s.contribution, 1)], by=by)
    ),
    "filing.contributions.operations:take_back_not_needed": OperationCall(
        "FH", lambda s, by: contributions.take_back_not_needed(s.contribution, by=by, **VERSION)
    ),
    "filing.contributions.operations:ask_contribution": OperationCall(
        "fh", lambda s, by: contributions.ask_contribution(s.contribution, "请补数字。", by=by, **VERSION)
    ),
    "filing.contributions.operations:remind_supporters": OperationCall(
        "FH", lambda s, by: contributions.remind_supporters(s.filing, by=by)
    ),
    "filing.contributions.operations:take_over_contribution": OperationCall(
        "FH",
        lambda s, by: contributions.take_over_contribution(s.filing, s.contribution, by=by, **VERSION),
    ),
    "filing.contributions.operations:waive_contributions": OperationCall(
        "O", lambda s, by: contributions.waive_contributions(s.world.period, None, by=by)
    ),
    "filing.contributions.operations:restore_contributions": OperationCall(
        "O", lambda s, by: contributions.restore_contributions(s.world.period, None, by=by)
    ),
    "filing.attachments.upkeep:delete_unneeded": OperationCall(
        "PW", lambda s, by: delete_unneeded(s.store, by=by)
    ),
    "filing.core.operations:save_filing": OperationCall(
        "FH",
        lambda s, by: filings.save_filing(
            s.filing, full_content(), by=by, version=s.filing.version, thresholds=THRESHOLDS
        ),
    ),
    "filing.core.operations:save_written": OperationCall(
        "FH",
        lambda s, by: filings.save_written(
            s.filing,
            WrittenFiling(full_content(), filled=False, version=s.filing.version),
            by=by,
            thresholds=THRESHOLDS,
        ),
    ),
    "filing.core.operations:save_and_submit": OperationCall(
        "FH",
        lambda s, by: filings.save_and_submit(
            s.filing, full_content(), by=by, version=s.filing.version, thresholds=THRESHOLDS
        ),
    ),
    "filing.core.operations:submit_filing": filing_step(filings.submit_filing, "FH"),
    "filing.core.operations:sign_off_filing": filing_step(filings.sign_off_filing, "H"),
    "filing.department.sign_off_corrections:sign_off_corrected": filing_step(
        sign_off_corrections.sign_off_corrected,
        "H",
        texts={"progress": "改。", "problems": "", "next_steps": ""},
    ),
    "filing.core.operations:return_filing": filing_step(filings.return_filing, "H", reason="数字不对。"),
    "filing.core.operations:accept_filing": filing_step(filings.accept_filing, "O"),
    "filing.core.operations:send_back_filing": filing_step(filings.send_back_filing, "O", reason="不对。"),
    "filing.department.taking_back:take_back_filing": filing_step(taking_back.take_back_filing, "FH"),
    "filing.department.taking_back:take_back_sign_off": filing_step(taking_back.take_back_sign_off, "H"),
    "filing.core.operations:reopen_filing": filing_step(filings.reopen_filing, "O", reason="不对。"),
    "filing.core.operations:submit_filings": OperationCall(
        "FH", lambda s, by: filings.submit_filings([(s.filing, s.filing.version)], by=by)
    ),
    "filing.core.operations:sign_off_filings": OperationCall(
        "H", lambda s, by: filings.sign_off_filings([(s.filing, s.filing.version)], by=by)
    ),
    "filing.core.operations:accept_filings": OperationCall(
        "O", lambda s, by: filings.accept_filings([(s.filing, s.filing.version)], by=by)
    ),
    "filing.core.operations:send_back_filings": OperationCall(
        "O",
        lambda s, by: filings.send_back_filings(
            [filings.SendingBack(s.filing, s.filing.version, "不对。")], by=by
        ),
    ),
    "filing.review.forecast_assessments:assess_forecast": OperationCall(
        "O", lambda s, by: assess_forecast(s.filing, Forecast.CAN_FINISH, "按期。", by=by)
    ),
    "filing.review.return_phrases:add_phrase": OperationCall(
        "OD", lambda s, by: return_phrases.add_phrase(ReturnKind.CORRECT, f"请改。{by.person}", by=by)
    ),
    "filing.review.return_phrases:remove_phrase": OperationCall(
        "OD", lambda s, by: return_phrases.remove_phrase(ReturnPhrase.get(), by=by)
    ),
    "filing.review.reminders:remind_departments": OperationCall(
        "O",
        lambda s, by: reminders.remind_departments(
            s.world.period, "请报。", department_ids={s.world.departments["经发办"].id}, key="k", by=by
        ),
    ),
    "filing.review.reminders:remind_due": OperationCall("W", lambda s, by: reminders.remind_due(by=by)),
    "filing.presence.operations:note_and_read_presence": OperationCall(
        "FH", lambda s, by: presence.note_and_read_presence(s.filing, by=by)
    ),
    "filing.suggestions.operations:suggest_wording": OperationCall(
        "O",
        lambda s, by: suggestions.suggest_wording(
            s.filing, {"progress": "已走访。"}, by=by, version=s.filing.version
        ),
    ),
    "filing.suggestions.operations:agree_to_suggestion": OperationCall(
        "FH", lambda s, by: suggestions.agree_to_suggestion(s.suggestion, by=by, thresholds=THRESHOLDS)
    ),
    "filing.suggestions.operations:decline_suggestion": OperationCall(
        "FH", lambda s, by: suggestions.decline_suggestion(s.suggestion, "不改。", by=by)
    ),
    "filing.suggestions.operations:withdraw_suggestion": OperationCall(
        "O", lambda s, by: suggestions.withdraw_suggestion(s.suggestion, by=by)
    ),
    "filing.workbook.operations:download_form": OperationCall(
        "FHfh", lambda s, by: workbook.download_form(s.world.period, by=by)
    ),
    "filing.quarter_sheet.operations:download_sheet": OperationCall(
        "FHfh", lambda s, by: quarter_sheet.download_sheet(s.world.period, by=by)
    ),
    "filing.workbook.operations:export_quarter": OperationCall(
        "O", lambda s, by: workbook.export_quarter(s.world.period, by=by)
    ),
    "filing.workbook.operations:receive_form": OperationCall(
        "FHfh", lambda s, by: workbook.receive_form(b"PK", "a.xlsx", s.world.period, by=by)
    ),
    "filing.workbook.operations:import_form": OperationCall(
        "FHfh",
        lambda s, by: workbook.import_form(
            UploadedForm.get(UploadedForm.sha256 == s.ids["sha256"]), [], by=by, thresholds=THRESHOLDS
        ),
    ),
    "issuing.corrections:correct_document": OperationCall(
        "O", lambda s, by: correct_document(s.issued, "数字有误。", by=by, version=s.issued.version)
    ),
    "issuing.operations:issue_document": OperationCall(
        "O", lambda s, by: issue_document(s.draft, by=by, version=s.draft.version)
    ),
    "issuing.register:start_register": OperationCall(
        "OP", lambda s, by: start_register("示综", 2026, 9, by=by)
    ),
    "issuing.document_register_sheet:export_register": OperationCall(
        "OL", lambda s, by: export_register(2026, "", title="登记簿", by=by)
    ),
    "issuing.verification:request_verification": OperationCall(
        "OL", lambda s, by: verification.request_verification(s.issued, by=by)
    ),
}
