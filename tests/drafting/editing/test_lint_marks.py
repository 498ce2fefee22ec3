"""What the lint finds in a draft, led to by keys: the field that it stands in, the cell of a table."""

from __future__ import annotations

from dataclasses import replace

from app.drafting.editing.lint_marks import LintMark
from reports.lint import FindingPlace, LintFinding, PassageKind, check_document
from reports.model import Column, DocumentPart, Imprint, Table
from tests.reports.lint.cases import UPWARD


def finding_in(part: DocumentPart, found: tuple[LintFinding, ...]) -> LintFinding:
    return next(one for one in found if one.place.part is part)


def test_a_mark_leads_to_its_field_whatever_that_is_called() -> None:
    imprint = Imprint("党政办公室", copies_to=("区委办公室", "区政府办公室,"))
    found = check_document(replace(UPWARD, imprint=imprint, addressee="区政府："))
    marks = [
        LintMark(finding_in(part, found), place_words="某处")
        for part in (DocumentPart.COPIES_TO, DocumentPart.ADDRESSEE)
    ]
    assert [mark.field for mark in marks] == ["copies_to", "recipient"]
    table_note = FindingPlace(DocumentPart.BODY, PassageKind.NOTE, block=0)
    assert LintMark(replace(found[0], place=table_note), "正文表注").field == ""


def test_the_same_mistake_in_two_cells_is_two_marks() -> None:
    table = Table((Column("甲"), Column("乙")), (("走访,座谈", "走访,座谈"),) * 2)
    found = check_document(replace(UPWARD, body=(*UPWARD.body, table)))
    keys = [LintMark(one, "正文表").key for one in found if one.place.kind is PassageKind.CELL]
    assert len({tuple(sorted(key.items())) for key in keys}) == len(keys) == 4
