"""Two people at one draft: whatever they do at the same time, nothing is overwritten, lost, or in two places."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask

from app.base.database import database
from app.base.errors import StaleVersion
from app.drafting.core import queries
from app.drafting.core.models import Document
from app.drafting.editing import operations as editing
from app.drafting.editing.operations import BlockWording
from reports.model import Paragraph
from tests.clients import log_in
from tests.databases import on_both
from tests.drafting.draft_pages import address, other_saves, page
from tests.drafting.drafts import (
    BETTER,
    OWN_WORDS,
    block_saying,
    drafted,
    reworded,
    texts_of,
)
from tests.world import World


@pytest.fixture
def draft(app: Flask, reported: World) -> Document:
    with app.app_context():
        return drafted(reported)


@on_both
def test_operations_at_the_same_time_are_all_done_and_leave_one_order(
    app: Flask, reported: World, draft: Document
) -> None:
    office = reported.users["office"]
    texts = texts_of(draft)
    # Everybody has read the rows for himself, as requests do.
    first, again, once_more, second, last, its_copy = (
        block_saying(draft, texts[place]) for place in (0, 0, 0, 1, -1, -1)
    )
    actions: list[Callable[[], object]] = [
        lambda: editing.move_block(first, 3, by=office),
        lambda: editing.move_block(second, 5, by=office),
        lambda: editing.insert_block(again, Paragraph("甲写的一段。"), by=office),
        lambda: editing.insert_block(once_more, Paragraph("乙写的一段。"), by=office),
        lambda: editing.rewrite_block(last, BlockWording("丙改的一段。"), by=office, version=last.version),
        lambda: editing.move_block(its_copy, -2, by=office),
    ]
    line = Barrier(len(actions))

    def do(action: Callable[[], object]) -> None:
        with app.app_context(), database.connection_context():
            line.wait()
            action()

    with ThreadPoolExecutor(len(actions)) as people:
        list(people.map(do, actions))
    rows = queries.blocks_of(draft)
    assert [row.position for row in rows] == list(range(1, len(rows) + 1))
    assert sorted(texts_of(draft)) == sorted([*texts[:-1], "甲写的一段。", "乙写的一段。", "丙改的一段。"])


@on_both
@pytest.mark.usefixtures("in_app")
def test_a_block_that_another_moved_meanwhile_is_moved_from_where_it_stands_now(
    reported: World, draft: Document
) -> None:
    office, texts = reported.users["office"], texts_of(draft)
    moved, read_before = block_saying(draft, texts[0]), block_saying(draft, texts[0])
    editing.move_block(moved, 2, by=office)
    editing.move_block(read_before, -2, by=office)
    assert [row.position for row in queries.blocks_of(draft)] == list(range(1, len(texts) + 1))
    assert texts_of(draft) == texts


@on_both
@pytest.mark.usefixtures("in_app")
def test_whatever_replaces_or_takes_away_words_is_refused_where_another_changed_them(
    reported: World, draft: Document
) -> None:
    office = reported.users["office"]
    row, read = block_saying(draft, OWN_WORDS), block_saying(draft, OWN_WORDS)
    read.overtaken_by = {}  # what is to be decided when words are kept
    reworded(reported, draft)
    for action in (
        lambda: editing.keep_block_words(read, by=office, version=row.version),
        lambda: editing.drop_block(read, by=office, version=row.version),
        lambda: editing.restore_block(read, by=office, version=row.version),
        lambda: editing.renew_block(read, Paragraph("新。"), by=office, version=row.version),
        lambda: editing.fix_block(read, Paragraph("新。"), "spaces", by=office, version=row.version),
    ):
        with pytest.raises(StaleVersion):
            action()
    assert BETTER in texts_of(draft)


def test_a_restore_that_comes_too_late_shows_what_stands_now(
    app: Flask, reported: World, draft: Document
) -> None:
    office, row = log_in(app, reported, "office"), block_saying(draft, OWN_WORDS)
    page(office, f"/documents/{draft.id}/edit")
    other_saves(app, reported, row, "甲写的文字。")
    answer = office.post(address(row, "/restore"), data={"version": str(row.version - 1)}, htmx=True)
    text = answer.get_data(as_text=True)
    assert (answer.status_code, "您的这一步没有办" in text, "甲写的文字。" in text) == (409, True, True)


def test_a_block_of_several_lines_stands_in_the_editor_as_it_is_printed(
    app: Flask, reported: World, draft: Document
) -> None:
    office, row = log_in(app, reported, "office"), block_saying(draft, OWN_WORDS)
    other_saves(app, reported, row, "第一段。\n\n第二段。")
    shown = page(office, f"/documents/{draft.id}/edit")
    assert '<p class="draft-words">第二段。</p>' in shown
    assert "换一行，印出来就是另起一段。" in page(office, address(row))


def test_a_text_that_is_too_long_says_by_how_much_and_where_to_begin(
    app: Flask, reported: World, draft: Document
) -> None:
    office, row = log_in(app, reported, "office"), block_saying(draft, OWN_WORDS)
    short = page(office, f"/documents/{draft.id}/edit")
    assert "要求不超过 5000 字" in short
    assert "可以先压缩这几段" not in short
    page(office, address(row), htmx=True)
    sent = office.post(address(row), data={"text": "长" * 6_000, "version": str(row.version)}, htmx=True)
    for shown in (sent.get_data(as_text=True), page(office, f"/documents/{draft.id}/edit")):
        length = shown[shown.index('id="draft-length"') :]
        assert "超出要求（5000 字）" in length
        assert length.index("可以先压缩这几段") < length.index(f'href="#block-{row.id}"')
        assert "（6000 字）" in length
