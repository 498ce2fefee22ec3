"""The same plan as a Word document of several kinds, a web page, a PDF or plain text is the same tree."""

from __future__ import annotations

import html
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from app.base.settings.settings import ROOT
from app.plan.importer import HeadedDraft, PlanDraft, SourceText, plan_from_blocks, source_from_text
from app.plan.importer.numbering import mark_of
from app.plan.importer.sources.pdf_document import read_pdf_pages
from app.plan.importer.sources.table_blocks import propose_source_blocks
from app.plan.importer.sources.web_page import read_web_page
from app.plan.importer.sources.word_document import read_word_document
from tests.plan.importer.sources.test_pdf_pages import STYLE, printed
from tests.plan.importer.sources.word_files import add_list, add_numbered, saved

PLANS = Path(__file__).parents[1] / "plans"
CHOSEN = (
    ROOT / "plans" / "2026-work-plan.txt",
    PLANS / "bureau_dotted_heads.txt",
    PLANS / "hard_wrapped.txt",
)
MENU = "".join(f'<li><a href="/{n}">栏目{n}</a></li>' for n in range(12))
FORMS = {
    20: ("chineseCountingThousand", "%{}、"),
    30: ("chineseCounting", "（%{}）"),
    40: ("decimal", "%{}."),
}


@dataclass(frozen=True)
class PlanPiece:
    """A paragraph of a plan: its head, how deep that stands (0 for text, -1 for the title), what follows it."""

    head: str
    text: str = ""
    level: int = 0


def plan_of(source: SourceText) -> PlanDraft:
    proposal = propose_source_blocks(source)
    return plan_from_blocks(source, proposal.blocks, proposal.fields)


def pieces_of(plan: PlanDraft) -> Iterator[PlanPiece]:
    """Yield the paragraphs of a plan as they would be written out again."""
    yield from map(PlanPiece, plan.notice.split("\n"))
    yield PlanPiece(plan.title_lines, level=-1)
    yield from map(PlanPiece, f"{plan.byline}\n{plan.lead_in}".split("\n"))
    for part in plan.parts:
        yield from pieces_of_head(part, 1)
        for section in part.sections:
            yield from pieces_of_head(section, 2)
            for measure in section.measures:
                yield from pieces_of_head(measure, 3)
        for measure in part.measures:
            yield from pieces_of_head(measure, 3)
    yield from map(PlanPiece, plan.closing.split("\n"))


def pieces_of_head(one: HeadedDraft, level: int) -> Iterator[PlanPiece]:
    """Yield a head with the first paragraph behind it, where it ends like a sentence, and the others."""
    first, *more = one.text.split("\n")
    if level == 3 and one.heading.endswith("。"):
        yield PlanPiece(one.heading, first, level)
    else:
        yield from (PlanPiece(one.heading, level=level), PlanPiece(first))
    yield from map(PlanPiece, more)


def tree_of(plan: PlanDraft) -> list[Any]:
    """Return the tree without white space, and what the frame says."""

    def node(one: Any) -> list[str]:
        return ["".join(words.split()) for words in (one.number, one.title, one.heading, one.text)]

    frame = [plan.title, plan.year, plan.issuer, plan.issued_on, plan.document_number]
    parts = [
        [
            *node(part),
            [[*node(one), [node(measure) for measure in one.measures]] for one in part.sections],
            [node(measure) for measure in part.measures],
        ]
        for part in plan.parts
    ]
    return [frame, parts]


def plain_document(pieces: list[PlanPiece]) -> SourceText:
    document = Document()
    for piece in pieces:
        add_piece(document.add_paragraph(), piece)
    return read_saved(document)


def unmarked_document(pieces: list[PlanPiece]) -> SourceText:
    """Write a paragraph for each measure, none of its words in bold."""
    document = Document()
    for piece in pieces:
        document.add_paragraph(piece.head + piece.text)
    return read_saved(document)


def add_piece(paragraph: Any, piece: PlanPiece) -> None:
    """Write a paragraph, the head of a measure in bold."""
    paragraph.add_run(piece.head).bold = True if piece.level == 3 else None
    paragraph.add_run(piece.text)


def styled_document(pieces: list[PlanPiece]) -> SourceText:
    document = Document()
    for piece in pieces:
        if piece.level in (1, 2):
            document.add_heading(piece.head, piece.level)
            continue
        add_piece(document.add_paragraph(style="Title" if piece.level < 0 else None), piece)
    return read_saved(document)


def numbered_document(pieces: list[PlanPiece]) -> SourceText:
    """Write the numbers of the heads by Word's own lists, one level for each sort of number."""
    document = Document()
    marks = {piece: mark_of(piece.head) for piece in pieces if piece.level > 0}
    ranks = sorted({mark.rank for mark in marks.values() if mark})
    forms = [(form, text.format(n), "") for n, (form, text) in enumerate(map(FORMS.__getitem__, ranks), 1)]
    listed = add_list(document, *forms)
    for piece in pieces:
        mark = marks.get(piece)
        if mark:
            words = piece.head[len(mark.printed) :] + piece.text
            add_numbered(document, words, listed, ranks.index(mark.rank))
        else:
            add_piece(document.add_paragraph(), piece)
    return read_saved(document)


def read_saved(document: Any) -> SourceText:
    return SourceText.from_json(read_word_document(io.BytesIO(saved(document))))


def body_of_page(pieces: list[PlanPiece]) -> str:
    def paragraph(piece: PlanPiece) -> str:
        head, text = html.escape(piece.head), html.escape(piece.text)
        if piece.level < 0:
            return f"<h1>{head}</h1>"
        return f"<p><b>{head}</b>{text}</p>" if piece.level else f"<p>{head}</p>"

    return "".join(map(paragraph, pieces))


def web_page(pieces: list[PlanPiece]) -> SourceText:
    page = (
        f"<html><head><meta charset='gbk'></head><body><ul>{MENU}</ul><div><div id='zoom'>{body_of_page(pieces)}</div>"
        "<p>【打印】【关闭】</p></div><div>主办单位：某区人民政府　网站标识码：310000</div></body></html>"
    )
    return SourceText.from_json(read_web_page(io.BytesIO(page.encode("gb18030"))))


def printed_pages(pieces: list[PlanPiece]) -> SourceText:
    style = f"{STYLE} @page :first {{ @top-left {{ content: none }} }}"
    return SourceText.from_json(read_pdf_pages(io.BytesIO(printed(body_of_page(pieces), style))))


@pytest.mark.parametrize(
    "write", [plain_document, unmarked_document, styled_document, numbered_document, web_page, printed_pages]
)
@pytest.mark.parametrize("path", CHOSEN, ids=lambda path: path.stem)
def test_a_plan_is_the_same_tree_in_every_format(
    path: Path, write: Callable[[list[PlanPiece]], SourceText]
) -> None:
    plan = plan_of(source_from_text(path.read_text(encoding="utf-8")))
    pieces = [piece for piece in pieces_of(plan) if (piece.head + piece.text).strip()]
    assert tree_of(plan_of(write(pieces))) == tree_of(plan)
