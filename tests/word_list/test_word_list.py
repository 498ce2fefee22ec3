"""The office's word list over the defaults: what it stores, what the checks make of it, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil

import pytest
from flask import Flask

from app.audit.models import Event
from app.authority.policy import Action
from app.base.errors import BadInput, FieldProblems, NotAllowed, StaleVersion
from app.base.paging import PAGE_LENGTH
from app.lint.checked_text import check_text
from app.word_list.models import OfficeWord
from app.word_list.operations import (
    add_word,
    change_word,
    restore_all_words,
    restore_word,
    switch_off_word,
)
from app.word_list.queries import WordOrigin, current_words, entry_of_word, word_entries
from reports.lint.words import ListedWord, WordLevel, default_words
from reports.lint.written import lines_of_text
from tests.clients import Browser, count_queries, log_in
from tests.databases import on_both
from tests.filing.pages import inputs, seen
from tests.world import World

OWN = ListedWord("示例楼", WordLevel.WRONG, "示例大楼", ("新",), (), ("群",), "街道的叫法", "街道办公室")


def quotes_in(text: str) -> list[str]:
    return [one.finding.quote for one in check_text(lines_of_text(text)).found]


def test_only_what_differs_is_stored_and_everything_comes_back(world: World) -> None:
    by = world.users["office"]
    assert current_words() is default_words()
    add_word(OWN, by=by)
    change_word(ListedWord("严励", WordLevel.HINT, "严格"), version=0, by=by)
    switch_off_word("演炼", version=0, by=by)
    entries = {entry.listed.word: entry for entry in word_entries()}
    assert [entries[word].origin for word in ("示例楼", "严励", "演炼", "制渡")] == [
        WordOrigin.ADDED,
        WordOrigin.CHANGED,
        WordOrigin.OFF,
        WordOrigin.DEFAULT,
    ]
    assert entries["示例楼"].listed == OWN
    assert OfficeWord.select().count() == 3
    assert [one.listed.word for one in word_entries()][:3] == ["演炼", "严励", "示例楼"]
    restore_word("严励", version=1, by=by)
    restore_word("示例楼", version=1, by=by)
    assert entry_of_word("示例楼") is None
    assert restore_all_words(by=by) == 1
    assert current_words() is default_words()
    assert Event.select().where(Event.action == Action.EDIT_WORD_LIST).count() == 6


@on_both
def test_a_word_is_changed_twice_and_not_over_somebody_else(world: World) -> None:
    by = world.users["office"]
    change_word(ListedWord("严励", WordLevel.HINT, "严格"), version=0, by=by)
    with pytest.raises(StaleVersion):
        change_word(ListedWord("严励", WordLevel.HINT, "严谨"), version=0, by=by)
    change_word(ListedWord("严励", WordLevel.SUSPECT, "严谨"), version=1, by=by)
    for step in (switch_off_word, restore_word):
        with pytest.raises(StaleVersion):
            step("严励", version=1, by=by)
    entry = entry_of_word("严励")
    assert entry is not None
    assert (entry.listed.replacement, entry.version) == ("严谨", 2)
    switch_off_word("严励", version=2, by=by)
    switched_off = entry_of_word("严励")
    assert switched_off is not None
    assert (switched_off.origin, switched_off.version) == (WordOrigin.OFF, 3)


def test_texts_are_checked_with_it(world: World) -> None:
    by, text = world.users["office"], "演炼在示例楼举行，新示例楼停用。"
    assert quotes_in(text) == ["演炼"]
    add_word(OWN, by=by)
    switch_off_word("演炼", version=0, by=by)
    assert quotes_in(text) == ["示例楼"]


def test_what_a_new_release_no_longer_has_is_not_switched_off_any_more(world: World) -> None:
    OfficeWord.create(word="从前的词")
    assert entry_of_word("从前的词") is None


CONTRADICTIONS: list[tuple[ListedWord, str]] = [
    (ListedWord("", WordLevel.WRONG), "请写明要查的词"),
    (ListedWord("甲 乙", WordLevel.WRONG), "不能有空格"),
    (ListedWord("甲", WordLevel.WRONG), "一个字到处都有"),
    (ListedWord("甲" * 21, WordLevel.WRONG), "最多20个字"),
    (ListedWord("甲乙", WordLevel.WRONG, "甲乙"), "和它自己一样"),
    (ListedWord("甲乙", WordLevel.WRONG, "甲乙丙"), "改了以后还是错的"),
    (ListedWord("甲乙", WordLevel.WRONG, "严励"), "两条互相矛盾"),
    (ListedWord("甲乙", WordLevel.WRONG, reason="长" * 101), "理由或者来源太长"),
    (ListedWord("甲乙", WordLevel.WRONG, before=("长" * 301,)), "每栏最多300个字"),
    (ListedWord("严厉", WordLevel.WRONG, "严格"), "两条互相矛盾"),
    (ListedWord("严励", WordLevel.WRONG, "严格"), "词表里已有“严励”"),
]


def test_a_list_against_itself_is_refused_whole(world: World) -> None:
    by = world.users["office"]
    for listed, sentence in CONTRADICTIONS:
        with pytest.raises(FieldProblems) as refusal:
            add_word(listed, by=by)
        assert sentence in refusal.value.fields["word"]
    assert OfficeWord.select().count() == 0


def test_what_would_contradict_once_restored_stays(world: World) -> None:
    by = world.users["office"]
    switch_off_word("严励", version=0, by=by)
    add_word(ListedWord("甲乙", WordLevel.WRONG, "严励"), by=by)
    with pytest.raises(BadInput, match="没有恢复"):
        restore_word("严励", version=1, by=by)
    assert OfficeWord.select().count() == 2


def test_an_older_contradiction_does_not_block_other_words(world: World) -> None:
    OfficeWord.create(word="甲乙", level=WordLevel.WRONG, replacement="严励")
    add_word(OWN, by=world.users["office"])
    assert current_words().problems


@pytest.mark.parametrize("who", ["filer", "head", "leader"])
def test_others_do_not_edit_it(world: World, who: str) -> None:
    by = world.users[who]
    steps: list[Callable[[], object]] = [
        lambda: add_word(OWN, by=by),
        lambda: change_word(OWN, version=0, by=by),
        lambda: switch_off_word("严励", version=0, by=by),
        lambda: restore_word("严励", version=0, by=by),
        lambda: restore_all_words(by=by),
    ]
    for step in steps:
        with pytest.raises(NotAllowed):
            step()


def test_words_that_there_are_not_and_own_ones_are_not_switched_off(world: World) -> None:
    by = world.users["office"]
    add_word(OWN, by=by)
    for word in ("没有的词", OWN.word):
        with pytest.raises(BadInput):
            switch_off_word(word, version=0, by=by)


@pytest.fixture
def client(app: Flask, world: World) -> Browser:
    browser = log_in(app, world, "office")
    browser.get("/lint/words")
    return browser


def test_the_page_lists_finds_adds_and_restores(client: Browser) -> None:
    assert 'href="/lint/words"' in client.get("/lint").text
    typed = {"word": "示例楼", "level": "必错", "replacement": "示例大楼", "not_before": "群、 顶"}
    form = inputs(client.get("/lint/words/edit")) | typed
    assert form["version"] == ""
    assert client.post("/lint/words/edit", data=form).status_code == 303
    found = seen(
        client.get("/lint/words", query_string={"words": "示例", "level": "必错", "origin": "added"})
    )
    assert "共 1 个词" in found
    assert "后面不是群、顶" in found
    page = client.get("/lint/words/edit", query_string={"word": "示例楼"})
    sent = inputs(page)
    assert (sent["version"], sent["replacement"]) == ("1", "示例大楼")
    again = {**form, "version": "1", "replacement": "示例新楼"}
    assert client.post("/lint/words/edit", data=again).status_code == 303
    stale = client.post("/lint/words/edit", data=again)
    assert stale.status_code == 409
    assert inputs(stale)["version"] == "2"
    assert client.post("/lint/words/restore", data={"word": "示例楼", "version": "2"}).status_code == 303
    assert client.post("/lint/words/off", data={"word": "严励", "version": "0"}).status_code == 303
    assert "已停用" in seen(client.get("/lint/words/edit", query_string={"word": "严励"}))
    assert client.post("/lint/words/restore-all").status_code == 303
    assert current_words() is default_words()


@pytest.mark.parametrize(
    ("path", "values", "status", "sentence"),
    [
        ("edit", {"word": "", "level": "必错"}, 422, "请写明要查的词。"),
        ("edit", {"word": "甲乙"}, 422, "请选择级别。"),
        ("edit", {"word": "甲乙", "level": "很错"}, 422, "请选择级别。"),
        ("edit", {"word": "严励", "level": "必错"}, 422, "词表里已有“严励”"),
        ("edit", {"word": "没有", "level": "必错", "version": "0"}, 422, "词表里没有“没有”"),
        ("edit", {"word": "甲乙", "level": "必错", "version": "x"}, 422, "不是整数"),
        ("off", {"word": "没有", "version": "0"}, 422, "词表里没有“没有”"),
        ("off", {"word": "严励", "version": "7"}, 409, "已被他人改动"),
        ("off", {"word": "严励"}, 422, "页面发来的内容不完整"),
        ("restore", {"version": "0"}, 422, "词表里没有"),
    ],
)
def test_bad_input_is_a_sentence(
    client: Browser, path: str, values: dict[str, str], status: int, sentence: str
) -> None:
    answer = client.post(f"/lint/words/{path}", data=values)
    assert answer.status_code == status
    assert sentence in answer.text
    assert OfficeWord.select().count() == 0


def test_a_filter_of_nonsense_is_refused_and_pages_end(client: Browser) -> None:
    assert client.get("/lint/words?level=很错").status_code == 422
    assert "没有找到这样的词" in client.get("/lint/words?words=绝无此词").text
    last = ceil(len(default_words().words) / PAGE_LENGTH)
    assert f"第 {last} 页，共 {last} 页" in seen(client.get("/lint/words?page=99999"))


def test_the_number_of_queries_is_fixed(client: Browser) -> None:
    with count_queries() as few:
        client.get("/lint/words")
    for number in range(40):
        OfficeWord.create(word=f"词{number}", level=WordLevel.HINT)
    with count_queries() as many:
        client.get("/lint/words")
    assert len(few) == len(many)
