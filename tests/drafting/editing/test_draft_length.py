"""How long a text is: what counts, against which limit, and where to begin shortening."""

from __future__ import annotations

import pytest
from flask import Flask

from app.composition.rules import DocumentKind
from app.composition.scope import DocumentScope
from app.drafting.assembling.operations import assemble_document
from app.drafting.assembling.order import AssemblyRequest
from app.drafting.core.models import DocumentBlock
from app.drafting.editing.draft_page import TextLength, characters_of, length_of
from reports.frozen_text import block_as_json
from reports.model import Block, Column, Heading, Paragraph, Table
from tests.clients import log_in
from tests.drafting.draft_pages import page
from tests.drafting.drafts import run
from tests.drafting.sample_documents import PARTICULARS
from tests.world import World


def row_of(number: int, block: Block, *, is_dropped: bool = False) -> DocumentBlock:
    return DocumentBlock(id=number, content=block_as_json(block), is_dropped=is_dropped)


def of_length(number: int, length: int) -> DocumentBlock:
    return row_of(number, Paragraph("字" * length))


@pytest.mark.parametrize(
    ("block", "count"),
    [
        (Paragraph("已走访32家，完成90%。"), 13),
        (Paragraph("已办 结。\n另起。"), 7),
        (Paragraph("已办结。", head=Heading(3, "走访。")), 7),
        (Heading(1, "总体情况"), 4),
        (Table((Column("序号"),), (("1",),), caption="附表"), 0),
    ],
)
def test_characters_and_marks_count_and_spaces_do_not(block: Block, count: int) -> None:
    assert characters_of(row_of(1, block)) == count


def test_what_is_dropped_does_not_count() -> None:
    rows = [of_length(1, 10), row_of(2, Paragraph("字" * 90), is_dropped=True)]
    assert length_of(DocumentKind.QUARTERLY, rows, 5_000).total == 10


def test_the_biggest_blocks_are_named_longest_first() -> None:
    rows = [of_length(number, number * 10) for number in range(1, 9)]
    assert [row.id for row in length_of(DocumentKind.QUARTERLY, rows, 5_000).biggest] == [8, 7, 6, 5, 4]
    assert length_of(DocumentKind.QUARTERLY, [row_of(1, Table((Column("列"),), ()))], 5_000).biggest == ()


@pytest.mark.parametrize(
    ("kind", "limit"),
    [
        (DocumentKind.QUARTERLY, 5_000),
        (DocumentKind.CIRCULAR, 5_000),
        (DocumentKind.YEARLY, 5_000),
        (DocumentKind.SUPERVISION, 4_000),
        (DocumentKind.DEPARTMENT, 4_000),
        (DocumentKind.SUMMARY, 4_000),
    ],
)
def test_reports_on_one_subject_are_to_be_shorter(kind: DocumentKind, limit: int) -> None:
    assert length_of(kind, [of_length(1, 4_500)], 5_000) == TextLength(4_500, limit, (of_length(1, 4_500),))
    assert length_of(kind, [of_length(1, 4_500)], 5_000).excess == max(0, 4_500 - limit)


def test_the_settings_may_ask_for_less() -> None:
    assert length_of(DocumentKind.QUARTERLY, [], 3_000).limit == 3_000
    assert length_of(DocumentKind.SUMMARY, [], 3_000).limit == 3_000


def test_a_form_has_no_text_to_be_measured(app: Flask, reported: World) -> None:
    with app.app_context():
        order = AssemblyRequest(
            DocumentKind.READING_SHEET,
            reported.plan,
            DocumentScope(reported.period.quarter),
            leader=reported.leader,
        )
        sheet = assemble_document(order, PARTICULARS, by=reported.users["office"])
        run(sheet)
    office = log_in(app, reported, "office")
    assert "正文共" not in page(office, f"/documents/{sheet.id}/edit")
    assert "正文 0 字" not in page(office, f"/documents/{sheet.id}")
