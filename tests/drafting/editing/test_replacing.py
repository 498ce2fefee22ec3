"""Find and replace over a whole draft: seen before it is done, all or nothing, each block's change on record."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from app.audit.queries import events_of_subject
from app.base.errors import FieldProblems, StaleVersion
from app.drafting.core import queries
from app.drafting.core.models import Document, DocumentBlock
from app.drafting.editing import operations as editing
from app.drafting.editing.annexes.operations import cells_of
from app.drafting.editing.block_words import all_words
from app.drafting.editing.draft_page import draft_page_of
from app.drafting.editing.replacing.operations import (
    FoundPlace,
    WordReplacement,
    editable_texts,
    find_words,
    places_in,
    replace_words,
)
from reports.model import Heading, Paragraph, Sheet, SheetField, SheetRow, Table
from tests.clients import Browser, count_queries, log_in
from tests.databases import on_both
from tests.drafting.draft_pages import other_saves, page
from tests.drafting.drafts import OWN_WORDS, block_saying, drafted, fresh, operations_on, texts_of
from tests.world import SETTINGS, World

FIND = WordReplacement("企业", "市场主体")


@pytest.fixture
def draft(app: Flask, reported: World) -> Document:
    with app.app_context():
        document = drafted(reported)
        last = queries.blocks_of(document)[-1]
        office = reported.users["office"]
        row = editing.insert_block(last, Heading(1, "服务企业"), by=office)
        editing.insert_block(row, Paragraph("走访企业，帮助企业。"), by=office)
        return fresh(document)


@pytest.fixture
def office(app: Flask, reported: World) -> Browser:
    return log_in(app, reported, "office")


def versions_of(draft: Document, wanted: WordReplacement) -> dict[int, int]:
    return {one.row.id: one.row.version for one in find_words(draft, wanted).blocks}


@pytest.mark.parametrize(
    ("wanted", "text", "count"),
    [
        ("5%", "完成65%，增长5%。", 1),
        ("12", "共12个，同比增长12.5%，2012年。", 1),
        ("a.c", "abc，a.c", 1),
        ("第5", "第5项、第51项", 1),
        ("企业", "企业、企业", 2),
    ],
)
def test_words_are_found_as_they_are_typed_and_numbers_as_a_whole(wanted: str, text: str, count: int) -> None:
    assert WordReplacement(wanted).count_in([text]) == count


def test_a_replacement_reaches_heads_and_fields_but_no_labels() -> None:
    exchange = WordReplacement("甲", r"\1乙").apply_to
    assert exchange(Paragraph("甲事。", Heading(3, "甲"))) == Paragraph(r"\1乙事。", Heading(3, r"\1乙"))
    sheet = Sheet((SheetRow((SheetField("甲", "甲办"),)),))
    assert exchange(sheet) == Sheet((SheetRow((SheetField("甲", r"\1乙办"),)),))
    assert editable_texts(sheet) == ["甲办"]


@pytest.mark.parametrize(("around", "shown"), [("长" * 24, "长" * 24), ("长" * 25, f"{'长' * 24}…")])
def test_a_place_is_shown_with_what_stands_around_it(around: str, shown: str) -> None:
    places = places_in([f"{around[::-1]}企业{around}"] * 6, FIND)
    assert places == (FoundPlace(shown[::-1], "企业", shown),) * 5


@on_both
@pytest.mark.usefixtures("in_app")
def test_all_blocks_say_the_other_words_and_each_is_on_record(reported: World, draft: Document) -> None:
    found, before = find_words(draft, FIND), fresh(draft).version
    assert found.count > len(found.blocks) >= 3
    count = replace_words(draft, FIND, versions_of(draft, FIND), by=reported.users["office"])
    assert count == found.count
    assert not find_words(fresh(draft), FIND).blocks
    assert "走访市场主体，帮助市场主体。" in texts_of(draft)
    assert operations_on(draft)[-len(found.blocks) :] == ["rewrite_block"] * len(found.blocks)
    words = [event.detail for event in events_of_subject(draft) if event.action == "rewrite_block"]
    assert {"服务企业": "服务市场主体"}.items() <= {one["before"]: one["after"] for one in words}.items()
    assert fresh(draft).version == before + 1
    assert draft_page_of(fresh(draft), SETTINGS).unsent_lines  # a department's words are changed


@pytest.mark.usefixtures("in_app")
def test_only_what_is_chosen_is_replaced_and_what_was_dropped_is_left_alone(
    reported: World, draft: Document
) -> None:
    office = reported.users["office"]
    heading = block_saying(draft, "服务企业")
    dropped = block_saying(draft, "走访企业，帮助企业。")
    editing.drop_block(dropped, by=office, version=dropped.version)
    assert dropped.id not in versions_of(draft, FIND)
    replace_words(draft, FIND, {heading.id: heading.version}, by=office)
    assert "服务市场主体" in texts_of(draft)
    assert block_saying(draft, OWN_WORDS)
    fresh_row = DocumentBlock.get_by_id(dropped.id)
    with pytest.raises(StaleVersion):
        replace_words(draft, FIND, {fresh_row.id: fresh_row.version}, by=office)


@on_both
@pytest.mark.usefixtures("in_app")
def test_where_one_block_was_changed_meanwhile_none_is_replaced(
    app: Flask, reported: World, draft: Document
) -> None:
    seen, texts = versions_of(draft, FIND), texts_of(draft)
    row = block_saying(draft, "服务企业")
    other_saves(app, reported, row, "服务企业家")
    with pytest.raises(StaleVersion):
        replace_words(draft, FIND, seen, by=reported.users["office"])
    assert texts_of(draft) == ["服务企业家" if text == "服务企业" else text for text in texts]


@pytest.mark.usefixtures("in_app")
@pytest.mark.parametrize(
    ("replacement", "field", "sentence"),
    [
        (WordReplacement("", "甲"), "find", "请写上要查找的文字。"),
        (WordReplacement("企业", "企业"), "replacement", "与查找的文字相同，不用替换。请写上要改成的文字。"),
        (WordReplacement("企业", "长" * 201), "replacement", "共 201 字，请控制在 200 字以内。"),
        (WordReplacement("服务企业"), "replacement", "“服务企业”这一段不能这样替换："),
    ],
)
def test_what_cannot_be_replaced_is_refused_in_a_sentence(
    reported: World, draft: Document, replacement: WordReplacement, field: str, sentence: str
) -> None:
    row = block_saying(draft, "服务企业")
    texts = texts_of(draft)
    with pytest.raises(FieldProblems) as refusal:
        replace_words(draft, replacement, {row.id: row.version}, by=reported.users["office"])
    assert list(refusal.value.fields) == [field]
    assert sentence in refusal.value.fields[field]
    assert texts_of(draft) == texts


@pytest.mark.usefixtures("in_app")
def test_finding_takes_one_query(draft: Document) -> None:
    with count_queries() as queries_made:
        find_words(draft, FIND)
    assert len(queries_made) == 1


@pytest.mark.usefixtures("in_app")
def test_words_of_tables_and_of_the_title_are_found_though_nothing_replaces_them(draft: Document) -> None:
    table = next(row for row in queries.blocks_of(draft) if isinstance(row.block, Table))
    found = find_words(draft, WordReplacement(all_words(table.block).splitlines()[-1]))
    assert [(one.row, one.count) for one in found.fixed_blocks] == [(table, 1)]
    assert not (found.blocks or found.is_in_particulars)
    assert find_words(draft, WordReplacement(draft.title)).is_in_particulars


def test_the_page_lists_the_blocks_and_replaces_one_or_all(
    app: Flask, office: Browser, draft: Document
) -> None:
    path = f"/documents/{draft.id}/replace"
    shown = page(office, f"{path}?find=企业")
    assert '<p class="found-place">走访<mark>企业</mark>，帮助企业。</p>' in shown
    assert '<p class="found-place">走访企业，帮助<mark>企业</mark>。</p>' in shown
    values = re.findall(r'name="block" value="([^"]+)"', shown)
    with app.app_context():
        row = block_saying(draft, "服务企业")
    one = office.post(
        path, data={"find": "企业", "replacement": "商户", "block": values, "only": f"{row.id}-{row.version}"}
    )
    assert (one.status_code, one.location.split("?")[0]) == (303, path)
    stale = office.post(path, data={"find": "企业", "replacement": "商户", "block": values})
    assert stale.status_code == 409
    assert 'value="商户"' in stale.get_data(as_text=True)
    values = re.findall(r'name="block" value="([^"]+)"', page(office, f"{path}?find=企业"))
    everything = office.post(path, data={"find": "企业", "replacement": "商户", "block": values})
    assert everything.location == f"/documents/{draft.id}/edit"
    with app.app_context():
        assert {"服务商户", "走访商户，帮助商户。"} <= set(texts_of(draft))
    none = office.post(path, data={"find": "商户", "replacement": "企业"})
    assert none.status_code == 422
    assert "请至少勾选一段" in none.get_data(as_text=True)


def test_what_is_found_elsewhere_is_named_with_the_way_to_it(office: Browser, draft: Document) -> None:
    shown = page(office, f"/documents/{draft.id}/replace?find=推进情况")
    assert f'请在<a href="/documents/{draft.id}/particulars">标题、主送等</a>中修改' in shown
    assert "标题、主送等</a>中修改" in page(office, f"/documents/{draft.id}/replace?find={draft.recipient}")
    too_long = office.get(f"/documents/{draft.id}/replace?find={'长' * 201}")
    assert too_long.status_code == 422
    assert "没有</h2>" not in too_long.get_data(as_text=True)
    assert "全文没有</h2>" in page(office, f"/documents/{draft.id}/replace?find=飞船")


def test_words_of_an_annex_are_found_with_the_way_to_their_cell(
    app: Flask, office: Browser, draft: Document
) -> None:
    with app.app_context():
        cell = cells_of(draft)[0]
    shown = page(office, f"/documents/{draft.id}/replace?find={cell.words[-6:]}")
    way = f"/documents/{draft.id}/annex/{cell.filing}/{cell.ordinal}"
    assert f'<a href="{way}">第{cell.measure.number}项的{cell.column.label}</a>（1 处）' in shown


def test_every_box_takes_as_many_characters_as_can_be_replaced(office: Browser, draft: Document) -> None:
    limited = re.compile(
        r'<input[^>]* (?:name="(?:find|replacement)"[^>]* maxlength="200"|maxlength="200"[^>]* name=)'
    )
    assert len(limited.findall(page(office, f"/documents/{draft.id}/edit"))) == 1
    assert len(limited.findall(page(office, f"/documents/{draft.id}/replace?find={OWN_WORDS[:4]}"))) == 2
