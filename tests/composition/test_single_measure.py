"""A plan of one measure: no heading tells it from others, and no figure of it is printed twice."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.composition.kinds import compose_document
from app.composition.rules import DocumentKind
from app.composition.scope import read_scope
from app.filing.core.lights import Light
from app.periods.rules import Quarter
from reports.model import Heading, OfficialDocument, Paragraph
from tests.composition.contents import DOWNWARD, each
from tests.drafting.sample_documents import CASES, PARTICULARS, quarter_facts

UPWARD = (DocumentKind.QUARTERLY, DocumentKind.YEARLY)
BEHIND = CASES[1]


def document_of(kind: DocumentKind, number: int, **changes: object) -> OfficialDocument:
    facts = quarter_facts().narrowed(lambda measure: measure.number == number)
    facts = each(facts, lambda one: replace(one, report=one.report and replace(one.report, **changes)))
    if kind is DocumentKind.YEARLY:
        last = Quarter(2026, 4)
        facts = replace(facts, scope=read_scope("2026"))
        facts = each(facts, lambda one: replace(one, report=one.report and replace(one.report, quarter=last)))
    return compose_document(kind, facts, PARTICULARS if kind in UPWARD else DOWNWARD)


@pytest.mark.parametrize("number", [1, 2, 4])
@pytest.mark.parametrize("kind", [*UPWARD, DocumentKind.CIRCULAR, DocumentKind.SUPERVISION])
def test_only_chapters_have_a_line_of_their_own_and_figures_stand_once(
    kind: DocumentKind, number: int
) -> None:
    document = document_of(kind, number)
    assert {block.level for block in document.body if isinstance(block, Heading)} == {1}
    heads = [block.head.level for block in document.body if isinstance(block, Paragraph) and block.head]
    assert set(heads) <= {2}
    assert not any("各项" in block.text for block in document.body if isinstance(block, Heading))
    text = "".join(block.text for block in document.body if isinstance(block, Paragraph))
    assert text.count("完成率") == 1
    assert text.count("个百分点") <= 1


def test_where_no_reason_is_known_it_says_so() -> None:
    for kind, words in (
        (DocumentKind.QUARTERLY, "原因有待进一步分析。"),
        (DocumentKind.CIRCULAR, "第2办公室牵头。牵头部门没有说明原因。"),
    ):
        document = document_of(kind, 2, problems="")
        assert words in [block.text for block in document.body if isinstance(block, Paragraph)]


def test_of_a_light_that_was_moved_only_that_is_added() -> None:
    moved = {"light": Light.YELLOW, "light_reason": "设备下月到货。"}
    below = document_of(DocumentKind.CIRCULAR, 2, **moved)
    text = "".join(block.text for block in below.body if isinstance(block, Paragraph))
    assert (text.count("完成率"), text.count("个百分点")) == (1, 1)
    assert "按完成进度应为红灯，由牵头部门调整为黄灯。调整亮灯的理由：设备下月到货。" in text
    upward = document_of(DocumentKind.QUARTERLY, 2, **moved)
    assert "调整" not in "".join(block.text for block in upward.body if isinstance(block, Paragraph))
