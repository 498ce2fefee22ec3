"""Rewriting a cell of an annex, and restoring the words that text and filings produce."""

from __future__ import annotations

from collections import Counter

from app.audit.event_kinds import EventKind
from app.authority.actor import Actor
from app.authority.policy import Action, require
from app.base.database import transaction
from app.base.errors import IllegalTransition, StaleVersion, raise_field_problems
from app.base.text import text_problem
from app.composition.block_keys import BlockRole
from app.drafting.core.annex_cells import AnnexCell
from app.drafting.core.draft import current_draft
from app.drafting.core.models import Document, DocumentBlock
from app.drafting.core.rewordings import FIGURE
from app.drafting.editing.operations import PARAGRAPH_LENGTH, begin_editing, replace_block, restore_block
from reports.frozen_text import block_as_json
from reports.model import DocumentError, Paragraph

NO_TEXT = "这一格没有文字。没有内容的，请写“—”。"


def cells_of(document: Document) -> tuple[AnnexCell, ...]:
    """Return the cells of a draft's annexes that can be rewritten. Raises IllegalTransition if no block is left."""
    try:
        return current_draft(document).annex_cells
    except DocumentError as error:
        raise IllegalTransition(str(error)) from error


def cell_of(document: Document, filing: int, ordinal: int) -> AnnexCell:
    """Return a cell of the present draft. Raises IllegalTransition if there is no such cell."""
    cells = cells_of(document)
    found = next((one for one in cells if (one.filing, one.ordinal) == (filing, ordinal)), None)
    if found is None:
        raise IllegalTransition("附表中没有这一格，或者填报数据更新后不在了。请打开附表核对。")
    return found


def words_of_cell(document: Document, row: DocumentBlock) -> str:
    """Return the name of the cell of a block: 附表第3项的存在问题; a vague name if the draft no longer has the cell."""
    try:
        cell = cell_of(document, row.filing_id or 0, row.ordinal)
    except IllegalTransition:
        return "附表中的一格"
    return f"附表第{cell.measure.number}项的{cell.column.label}"


@transaction
def write_annex_cell(
    document: Document, filing: int, ordinal: int, text: str, *, by: Actor, version: int
) -> None:
    """Rewrite a cell with no figures but those that it has.

    version: that of the written words; 0 if nobody rewrote the cell before.
    Raises NotAllowed, IllegalTransition, FieldProblems, and StaleVersion with the present draft.
    """
    current = begin_editing(document, by=by)
    cell, text = cell_of(current, filing, ordinal), text.strip()
    raise_field_problems(
        {
            "text": text_problem(text, "文字", PARAGRAPH_LENGTH, when_empty=NO_TEXT)
            or figures_problem(cell.made, text)
        }
    )
    if text == cell.words:
        return
    if cell.version != version:
        raise StaleVersion(current)
    row = cell.row or new_row(current, cell, by=by)
    row.composed = block_as_json(Paragraph(cell.made))
    words = Paragraph(text)
    replace_block(current, EventKind.REWRITE_BLOCK, row, words, by=by, version=row.version)


@transaction
def restore_annex_cell(document: Document, filing: int, ordinal: int, *, by: Actor, version: int) -> None:
    """Restore the words that text and filings produce for a cell.

    Raises NotAllowed, StaleVersion, and IllegalTransition (also if nobody rewrote the cell).
    """
    require(by, Action.EDIT_DOCUMENT)
    row = cell_of(document, filing, ordinal).row
    if row is None:
        raise IllegalTransition("这一格没有改过，不用恢复。请刷新页面后核对。")
    row.document = document
    restore_block(row, by=by, version=version)


def new_row(document: Document, cell: AnnexCell, *, by: Actor) -> DocumentBlock:
    """Store a cell as text and filings produce it, so that the first rewriting can be undone."""
    made = block_as_json(Paragraph(cell.made))
    return DocumentBlock.create(
        document=document,
        position=0,
        content=made,
        composed=made,
        role=BlockRole.ANNEX_CELL,
        filing=cell.filing,
        ordinal=cell.ordinal,
        updated_by=by.person,
    )


def figures_problem(made: str, text: str) -> str:
    """Return what is wrong with figures that the cell does not have; empty if nothing. Figures may be left out."""
    new = Counter(FIGURE.findall(text)) - Counter(FIGURE.findall(made))
    named = "".join(f"“{figure}”" for figure in new)
    sentence = f"附表的数字随填报，这一格的填报里没有{named}。请改回；填报有误的，请部门改正后更新填报数据。"
    return sentence if new else ""
