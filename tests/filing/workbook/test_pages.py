"""The pages of filing by Excel: out, back, compared, taken over."""

from __future__ import annotations

import io
from datetime import timedelta
from urllib.parse import unquote

import pytest
from flask import Flask
from openpyxl import load_workbook
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from app.audit.models import Event
from app.authority.actor import SAMPLE_LOADER
from app.base.clock import now
from app.base.settings.settings import Settings
from app.filing.core import operations as filings
from app.filing.core.queries import filings_in_quarter
from app.filing.workbook.current_filings import present_filings
from app.filing.workbook.layout import FORM, SUMMARY
from app.filing.workbook.models import UploadedForm
from app.periods.operations import close_period, unlock_department
from app.periods.rules import Quarter
from tests.clients import Browser, count_queries, log_in
from tests.filing.pages import inputs, seen
from tests.filing.workbook.forms import FIRST, SECOND, filled
from tests.html_gate import parse
from tests.world import THRESHOLDS, World, full_content, open_at_once

HOME = "/filings/excel"
ANSWERS = {
    (FIRST, "progress"): "表里的<b>一</b>。",
    (FIRST, "percent"): 60,
    (SECOND, "progress"): "表里的二。",
}


def download(browser: Browser) -> bytes:
    answer = browser.get(f"{HOME}/form.xlsx")
    assert answer.status_code == 200
    return answer.get_data()


def send(browser: Browser, data: bytes, name: str = "填报表.xlsx", of: str = "") -> TestResponse:
    return browser.post(f"{HOME}{of}", data={"file": (io.BytesIO(data), name)})


def boxes(page: TestResponse) -> dict[str, bool]:
    """Return the ticks by which rows are chosen: value, and whether it is set."""
    fields = parse(page.get_data(as_text=True), fragment=False).iter("input")
    ticks = [field for field in fields if field.get("type") == "checkbox" and field.get("name") == "read"]
    return {field.get("value", ""): field.get("checked") is not None for field in ticks}


def test_the_form_goes_out_under_its_name_and_is_on_record(app: Flask, world: World) -> None:
    answer = log_in(app, world, "filer").get(f"{HOME}/form.xlsx?period=2026Q3")
    assert "2026年第三季度填报表.xlsx" in unquote(answer.headers["Content-Disposition"])
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Cache-Control"] == "private, no-store"
    sheet = load_workbook(io.BytesIO(answer.get_data()))[FORM.name]
    cells = [
        [sheet[f"{FORM.letter_of(name)}{row}"].value for name in ("number", "measure")] for row in (4, 5, 6)
    ]
    assert cells == [[1, "夯实招商基础"], [2, "打通转化链条"], [None, None]]
    event = Event.select().order_by(Event.id.desc()).get()
    assert (event.action, event.summary, event.detail["quarter"]) == (
        "download_form",
        "经发办：2 项",
        "2026Q3",
    )


def test_a_form_comes_back_is_compared_and_is_saved(app: Flask, world: World) -> None:
    browser = log_in(app, world, "filer")
    answer = send(browser, filled(download(browser), ANSWERS))
    assert answer.status_code == 303
    page = browser.get(answer.location)
    text = seen(page)
    assert "将保存 2" in text
    assert "表里的<b>一</b>。" in text
    assert all(boxes(page).values())
    assert world.filing(1).is_blank

    saved = browser.post(answer.location, data={"read": [*boxes(page)]})
    assert (saved.status_code, saved.location) == (303, "/filings?period=2026Q3")
    assert [world.filing(1).percent, world.filing(2).progress] == [60, "表里的二。"]
    assert browser.get(answer.location).status_code == 404


def test_only_what_is_ticked_is_saved(app: Flask, world: World) -> None:
    browser = log_in(app, world, "filer")
    preview = send(browser, filled(download(browser), ANSWERS)).location
    second = f"{world.filing(2).id}:1"
    assert browser.post(preview, data={"read": second}).status_code == 303
    assert world.filing(1).is_blank
    assert not world.filing(2).is_blank


def test_importing_without_a_tick_is_refused_and_keeps_the_form(app: Flask, world: World) -> None:
    browser = log_in(app, world, "filer")
    preview = send(browser, filled(download(browser), ANSWERS)).location
    answer = browser.post(preview)
    assert answer.status_code == 422
    assert "没有勾选任何一项" in seen(answer)
    assert UploadedForm.select().count() == 1


def test_a_conflict_shows_both_texts_and_is_not_ticked(app: Flask, world: World) -> None:
    browser = log_in(app, world, "filer")
    form = download(browser)
    filings.save_filing(
        world.filing(1),
        full_content("网页上的一。"),
        by=world.users["head"],
        version=1,
        thresholds=THRESHOLDS,
    )
    page = browser.get(send(browser, filled(form, ANSWERS)).location)
    text = seen(page)
    assert "网页上的一。" in text
    assert "表里的<b>一</b>。" in text
    assert "某部门负责人在" in text
    assert boxes(page) == {f"{world.filing(1).id}:2": False, f"{world.filing(2).id}:1": True}


def test_a_faster_colleague_after_the_comparison_is_shown_with_what_was_ticked(
    app: Flask, world: World
) -> None:
    browser = log_in(app, world, "filer")
    preview = send(browser, filled(download(browser), ANSWERS)).location
    compared = [*boxes(browser.get(preview))]
    filings.save_filing(
        world.filing(2),
        full_content("网页上的二。"),
        by=world.users["head"],
        version=1,
        thresholds=THRESHOLDS,
    )
    answer = browser.post(preview, data={"read": compared})
    assert answer.status_code == 409
    assert "一份也没有保存" in seen(answer)
    assert boxes(answer) == {f"{world.filing(1).id}:1": True, f"{world.filing(2).id}:2": False}
    assert world.filing(1).is_blank


def test_every_mistake_stands_in_a_table_and_nothing_is_kept(app: Flask, world: World) -> None:
    browser = log_in(app, world, "filer")
    spoilt = filled(download(browser), {(FIRST, "percent"): "七成", (SECOND, "status"): "推进中"})
    answer = send(browser, spoilt)
    assert answer.status_code == 422
    text = seen(answer)
    assert "填报表有 2 处需要改正，没有导入任何内容" in text
    assert "填报 4 L 列（完成率） “七成”不是数字" in text
    assert "填报 5 M 列（举措状态） “推进中”不在可选之列" in text
    assert not UploadedForm.select().exists()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [(b"", "没有选择文件"), (b"\x89PNG", "这不是 Excel 文件"), (b"PK\x03\x04", "可能已损坏")],
)
def test_other_files_come_back_with_a_sentence(app: Flask, world: World, data: bytes, sentence: str) -> None:
    answer = send(log_in(app, world, "filer"), data)
    assert answer.status_code == 422
    assert sentence in seen(answer)


def test_a_form_of_another_quarter_is_refused(app: Flask, world: World) -> None:
    browser = log_in(app, world, "filer")
    form = download(browser)
    open_at_once(world.plan, Quarter(2026, 4))
    answer = send(browser, filled(form, ANSWERS), of="?period=2026Q4")
    assert answer.status_code == 422
    assert "这是2026年第三季度的填报表，不是2026年第四季度的" in seen(answer)


def test_an_upload_may_be_larger_than_other_forms(app: Flask, world: World) -> None:
    size = Settings.workbook_bytes - 10_000
    assert app.config["MAX_CONTENT_LENGTH"] < size
    browser = log_in(app, world, "filer")
    file = FileStorage(io.BytesIO(b"x" * size), "大.xlsx")
    # Encoded here: what the test client encodes itself leaves a temporary file open.
    boundary, body = encode_multipart({"csrf_token": browser.token, "file": file})
    answer = browser.post(HOME, data=body, content_type=f"multipart/form-data; boundary={boundary}")
    assert answer.status_code == 422
    assert "这不是 Excel 文件" in seen(answer)


def test_a_form_beyond_the_size_limit_is_refused_unread(app: Flask, world: World) -> None:
    browser = log_in(app, world, "filer")
    claimed = {"CONTENT_LENGTH": str(Settings.workbook_bytes + 1)}
    answer = browser.post(HOME, data={"file": (io.BytesIO(b"x"), "大.xlsx")}, environ_overrides=claimed)
    assert answer.status_code == 413
    assert "文件超过 5 MB，没有收下" in seen(answer)


def test_a_closed_quarter_takes_no_form(app: Flask, world: World) -> None:
    close_period(world.period, by=SAMPLE_LOADER)
    page = log_in(app, world, "filer").get(HOME)
    assert "填报已关闭，不能上传" in seen(page)
    assert "file" not in inputs(page)


def test_an_unlocked_department_can_upload_in_a_closed_quarter(app: Flask, world: World) -> None:
    close_period(world.period, by=SAMPLE_LOADER)
    until, department = now() + timedelta(hours=2), world.departments["经发办"]
    unlock_department(world.period, department, until=until, reason="补改。", by=world.users["office"])
    assert "file" in inputs(log_in(app, world, "filer").get(HOME))
    assert "file" not in inputs(log_in(app, world, "filer:城管办").get(HOME))
    present = {
        row.filing.department_id: row.writing_obstacle
        for row in present_filings(filings_in_quarter(world.period))
    }
    assert present[department.id] == ""
    assert present[world.departments["城管办"].id] == "2026年第三季度的填报已关闭。"


def test_without_a_quarter_there_is_a_sentence(app: Flask, world: World) -> None:
    for code, sentence in (("2026Q1", "尚未开启"), ("下季度", "不认识季度")):
        answer = log_in(app, world, "filer").get(HOME, query_string={"period": code})
        assert answer.status_code == 422
        assert sentence in seen(answer)


@pytest.mark.parametrize(
    ("who", "department", "office"),
    [
        ("filer", 200, 403),
        ("head", 200, 403),
        ("office", 403, 200),
        ("leader", 403, 403),
        ("system_admin", 403, 403),
        ("security_admin", 403, 403),
        ("auditor", 403, 403),
    ],
)
def test_departments_file_and_the_office_exports(
    app: Flask, world: World, who: str, department: int, office: int
) -> None:
    browser = log_in(app, world, who)
    assert browser.get(HOME).status_code == department
    assert browser.get(f"{HOME}/form.xlsx").status_code == department
    assert browser.get(f"{HOME}/quarter.xlsx").status_code == office
    if department == 403:
        assert send(browser, b"x").status_code == 403


def test_an_upload_is_nobody_elses(app: Flask, world: World) -> None:
    browser = log_in(app, world, "filer")
    preview = send(browser, filled(download(browser), ANSWERS)).location
    for who, status in (("head", 404), ("filer:城管办", 404), ("office", 403), ("auditor", 403)):
        other = log_in(app, world, who)
        assert other.get(preview).status_code == status
        assert other.post(preview, data={"read": f"{world.filing(1).id}:1"}).status_code == status
    assert world.filing(1).is_blank


def test_the_office_gets_all_departments_with_their_states(app: Flask, world: World) -> None:
    filings.save_filing(
        world.filing(1), full_content("=已走访"), by=world.users["filer"], version=1, thresholds=THRESHOLDS
    )
    answer = log_in(app, world, "office").get(f"{HOME}/quarter.xlsx")
    assert "2026年第三季度填报汇总.xlsx" in unquote(answer.headers["Content-Disposition"])
    sheet = load_workbook(io.BytesIO(answer.get_data()))[SUMMARY.name]
    names = ("number", "department", "role", "stage", "progress", "shown_light")
    rows = [tuple(sheet[f"{SUMMARY.letter_of(name)}{row}"].value for name in names) for row in range(4, 10)]
    assert rows[:2] == [
        (1, "经发办", "牵头", "草稿", "=已走访", "绿灯"),
        (2, "经发办", "牵头", "草稿", None, None),
    ]
    assert [row[0] for row in rows] == [1, 2, 3, 4, None, None]
    event = Event.select().order_by(Event.id.desc()).get()
    assert (event.action, event.summary) == ("export_quarter", "全部部门：4 份")


def assign_everything(world: World) -> None:
    """Let 经发办 lead everything."""
    for measure in (3, 4):
        world.let_lead(measure, "经发办")


def counted(filer: Browser, office: Browser, filings_: int) -> list[int]:
    """Return how many queries it takes to download a form of so many filings, to compare it, and to export."""
    with count_queries() as downloading:
        form = download(filer)
    answers = {(row, "progress"): "新的。" for row in range(FIRST, FIRST + filings_)}
    preview = send(filer, filled(form, answers)).location
    with count_queries() as comparing:
        page = filer.get(preview)
    assert len(boxes(page)) == filings_
    with count_queries() as exporting:
        office.get(f"{HOME}/quarter.xlsx")
    return [len(downloading), len(comparing), len(exporting)]


def test_more_filings_take_no_more_queries(app: Flask, world: World) -> None:
    filer, office = log_in(app, world, "filer"), log_in(app, world, "office")
    few = counted(filer, office, 2)
    assign_everything(world)
    assert counted(filer, office, 4) == few
    assert max(few) <= 26
