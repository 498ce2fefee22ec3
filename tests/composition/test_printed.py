"""Each kind with a form of its own can be printed, and its words are on the pages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pypdfium2
import pytest

from app.composition.facts import DocumentFacts, PlanFacts
from app.composition.kinds import compose_document
from app.composition.particulars import Particulars
from app.composition.published_wording import read_publication
from app.composition.rules import DocumentKind
from app.composition.scope import read_scope
from app.periods.due_dates import DueDates
from reports.frozen_text import document_as_json, document_from_json
from reports.gbt9704 import CHARACTERS_PER_LINE
from reports.line_breaks import rough_width
from reports.model import Paragraph
from reports.pdf import render_pdf
from tests.composition.contents import each
from tests.drafting.sample_documents import CASES, measure_facts, printed_text, quarter_facts
from tests.world import PLAN_TEXT

PARTICULARS = Particulars(("示例街道办事处",), "各部门", (), date(2026, 10, 9), word="示街")
DUE = DueDates(date(2026, 9, 21), date(2026, 10, 14), date(2026, 10, 19), date(2026, 10, 21))


def small_facts(kind: DocumentKind) -> DocumentFacts:
    """Return the facts of a plan with four measures, of which three were reported, as a kind needs them."""
    facts = quarter_facts(parts=2, sections=1, measures=2)
    plan = PlanFacts(facts.plan.title, 2026, published=read_publication(PLAN_TEXT))
    scope = read_scope("2026") if kind in (DocumentKind.YEARLY, DocumentKind.PLAN) else facts.scope
    return replace(facts, plan=plan, scope=scope, due=DUE, leader="周示例")


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (DocumentKind.YEARLY, ("年度目标完成情况", "3项举措中仅1项达到年度目标")),
        (
            DocumentKind.READING_SHEET,
            ("周示例同志第三季度分管工作呈批单", "领导批示", "办理结果", "呈请周示例同志阅示"),
        ),
        (DocumentKind.FILING_NOTICE, ("2026年10月14日星期三前含当日", "2026年第三季度填报任务分工表")),
        (
            DocumentKind.PLAN,
            ("关于印发示例街道2026年工作计划的通知", "一优化营商环境推动经济发展一紧抓招商引资"),
        ),
    ],
)
def test_each_kind_is_printed_with_its_own_words(kind: DocumentKind, words: tuple[str, ...]) -> None:
    document = compose_document(kind, small_facts(kind), PARTICULARS)
    assert document_from_json(document_as_json(document)) == document
    text = printed_text(render_pdf(document))
    for expected in words:
        assert expected in text


def test_a_leader_s_name_of_rare_characters_is_printed() -> None:
    name = "𠮷㐂𪚥𬱖"  # none of the office's usual faces has them all
    facts = replace(small_facts(DocumentKind.READING_SHEET), leader=name)
    signed = replace(PARTICULARS, signers=(name,))
    sheet = compose_document(DocumentKind.READING_SHEET, facts, PARTICULARS)
    report = compose_document(DocumentKind.QUARTERLY, replace(quarter_facts(), due=DUE), signed)
    assert first_page(render_pdf(sheet)).count(name) == 3  # in the title, whom it goes to, who is asked
    assert f"签发人：{name}" in first_page(render_pdf(report))


def first_page(data: bytes) -> str:
    with pypdfium2.PdfDocument(data) as pdf:
        words: str = pdf[0].get_textpage().get_text_bounded()
        return words.replace("\r\n", "")


def test_fixed_sentences_end_in_no_line_of_a_word() -> None:
    good, done = (
        each(quarter_facts(), lambda one, case=case: measure_facts(one.number, case))
        for case in (CASES[0], CASES[3])
    )
    documents = (
        compose_document(DocumentKind.QUARTERLY, good, PARTICULARS),
        compose_document(DocumentKind.CIRCULAR, quarter_facts(), PARTICULARS),
        compose_document(DocumentKind.CIRCULAR, replace(done, scope=read_scope("2026Q4")), PARTICULARS),
    )
    for start in ("从推进状态看，45项", "从完成进度看，45项", "对上述12项"):
        found = next(
            block
            for document in documents
            for block in document.body
            if isinstance(block, Paragraph) and block.text.startswith(start)
        )
        head = f"（一）{found.head.text}" if found.head else ""
        last_line = (2 + rough_width(head + found.text)) % CHARACTERS_PER_LINE
        assert not 0.5 < last_line < 3
