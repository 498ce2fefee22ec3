"""The sheet of a quarter that a department signs on paper: as a page and as a workbook."""

from __future__ import annotations

import io
from urllib.parse import unquote

import openpyxl
from flask import Flask

from app.filing.attachments.models import Attachment
from app.filing.core.life_cycle import FilingState
from app.org.models import Department
from app.periods.rules import Quarter
from app.uploads.rules import FileKind
from tests.clients import count_queries, log_in
from tests.filing.pages import brought_to, seen
from tests.world import World, full_content, open_at_once

OLD, NEW = "三季度走访企业32家。", "四季度走访企业41家。"


def after_an_accepted_quarter(world: World) -> None:
    """Accept the first measure of a quarter, and write it in the next, with a file."""
    brought_to(FilingState.ACCEPTED, world, content=full_content(OLD))
    world.period = open_at_once(world.plan, Quarter(2026, 4))
    filing = brought_to(FilingState.DRAFT, world, content=full_content(NEW, 90))
    Attachment.create(
        filing=filing, name="走访名单.pdf", kind=FileKind.PDF, size=5, sha256="0" * 64, uploaded_by="某人"
    )


def test_the_page_has_both_quarters_the_files_and_places_to_sign(app: Flask, world: World) -> None:
    after_an_accepted_quarter(world)
    filer = log_in(app, world, "filer")
    page = filer.get("/filings/sheet?period=2026Q4")
    text = seen(page)
    assert page.text.count("<td></td>") == 2, "what is not written is an empty cell, which a phone leaves out"
    assert "经发办2026年第四季度填报表" in text
    assert "共 2 项举措，1 项未填写" in text
    assert text.index("完成率：90%") < text.index(NEW) < text.index("走访名单.pdf") < text.index(OLD)
    assert "2026年第三季度采用的，完成率 76%" in text
    assert "部门负责人（签字）" in text
    assert "/filings/sheet?period=2026Q4" in filer.get("/filings?period=2026Q4").text


def test_the_workbook_is_named_with_department_and_quarter(app: Flask, world: World) -> None:
    after_an_accepted_quarter(world)
    answer = log_in(app, world, "head").get("/filings/sheet.xlsx?period=2026Q4")
    assert "经发办2026年第四季度填报表（签字）.xlsx" in unquote(answer.headers["Content-Disposition"])
    sheet = openpyxl.load_workbook(io.BytesIO(answer.data))["经发办"]
    cells = [str(cell.value or "") for row in sheet.iter_rows() for cell in row]
    assert cells[0] == "经发办2026年第四季度填报表"
    for words in (NEW, f"2026年第三季度采用的：{OLD}", "走访名单.pdf", "未填写", "部门负责人（签字）："):
        assert words in cells


def test_who_leads_no_measure_reads_so(app: Flask, world: World) -> None:
    filer = log_in(app, world, "filer:一居")
    page = filer.get("/filings/sheet?period=2026Q3")
    assert (page.status_code, "没有由本部门牵头填报的举措" in seen(page)) == (200, True)
    assert filer.get("/filings/sheet.xlsx?period=2026Q3").status_code == 200


def test_a_sheet_is_read_with_a_fixed_number_of_queries(app: Flask, world: World) -> None:
    filer = log_in(app, world, "filer")
    with count_queries() as blank:
        filer.get("/filings/sheet?period=2026Q3")
    brought_to(FilingState.DRAFT, world)
    brought_to(FilingState.DRAFT, world, measure=2)
    with count_queries() as written:
        filer.get("/filings/sheet?period=2026Q3")
    assert len(written) == len(blank)


def test_a_department_with_marks_that_excel_forbids_has_a_sheet(app: Flask, world: World) -> None:
    Department.update(short_name="城管/安监[办]").where(Department.short_name == "经发办").execute()
    answer = log_in(app, world, "filer").get("/filings/sheet.xlsx?period=2026Q3")
    assert openpyxl.load_workbook(io.BytesIO(answer.data)).sheetnames == ["城管安监办"]
