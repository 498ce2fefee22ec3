"""Bringing a plan in by the browser: what is shown, what an edit answers, and the whole way without a script."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.authority.actor import SAMPLE_LOADER
from app.base.database import database
from app.composition.scope import DocumentScope
from app.drafting.jobs.gathering import gather_facts
from app.periods.operations import open_period
from app.periods.rules import Quarter
from app.plan.core.models import Plan
from app.plan.core.plan_files import read_plan_file
from app.plan.core.queries import measures_of_plan
from app.plan.importer import FrameFields, SourceText
from app.plan.importer.block_edits import BlockEdit, EditKind
from app.plan.preview.models import ImportDraft
from app.plan.preview.operations import change_frame, confirm_import, edit_blocks
from tests.clients import Browser, count_queries, log_in
from tests.filing.pages import inputs, seen
from tests.plan.preview.import_drafts import TEXT, block_words, read_draft, start_of
from tests.world import THRESHOLDS, World

PLACE = re.compile(r'<option value="(\d+)">“([^<]*)”之前')


@pytest.fixture
def office(app: Flask, world: World) -> Browser:
    return log_in(app, world, "office")


def fresh(draft: ImportDraft) -> ImportDraft:
    found: ImportDraft = ImportDraft.get_by_id(draft.id)
    return found


def address(draft: ImportDraft, rest: str = "") -> str:
    return f"/plan/new/{draft.id}{rest}"


def edit(office: Browser, draft: ImportDraft, step: str, words: str, **values: object) -> TestResponse:
    """Send what a button of the tools sends."""
    htmx = bool(values.pop("htmx", False))
    sent = {"edit": step, "start": start_of(fresh(draft), words), "version": fresh(draft).version, **values}
    return office.post(address(draft, "/blocks"), data=sent, htmx=htmx)


def test_a_pasted_text_and_a_file_are_read_and_wait(office: Browser) -> None:
    answer = office.post("/plan/new", data={"text": TEXT})
    assert answer.status_code == 303
    shown = seen(office.get(answer.location))
    length = len("".join(TEXT.split()))
    assert f"原文 {length} 字，已归位 {length}" in shown
    assert "示例街道2027年工作计划" in shown
    answer = office.post("/plan/new", data={"file": (BytesIO(TEXT.encode()), "明年.txt")})
    assert answer.status_code == 303
    assert "明年.txt" in seen(office.get("/plan/new"))


def test_a_file_is_read_before_anybody_waits_and_sent_twice_is_kept_once(
    office: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    depths = []

    def read_file(name: str, data: bytes) -> SourceText:
        depths.append(database.transaction_depth())
        return read_plan_file(name, data)

    monkeypatch.setattr("app.plan.preview.views.read_plan_file", read_file)
    key = inputs(office.get("/plan/new"))["once"]
    answers = [
        office.post("/plan/new", data={"once": key, "file": (BytesIO(sent.encode()), "明年.txt")})
        for sent in (TEXT, TEXT, f"{TEXT}\n另有一句。")
    ]
    assert depths == [0, 0]
    first, second, another = (answer.location for answer in answers)
    assert first == second != another
    assert ImportDraft.select().count() == 2


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"text": "  "}, "请选择计划文件，或者把全文粘贴到下面"),
        ({"text": "no Chinese"}, "没有读到中文"),
        ({"file": (BytesIO(b""), "空.txt")}, "这是空文件"),
        ({"file": (BytesIO(b"\x89PNG\r\n"), "图.txt")}, "图"),
    ],
)
def test_what_cannot_be_read_is_reported(office: Browser, data: dict[str, object], sentence: str) -> None:
    answer = office.post("/plan/new", data=dict(data))
    assert answer.status_code == 422
    assert sentence in seen(answer)
    assert str(data.get("text", "")) in answer.get_data(as_text=True)
    assert not ImportDraft.select().exists()


@pytest.mark.parametrize("htmx", [False, True])
def test_a_file_that_is_too_large_is_refused_unread(office: Browser, htmx: bool) -> None:
    claimed, chosen = {"CONTENT_LENGTH": str(200_000_000)}, {"file": (BytesIO(b"x"), "大.txt")}
    answer = office.post("/plan/new", data=chosen, environ_overrides=claimed, htmx=htmx)
    assert answer.status_code == 413
    assert "超过 20 MB，没有收下" in seen(answer)


def test_the_page_shows_words_for_levels_and_counts_for_parts(office: Browser, world: World) -> None:
    shown = seen(office.get(address(read_draft(world))))
    assert "3 个部分，2 个专项，5 项举措" in shown
    assert "部分 一、优化营商环境" in shown
    assert "举措 1 1. 夯实招商基础。" in shown
    assert "待核对：还有 2 处，共 2 处" in shown


def test_the_page_takes_a_fixed_number_of_queries(office: Browser, world: World) -> None:
    draft = read_draft(world)
    counts = []
    for text in (TEXT, TEXT + "\n（一）再添一项。添上。" * 200):
        source = fresh(draft).source | {"text": text}
        ImportDraft.update(source=source).execute()
        with count_queries() as statements:
            office.get(address(draft))
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 12


def test_an_edit_answers_with_text_tree_and_count(office: Browser, world: World) -> None:
    draft = read_draft(world)
    answer = edit(office, draft, "toggle", "三、", htmx=True)
    assert answer.status_code == 200
    shown = seen(answer)
    assert "“三、保障措施”改为填报或不填报" in shown
    assert "3 个部分，2 个专项，4 项举措" in shown
    text = answer.get_data(as_text=True)
    assert f'id="block-{start_of(draft, "三、")}"' in text
    assert text.count("data-focus") == 1
    assert 'name="version" value="2"' in text


def test_who_was_slower_sees_what_the_other_changed_and_how_it_stands(office: Browser, world: World) -> None:
    draft = read_draft(world)
    edit_blocks(
        draft, BlockEdit(EditKind.DEMOTE, start_of(draft, "三、")), by=world.users["office"], version=1
    )
    for htmx in (True, False):
        answer = edit(office, draft, "join", "加强", version=1, htmx=htmx)
        assert answer.status_code == 409
        shown = seen(answer)
        assert "某街道办公室刚刚改动过这份导入稿" in shown
        assert '<p class="preview-message" role="status"></p>' in answer.text  # what is said there is done
        assert "“三、保障措施”降一级" in shown
        assert "举措 5 三、保障措施" in shown


def test_an_edit_that_changes_nothing_says_so(office: Browser, world: World) -> None:
    answer = edit(office, read_draft(world), "promote", "一、", htmx=True)
    assert answer.status_code == 409
    assert "这样改没有变化" in seen(answer)


@pytest.mark.parametrize("step", ["", "burn"])
def test_what_no_button_sends_is_refused(office: Browser, world: World, step: str) -> None:
    assert edit(office, read_draft(world), step, "一、").status_code == 422


def test_questions_lead_to_their_place_and_are_ticked_off(office: Browser, world: World) -> None:
    draft = read_draft(world)
    page = office.get(address(draft)).get_data(as_text=True)
    assert f'href="#block-{start_of(draft, "2. 打通")}"' in page
    answer = office.post(address(draft, "/questions/0"), data={"checked": "yes"}, htmx=True)
    assert "还有 1 处，共 2 处" in seen(answer)
    assert office.post(address(draft, "/questions/0"), data={"checked": ""}).status_code == 303
    assert "还有 2 处，共 2 处" in seen(office.get(address(draft)))


def test_the_frame_is_corrected_and_a_conflict_shows_both(office: Browser, world: World) -> None:
    draft = read_draft(world)
    typed = inputs(office.get(address(draft, "/frame")))
    assert (typed["title"], typed["year"], typed["issued_on"]) == (draft.title, "2027", "2027-01-15")
    read, by = draft.frame_digest, world.users["office"]
    change_frame(draft, FrameFields("对方的题", 2027), by=by, read=read)
    answer = office.post(address(draft, "/frame"), data=typed | {"title": "我的题"})
    assert answer.status_code == 409
    assert "对方的题" in seen(answer)
    merged = inputs(answer)
    assert merged["title"] == "我的题"
    assert office.post(address(draft, "/frame"), data=merged).status_code == 303
    assert fresh(draft).title == "我的题"
    assert office.post(address(draft, "/frame"), data=merged | {"year": "明年"}).status_code == 422


def test_the_whole_way_without_a_script(office: Browser, world: World) -> None:
    """Two measures that were run together are taken apart, the safeguards left out, and the plan is stored."""
    draft = read_draft(world)
    assert "请点这一段左边的“举措”“正文”等字样" in office.get(address(draft)).get_data(as_text=True)
    edit(office, draft, "join", "2. 打通转化链条。")
    edit(office, draft, "join", "建立攻坚名单。")
    together = "落实招商机制，走访重点企业240家。\n\n2. 打通转化链条。建立攻坚名单。联系园区企业。"
    assert (0, together) in block_words(fresh(draft))

    page = office.get(address(draft, f"/blocks/{start_of(fresh(draft), '落实')}")).get_data(as_text=True)
    place = next(value for value, words in PLACE.findall(page) if words.startswith("2.打通"))
    answer = edit(office, draft, "cut_head", "落实", at=place)
    assert answer.status_code == 303
    assert answer.location.endswith(f"#block-{start_of(fresh(draft), '2. 打通')}")
    page = office.get(address(draft, f"/blocks/{start_of(fresh(draft), '三、')}")).get_data(as_text=True)
    assert "全文同类 3 处" in page
    edit(office, draft, "set_kind", "三、", block_kind="unreported")
    for direction in ("undo", "redo"):
        office.post(address(draft, f"/{direction}"), data={"version": fresh(draft).version})

    shown = seen(office.get(address(draft, "/confirm")))
    assert "3 个部分，2 个专项，4 项举措" in shown
    assert "三、保障措施 不填报" in shown
    sent = {"version": fresh(draft).version, "once": "a" * 32}
    answers = [office.post(address(draft, "/confirm"), data=sent) for _ in range(2)]
    assert [(one.status_code, one.location) for one in answers] == [(303, "/plan?year=2027")] * 2
    plan = Plan.get(Plan.year == 2027)
    assert [measure.title for measure in measures_of_plan(plan)][1] == "打通转化链条"
    assert office.get(address(draft)).status_code == 404


def test_what_hinders_storing_is_named_and_nothing_is_stored(office: Browser, world: World) -> None:
    draft = read_draft(world)
    change_frame(draft, FrameFields("题", 2026), by=world.users["office"], read=draft.frame_digest)
    assert office.get(address(draft, "/confirm")).location == address(draft, "/revision")
    answer = office.post(address(draft, "/confirm"), data={"version": 2})
    assert answer.status_code == 422
    assert Plan.select().count() == 1


def test_what_is_not_reported_on_stays_in_the_plan_and_nowhere_else(office: Browser, world: World) -> None:
    draft, by = read_draft(world), world.users["office"]
    edit_blocks(draft, BlockEdit(EditKind.TOGGLE, start_of(draft, "三、")), by=by, version=1)
    plan = confirm_import(draft, by=by, version=2)
    open_period(plan, Quarter(2027, 1), by=SAMPLE_LOADER)
    assert "三、保障措施 不填报" in seen(office.get("/plan?year=2027"))
    for page in ("/overview", "/review"):
        shown = seen(office.get(f"{page}?period=2027Q1"))
        assert "二、建设美丽家园" in shown
        assert "保障措施" not in shown
    facts = gather_facts(plan, DocumentScope(Quarter(2027, 1)), thresholds=THRESHOLDS)
    assert [part.title for part in facts.parts] == ["优化营商环境", "建设美丽家园"]


def test_a_draft_is_given_up(office: Browser, world: World) -> None:
    draft = read_draft(world)
    assert office.post(address(draft, "/discard"), data={"version": 1}).status_code == 303
    assert "还没有入库的" not in seen(office.get("/plan/new"))


def test_a_block_that_is_gone_is_reported(office: Browser, world: World) -> None:
    answer = office.get(address(read_draft(world), "/blocks/1"))
    assert answer.status_code == 404
    assert "已经不在了" in seen(answer)
