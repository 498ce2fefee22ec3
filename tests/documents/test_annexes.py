"""The tables behind a text follow what was reworded in it."""

from __future__ import annotations

import pytest

from app.documents.drafting import whole
from app.documents.editing import operations as editing
from app.documents.editing.annexes import rewordings
from app.documents.models import Document, DocumentBlock
from reports.frozen import block_as_json
from reports.model import Paragraph, Table
from tests.documents.drafts import BETTER, OWN_WORDS, block_saying, drafted, fresh, reworded
from tests.world import World


@pytest.mark.usefixtures("in_app")
def test_the_annex_says_what_the_text_says(reported: World) -> None:
    draft = drafted(reported)
    reworded(reported, draft)
    cells = cells_of(fresh(draft))
    assert BETTER in cells
    assert OWN_WORDS not in cells
    row = block_saying(draft, BETTER)
    editing.drop(row, by=reported.users["office"], version=row.version)
    assert OWN_WORDS in cells_of(fresh(draft))


def row_of(before: str, now: str, source: str = "filing:1") -> DocumentBlock:
    kept = block_as_json(Paragraph(before, source=source))
    return DocumentBlock(composed=kept, content=block_as_json(Paragraph(now, source=source)), source=source)


def test_words_that_two_wrote_alike_are_left_alone_unless_both_were_changed_alike() -> None:
    one, other = row_of("无。", "没有。"), row_of("无。", "无。", "filing:2")
    assert rewordings([one, other]) == {}
    assert rewordings([one, row_of("无。", "没有。", "filing:2")]) == {"无。": "没有。"}


def test_what_no_department_wrote_is_not_looked_for_in_tables() -> None:
    assert rewordings([row_of("根据计划。", "按照计划。", source="")]) == {}


def cells_of(document: Document) -> set[str]:
    """Return what stands in the tables of a document's annexes."""
    tables = [
        block for annex in whole(document).annexes for block in annex.blocks if isinstance(block, Table)
    ]
    return {cell for table in tables for row in table.rows for cell in row}
