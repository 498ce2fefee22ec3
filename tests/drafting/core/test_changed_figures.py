"""A figure or name that somebody rewrites is named until fact and text agree."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.composition.block_keys import BlockKey, BlockRole
from app.drafting.core.changed_figures import changed_figures
from app.drafting.core.draft import composed_row
from app.drafting.core.models import Document, DocumentBlock
from reports.frozen_text import block_as_json
from reports.model import Heading, Paragraph
from tests.composition.contents import all_done, changed

STANDING = Paragraph(
    "从推进状态看，38项中，正常推进20项，占52.6%；滞后18项，占47.4%。", key=BlockKey(BlockRole.STANDING)
)
RISK = Paragraph(
    "完成率55%，落后序时进度20个百分点，已滞后。已走访企业32家，签约率40%。",
    key=BlockKey(BlockRole.RISK, filing=7),
)
WORDS = Paragraph(
    "按《走访办法》和街发〔2026〕3号，9月已走访企业32家。", key=BlockKey(BlockRole.PROGRESS, filing=7)
)


def rewritten(block: Paragraph, change: Callable[[str], str]) -> DocumentBlock:
    row = composed_row(Document(), block, 1)
    row.content = block_as_json(Paragraph(change(block.text)))
    return row


@pytest.mark.parametrize(
    ("block", "old", "new", "found"),
    [
        (STANDING, "滞后18项", "滞后17项", "“17项”与填报数据不符，汇编时是“18项”"),
        (STANDING, "52.6%", "53%", "“53%”与填报数据不符，汇编时是“52.6%”"),
        (STANDING, "滞后18项", "滞后20项", "“20项”与填报数据不符，汇编时是“18项”"),
        (STANDING, "。", "，另有2项待核。", "“2项”与填报数据不符，汇编时没有"),
        (RISK, "20个百分点", "10个百分点", "“10个百分点”与填报数据不符，汇编时是“20个百分点”"),
        (RISK, "55%", "65%", "“65%”与填报数据不符，汇编时是“55%”"),
        (RISK, "32家", "33家", "“33家”与填报数据不符，汇编时是“32家”"),
        (WORDS, "32家", "32户", "“32户”与填报数据不符，汇编时是“32家”"),
        (WORDS, "9月", "8月", "“8月”与填报数据不符，汇编时是“9月”"),
        (WORDS, "《走访办法》", "《走访规定》", "《走访规定》与填报数据不符，汇编时是《走访办法》"),
        (
            WORDS,
            "〔2026〕3号",
            "〔2026〕4号",
            "“〔2026〕4号”与填报数据不符，汇编时是“〔2026〕3号”",
        ),
    ],
)
def test_a_figure_rewritten_is_named(block: Paragraph, old: str, new: str, found: str) -> None:
    row = rewritten(block, lambda text: text.replace(old, new))
    assert [one.words for one in changed_figures([row], None)] == [found]
    row.is_dropped = True
    assert not list(changed_figures([row], None))
    row.is_dropped, row.content = False, block_as_json(Heading(2, new))
    assert not list(changed_figures([row], None))


@pytest.mark.parametrize(
    ("block", "old", "new"),
    [
        (STANDING, "从推进状态看", "看推进状态"),
        (STANDING, "，占47.4%", ""),
        (WORDS, "，9月", "，"),
    ],
)
def test_other_words_and_a_fact_left_out_are_not(block: Paragraph, old: str, new: str) -> None:
    assert not list(changed_figures([rewritten(block, lambda text: text.replace(old, new))], None))


def test_a_name_that_the_facts_know_is_compared_and_what_the_filing_says_elsewhere_is_known() -> None:
    measure, report = next((one, report) for one, report in all_done().reported)
    facts = changed(all_done(), measure.number, lead="经发办", leader="周示例")
    block = Paragraph("经发办已完成，周示例到会。", key=BlockKey(BlockRole.PROGRESS, filing=report.filing))
    other = next(one.lead for one in facts.measures if one.lead != "经发办")
    row = rewritten(block, lambda text: text.replace("经发办", other) + report.progress)
    [found] = changed_figures([row], facts)
    assert (found.written, found.known) == ((other,), ("经发办",))
