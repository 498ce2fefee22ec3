"""A Word document is read as it is printed: with its automatic numbers, without what was deleted, nothing lost."""

from __future__ import annotations

import io
import zipfile
from itertools import pairwise
from typing import Any

import pytest
from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from PIL import Image

from app.base.errors import BadInput
from app.plan.importer import SourceText
from app.plan.importer.sources.word_document import MATH, read_word_document
from app.plan.importer.sources.word_styles import LONGEST_CHAIN, written_number
from tests.plan.importer.sources.word_files import (
    add_footnotes,
    add_list,
    add_number,
    add_numbered,
    add_xml,
    read_document,
    run,
    saved,
    words_of,
)


def test_numbers_of_several_levels_are_written_out_and_restart_below_each_head() -> None:
    def build(document: Any) -> None:
        listed = add_list(
            document,
            ("chineseCountingThousand", "%1、", '<w:suff w:val="nothing"/>'),
            ("chineseCounting", "（%2）", '<w:suff w:val="nothing"/>'),
            ("decimal", "%3.", ""),
        )
        for words, level in (
            ("党建", 0),
            ("学习", 1),
            ("走访", 2),
            ("宣讲", 2),
            ("组织", 1),
            ("换届", 2),
            ("城市", 0),
            ("市容", 1),
        ):
            add_numbered(document, words, listed, level)

    assert words_of(read_document(build)) == [
        *("一、党建", "（一）学习", "1. 走访", "2. 宣讲", "（二）组织", "1. 换届", "二、城市", "（一）市容"),
    ]


def test_a_number_may_name_the_levels_above_it() -> None:
    def build(document: Any) -> None:
        listed = add_list(document, ("chineseCounting", "第%1章", ""), ("decimal", "%1.%2", "<w:isLgl/>"))
        for level in (0, 1, 1, 0, 1):
            add_numbered(document, "工作", listed, level)

    assert words_of(read_document(build)) == [
        "第一章 工作",
        "1.1 工作",
        "1.2 工作",
        "第二章 工作",
        "2.1 工作",
    ]


def test_lists_of_one_definition_count_on_and_one_that_restarts_does_once() -> None:
    def build(document: Any) -> None:
        listed = add_list(document, ("decimal", "%1、", ""))
        add_number(document, 900, listed)
        add_number(
            document, 901, listed, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
        )
        for number in (listed, 900, 901, 901):
            add_numbered(document, "事", number)

    assert words_of(read_document(build)) == ["1、事", "2、事", "1、事", "2、事"]


def test_a_style_can_number_and_a_paragraph_can_refuse_its_number() -> None:
    def build(document: Any) -> None:
        document.add_paragraph("走访", style="List Number")
        add_numbered(document, "没有号", 0).style = document.styles["List Number"]
        document.add_paragraph("宣讲", style="List Number")
        document.add_paragraph("要点", style="List Bullet")

    assert words_of(read_document(build)) == ["1. 走访", "没有号", "2. 宣讲", "要点"]


@pytest.mark.parametrize(
    ("form", "number", "written"),
    [
        ("chineseCounting", 12, "十二"),
        ("chineseCounting", 99, "九十九"),
        ("chineseCounting", 100, "一〇〇"),
        ("chineseCountingThousand", 10, "十"),
        ("chineseCountingThousand", 1, "一"),
        ("chineseCountingThousand", 0, "0"),
        ("chineseCountingThousand", 19, "十九"),
        ("chineseCountingThousand", 20, "二十"),
        ("chineseCountingThousand", 21, "二十一"),
        ("chineseCountingThousand", 1001, "一千〇一"),
        ("chineseCountingThousand", 9999, "九千九百九十九"),
        ("chineseCountingThousand", 10_000, "10000"),
        ("chineseCountingThousand", 105, "一百〇五"),
        ("chineseCountingThousand", 110, "一百一十"),
        ("ideographDigital", 10, "一〇"),
        ("chineseLegalSimplified", 12, "壹拾贰"),
        ("decimalEnclosedCircle", 3, "③"),
        ("decimalEnclosedCircle", 0, "0"),
        ("decimalEnclosedCircle", 1, "①"),
        ("decimalEnclosedCircle", 20, "⑳"),
        ("decimalEnclosedCircle", 21, "㉑"),
        ("decimalEnclosedCircle", 35, "㉟"),
        ("decimalEnclosedCircle", 36, "36"),
        ("decimalEnclosedParen", 2, "⑵"),
        ("decimalEnclosedParen", 20, "⒇"),
        ("decimalEnclosedParen", 21, "21"),
        ("decimalEnclosedFullstop", 1, "⒈"),
        ("decimalEnclosedFullstop", 20, "⒛"),
        ("decimalEnclosedFullstop", 21, "21"),
        ("decimalFullWidth", 12, "１２"),
        ("decimalZero", 7, "07"),
        ("ideographTraditional", 3, "丙"),
        ("ideographTraditional", 0, "0"),
        ("ideographTraditional", 1, "甲"),
        ("ideographTraditional", 10, "癸"),
        ("ideographTraditional", 11, "11"),
        ("ideographZodiac", 1, "子"),
        ("ideographZodiac", 12, "亥"),
        ("lowerLetter", 0, "0"),
        ("lowerLetter", 1, "a"),
        ("lowerLetter", 26, "z"),
        ("lowerLetter", 27, "aa"),
        ("lowerLetter", 234, "z" * 9),
        ("lowerLetter", 235, "235"),
        ("lowerRoman", 0, "0"),
        ("lowerRoman", 1, "i"),
        ("lowerRoman", 399, "cccxcix"),
        ("lowerRoman", 400, "400"),
        ("upperLetter", 2, "B"),
        ("lowerRoman", 14, "xiv"),
        ("upperRoman", 9, "IX"),
        ("none", 1, ""),
        ("unheardOf", 5, "5"),
    ],
)
def test_numbers_are_written_in_the_forms_of_word(form: str, number: int, written: str) -> None:
    assert written_number(number, form) == written


def test_headings_outline_levels_and_bold_type_are_marked() -> None:
    def build(document: Any) -> None:
        document.add_heading("2026年工作计划", 0)
        document.add_heading("党建", 2)
        paragraph = document.add_paragraph()
        paragraph.add_run("抓学").bold = True
        paragraph.add_run("习。").bold = True
        paragraph.add_run("全年十二次。")
        add_xml(document, run("正文"))
        leveled = document.add_paragraph("市容")
        leveled._p.get_or_add_pPr().append(outline(0))

    source = read_document(build)
    assert [line.outline_level for line in source.lines] == [0, 2, 0, 0, 1]
    assert [source.text[start:end] for line in source.lines[2:4] for start, end in line.bold] == ["抓学习。"]


@pytest.mark.parametrize(("styles", "is_bold"), [(LONGEST_CHAIN, True), (LONGEST_CHAIN + 1, False)])
def test_styles_based_on_one_another_are_followed_so_far(styles: int, is_bold: bool) -> None:
    def build(document: Any) -> None:
        chain = [
            document.styles.add_style(f"第{place}种", WD_STYLE_TYPE.PARAGRAPH) for place in range(styles)
        ]
        chain[0].font.bold = True
        for above, style in pairwise(chain):
            style.base_style = above
        document.add_paragraph("抓学习。", style=chain[-1])

    (line,) = read_document(build).lines
    assert bool(line.bold) is is_bold


def test_a_formula_is_read_as_its_text() -> None:
    def build(document: Any) -> None:
        formula = "<m:r><m:t>5+3</m:t></m:r><m:r><m:t/></m:r>"
        add_xml(document, run("新增") + f'<m:oMath xmlns:m="{MATH[1:-1]}">{formula}</m:oMath>' + run("处"))

    assert words_of(read_document(build)) == ["新增5+3处"]


def outline(level: int) -> Any:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    return parse_xml(f'<w:outlineLvl {nsdecls("w")} w:val="{level}"/>')


def test_tracked_changes_count_as_accepted() -> None:
    def build(document: Any) -> None:
        add_xml(
            document,
            run("走访")
            + '<w:del w:id="1" w:author="a"><w:r><w:delText>100</w:delText></w:r></w:del>'
            + f'<w:ins w:id="2" w:author="a">{run("200")}</w:ins>'
            + run("家")
            + f'<w:moveFrom w:id="3" w:author="a">{run("移走的")}</w:moveFrom>',
        )
        add_xml(document, '<w:pPr><w:rPr><w:del w:id="4" w:author="a"/></w:rPr></w:pPr>' + run("前一段"))
        add_xml(document, run("接着写。"))

    source = read_document(build)
    assert words_of(source) == ["走访200家", "前一段接着写。"]
    assert "修订" in source.notes[0]


def test_fields_show_what_they_print_and_breaks_are_lines() -> None:
    def build(document: Any) -> None:
        add_xml(
            document,
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DATE \\@ "yyyy"</w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
            + run("2026年")
            + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
            + "<w:hyperlink>"
            + run("工作")
            + "</w:hyperlink><w:r><w:br/></w:r>"
            + run("计划")
            + "<w:r><w:noBreakHyphen/></w:r>"
            + f"<w:r><w:ruby><w:rt>{run('yī')}</w:rt><w:rubyBase>{run('一')}</w:rubyBase></w:ruby></w:r>"
            + run("看不见的", "<w:vanish/>"),
        )

    assert words_of(read_document(build)) == ["2026年工作", "计划-一"]


def test_text_boxes_and_footnotes_are_read_once_and_set_apart_from_the_text() -> None:
    box = f"<w:txbxContent><w:p>{run('街道文件')}</w:p></w:txbxContent>"
    compatible = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'

    def build(document: Any) -> None:
        add_xml(
            document,
            run("标题")
            + f"<w:r><mc:AlternateContent {compatible}><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
            + f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>",
        )
        add_footnotes(document, "指常住人口。")

    source = read_document(build)
    assert words_of(source) == ["标题", "街道文件", "指常住人口。"]
    assert [line.is_page_line for line in source.lines] == [False, False, True]
    assert "脚注" in source.notes[0]


def test_what_headers_and_footers_say_is_named_and_a_page_number_is_not() -> None:
    def build(document: Any) -> None:
        document.add_paragraph("计划")
        document.sections[0].header.paragraphs[0].text = "青山街道文件"
        document.sections[0].footer.paragraphs[0].text = "第 1 页 共 9 页"

    assert read_document(build).notes == ("页眉、页脚里的文字没有读：青山街道文件。",)


def test_an_empty_paragraph_is_counted_and_its_number_stands_nowhere() -> None:
    def build(document: Any) -> None:
        listed = add_list(document, ("decimal", "%1、", ""))
        for words in ("走访", "", "学习"):
            add_numbered(document, words, listed)

    assert words_of(read_document(build)) == ["1、走访", "", "3、学习"]


def test_a_table_of_contents_belongs_to_the_page() -> None:
    def build(document: Any) -> None:
        document.styles.add_style("toc 1", 1)
        document.add_paragraph("一、党建\t1", style="toc 1")
        document.add_paragraph("一、党建")

    assert [line.is_page_line for line in read_document(build).lines] == [True, False]


def test_a_table_that_only_places_text_is_text_and_another_a_line_a_row() -> None:
    def build(document: Any) -> None:
        document.add_table(1, 1).cell(0, 0).text = "一、党建\n全年学习十二次。"
        for _ in range(9):
            document.add_paragraph("加强基层党组织建设，提升组织力，发挥好先锋模范作用。")
        table = document.add_table(2, 3)
        for place, words in enumerate(("年份", "数量", "说明")):
            table.cell(0, place).text = words
        table.cell(1, 0).merge(table.cell(1, 1)).text = "2026"
        table.cell(1, 2).text = "两行\n文字"

    source = read_document(build)
    assert words_of(source)[:2] == ["一、党建", "全年学习十二次。"]
    assert words_of(source)[-2:] == ["年份\t数量\t说明", "2026\t两行 文字"]
    assert [line.is_table_row for line in source.lines][-3:] == [False, True, True]


def test_a_document_of_pictures_is_refused_and_one_with_a_picture_says_so() -> None:
    picture = io.BytesIO()
    Image.new("RGB", (4, 4)).save(picture, "PNG")

    def read(words: str) -> SourceText:
        def build(document: Any) -> None:
            document.add_paragraph(words)
            document.add_picture(picture)

        return read_document(build)

    with pytest.raises(BadInput, match="只有图片"):
        read("")
    assert read("计划").notes == ("文件里有 1 张图片，图片里的文字没有读。",)


def test_a_long_document_is_read_soon() -> None:
    document = Document()
    for _ in range(500):
        paragraph = document.add_paragraph()
        for _ in range(10):
            paragraph.add_run("加强基层党组织建设，")
    source = SourceText.from_json(read_word_document(io.BytesIO(saved(document))))
    assert len(source.text) == 500 * 10 * 10 + 499


def test_a_file_in_which_a_part_stands_twice_is_refused() -> None:
    file = io.BytesIO(saved(Document()))
    with pytest.warns(UserWarning), zipfile.ZipFile(file, "a") as archive:
        archive.writestr("docProps/app.xml", archive.read("docProps/app.xml"))
    file.seek(0)
    with pytest.raises(BadInput, match="不完整或已损坏"):
        read_word_document(file)


def test_a_number_stands_before_the_first_line_and_in_its_bold_type() -> None:
    def build(document: Any) -> None:
        listed = add_list(document, ("decimal", "%1.", '<w:suff w:val="nothing"/>'))
        for words in ("走访\n企业", "服务"):
            paragraph = add_numbered(document, "", listed)
            paragraph.add_run(words).bold = True
            paragraph.add_run("居民").bold = False
            paragraph.add_run("满意").bold = True
        add_numbered(document, "督查", listed).add_run("考核").bold = True

    source = read_document(build)
    bold = [[source.text[start:end] for start, end in line.bold] for line in source.lines]
    assert words_of(source) == ["1.走访", "企业居民满意", "2.服务居民满意", "3.督查考核"]
    assert bold == [["1.走访"], ["企业", "满意"], ["2.服务", "满意"], ["考核"]]


def test_a_field_inside_a_field_ends_by_itself() -> None:
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    inner = f"{mark('begin')}{run('PAGE')}{mark('separate')}{run('三')}{mark('end')}"
    outer = f"{mark('begin')}{run('IF')}{inner}{run('ELSE')}{mark('separate')}{run('走访')}{mark('end')}{run('企业')}"
    assert words_of(read_document(lambda document: add_xml(document, outer))) == ["走访企业"]


def test_signs_of_a_font_of_signs_are_written_out() -> None:
    signs = "".join(
        f'<w:r><w:sym w:font="Wingdings" w:char="{char}"/></w:r>' for char in ("F0FC", "f06e", "F001")
    )
    assert words_of(read_document(lambda document: add_xml(document, signs))) == ["√■□"]


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (9, "九"),
        (10, "十"),
        (19, "十九"),
        (20, "二十"),
        (101, "一百〇一"),
        (110, "一百一十"),
        (9999, "九千九百九十九"),
        (10_000, "10000"),
    ],
)
def test_an_automatic_number_is_written_in_hanzi(number: int, written: str) -> None:
    assert written_number(number, "chineseCountingThousand") == written
