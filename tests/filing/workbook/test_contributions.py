"""Contributions in the Excel form: a sheet of their own, taken over with the filings or alone."""

from __future__ import annotations

import io

import pytest
from flask import Flask
from openpyxl import load_workbook

from app.base.errors import IllegalTransition, NotFound
from app.base.tables.sheet_writing import HEAD_ROW
from app.filing.contributions.models import Contribution
from app.filing.contributions.operations import (
    ReadContribution,
    WrittenContribution,
    mark_not_needed,
    mark_of_text,
    save_contribution,
)
from app.filing.contributions.rules import ContributionState
from app.filing.workbook import operations, queries
from app.filing.workbook.layout import CONTRIBUTIONS, FILING_SHEETS, GUIDANCE, SheetLayout
from app.filing.workbook.mistakes import UnusableForm
from app.filing.workbook.models import UploadedForm
from app.filing.workbook.proposal import RowOutcome
from app.filing.workbook.reading import read_form
from tests.clients import Browser, log_in
from tests.databases import on_both
from tests.filing.pages import contributed, seen
from tests.filing.workbook.forms import FIRST, QUARTER, SECOND, contribution_row, filled, form
from tests.world import THRESHOLDS, World

TEXT, IDLE = (FIRST, "text"), (FIRST, "not_needed")
FILER = "filer:一居"


def own(world: World) -> Contribution:
    return world.contribution(1, "一居")


def upload(world: World, answers: dict[tuple[int, str], object], before: bytes | None = None) -> UploadedForm:
    user = world.users[FILER]
    data = filled(before or operations.download_form(world.period, by=user), answers, CONTRIBUTIONS)
    return operations.receive_form(data, "填报表.xlsx", world.period, by=user)


def outcomes(world: World, kept: UploadedForm) -> list[RowOutcome]:
    proposal = queries.proposal_of_form(bytes(kept.data), world.period, user=world.users[FILER])
    return [row.outcome for row in proposal.contributions]


def take_over(world: World, kept: UploadedForm) -> Contribution:
    one = own(world)
    read = [ReadContribution(one, one.version)]
    operations.import_form(kept, [], by=world.users[FILER], thresholds=THRESHOLDS, contributions=read)
    return own(world)


@on_both
def test_a_department_with_contributions_only_has_only_their_sheet(world: World) -> None:
    contributed(world, 1, "一居", "配合走访5家。")
    data = operations.download_form(world.period, by=world.users[FILER])
    book = load_workbook(io.BytesIO(data))
    assert book.sheetnames == [CONTRIBUTIONS.name, GUIDANCE]
    sheet = book[CONTRIBUTIONS.name]
    names = ("number", "measure", "lead", "standing", "text", "not_needed")
    shown = [sheet[f"{CONTRIBUTIONS.letter_of(name)}{FIRST}"].value for name in names]
    assert shown == [1, "夯实招商基础", "经发办", "已报送", "配合走访5家。", None]
    assert "完成率是" not in "".join(str(row[0].value) for row in book[GUIDANCE].rows)
    assert outcomes(world, upload(world, {}, data)) == [RowOutcome.SAME]


def test_a_department_with_both_has_both_and_one_with_neither_has_none(world: World) -> None:
    theirs = world.users["filer:城管办"]
    world.let_lead(2, "城管办")
    book = load_workbook(io.BytesIO(operations.download_form(world.period, by=theirs)))
    sheets = [*(layout.name for layout in FILING_SHEETS), CONTRIBUTIONS.name, GUIDANCE]
    assert book.sheetnames == sheets
    Contribution.delete().execute()
    lead = load_workbook(io.BytesIO(operations.download_form(world.period, by=world.users["filer"])))
    assert CONTRIBUTIONS.name not in lead.sheetnames
    with pytest.raises(NotFound, match="没有需要您部门填报或者配合的举措"):
        operations.download_form(world.period, by=world.users[FILER])


@on_both
def test_a_text_of_the_form_goes_straight_to_the_lead(world: World) -> None:
    one = take_over(world, upload(world, {TEXT: "=配合走访5家。"}))
    assert (one.state, one.text) == (ContributionState.WRITTEN, "=配合走访5家。")


def test_a_text_that_was_saved_on_the_page_is_handed_in_with_the_form(world: World) -> None:
    written = WrittenContribution("配合走访5家。", mark_of_text(own(world)))
    save_contribution(own(world), written, by=world.users[FILER])
    kept = upload(world, {})
    assert outcomes(world, kept) == [RowOutcome.SAVE]
    one = take_over(world, kept)
    assert (one.state, one.text) == (ContributionState.WRITTEN, "配合走访5家。")
    assert outcomes(world, upload(world, {})) == [RowOutcome.SAME]


def test_the_export_of_the_quarter_holds_the_contributions_of_all(world: World) -> None:
    contributed(world, 1, "一居", "配合走访5家。")
    book = load_workbook(io.BytesIO(operations.export_quarter(world.period, by=world.users["office"])))
    rows = list(book[CONTRIBUTIONS.name].iter_rows(min_row=HEAD_ROW, values_only=True))
    assert rows == [
        ("序号", "部门", "举措", "牵头部门", "报送情况", "配合情况"),
        (1, "城管办", "夯实招商基础", "经发办", "未写", None),
        (1, "一居", "夯实招商基础", "经发办", "已报送", "配合走访5家。"),
    ]


def test_a_yes_says_that_nothing_is_needed_and_an_empty_cell_takes_it_back(world: World) -> None:
    assert take_over(world, upload(world, {IDLE: "是"})).is_idle
    assert outcomes(world, upload(world, {})) == [RowOutcome.SAME]
    assert take_over(world, upload(world, {IDLE: None})).is_owed


def test_what_another_stored_since_is_a_conflict_and_can_be_written_over(world: World) -> None:
    data = operations.download_form(world.period, by=world.users[FILER])
    mark_not_needed([ReadContribution(own(world), own(world).version)], by=world.users[FILER])
    assert outcomes(world, upload(world, {}, data)) == [RowOutcome.SAME]
    kept = upload(world, {TEXT: "表里的。"}, data)
    assert outcomes(world, kept) == [RowOutcome.CONFLICT]
    assert take_over(world, kept).text == "表里的。"


@on_both
def test_who_was_faster_after_the_comparison_loses_nothing(world: World) -> None:
    kept, compared = upload(world, {TEXT: "表里的。"}), own(world)
    contributed(world, 1, "一居", "网页上的。")
    read = [ReadContribution(own(world), compared.version)]
    with pytest.raises(IllegalTransition, match="一居“夯实招商基础”的配合情况：这一项在您勾选之后有了变化"):
        operations.import_form(kept, [], by=world.users[FILER], thresholds=THRESHOLDS, contributions=read)
    assert own(world).text == "网页上的。"
    assert queries.upload_of(world.users[FILER], kept.sha256) is not None


def mistakes_of(world: World, answers: dict[tuple[int, str], object], data: bytes | None = None) -> list[str]:
    with pytest.raises(UnusableForm) as refusal:
        upload(world, answers, data)
    return [f"{one.sheet} {one.row} {one.column}" for one in refusal.value.mistakes]


@pytest.mark.parametrize("answers", [{TEXT: "写了。", IDLE: "是"}, {IDLE: "没有"}])
def test_a_mistake_names_its_cell(world: World, answers: dict[tuple[int, str], object]) -> None:
    assert mistakes_of(world, answers) == [f"配合情况 {FIRST} H 列（本季无需配合）"]


def test_what_was_handed_in_is_not_emptied(world: World) -> None:
    contributed(world, 1, "一居")
    assert mistakes_of(world, {TEXT: None}) == [f"配合情况 {FIRST} G 列（配合情况）"]
    assert take_over(world, upload(world, {TEXT: None, IDLE: "是"})).is_idle


def test_a_row_of_another_department_is_refused(world: World) -> None:
    theirs = operations.download_form(world.period, by=world.users["filer:城管办"])
    assert mistakes_of(world, {TEXT: "冒填。"}, only(theirs, CONTRIBUTIONS)) == [
        f"配合情况 {FIRST} A 列（编号）"
    ]
    assert mistakes_of(world, {(FIRST, "key"): "x", TEXT: "写了。"}) == [f"配合情况 {FIRST} A 列（编号）"]


def test_what_the_form_does_not_change_is_not_taken_over(world: World) -> None:
    with pytest.raises(IllegalTransition, match="表里对这一项没有改动"):
        take_over(world, upload(world, {}))


def only(data: bytes, layout: SheetLayout) -> bytes:
    """Return a form of which only this sheet is left."""
    book = load_workbook(io.BytesIO(data))
    for name in set(book.sheetnames) - {layout.name}:
        del book[name]
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_a_row_is_read_once() -> None:
    data = form(contributions=[contribution_row(), contribution_row(contribution_id=2)])
    assert [row.key.contribution_id for row in read_form(data, QUARTER).contributions] == [1, 2]
    twice = form(contributions=[contribution_row(), contribution_row()])
    with pytest.raises(UnusableForm, match="需要改正") as refusal:
        read_form(twice, QUARTER)
    assert [one.row for one in refusal.value.mistakes] == [SECOND]


def test_a_neighbourhood_files_by_excel_from_its_home(app: Flask, world: World) -> None:
    browser: Browser = log_in(app, world, FILER)
    assert "下载本季 Excel" in seen(browser.get("/filings"))
    data = filled(browser.get("/filings/excel/form.xlsx").get_data(), {TEXT: "配合走访5家。"}, CONTRIBUTIONS)
    preview = browser.post("/filings/excel", data={"file": (io.BytesIO(data), "填报表.xlsx")}).location
    page = browser.get(preview)
    assert "配合走访5家。" in seen(page)
    assert "将保存 1" in seen(page)
    assert f'name="contribution" value="{own(world).read_value}" checked' in page.get_data(as_text=True)
    assert browser.post(preview).status_code == 422
    saved = browser.post(preview, data={"contribution": own(world).read_value})
    assert (saved.status_code, saved.location) == (303, "/filings?period=2026Q3")
    assert own(world).is_written
