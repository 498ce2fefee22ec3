"""What nobody should write but somebody does: refused in a sentence where it is typed, or printed whole."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from app.authority.actor import SAMPLE_LOADER
from app.composition.kinds import spec_of
from app.composition.rules import DocumentKind, DocumentSubject
from app.drafting.core.draft import text_of_document
from app.drafting.core.models import Document
from app.periods.models import Period
from app.periods.operations import close_period
from app.printing.formats import render_document
from app.printing.rules import FileFormat
from reports.model import OfficialDocument
from tests.clients import Browser, log_in
from tests.drafting.draft_pages import address, page
from tests.drafting.drafts import (
    OWN_WORDS,
    block_saying,
    drafted,
    fresh,
    texts_of,
)
from tests.reports.docx.word import text as words_in
from tests.reports.ink import page_texts
from tests.world import World

# A yearly report waits for the fourth quarter, which is not open yet.
ON_FILINGS = [
    kind for kind in DocumentKind if spec_of(kind).rests_on_filings and kind is not DocumentKind.YEARLY
]
CHOSEN = {
    "issuer": "示例街道办事处",
    "recipient": "示例区人民政府",
    "signer": "王玥",
    "dated": "2026-10-09",
    "copies_to": "",
    "word": "华街",
    "urgency": "",
    "file_by": "2026-10-20",
    "mend_by": "2026-10-23",
}


@pytest.fixture
def office(app: Flask, world: World) -> Browser:
    return log_in(app, world, "office")


@pytest.fixture
def draft(app: Flask, reported: World) -> Document:
    with app.app_context():
        return drafted(reported)


def printed_words(document: OfficialDocument) -> tuple[list[str], str]:
    """Return what the pages of a document's PDF say, and what its Word file says."""
    pdf, docx = render_document(document, (FileFormat.PDF, FileFormat.DOCX))
    return page_texts(pdf.data), words_in(docx.data)


def test_a_title_that_is_too_long_is_refused_where_it_was_typed_and_the_longest_is_printed(
    office: Browser, draft: Document
) -> None:
    path, longest = f"/documents/{draft.id}/particulars", "关于推进工作的报告" * 13 + "甲乙丙"
    opened = re.search(r'name="opened" type="hidden" value="([^"]+)"', page(office, path))
    assert opened
    sent = CHOSEN | {"opened": opened[1]}
    answer = office.post(path, data=sent | {"title": f"{longest}丁"}, htmx=True)
    text = answer.get_data(as_text=True)
    assert (answer.status_code, "标题共 121 字，请控制在 120 字以内。" in text) == (422, True)
    assert f"{longest}丁" in text
    assert fresh(draft).title == draft.title
    assert office.post(path, data=sent | {"title": longest}).status_code == 303
    pages, words = printed_words(text_of_document(fresh(draft)))
    first = "".join(pages[0].split())
    assert longest in first
    assert "现将" in first.partition(longest)[2]
    assert longest in words


def test_a_paragraph_of_30000_characters_is_kept_and_printed_whole(office: Browser, draft: Document) -> None:
    row = block_saying(draft, OWN_WORDS)
    page(office, address(row))
    answer = office.post(address(row), data={"text": "国" * 30_000, "version": str(row.version)})
    assert answer.status_code == 303
    document = text_of_document(fresh(draft))
    pages, words = printed_words(document)
    assert sum(text.count("国") for text in pages) == words.count("国") == 2 * 30_000  # the annex repeats it


@pytest.mark.parametrize("kind", ON_FILINGS)
def test_of_an_empty_quarter_no_kind_is_made_and_the_form_says_what_is_lacking(
    office: Browser, world: World, kind: DocumentKind
) -> None:
    about = {
        DocumentSubject.DEPARTMENT: {"department": str(world.departments["经发办"].id)},
        DocumentSubject.LEADER: {"leader": str(world.leader.id)},
    }
    sent = CHOSEN | {"period": str(world.period.id), "span": spec_of(kind).spans[0].value, "form": "file"}
    sent |= {"fullness": "full"} | about.get(spec_of(kind).subject, {})
    answer = office.post(f"/documents/new/{kind.value}", data=sent)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422, text
    assert "还没有已采用的填报，无法汇编公文。请先在“审核”中采用填报。" in text
    assert not Document.select().exists()


def test_of_a_quarter_that_is_still_open_the_document_is_the_same_as_after_its_closing(
    app: Flask, reported: World
) -> None:
    with app.app_context():
        before = drafted(reported)
        assert not Period.get_by_id(reported.period.id).is_closed
        close_period(reported.period, by=SAMPLE_LOADER)
        after = drafted(reported)
    assert texts_of(before) == texts_of(after)
    assert text_of_document(before).annexes == text_of_document(after).annexes
    words_before = "".join(texts_of(before))
    for waiting in (reported.measures[1], reported.measures[3]):
        assert f"{waiting.title.rstrip('。')}" in words_before
