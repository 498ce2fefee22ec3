"""A figure that was changed is a finding until fact and text agree, or somebody says why."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from app.audit.queries import events_of_subject
from app.base.errors import FieldProblems, IllegalTransition, StaleVersion
from app.drafting.core.life_cycle import DocumentState
from app.drafting.core.models import Document, DocumentBlock
from app.drafting.editing import operations as editing
from app.drafting.editing.figure_reasons import explain_figures, reasons_given
from app.drafting.editing.lint_marks import DraftMarks, issue_despite, marks_in
from app.drafting.editing.operations import BlockWording
from app.drafting.editing.undo_operations import undo_edit
from tests.clients import log_in
from tests.databases import on_both
from tests.drafting.draft_pages import address, page
from tests.drafting.drafts import block_saying, drafted, fresh, run
from tests.world import World

MANY = 1_000_000
REASON = "经发办当天来电更正，填报随后改。"
COUNTED = re.compile(r"(\d+)项举措")


@pytest.fixture
def draft(app: Flask, reported: World) -> Document:
    with app.app_context():
        return drafted(reported)


def rewrite_count(world: World, draft: Document, words: str) -> DocumentBlock:
    """Have the first count of measures in the totals be another; return the block."""
    row = block_saying(draft, "工作计划共")
    text = COUNTED.sub(words, row.block.text, count=1)  # type: ignore[union-attr]
    editing.rewrite_block(row, BlockWording(text), by=world.users["office"], version=row.version)
    return block_saying(draft, words)


def marks_of(draft: Document) -> DraftMarks:
    return marks_in(fresh(draft))


@on_both
@pytest.mark.usefixtures("in_app")
def test_a_reason_ends_the_finding_until_the_figure_is_another(reported: World, draft: Document) -> None:
    office = reported.users["office"]
    row = rewrite_count(reported, draft, "98项举措")
    assert len(marks_of(draft).figures) == 1
    with pytest.raises(FieldProblems) as refused:
        issue_despite(fresh(draft), MANY)
    assert "有1段的数字、名称与填报数据不符" in refused.value.fields["figures"]
    explain_figures(row, f" {REASON}\n", by=office, version=row.version)
    marks = marks_of(draft)
    assert not marks.figures
    assert [(one.figure.row.id, one.reason.reason, one.reason.given_by) for one in marks.explained] == [
        (row.id, REASON, office.person)
    ]
    issue_despite(fresh(draft), MANY)
    rewrite_count(reported, draft, "99项举措")
    assert len(marks_of(draft).figures) == 1
    undo_edit(draft, by=office, step=2)
    assert not marks_of(draft).figures
    undo_edit(draft, by=office, step=1)
    assert not (marks_of(draft).figures or marks_of(draft).explained)


@pytest.mark.usefixtures("in_app")
def test_the_last_reason_counts_and_all_stay_on_record(reported: World, draft: Document) -> None:
    row = rewrite_count(reported, draft, "98项举措")
    for reason in ("以会议纪要为准。", REASON):
        explain_figures(row, reason, by=reported.users["office"], version=row.version)
    assert [one.reason.reason for one in marks_of(draft).explained] == [REASON]
    assert [one.reason for one in reasons_given([row.id])] == [REASON, "以会议纪要为准。"]
    kept = [one.detail["reason"] for one in events_of_subject(draft) if one.action == "explain_figures"]
    assert kept == ["以会议纪要为准。", REASON]


@pytest.mark.usefixtures("in_app")
def test_no_reason_is_kept_that_explains_nothing(reported: World, draft: Document) -> None:
    office = reported.users["office"]
    before = block_saying(draft, "工作计划共")
    with pytest.raises(IllegalTransition, match="不用写明理由"):
        explain_figures(before, REASON, by=office, version=before.version)
    row = rewrite_count(reported, draft, "98项举措")
    with pytest.raises(StaleVersion):
        explain_figures(row, REASON, by=office, version=before.version)
    with pytest.raises(FieldProblems):
        explain_figures(row, " ", by=office, version=row.version)
    row.document.state = DocumentState.ISSUED
    with pytest.raises(IllegalTransition):
        explain_figures(row, REASON, by=office, version=row.version)
    assert not reasons_given([row.id])


def test_the_reason_is_written_and_shown_where_the_finding_stands(
    app: Flask, reported: World, draft: Document
) -> None:
    with app.app_context():
        row = rewrite_count(reported, draft, "98项举措")
    office = log_in(app, reported, "office")
    assert address(row, "/figures") in page(office, f"/documents/{draft.id}/findings", htmx=True)
    assert "98项" in page(office, address(row, "/figures"))
    empty = office.post(address(row, "/figures"), data={"version": row.version, "reason": ""})
    assert empty.status_code == 422
    assert "请写明数字为什么与填报数据不同" in empty.get_data(as_text=True)
    other = office.post(address(row, "/figures"), data={"version": row.version - 1, "reason": REASON})
    assert other.status_code == 409
    assert REASON in other.get_data(as_text=True)
    kept = office.post(address(row, "/figures"), data={"version": row.version, "reason": REASON})
    assert kept.status_code == 303
    with app.app_context():
        run(draft)
    for shown in (address(row, "/figures"), f"/documents/{draft.id}/findings", f"/documents/{draft.id}"):
        assert REASON in page(office, shown), shown
