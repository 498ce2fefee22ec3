"""Whatever file somebody brings: it is read, or a sentence says how to go on."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from docx import Document

from app.base.errors import BadInput, DomainError
from app.base.settings.settings import ROOT
from app.plan.core.plan_files import load_plan_file, read_file_draft, read_plan_file
from app.plan.importer.sources import file_kinds
from tests.base.hostile_files import LAUGHS, MILLION, WORKBOOKS, HostileFile, document, many_entries, zipped
from tests.plan.importer.sources.word_files import saved

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PLAN = (ROOT / "plans" / "2026-work-plan.txt").read_bytes()


def word_file(*paragraphs: str) -> bytes:
    made = Document()
    for words in paragraphs:
        made.add_paragraph(words)
    return saved(made)


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.docx", b"", "空文件"),
        ("a.txt", b"\n \n", "空文件"),
        ("a.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "加了密码"),
        ("a.doc", OLE + bytes(600), "另存为 .docx"),
        ("a.wps", OLE + bytes(600), "另存为 .docx"),
        ("a.xls", OLE + bytes(600), "另存为 .xlsx"),
        ("a.et", OLE + bytes(600), "另存为 .xlsx"),
        ("a", OLE + bytes(600), "旧版 Word、Excel 或 WPS"),
        ("a.rtf", b"{\\rtf1", "另存为 .docx"),
        ("a.jpg", b"\xff\xd8\xff\xe0", "这是图片"),
        ("a.png", b"\x89PNG\r\n", "这是图片"),
        ("a.rar", b"Rar!\x1a\x07", "先解压"),
        ("a.zip", zipped({"计划.txt": b"x"}), "先解压"),
        ("a.docm", word_file("计划"), "另存为 .docx 或 .xlsx"),
        ("a.pptx", zipped({"ppt/presentation.xml": b"<a/>"}), "演示文稿"),
        ("a.ofd", zipped({"OFD.xml": b"<a/>"}), "另存为 .docx 或 PDF"),
        ("a.docx", word_file("计划")[:-300], "不完整或已损坏"),
        ("a.docx", zipped({"a": b"x"}), "不完整或已损坏"),
        ("a.txt", b"\x00\x01\x02" * 50, "编码"),
        ("a.txt", b"plan of work", "没有读到中文"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(name: str, data: bytes, words: str) -> None:
    with pytest.raises(DomainError, match=words) as refusal:
        read_plan_file(name, data)
    assert refusal.value.sentence.endswith("。")


def test_a_large_file_is_refused_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    large = tmp_path / "大.docx"
    with large.open("wb") as file:
        file.truncate(200 * MILLION)
    with pytest.raises(BadInput, match="超过 20 MB"):
        load_plan_file(large)
    with pytest.raises(BadInput, match="没有找到文件"):
        load_plan_file(tmp_path / "没有.docx")
    monkeypatch.setattr(file_kinds, "FILE_BYTES", 10)
    with pytest.raises(BadInput, match="超过 20 MB"):
        read_plan_file("a.txt", PLAN)


HOSTILE_DOCUMENTS = (
    HostileFile("zeros", lambda: document({"word/a.bin": bytes(250 * MILLION)})),
    HostileFile("entries", lambda: many_entries(400_000)),
    HostileFile("entities", lambda: document({"word/document.xml": LAUGHS + b"<document>&b;</document>"})),
    HostileFile(
        "external entity",
        lambda: document({"word/document.xml": b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><document/>'}),
    ),
    HostileFile("depth", lambda: document({"word/document.xml": b"<a>" * 90_000 + b"</a>" * 90_000})),
)
HOSTILE_SHEETS = [one for one in WORKBOOKS if one.name in ("entities", "merged cells", "shared formulas")]


@pytest.mark.parametrize("hostile", [*HOSTILE_DOCUMENTS, *HOSTILE_SHEETS], ids=lambda one: one.name)
def test_no_file_stalls_the_reading(hostile: HostileFile) -> None:
    with pytest.raises(DomainError) as refusal:
        read_plan_file("a.xlsx" if hostile in HOSTILE_SHEETS else "a.docx", hostile.make())
    assert refusal.value.sentence.endswith("。")


def test_every_kind_is_read_in_a_process_of_its_own() -> None:
    lines = ["青山街道2026年工作计划", "一、党建引领", "1.抓学习。全年学习十二次。"]
    page = "".join(f"<p>{line}</p>" for line in lines)
    for name, data in (
        ("a.docx", word_file(*lines)),
        ("a.htm", page.encode("gb18030")),
        ("a.txt", "\n".join(lines).encode("utf-16")),
        ("a.md", "\n".join(lines).encode()),
    ):
        assert read_plan_file(name, data).text.split("\n") == lines


def test_what_is_no_plan_is_refused() -> None:
    letter = "王主任：\n您好！来信收悉，所提建议我们认真研究，将在今后的工作中改进。\n此致\n敬礼！\n"
    with pytest.raises(DomainError, match="不是工作计划"):
        read_file_draft("信.txt", letter.encode())


def test_what_has_the_title_of_a_plan_may_hold_a_review_alone() -> None:
    review = "\n一、2025年工作回顾\n（一）经济平稳。全年增长百分之六。\n（二）民生改善。新增就业三百人。\n"
    draft = read_file_draft("报告.txt", f"青山县2026年政府工作报告{review}".encode()).draft
    assert [part.reporting for part in draft.parts] == [False]
    notice = f"青山县关于印发2026年实施计划的通知{review}".encode()
    assert [part.reporting for part in read_file_draft("通知.txt", notice).draft.parts] == [False]
    with pytest.raises(DomainError, match="不是工作计划"):
        read_file_draft("讲话.txt", f"在2026年工作会议上的讲话{review}".encode())


def test_what_has_measures_is_one_by_any_title_and_a_review_is_none_by_another() -> None:
    measures = (
        "一、党建引领\n1.推进理论学习。加强学习，组织学习十二次。\n2.建设干部队伍。开展培训，推进轮岗。\n"
    )
    assert [*read_file_draft("情况.txt", f"青山县2026年情况\n{measures}".encode()).draft.measures()]
    review = "一、2025年工作回顾\n（一）经济平稳。全年增长百分之六。\n（二）民生改善。新增就业三百人。\n"
    with pytest.raises(DomainError, match="不是工作计划"):
        read_file_draft("简报.txt", f"2026年工作简报\n{review}".encode())


def test_cells_are_parted_by_what_the_name_of_the_file_says() -> None:
    rows = [["序号", "任务", "责任单位"], ["1", "抓学习", "党政办"], ["2", "抓队伍", "组织科"]]
    for name, mark, is_table in (
        ("a.CSV", ",", True),
        ("a.csv", "\t", False),
        ("a.txt", "\t", True),
        ("a.txt", ",", False),
    ):
        lines = [mark.join(row) for row in rows]
        text = read_plan_file(name, "\n".join(lines).encode()).text.split("\n")
        assert ("1. 抓学习" in text, text == lines) == (is_table, not is_table)


def test_an_archive_that_only_looks_like_a_document_is_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/media/a.txt", "x")
    with pytest.raises(BadInput):
        read_plan_file("a.docx", file.getvalue())
