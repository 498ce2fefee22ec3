"""A table of tasks is the same plan out of Word, a web page, a workbook, a paste or a CSV file."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pytest
from docx import Document
from openpyxl import Workbook

from app.base.errors import BadInput
from app.plan.importer import SourceText
from app.plan.importer.sources.plain_tables import source_of_plain
from app.plan.importer.sources.web_page import read_web_page
from app.plan.importer.sources.word_document import read_word_document
from app.plan.importer.sources.workbook_sheets import read_workbook_sheets
from tests.plan.importer.sources.table_files import (
    BODY,
    HEADER,
    MERGED,
    TITLE,
    plan_of,
    read_plan_of,
    workbook_of,
)
from tests.plan.importer.sources.word_files import add_list, number_paragraph, saved


def test_the_same_table_in_word_and_in_a_web_page_is_the_same_plan() -> None:
    plan = read_plan_of(workbook_of([[TITLE], *HEADER, *BODY], MERGED, percent="D8"))
    rows = [["" if cell is None else str(cell) for cell in row] for row in (*HEADER, *BODY[:-1])]
    rows[6][3], rows[6][7] = "95%", "2026年12月31日"
    page = f"<h1>{TITLE}</h1><table>{''.join(map(row_of_page, rows))}</table><p>{BODY[-1][0]}</p>"
    for source in (
        read_word_document(io.BytesIO(document_of(rows))),
        read_web_page(io.BytesIO(page.encode())),
    ):
        found = plan_of(SourceText.from_json(source))
        assert [part.as_json() for part in found.parts] == [part.as_json() for part in plan.parts]
        assert found.closing == plan.closing


def row_of_page(cells: Sequence[str]) -> str:
    if len(cells) == 1:
        return f'<tr><td colspan="8">{cells[0]}</td></tr>'
    written = (f"<td>{cell}</td>".replace("\n", "<br>") for cell in cells)
    return f"<tr>{''.join(written)}</tr>"


def document_of(rows: Sequence[Sequence[str]]) -> bytes:
    document = Document()
    document.add_paragraph(TITLE)
    table = document.add_table(len(rows), 8)
    for number, row in enumerate(rows):
        for column, words in enumerate(row):
            table.cell(number, column).text = words
        if len(row) == 1:
            table.cell(number, 0).merge(table.cell(number, 7))
    for column in (0, 1, 2, 3, 7):
        table.cell(0, column).merge(table.cell(1, column))
    table.cell(0, 4).merge(table.cell(0, 6))
    table.cell(3, 1).merge(table.cell(4, 1))
    document.add_paragraph(BODY[-1][0])
    return saved(document)


def test_a_table_copied_out_of_a_spreadsheet_is_read_as_well() -> None:
    rows = [
        ["序号", "工作任务", "牵头单位"],
        ["一、党建引领", "", ""],
        ["1", "走访", "党建办、\n平安办"],
        ["2", "学习", "党建办"],
    ]
    copied = "\n".join("\t".join(f'"{cell}"' if "\n" in cell else cell for cell in row) for row in rows)
    listed = "\n".join(",".join(f'"{cell}"' for cell in row) for row in rows)
    marked = "\n".join(
        f"| {' | '.join(row)} |".replace("\n", "<br>") for row in [rows[0], ["---"] * 3, *rows[1:]]
    )
    read = [
        source_of_plain(copied),
        source_of_plain(listed, separator=","),
        source_of_plain(f"{TITLE}\n\n{marked}"),
    ]
    for source in read:
        plan = plan_of(source)
        assert [(part.heading, [one.heading for one in part.measures]) for part in plan.parts] == [
            ("一、党建引领", ["1. 走访", "2. 学习"])
        ]
        assert next(plan.measures()).text == "牵头单位：党建办、平安办"
    assert plan_of(read[2]).title == TITLE


@pytest.mark.parametrize("gap", ["\t", " | "])
def test_a_copied_table_without_header_is_refused(gap: str) -> None:
    rows = [["1", "走访企业", "经发办"], ["2", "整治环境", "城管办"], ["3", "加装电梯", "房管办"]]
    copied = "\n".join(map(gap.join, rows))
    with pytest.raises(BadInput, match="没有可以认出的表头"):
        source_of_plain(copied)
    assert source_of_plain(f"{TITLE}\n{'全年走访企业，做好服务。' * 4}\n{copied}").text.endswith(copied)
    numbered = "\n".join(gap.join(row[:2]) for row in rows)
    assert source_of_plain(numbered).text == numbered  # numbers that Word counted


def test_a_text_with_tabs_is_a_text() -> None:
    text = (
        "青山街道2026年工作计划\n一、党建\t引领\n全年学习十二次，覆盖全部党支部。\n**1.走访。**全年二百家。"
    )
    source = source_of_plain(text)
    assert source.text == text.replace("**", "")
    assert source.lines[3].bold


def test_numbers_that_word_counts_in_cells_of_their_own_are_those_of_the_measures() -> None:
    document = Document()
    listed = add_list(document, ("decimal", "%1", ""))
    table = document.add_table(3, 3)
    for row, cells in enumerate(
        (("序号", "工作任务", "牵头单位"), ("", "走访", "党建办"), ("", "学习", "党建办"))
    ):
        for column, words in enumerate(cells):
            table.cell(row, column).text = words
        if row:
            number_paragraph(table.cell(row, 0).paragraphs[0], listed)
    plan = plan_of(SourceText.from_json(read_word_document(io.BytesIO(saved(document)))))
    assert [measure.heading for measure in plan.measures()] == ["1. 走访", "2. 学习"]


def test_several_tables_with_heads_between_them_are_parts() -> None:
    document = Document()
    document.add_paragraph(TITLE)
    for head, words in (("一、党建引领", "走访"), ("二、城市管理", "市容")):
        document.add_paragraph(head)
        table = document.add_table(2, 3)
        for row, cells in enumerate((("序号", "工作任务", "牵头单位"), ("1", words, "党建办"))):
            for column, text in enumerate(cells):
                table.cell(row, column).text = text
    plan = plan_of(SourceText.from_json(read_word_document(io.BytesIO(saved(document)))))
    assert [(part.heading, [one.title for one in part.measures]) for part in plan.parts] == [
        ("一、党建引领", ["走访"]),
        ("二、城市管理", ["市容"]),
    ]


def test_a_table_behind_a_plan_stays_a_table() -> None:
    document = Document()
    for words in (TITLE, "一、党建", "加强学习，全年学习十二次，覆盖全部党支部和在册党员。" * 3):
        document.add_paragraph(words)
    table = document.add_table(2, 2)
    for place, words in enumerate(("工作任务", "牵头单位", "学习", "党建办")):
        table.cell(place // 2, place % 2).text = words
    source = SourceText.from_json(read_word_document(io.BytesIO(saved(document))))
    assert [line.role for line in source.lines if line.is_table_row] == ["", ""]


def test_a_plan_written_into_a_sheet_is_text() -> None:
    rows = [["青山街道2026年工作计划"], ["一、党建"], ["全年学习十二次。"]]
    source = SourceText.from_json(read_workbook_sheets(io.BytesIO(workbook_of(rows))))
    assert source.text == "青山街道2026年工作计划\n一、党建\n全年学习十二次。"


def test_hidden_sheets_are_named_and_not_read() -> None:
    book = Workbook()
    book.active.append(["青山街道2026年工作计划"])
    other = book.create_sheet("旧稿")
    other.append(["作废"])
    other.sheet_state = "hidden"
    source = SourceText.from_json(read_workbook_sheets(io.BytesIO(saved(book))))
    assert (source.text, source.notes) == ("青山街道2026年工作计划", ("隐藏的工作表没有读：旧稿。",))
