"""What who finds: of filings, directives and documents only what one may read, not even as a count."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from app.authority.policy import Action, is_allowed
from app.authority.roles import Role
from app.base.database import database
from app.directives.core.models import Directive
from app.directives.core.queries import directive_by_id
from app.drafting.core.life_cycle import DocumentState
from app.drafting.core.models import Document, DocumentAddressee, DocumentBlock, RenderJob
from app.filing.core.life_cycle import FilingState
from app.filing.core.measure_status import Forecast, MeasureStatus
from app.filing.core.models import Filing
from app.filing.core.queries import is_readable_by
from app.org.models import Leader
from app.search.queries import SOURCES, SearchKind, first_found_of_kind, found_page_of_kind
from app.search.rules import words_of_search
from tests.clients import count_queries, log_in
from tests.databases import on_both
from tests.directives.writing import written_directive
from tests.world import World, add_user

WORD = "电梯"
READERS = ("filer", "head", "filer:城管办", "head:一居", "leader", "leader:other", "office")


@pytest.fixture
def searched(world: World) -> World:
    """The world with another leader, whose and nobody's the directives of the first are."""
    other = Leader.create(name="吴示例", post="副主任", position=2)
    world.users["leader:other"] = add_user("leader-9", Role.LEADER, leader=other)
    return world


def counts(world: World, words: str = WORD, who: str = "office") -> dict[str, int]:
    """Return how many of each kind somebody finds, but for kinds of which there are none."""
    found = [
        first_found_of_kind(kind, words_of_search(words), reader=world.users[who]) for kind in SearchKind
    ]
    assert all(group.count >= len(group.hits) for group in found)
    return {group.kind.value: group.count for group in found if group.count}


def write_in_filing(world: World, state: FilingState, **texts: str) -> Filing:
    """Let a filing of 经发办 stand at a state with these texts; how it came there does not matter to a reader."""
    filing = world.filing(1)
    stamps = {"submitted_at": filing.updated_at, "accepted_at": None}
    if state is FilingState.ACCEPTED:
        stamps["accepted_at"] = filing.updated_at
    Filing.update(
        state=state,
        percent=76,
        status=MeasureStatus.ON_TRACK,
        forecast=Forecast.CAN_FINISH,
        **stamps,
        **texts,
    ).where(Filing.id == filing.id).execute()
    return world.filing(1)


def add_document(
    world: World, state: DocumentState, text: str, *addressees: str, dropped: bool = False, position: int = 0
) -> Document:
    office = world.users["office"]
    document = Document.create(
        kind="circular",
        state=state,
        plan=world.plan,
        period=world.period,
        title="关于工作计划执行情况的通报",
        issuer="示例街道办事处",
        recipient="各部门",
        signer="王玥",
        dated=world.period.last_day,
        created_by=office.person,
        issued_at=world.filing(1).updated_at if state is DocumentState.ISSUED else None,
    )
    RenderJob.create(document=document, requested_by=office.person)
    add_block(document, text, position=position, dropped=dropped)
    for name in addressees:
        DocumentAddressee.create(document=document, department=world.departments[name])
    return document


def add_block(document: Document, text: str, *, position: int, dropped: bool = False) -> None:
    content = {"kind": "Paragraph", "text": text, "head": None}
    DocumentBlock.create(document=document, position=position, content=content, is_dropped=dropped)


@on_both
@pytest.mark.parametrize("state", FilingState)
def test_a_filing_is_found_by_who_may_read_it(searched: World, state: FilingState) -> None:
    filing = write_in_filing(searched, state, problems="老旧小区加装电梯进展慢。")
    for who in READERS:
        may_read = is_allowed(searched.users[who], Action.READ_FILING, filing)
        assert counts(searched, who=who) == ({"filing": 1} if may_read else {}), who
        assert Filing.select().where(is_readable_by(searched.users[who])).count() == sum(
            is_allowed(searched.users[who], Action.READ_FILING, one) for one in Filing.select()
        ), who


@on_both
@pytest.mark.parametrize("confidential", [False, True])
def test_a_directive_is_found_by_who_may_read_it(searched: World, confidential: bool) -> None:
    written = written_directive(searched, text="请抓紧加装电梯。", is_confidential=confidential)
    directive = directive_by_id(written.id)
    for who in READERS:
        may_read = is_allowed(searched.users[who], Action.READ_DIRECTIVE, directive)
        assert counts(searched, who=who) == ({"directive": 1} if may_read else {}), who
    assert counts(searched, who="leader:other") == ({} if confidential else {"directive": 1})
    assert counts(searched, who="filer") == ({} if confidential else {"directive": 1})


@on_both
def test_a_document_is_found_by_who_may_read_it(searched: World) -> None:
    add_document(searched, DocumentState.ASSEMBLED, "加装电梯3台。")
    add_document(searched, DocumentState.DISCARDED, "加装电梯4台。", "经发办")
    add_document(searched, DocumentState.ISSUED, "加装电梯5台。", "经发办", dropped=True)
    assert {who for who in READERS if counts(searched, who=who)} == {"office"}
    assert counts(searched) == {"document": 1}
    add_document(searched, DocumentState.ISSUED, "加装电梯6台。", "经发办")
    found = {who: counts(searched, who=who).get("document", 0) for who in READERS}
    assert found == {
        "filer": 1,
        "head": 1,
        "filer:城管办": 0,
        "head:一居": 0,
        "leader": 1,
        "leader:other": 1,
        "office": 2,
    }


@on_both
def test_a_document_is_quoted_where_a_word_stands_in_it_first(searched: World) -> None:
    document = add_document(searched, DocumentState.ASSEMBLED, "后来又加装电梯4台。", position=3)
    add_block(document, "加装电梯2台，已经删去。", position=1, dropped=True)
    add_block(document, "电梯3台已经加装。", position=2)
    add_block(document, "没有这个词。", position=0)
    found = first_found_of_kind(SearchKind.DOCUMENT, (WORD, "通"), reader=searched.users["office"])
    (excerpt,) = [hit.excerpt for hit in found.hits]
    assert excerpt is not None
    assert "".join(piece.text for piece in excerpt.pieces) == "电梯3台已经加装。"


def test_sqlite_reads_paragraphs_from_their_index(searched: World) -> None:
    query = SOURCES[SearchKind.DOCUMENT].matching((WORD,), searched.users["office"])
    plan = database.execute_sql(f"EXPLAIN QUERY PLAN {query.sql()[0]}", query.sql()[1]).fetchall()
    assert any("INDEX document_block_text" in step[-1] for step in plan), plan


@on_both
def test_marks_of_sql_are_plain_characters(searched: World) -> None:
    write_in_filing(searched, FilingState.ACCEPTED, progress=r"完成50%，a_b，c\d，it's；DROP TABLE filing;--")
    for words in ("0%", "a_b", r"c\d", "it's", "'; DROP", "--"):
        assert counts(searched, words) == ({} if words == "'; DROP" else {"filing": 1}), words
    for words in ("%%", "5_%", "aXb", "' OR 1=1", r"\%"):
        assert counts(searched, words) == {}, words
    assert Directive.select().count() == 0


@on_both
def test_one_character_searches_titles_and_names_only(searched: World) -> None:
    write_in_filing(searched, FilingState.ACCEPTED, progress="老旧小区梯子。")
    written_directive(searched, text="梯子要修。")
    assert counts(searched, "梯") == {}
    assert counts(searched, "某") == {"directive": 1}
    found = first_found_of_kind(SearchKind.PLAN_ITEM, ("旧",), reader=searched.users["filer"])
    assert ["".join(piece.text for piece in hit.title) for hit in found.hits] == [
        "2026年第 3 项 推进旧区改造"
    ]


def test_all_words_must_be_found(searched: World) -> None:
    write_in_filing(searched, FilingState.ACCEPTED, progress="加装电梯。", problems="资金不足。")
    assert counts(searched, "电梯 资金") == {"filing": 1}
    assert counts(searched, "电梯 养老") == {}
    assert counts(searched, "走访") == {"plan": 2}


@given(st.text(max_size=64))
def test_whatever_is_typed_is_a_search(text: str) -> None:
    assert len(words_of_search(text)) <= 5


def test_more_is_on_further_pages_in_a_fixed_order(searched: World) -> None:
    for number in range(33):
        written_directive(searched, text=f"电梯第{number}件。")
    first = first_found_of_kind(SearchKind.DIRECTIVE, (WORD,), reader=searched.users["office"])
    assert (first.count, len(first.hits)) == (33, 5)
    pages = [
        found_page_of_kind(SearchKind.DIRECTIVE, (WORD,), reader=searched.users["office"], number=number)
        for number in (1, 2, 9, 10**30, -1)
    ]
    assert [(page.number, page.last, len(page.hits)) for page in pages] == [
        (1, 2, 30),
        (2, 2, 3),
        (1, 2, 30),
        (1, 2, 30),
        (1, 2, 30),
    ]
    paths = [hit.path for page in pages[:2] for hit in page.hits]
    assert len(set(paths)) == 33
    assert paths == sorted(paths, key=lambda path: -int(path.rpartition("-")[2]))


def test_every_hit_leads_to_a_page_that_its_finder_may_open(app: Flask, searched: World) -> None:
    write_in_filing(searched, FilingState.ACCEPTED, progress="走访，加装电梯。")
    written_directive(searched, text="走访电梯企业。")
    add_document(searched, DocumentState.ASSEMBLED, "走访了企业。")
    for who in ("filer", "leader", "office"):
        client = log_in(app, searched, who)
        for address in ("/search?q=走访", "/search?q=推", "/search?q=走访&kind=filing"):
            main = client.get(address).text.partition("<main")[2]
            links = re.findall(r'<li>\s*<a href="([^"]+)"', main)
            assert links
            assert {client.get(link).status_code for link in links} == {200}, (who, links)


def test_the_page_marks_hits_and_groups_them_in_one_order(app: Flask, searched: World) -> None:
    write_in_filing(searched, FilingState.ACCEPTED, progress="走访了<b>企业</b>。")
    written_directive(searched, text="走访要实。")
    page = log_in(app, searched, "office").get("/search?q=走访").text
    assert re.findall(r'<h2 id="found-(\w+)">', page) == ["plan", "filing", "directive"]
    assert "<mark>走访</mark>了&lt;b&gt;企业&lt;/b&gt;。" in page
    assert 'value="走访"' in page


def test_what_was_looked_for_stands_in_the_title(app: Flask, searched: World) -> None:
    office = log_in(app, searched, "office")
    for query, heading in (
        ("", "搜索"),
        ("q=电梯 加装", "搜索：电梯 加装"),
        ("q=电梯&kind=filing", "搜索：电梯（填报）"),
    ):
        assert f"<h1>{heading}</h1>" in office.get(f"/search?{query}").text


def test_what_cannot_be_searched_gets_a_sentence(app: Flask, searched: World) -> None:
    client = log_in(app, searched, "filer")
    for address in ("/search", "/search?q=", "/search?q=%20%E2%80%8B"):
        answer = client.get(address)
        assert (answer.status_code, "请输入要找的词" in answer.text) == (200, True)
    assert "没有找到“龙宫”" in client.get("/search?q=龙宫").text
    answer = client.get(f"/search?q={'长' * 65}")
    assert answer.status_code == 422
    assert "请控制在 64 字以内" in answer.text
    assert "长" * 65 in answer.text
    assert client.get("/search?q=走访&kind=secret").status_code == 422


@pytest.mark.parametrize("who", ["filer", "leader", "office"])
def test_the_number_of_queries_does_not_grow(app: Flask, searched: World, who: str) -> None:
    write_in_filing(searched, FilingState.ACCEPTED, progress="走访。")
    written_directive(searched, text="走访。")
    add_document(searched, DocumentState.ISSUED, "走访。", "经发办")
    client = log_in(app, searched, who)
    client.get("/search?q=走访")
    with count_queries() as few:
        client.get("/search?q=走访")
    for number in range(4):
        written_directive(searched, "经发办", "城管办", text=f"走访{number}。")
        add_document(searched, DocumentState.ISSUED, "走访。", "经发办")
    with count_queries() as many:
        client.get("/search?q=走访")
    assert len(few) == len(many)
