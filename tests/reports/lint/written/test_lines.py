"""Files as lines: encodings, Word's paragraphs and tables, tracked changes, and what is no document."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest

from reports.lint.written import WrittenLine, check_lines, fixed_lines, lines_of_file, lines_of_text
from reports.lint.written.lines import joined_lines
from reports.model import DocumentError
from tests.reports.lint.written.word_files import CHANGED_BY, DELETED, INSERTED, RUN, word_file, word_file_of


def texts(data: bytes, name: str = "a.docx") -> list[str]:
    """The lines of a file that are not blank."""
    return [line.text for line in lines_of_file(name, data) if line.text.strip()]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_a_text_is_read_in_any_encoding_that_offices_use(encoding: str) -> None:
    assert texts("现将情况报告如下。\n特此报告。".encode(encoding), "a.txt") == [
        "现将情况报告如下。",
        "特此报告。",
    ]


def test_rows_with_tabs_are_a_table_and_one_alone_is_a_line() -> None:
    lines = lines_of_text("甲\t乙\n1\t2\n说明\n丙\t丁\n完")
    assert lines[0] == WrittenLine("甲", 0, 0, 0)
    assert lines[3] == WrittenLine("2", 0, 1, 1)
    assert [line.table for line in lines[4:]] == [None, None, None]


WRAPPED = """\
示例街道办事处关于三季度工作情况的报告

示例区人民政府：
　　三季度，街道坚持问题导向，聚焦重点任务，累计走访企业三十二
家，形成线索十二条，协调解决停车难、用工难等问题十七个，各项工作
有序推进。街道还组织开展了两轮安全生产检查，覆盖企业一百二十家。
其中重点企业三十家。
　　一是加强组织领导。
　　二是压实工作责任，各居民区每周报送一次工作进展，街道每月组织
一次督查。
"""


def test_lines_that_a_page_broke_at_its_width_are_one_paragraph() -> None:
    lines = [line.text for line in lines_of_text(WRAPPED) if line.text]
    assert lines == [
        "示例街道办事处关于三季度工作情况的报告",
        "示例区人民政府：",
        "　　三季度，街道坚持问题导向，聚焦重点任务，累计走访企业三十二家，形成线索十二条，协调解决停车难、用工难等"
        "问题十七个，各项工作有序推进。街道还组织开展了两轮安全生产检查，覆盖企业一百二十家。其中重点企业三十家。",
        "　　一是加强组织领导。",
        "　　二是压实工作责任，各居民区每周报送一次工作进展，街道每月组织一次督查。",
    ]
    assert check_lines(lines_of_text(WRAPPED)) == ()


def test_joined_lines_are_put_right_in_the_lines_of_their_writer() -> None:
    wrong = WRAPPED.replace("停车难、用工难", "停车难、帐户少")
    lines = lines_of_text(wrong)
    assert "\n".join(line.source for line in lines) + "\n" == wrong
    fixed = fixed_lines(lines, check_lines(lines))
    assert "\n".join(line.source for line in fixed) + "\n" == wrong.replace("帐户", "账户")


def test_line_breaks_move_with_what_is_put_right() -> None:
    line = WrittenLine("甲乙约30户左右丙丁。", breaks=((1, "\n"), (6, "\n　"), (9, " \n")))
    (fixed,) = fixed_lines((line,), check_lines((line,)))
    assert fixed.source == "甲\n乙约30户\n　丙 \n丁。"


@pytest.mark.parametrize(
    "text",
    [
        "走访企业三家。\n走访企业五家。\n走访企业七家。\n走访企业九家。",
        "第一条，街道走访了企业三家，形成线索\n第二条，街道走访了企业三家，形成线索\n第三条，街道走访了企业三家，形成线索",
        "党政办公室，张三\n平安办公室，李四\n城管办公室，王五\n经发办公室，赵六",
    ],
)
def test_lines_of_a_list_stay_as_they_are(text: str) -> None:
    assert "\n".join(line.text for line in lines_of_text(text)) == text


# Lines as a page breaks them: full ones go on in the next. Each has its width in halves of a hanzi beside it.
FULL = "街道坚持问题导向，聚焦重点任务"  # 30
WIDE = f"{FULL}三十家"  # 36
SHORT = "其中重点企业三十家"  # 18


def joined_counts(*lines: str) -> list[int]:
    """Return of how many lines each line was joined."""
    return [len(line.breaks) + 1 for line in joined_lines(lines)]


@pytest.mark.parametrize(
    ("lines", "counts"),
    [
        ([FULL, FULL, FULL, SHORT], [4]),
        ([FULL, FULL, SHORT], [1, 1, 1]),  # two full ones may be chance
        ([FULL[1:], FULL[1:], FULL[1:], SHORT], [1, 1, 1, 1]),  # narrower than any page
        ([FULL + "三", FULL, FULL[1:], SHORT], [4]),
        ([WIDE, WIDE, WIDE, FULL + "三", SHORT], [5]),  # a line may fall short by two hanzi
        ([WIDE, WIDE, WIDE, FULL, SHORT], [4, 1]),
        ([WIDE, WIDE, WIDE, f"{FULL}a", SHORT], [4, 1]),
        ([WIDE, WIDE, f"{FULL}a", SHORT], [1, 1, 1, 1]),
        (["a" * 27 + "，"] * 3 + [SHORT], [1, 1, 1, 1]),  # letters are half as wide
        ([FULL, FULL, FULL, SHORT, SHORT], [4, 1]),  # a line that is not full ends its paragraph
        ([FULL, FULL, FULL + "。", SHORT], [1, 1, 1, 1]),
        ([FULL, FULL, FULL, FULL[1:] + "。", SHORT], [4, 1]),
        ([FULL, FULL, FULL, FULL[1:] + "：", SHORT], [4, 1]),
        ([FULL, FULL, FULL, "", SHORT], [3, 1, 1]),
        ([FULL, FULL, FULL, f"\u3000\u3000{SHORT}"], [3, 1]),
        ([FULL, FULL, FULL, f"一、{SHORT}"], [3, 1]),
        ([FULL, FULL, FULL, f"（二）{SHORT}"], [3, 1]),
        ([FULL, FULL, FULL, f"3.{SHORT}"], [3, 1]),
        ([FULL, FULL, FULL, f"甲\t{SHORT}"], [3, 1]),
        (
            [f"\u3000\u3000{FULL[2:]}", FULL, FULL, FULL[1:] + "。", SHORT],
            [5],
        ),  # indented: a full stop ends no paragraph
        (["街道坚持问题导向聚焦重点任务抓" for _ in range(4)], [1, 1, 1, 1]),  # names in a list have no marks
        (["a" * 29 + "，"] * 3 + [SHORT], [4]),
        (["长" * 64 + "，"] * 3 + [SHORT], [4]),
        (["长" * 65 + "，"] * 3 + [SHORT], [1, 1, 1, 1]),  # wider than any page
    ],
)
def test_full_lines_go_on_in_the_next(lines: list[str], counts: list[int]) -> None:
    assert joined_counts(*lines) == counts


def test_what_stood_between_joined_lines_is_kept() -> None:
    lines = [f"{FULL} ", f" {FULL}", FULL, SHORT]
    (line,) = joined_lines(lines)
    assert line.text == FULL * 3 + SHORT
    assert line.breaks == ((15, " \n "), (30, "\n"), (45, "\n"))
    assert line.source == "\n".join(lines)


def test_a_line_stands_outside_of_tables_and_is_no_heading() -> None:
    assert WrittenLine("甲") == WrittenLine("甲", table=None, row=0, column=0, level=0, breaks=())


def test_tables_are_counted_and_a_single_row_is_none() -> None:
    lines = lines_of_text("甲\t乙\n1\t2\n\n丙\t丁\n\n戊\t己\n3\t4")
    found = [(line.text, line.table, line.row, line.column) for line in lines if line.text]
    assert found == [
        ("甲", 0, 0, 0),
        ("乙", 0, 0, 1),
        ("1", 0, 1, 0),
        ("2", 0, 1, 1),
        ("丙\t丁", None, 0, 0),
        ("戊", 1, 0, 0),
        ("己", 1, 0, 1),
        ("3", 1, 1, 0),
        ("4", 1, 1, 1),
    ]


@pytest.mark.parametrize(
    ("style", "is_counted", "level"),
    [
        ("1", True, 1),
        ("Heading 2", True, 2),
        ("标题3", True, 3),
        ("4", True, 4),
        ("5", True, 0),
        ("2", False, 0),
    ],
)
def test_a_heading_that_word_counts_has_its_level(style: str, is_counted: bool, level: int) -> None:
    counted = "<w:numPr/>" if is_counted else ""
    paragraph = f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{counted}</w:pPr>{RUN % "总体情况"}</w:p>'
    assert [line.level for line in lines_of_file("a.docx", word_file_of(paragraph)) if line.text] == [level]


def test_tracked_changes_are_read_as_accepted() -> None:
    paragraph = f"<w:p>{RUN % '走访'}{DELETED % '三'}{INSERTED % '五'}{RUN % '家。'}</w:p>"
    assert texts(word_file_of(paragraph)) == ["走访五家。"]


def test_a_paragraph_whose_mark_was_deleted_goes_on_with_the_next() -> None:
    first = f"<w:p><w:pPr><w:rPr><w:del {CHANGED_BY}/></w:rPr></w:pPr>{RUN % '走访企业，'}</w:p>"
    assert texts(word_file_of(first, f"<w:p>{RUN % '座谈三次。'}</w:p>")) == ["走访企业，座谈三次。"]


def test_a_deleted_row_is_no_part_of_its_table() -> None:
    cell = f"<w:tc><w:p>{RUN % '%s'}</w:p></w:tc>"
    gone = f"<w:trPr><w:del {CHANGED_BY}/></w:trPr>"
    table = (
        f"<w:tbl><w:tr>{cell % '甲'}</w:tr><w:tr>{gone}{cell % '乙'}</w:tr><w:tr>{cell % '丙'}</w:tr></w:tbl>"
    )
    found = [line for line in lines_of_file("a.docx", word_file_of(table)) if line.text]
    assert [(line.text, line.table, line.row, line.column) for line in found] == [
        ("甲", 0, 0, 0),
        ("丙", 0, 1, 0),
    ]


MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
RUBY = f"<w:r><w:ruby><w:rt>{RUN % 'sān'}</w:rt><w:rubyBase>{RUN % '三'}</w:rubyBase></w:ruby></w:r>"
BOX = f"<w:r><w:pict><w:txbxContent><w:p>{RUN % '框里。'}</w:p></w:txbxContent></w:pict></w:r>"


@pytest.mark.parametrize(
    ("inside", "found"),
    [
        (f"<w:moveFrom {CHANGED_BY}>{RUN % '三'}</w:moveFrom>", ["走访五家。"]),
        (f"<w:moveTo {CHANGED_BY}>{RUN % '三'}</w:moveTo>", ["走访三五家。"]),
        (
            f"<mc:AlternateContent {MC}><mc:Fallback>{RUN % '三'}</mc:Fallback></mc:AlternateContent>",
            ["走访五家。"],
        ),
        (RUBY, ["走访三五家。"]),
        (f"<w:hyperlink>{RUN % '三'}</w:hyperlink>", ["走访三五家。"]),
        ("<!-- 三 -->", ["走访五家。"]),
        ("<w:r><w:tab/><w:noBreakHyphen/></w:r>", ["走访\t-五家。"]),
        ("<w:tab/>", ["走访五家。"]),  # a stop of tabs, which is set and not typed
        (BOX, ["走访五家。", "框里。"]),
    ],
)
def test_a_paragraph_has_the_text_that_its_reader_sees(inside: str, found: list[str]) -> None:
    paragraph = f"<w:p>{RUN % '走访'}{inside}{RUN % '五家。'}</w:p>"
    assert texts(word_file_of(paragraph)) == found


def test_joined_paragraphs_are_what_the_first_of_them_is() -> None:
    heading = '<w:pStyle w:val="2"/><w:numPr/>'
    first = f"<w:p><w:pPr>{heading}<w:rPr><w:del {CHANGED_BY}/></w:rPr></w:pPr>{RUN % '总体'}</w:p>"
    lines = lines_of_file("a.docx", word_file_of(first, f"<w:p>{RUN % '情况'}</w:p>"))
    assert [(line.text, line.level) for line in lines if line.text] == [("总体情况", 2)]


def test_a_table_torn_out_of_its_rows_still_gives_its_text() -> None:
    cell = f"<w:tc><w:p>{RUN % '散落的字'}</w:p></w:tc>"
    assert texts(word_file_of(f"<w:tbl>{cell}</w:tbl>")) == ["散落的字"]


def test_a_document_may_be_so_long(monkeypatch: pytest.MonkeyPatch) -> None:
    data = word_file("走访五家。")
    with ZipFile(BytesIO(data)) as package:
        size = package.getinfo("word/document.xml").file_size
    monkeypatch.setattr("reports.lint.written.lines.LONGEST_XML", size)
    assert texts(data) == ["走访五家。"]
    monkeypatch.setattr("reports.lint.written.lines.LONGEST_XML", size - 1)
    with pytest.raises(DocumentError, match="太大，没有检查。请分成几个文件再试"):
        lines_of_file("a.docx", data)


def test_nothing_is_put_in_the_place_of_an_entity() -> None:
    names = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    text = "<w:t>走访</w:t><w:t>&number;</w:t><w:t>家。</w:t>"
    body = f"<w:document {names}><w:body><w:p><w:r>{text}</w:r></w:p></w:body></w:document>"
    assert texts(zipped("word/document.xml", f'<!DOCTYPE w [<!ENTITY number "五">]>{body}')) == ["走访家。"]


def zipped(name: str, text: str) -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w") as package:
        package.writestr(name, text)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("报告.docx", b"", "不是 Word 文件"),
        ("报告.docx", b"not a zip", "不是 Word 文件"),
        ("报告.docx", zipped("a.txt", "x"), "不是 Word 文件"),
        ("报告.docx", zipped("word/document.xml", "<w:p"), "不是 Word 文件"),
        ("报告.docx", word_file("  "), "“报告.docx”里没有文字"),
        ("报告.doc", b"\xd0\xcf\x11\xe0" + bytes(600), "旧的 .doc 格式或者加了密码"),
        ("报告.txt", b"", "“报告.txt”里没有文字"),
        ("报告.txt", bytes(range(256)), "不是文字文件"),
        ("报告.txt", b"\xff\xfe\x00", "不是文字文件"),
        ("报告.txt", word_file("走访三家。")[:400], "不是 Word 文件"),
    ],
)
def test_what_is_no_document_is_a_sentence(name: str, data: bytes, sentence: str) -> None:
    with pytest.raises(DocumentError) as refusal:
        lines_of_file(name, data)
    assert sentence in str(refusal.value)
    assert str(refusal.value).endswith("。")


def test_five_hundred_pages_are_read() -> None:
    data = word_file(*["走访企业三家，座谈两次。" * 20] * 1_000)
    assert len(texts(data)) == 1_000
