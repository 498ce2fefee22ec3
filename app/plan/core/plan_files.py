"""Reading the file of a plan: what it is decides which program reads it, in a process of its own."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any

from app.base.errors import BadInput
from app.base.processes.confined_reader import current_reader
from app.base.tables.tabular import read_table_bytes
from app.plan.importer import Block, PlanDraft, PlanWarning, SourceText, plan_from_blocks
from app.plan.importer.frame_lines import names_plan
from app.plan.importer.source_text import decode_source
from app.plan.importer.sources.file_kinds import SMALLER_FILE, SourceKind, kind_of_file
from app.plan.importer.sources.plain_tables import source_of_plain
from app.plan.importer.sources.table_blocks import propose_source_blocks
from app.plan.importer.traditional import simplified_text

LETTER_TITLE = re.compile(
    "(?:函|信|书|请示|批复|公告|通告|启事|声明|通讯|新闻|讲话|致辞|(?:召开|举行|参加)[^，。]{0,60}会议?的通知)$"
)
NO_PLAN = (
    "没有从文件里读到工作计划的举措，它可能是信函、通知或别的网页，不是工作计划，没有导入。"
    "请核对选择的文件；确是计划的，请复制计划全文另存为 .txt 或 .docx，再试。"
)


@dataclass(frozen=True)
class FileDraft:
    """A plan as it was read of a file, with the file's text and the blocks that divide it."""

    source: SourceText
    blocks: tuple[Block, ...]
    draft: PlanDraft


def load_plan_file(path: Path) -> bytes:
    """Return the content of a file. Raises BadInput where it cannot be read, or is larger than any plan."""
    return read_table_bytes(path, SMALLER_FILE)


def read_plan_file(name: str, data: bytes) -> SourceText:
    """Return the text of a file with this name.

    Raises BadInput or PlanUnreadable with a sentence that says how to go on, ReaderBusy where it can be tried again.
    """
    kind = kind_of_file(name, data)
    if kind is SourceKind.TEXT:
        separator = "," if name.lower().endswith(".csv") else "\t"
        return source_of_plain(decode_source(data), separator=separator)
    return SourceText.from_json(current_reader().call_with_file(parser_of_kind(kind), BytesIO(data)))


def read_file_draft(name: str, data: bytes) -> FileDraft:
    """Read a file as a plan. Raises what `read_plan_file` raises, and BadInput for a file that is no plan."""
    source = read_plan_file(name, data)
    proposal = propose_source_blocks(source)
    draft = plan_from_blocks(source, proposal.blocks, proposal.fields)
    if not is_plan(draft):
        raise BadInput(NO_PLAN)
    notes = (PlanWarning("文件", note) for note in source.notes)
    questions = (
        PlanWarning(
            question.place, question.message, source.line_number(question.start) if question.end else 0
        )
        for question in proposal.questions
    )
    return FileDraft(source, proposal.blocks, replace(draft, warnings=(*notes, *questions)))


def is_plan(draft: PlanDraft) -> bool:
    """Whether a text is one: it has measures, and a title that says so or none, or else numbered heads.

    What has the title of a plan may hold parts alone that are not reported on, as where it breaks off.
    """
    title = simplified_text(draft.title)
    if LETTER_TITLE.search(title):
        return False
    return any(True for _ in draft.measures()) or (bool(draft.parts) and names_plan(title))


def parser_of_kind(kind: SourceKind) -> Callable[..., Any]:
    """Return what reads a kind of file; its library is loaded with it, and not before."""
    match kind:
        case SourceKind.WORD:
            from app.plan.importer.sources.word_document import read_word_document as parse
        case SourceKind.WORKBOOK:
            from app.plan.importer.sources.workbook_sheets import read_workbook_sheets as parse
        case SourceKind.PDF:
            from app.plan.importer.sources.pdf_document import read_pdf_pages as parse
        case SourceKind.WEB_ARCHIVE:
            from app.plan.importer.sources.web_page import read_web_archive as parse
        case _:
            from app.plan.importer.sources.web_page import read_web_page as parse
    return parse
