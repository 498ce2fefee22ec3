"""Reading a plan: from its text to proposed blocks, and from there to its tree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from app.plan.importer.blocks import (
    Block,
    BlockKind,
    BlockProposal,
    FrameFields,
    PlanQuestion,
    QuestionKind,
    SourceText,
)
from app.plan.importer.frame_fields import fields_of_frame
from app.plan.importer.frame_lines import is_annex_line, is_end_line
from app.plan.importer.lost_breaks import restore_breaks
from app.plan.importer.numbering import mark_of
from app.plan.importer.outline import OutlineNode, TextSpan, build_outline
from app.plan.importer.outline_measures import settle_measures
from app.plan.importer.page_layout import join_broken_lines, join_numbers, separate_page_lines
from app.plan.importer.paragraphs import SeamQuestion, join_lines
from app.plan.importer.part_kinds import (
    find_boxes,
    kind_of_part,
    leave_out_ended_periods,
    leave_out_what_leads_to_work,
    leave_out_years_ahead,
    report_on_listed_requirements,
    report_on_main_list,
    set_salutations_apart,
    tells_of_past,
    year_behind_review,
)
from app.plan.importer.plan_draft import PlanDraft, PlanUnreadable, PlanWarning
from app.plan.importer.plan_frame import PlanFrame, frame_of
from app.plan.importer.plan_tree import plan_from_blocks
from app.plan.importer.self_checks import check_proposal, questions_about_frame, refuse_what_is_no_plan
from app.plan.importer.sentences import SENTENCE_STOPS
from app.plan.importer.sequences import find_heads
from app.plan.importer.source_text import TextLine, decode_source, read_lines, source_from_text
from app.plan.importer.traditional import as_printed
from app.plan.importer.unnumbered_heads import find_lost_numbers, find_unnumbered_heads, stands_above

# They take a third of a second; a published plan has about a hundred lines.
MOST_LINES = 4_000
MOST_SENTENCES = 10_000


def read_plan(source: bytes | str) -> PlanDraft:
    """Read the published text of a plan and repair what its extraction damaged.

    source: text, or the file's content (UTF-8, UTF-16 with byte order mark, or GB18030).
    Whatever is uncertain is in the draft's warnings with its place.
    Raises PlanUnreadable if the source is empty, binary, without Chinese, too long for a plan, or no plan.
    """
    text = source_from_text(decode_source(source))
    proposal = propose_blocks(text)
    plan = plan_from_blocks(text, proposal.blocks, proposal.fields)
    warnings = (
        PlanWarning(one.place, one.message, text.line_number(one.start) if one.end else 0)
        for one in proposal.questions
    )
    return replace(plan, warnings=(*warnings, *_warn_of_loss(text, plan)))


def _warn_of_loss(source: SourceText, plan: PlanDraft) -> Iterator[PlanWarning]:
    """Warn if characters were lost, which blocks are meant to prevent."""
    whole, read = ("".join(one.split()) for one in (source.text, plan.full_text() + "".join(plan.set_aside)))
    if len(whole) != len(read):
        message = f"原文有{len(whole)}字，导入结果有{len(read)}字，请停止使用并联系维护人员。"
        yield PlanWarning("全文", message)


def propose_blocks(source: SourceText, *, any_text: bool = False) -> BlockProposal:
    """Read a text: return its blocks, the fields of its frame, and open questions.

    Raises PlanUnreadable if it is no plan (unless `any_text` is allowed), or too long for one.
    """
    _refuse_overlong(source)
    plain = source.simplified()
    printed, page = separate_page_lines(restore_breaks(read_lines(plain)))
    lines = join_numbers(join_broken_lines(printed, page))
    frame = frame_of(lines)
    reading = _ContentReading(frame.content)
    fields = fields_of_frame(frame, [part.title for part in reading.root.children])
    questions = reading.settle(fields)
    blocks = sorted(
        (*_frame_blocks(frame), *reading.blocks(), *_page_blocks(page)), key=lambda block: block.start
    )
    whole = tuple(_split_at_pages(blocks))
    if not any_text:
        refuse_what_is_no_plan(plain, frame, reading.root)
    asked = [
        *questions_about_frame(frame, fields),
        *(_seam_question(one) for one in reading.seams),
        *questions,
        *check_proposal(plain, whole, fields),
    ]
    return BlockProposal(whole, fields if plain == source else _printed_fields(fields, source), tuple(asked))


def _printed_fields(fields: FrameFields, source: SourceText) -> FrameFields:
    title, issuer, number = (
        as_printed(words, source.text) if words else words
        for words in (fields.title, fields.issuer, fields.document_number)
    )
    return replace(fields, title=title or "", issuer=issuer or "", document_number=number)


def _refuse_overlong(source: SourceText) -> None:
    lines, stops = len(source.lines), sum(map(source.text.count, SENTENCE_STOPS))
    if lines > MOST_LINES:
        raise PlanUnreadable(
            f"文件有{lines}行，超过{MOST_LINES}行，不像一份工作计划；请核对文件，只保留计划全文。"
        )
    if stops > MOST_SENTENCES:
        raise PlanUnreadable(
            f"文件有{stops}句，超过{MOST_SENTENCES}句，不像一份工作计划；请核对文件，只保留计划全文。"
        )


class _ContentReading:
    """The content of a plan between title and closing, read step by step."""

    def __init__(self, lines: Sequence[TextLine]) -> None:
        boxes = find_boxes(lines)
        self._boxes = [line for place, line in enumerate(lines) if place in boxes]
        own = [line for place, line in enumerate(lines) if place not in boxes]
        lost = find_lost_numbers(own)
        unnumbered = find_unnumbered_heads(own, lost)
        self.heads = find_heads(own, unnumbered, stands_above(own, unnumbered), lost)
        numbers = {head.line: head.mark for head in self.heads if head.mark and not head.offset}
        self.paragraphs, places, self.seams = join_lines(own, numbers, unnumbered)
        self.root = build_outline(self.paragraphs, places, self.heads)
        self._apart: list[TextSpan] = []
        self._closing: list[TextSpan] = []
        self._lines = own

    def settle(self, fields: FrameFields) -> list[PlanQuestion]:
        """Decide what is reported on and which nodes are measures; return the open questions."""
        year = year_behind_review([part.title for part in self.root.children], fields.year)
        for part in self.root.children:
            part.kind = kind_of_part(part, year)
        first = next(iter(self.root.children), None)
        if first and len(self.root.children) > 1 and tells_of_past(first, fields.year):
            first.kind = BlockKind.UNREPORTED
        leave_out_years_ahead(self.root.children, fields.year)
        leave_out_ended_periods(self.root.children)
        leave_out_what_leads_to_work(self.root.children, fields.year)
        report_on_listed_requirements(self.root.children)
        report_on_main_list(self.root.children)
        self._apart, self._closing = set_salutations_apart(self.root)
        found = settle_measures(self.root)
        starts = {line.number: line for line in self._lines}
        questions = [
            PlanQuestion(
                QuestionKind.HEADS, one.message, starts[one.line].start, starts[one.line].end, one.place
            )
            for one in found
            if one.line in starts
        ]
        return [*self._number_questions(), *questions, *self._apart_questions()]

    def _apart_questions(self) -> Iterator[PlanQuestion]:
        """Ask about numbered text after a salutation, which may be work after all."""
        for span in self._apart:
            if mark_of(span.text):
                block = _block_of_span(span, 0, BlockKind.SET_APART)
                message = "称呼语之后的这一条没有归入举措，请核对是否需要填报。"
                yield PlanQuestion(QuestionKind.SET_APART, message, block.start, block.end, span.text[:30])
                return

    def _number_questions(self) -> Iterator[PlanQuestion]:
        """Ask about numbers out of sequence, which may mean that a heading was lost."""
        for head in self.heads:
            if head.is_out_of_turn and head.mark:
                line = self._lines[head.line]
                message = f"编号“{head.mark.printed.strip()}”与前面不连续，请核对是否有标题遗漏或重复。"
                yield PlanQuestion(QuestionKind.NUMBERING, message, line.start, line.end, line.text[:30])

    def blocks(self) -> Iterator[Block]:
        for line in self._boxes:
            yield Block(line.start, line.end, 0, BlockKind.SET_APART)
        for span in self._apart:
            yield _block_of_span(span, 0, BlockKind.SET_APART)
        for span in self._closing:
            yield _block_of_span(span, 0, BlockKind.CLOSING)
        kind = BlockKind.LEAD_IN if self.root.children else BlockKind.TEXT
        for span in self.root.texts:
            yield _block_of_span(span, 0, kind)
        yield from _node_blocks(self.root.children, 1, BlockKind.REPORTED)


def _node_blocks(nodes: Iterable[OutlineNode], level: int, above: BlockKind) -> Iterator[Block]:
    for node in nodes:
        kind = node.kind if above is BlockKind.REPORTED else above
        if node.head:
            yield _block_of_span(node.head, level, kind, node)
        for span in node.texts:
            yield _block_of_span(span, 0, BlockKind.TEXT)
        yield from _node_blocks(node.children, level + 1, kind)


def _block_of_span(span: TextSpan, level: int, kind: BlockKind, node: OutlineNode | None = None) -> Block:
    start = span.paragraph.source_place(span.start)
    end = span.paragraph.source_place(span.end - 1) + 1
    if node is None:
        return Block(start, end, level, kind)
    return Block(start, end, level, kind, False, node.number_length, node.habit)


def _frame_blocks(frame: PlanFrame) -> Iterator[Block]:
    groups = (
        (BlockKind.NOTICE, frame.notice),
        (BlockKind.TITLE, frame.title),
        (BlockKind.BYLINE, frame.byline),
    )
    for kind, lines in groups:
        for line in lines:
            yield Block(line.start, line.end, 0, kind)
    is_annex = False
    for line in frame.closing:
        if is_annex_line(line.text) or line is frame.annex_behind:
            is_annex = True
            yield Block(line.start, line.end, 1, BlockKind.ANNEX, False, 0)
            continue
        is_annex = is_annex and not is_end_line(line.text)
        yield Block(line.start, line.end, 0, BlockKind.TEXT if is_annex else BlockKind.CLOSING)


def _page_blocks(page: Iterable[TextLine]) -> Iterator[Block]:
    for line in page:
        yield Block(line.start, line.end, 0, BlockKind.PAGE_LINE)


def _split_at_pages(blocks: Sequence[Block]) -> Iterator[Block]:
    """Cut blocks at page lines inside them; the rest continues what preceded."""
    waiting: Block | None = None
    for block in blocks:
        if block.kind is not BlockKind.PAGE_LINE:
            if waiting is not None:
                yield waiting
            waiting = block
        elif waiting is not None and waiting.end > block.start:
            yield replace(waiting, end=block.start)
            yield block
            waiting = _continued(waiting, block.end)
        else:
            if waiting is not None:
                yield waiting
            waiting = None
            yield block
    if waiting is not None:
        yield waiting


def _continued(block: Block, start: int) -> Block:
    kind = BlockKind.TEXT if block.is_node else block.kind
    return Block(start, block.end, 0, kind, True)


def _seam_question(one: SeamQuestion) -> PlanQuestion:
    return PlanQuestion(QuestionKind.BOUNDARY, one.message, one.line.start, one.line.end, one.place)
