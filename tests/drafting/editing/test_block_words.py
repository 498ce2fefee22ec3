"""The full words of a filing stand beside the block that gives them in short, as they were when the draft was made."""

from __future__ import annotations

import pytest
from flask import Flask

from app.base.database import database
from app.composition.rules import TextFullness
from app.drafting.core.models import Document, DocumentBlock
from app.drafting.editing.block_words import all_words, words_behind, words_of
from reports.model import Block, Chart, ChartRow, Column, Heading, Paragraph, Table
from tests.clients import log_in
from tests.drafting.draft_pages import address, page
from tests.drafting.drafts import (
    OWN_WORDS,
    accepted_again,
    block_saying,
    drafted,
)
from tests.world import World, full_content

TABLE = Table((Column("部门"), Column("项数")), (("经发办", "3"),), caption="各部门进展")
CHART = Chart("各部分进展", ("已完成", "滞后"), (ChartRow("第一部分", (2, 1)),))


@pytest.mark.parametrize(
    ("block", "name", "words"),
    [
        (TABLE, "各部门进展", "各部门进展\n经发办　3"),
        (CHART, "各部分进展", "各部分进展\n第一部分　2　1"),
        (Paragraph("已走访企业。", head=Heading(3, "招商。")), "已走访企业。", "招商。已走访企业。"),
    ],
)
def test_each_block_says_its_name_or_its_text(block: Block, name: str, words: str) -> None:
    assert (words_of(block), all_words(block), all_words(None)) == (name, words, "")


def test_the_form_shows_the_full_text_that_the_filing_had_when_it_was_assembled(
    app: Flask, reported: World
) -> None:
    with app.app_context():
        draft = drafted(reported)
        accepted_again(reported, "已走访企业48家。")
    office, row = log_in(app, reported, "office"), block_saying(draft, OWN_WORDS)
    content = full_content(OWN_WORDS)
    assert words_behind(row) == {
        "进展情况": OWN_WORDS,
        "存在问题": content.problems,
        "下一步计划": content.next_steps,
    }
    assert words_behind(DocumentBlock(document=row.document, filing=999)) == {}
    row.document.facts = None
    assert words_behind(row) == {}
    shown = page(office, address(row), htmx=True)
    assert content.next_steps in shown
    assert f'data-take-into="blockform-text-{row.id}"' in shown
    assert '<details class="draft-note">' in shown
    with database.connection_context():
        Document.update(fullness=TextFullness.CONCISE).execute()
    assert '<details class="draft-note" open>' in page(office, address(row), htmx=True)
    figures = block_saying(draft, "从推进状态看")
    assert words_behind(figures) == {}
    assert "填报原文" not in page(office, address(figures), htmx=True)
