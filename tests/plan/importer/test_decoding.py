"""Files as offices save them, and files that are no plan."""

from __future__ import annotations

import pytest

from app.plan.importer import PlanUnreadable, read_plan
from app.plan.importer.source_text import decode_source, source_from_text

TEXT = "青山镇2026年工作计划\n一、抓党建\n加强学习。全年学习十二次。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_the_encodings_of_office_software_are_recognised(encoding: str) -> None:
    assert decode_source(TEXT.encode(encoding)) == TEXT


def test_utf_16_big_endian_is_recognised_by_its_mark() -> None:
    assert decode_source(b"\xfe\xff" + TEXT.encode("utf-16-be")) == TEXT


def test_line_ends_of_windows_make_no_difference() -> None:
    assert read_plan(TEXT.replace("\n", "\r\n")).as_json() == read_plan(TEXT).as_json()


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (b"", "是空的"),
        ("\u3000\n \ufeff", "是空的"),
        (b"PK\x03\x04\x14\x00", "Word 或 Excel 文件"),
        (b"%PDF-1.7\n", "PDF 文件"),
        (b"\xd0\xcf\x11\xe0\xa1", "旧版 Word"),
        (b"\x00\x01\x02\xff\xfe", "无法识别文件的文字编码"),
        (b"\xff\xfe\x00", "无法识别文件的文字编码"),
        (b"name,title\n1,2\n", "没有读到中文内容"),
    ],
)
def test_what_is_no_plan_is_refused_with_a_sentence(source: bytes | str, words: str) -> None:
    with pytest.raises(PlanUnreadable) as refusal:
        read_plan(source)
    assert words in refusal.value.sentence
    assert refusal.value.sentence.endswith("。")


def test_what_is_left_of_bold_marks_pairs_with_the_next() -> None:
    long = "字" * 80
    for text, bold in (
        ("**第一**正文", ["第一"]),
        ("完成**一批。建成**第二**项目", ["第二"]),
        (f"**{long}字**第二**", ["第二"]),
        (f"**{long}**第二**", [long]),
        ("**第一****第二**", ["第一"]),
        ("**第一**第二**第三**", ["第一", "第三"]),
        ("** **第二**", ["第二"]),
    ):
        source = source_from_text(text)
        [line] = source.lines
        assert [source.text[start:end] for start, end in line.bold] == bold, text
