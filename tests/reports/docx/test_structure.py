"""What Word finds in the file: styles, outline, fields, sections, tables, pictures; nothing formatted by hand."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from io import BytesIO

import pytest
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from PIL import Image, ImageColor

from reports.charts import LIGHT_SHADES, status_bars
from reports.docx import render_docx
from reports.docx.chart_image import draw_png
from reports.docx.styles import PARAGRAPH_STYLES
from reports.fonts import NAMES, FontRole, find_fonts
from reports.model import Chart, ChartRow, Column, Table
from tests.reports.docx.samples import BEHIND_BLANK_PAGE, DOCUMENTS
from tests.reports.docx.word import (
    every,
    names,
    opened,
    part,
    value,
)

OFFICIAL_FACES = {names[0] for names in NAMES.values()}
COMPUTED = {"Mark"}  # the mark is as large as its name is long


def test_headings_are_real_headings_with_their_levels(written: Mapping[str, bytes]) -> None:
    document = opened(written["annexes"])
    styles = [(paragraph.style.name, paragraph.text) for paragraph in document.paragraphs]
    assert ("Heading 1", "一、总体情况") in styles
    assert ("Heading 2", "（一）紧抓招商引资，壮大经济增长源动力") in styles
    for level in range(1, 5):
        style = document.styles[f"Heading {level}"]
        assert value(next(every(style.element, "w:outlineLvl"))) == str(level - 1)
        assert style.paragraph_format.keep_with_next


def test_a_run_in_head_has_the_letters_of_its_level(written: Mapping[str, bytes]) -> None:
    document = opened(written["annexes"])
    head = next(p for p in document.paragraphs if p.text.startswith("（1）一是")).runs[0]
    assert (head.text, head.style.name) == ("（1）一是", "四级标题接排")


def test_the_title_is_one_paragraph_of_style_title(written: Mapping[str, bytes]) -> None:
    titles = [p.text for p in opened(written["upward"]).paragraphs if p.style.name == "Title"]
    assert titles == [DOCUMENTS["upward"].title]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_text_is_formatted_by_styles_alone(written: Mapping[str, bytes], name: str) -> None:
    known = {style.id for style in PARAGRAPH_STYLES}
    for paragraph in every(part(written[name], "word/document.xml"), "w:p"):
        style = value(next(every(paragraph, "w:pStyle")))
        assert style in known
        looks = {look.tag for letters in every(paragraph, "w:rPr") for look in letters}
        assert looks <= {qn("w:rStyle")} or style in COMPUTED


def test_styles_name_the_official_faces_for_all_letters(written: Mapping[str, bytes]) -> None:
    for fonts in every(part(written["upward"], "word/styles.xml"), "w:rFonts"):
        faces = {value(fonts, script) for script in ("ascii", "hAnsi", "eastAsia")}
        assert len(faces) == 1
        assert faces <= OFFICIAL_FACES


def test_the_body_keeps_22_lines_of_28_characters(written: Mapping[str, bytes]) -> None:
    document = opened(written["upward"])
    normal = document.styles["Normal"]
    assert normal.paragraph_format.line_spacing == Pt(28.95)
    assert normal.font.size == Pt(16)
    assert normal.paragraph_format.widow_control is False
    assert value(normal.element.rPr.find(qn("w:spacing"))) == "-5"
    spaces = [value(next(every(normal.element, f"w:autoSpace{script}"))) for script in ("DE", "DN")]
    assert spaces == ["0", "0"]
    indent = next(every(document.styles["Body Text"].element, "w:ind"))
    assert value(indent, "firstLineChars") == "200"


@pytest.mark.parametrize("name", DOCUMENTS)
def test_pages_have_the_margins_of_the_standard(written: Mapping[str, bytes], name: str) -> None:
    for section in opened(written[name]).sections:
        turned = section.orientation == WD_ORIENT.LANDSCAPE
        of_letter = section.different_first_page_header_footer
        sides = (section.top_margin, section.right_margin, section.bottom_margin, section.left_margin)
        expected = (28, 37, 26, 35) if turned else (37, 26, 24 if of_letter else 35, 28)
        assert [side.mm for side in sides] == pytest.approx(expected, abs=1)
        assert section.page_width == pytest.approx(Mm(297 if turned else 210), abs=Mm(0.1))


@pytest.mark.parametrize("name", [name for name in DOCUMENTS if name not in BEHIND_BLANK_PAGE])
def test_odd_and_even_pages_are_numbered_by_word(written: Mapping[str, bytes], name: str) -> None:
    document = opened(written[name])
    assert document.settings.odd_and_even_pages_header_footer
    for section in document.sections:
        turned = section.orientation == WD_ORIENT.LANDSCAPE
        places = ("header", "even_page_header") if turned else ("footer", "even_page_footer")
        for place in places:
            content = getattr(section, place)._element
            assert [value(field, "instr") for field in every(content, "w:fldSimple")] == [" PAGE "]
            assert "".join(letters.text for letters in every(content, "w:t")) == "— 1 —"


def test_a_letters_first_page_has_no_number(written: Mapping[str, bytes]) -> None:
    section = opened(written["letter"]).sections[0]
    assert section.different_first_page_header_footer
    assert not list(every(section.first_page_footer._element, "w:fldSimple"))


def test_the_imprint_begins_an_even_page_unless_it_shares_the_texts(written: Mapping[str, bytes]) -> None:
    starts = {
        name: [section.start_type for section in opened(written[name]).sections]
        for name in ("upward", "two_pages", "full_two_pages", "report")
    }
    assert starts["upward"] == [WD_SECTION.NEW_PAGE, WD_SECTION.EVEN_PAGE]
    assert starts["two_pages"] == [WD_SECTION.NEW_PAGE]
    assert starts["full_two_pages"] == [WD_SECTION.NEW_PAGE, WD_SECTION.EVEN_PAGE]
    assert starts["report"] == [WD_SECTION.NEW_PAGE, WD_SECTION.NEW_PAGE, WD_SECTION.EVEN_PAGE]


def test_tables_are_real_with_a_repeated_head(written: Mapping[str, bytes]) -> None:
    tables = [table for table in opened(written["annexes"]).tables if len(table.rows[0].cells) > 1]
    assert len(tables) == 6
    for table in tables:
        first, *others = (row._tr for row in table.rows)
        assert list(every(first, "w:tblHeader"))
        assert not any(list(every(row, "w:tblHeader")) for row in others)
        widths = {sum(int(value(cell, "w")) for cell in every(row._tr, "w:tcW")) for row in table.rows}
        assert len(widths) == 1


def test_a_small_table_is_kept_on_one_page_as_nothing_says_that_it_goes_on() -> None:
    for count, is_whole in ((7, True), (12, False)):
        small = Table((Column("部分"), Column("举措")), (("甲", "9"),) * count, note="注：按项计。")
        (table,) = opened(render_docx(replace(DOCUMENTS["paper"], body=(small,)))).tables
        rows = [row for row in table.rows if row.cells[0].text == "甲"]
        kept = [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in rows]
        assert all(kept) == is_whole


def test_a_chart_is_a_picture_described_in_words(written: Mapping[str, bytes]) -> None:
    (shape,) = opened(written["report"]).inline_shapes
    assert shape.width == pytest.approx(Mm(156), abs=Mm(0.1))
    assert shape._inline.docPr.get("descr").startswith(
        "各部分推进情况：优化营商环境：已完成4项、正常推进45项"
    )
    assert "word/media/image1.png" in names(written["report"])


def test_lights_are_in_their_colours() -> None:
    chart = Chart("各部分亮灯情况", ("绿灯", "黄灯", "红灯"), (ChartRow("优化营商环境", (5, 2, 1)),))
    picture = Image.open(BytesIO(draw_png(status_bars(chart), find_fonts()[FontRole.TEXT])))
    dots = Counter(picture.convert("RGB").get_flattened_data())
    for series in chart.series:
        assert dots[ImageColor.getrgb(LIGHT_SHADES[series].fill)] > 1000


def test_line_break_rules_are_those_of_the_standard(written: Mapping[str, bytes]) -> None:
    settings = part(written["upward"], "word/settings.xml")
    never_first = value(next(every(settings, "w:noLineBreaksBefore")))
    never_last = value(next(every(settings, "w:noLineBreaksAfter")))
    assert set("，。、；：？！）》”’·…—") <= set(never_first)
    assert set("（《“‘〔") <= set(never_last)
    assert value(next(every(settings, "w:characterSpacingControl"))) == "compressPunctuation"


def test_an_editor_is_offered_the_styles_of_official_documents_alone(written: Mapping[str, bytes]) -> None:
    styles = opened(written["upward"]).styles
    latent = styles.latent_styles
    assert latent.default_to_hidden
    assert not latent.default_to_quick_style
    assert not latent.default_to_unhide_when_used
    assert len(latent) == 0
    offered = sorted((style for style in styles if style.quick_style), key=lambda style: style.priority)
    first = [style.name for style in offered[:8]]
    assert first == [
        "Body Text",
        "Title",
        "信函标题",
        "主送机关",
        *(f"Heading {level}" for level in range(1, 5)),
    ]
    assert {"附件标题", "表格文字", "二级标题接排"} <= {style.name for style in offered}
    carriers = {"发文机关标志", "红色分隔线", "节末", "双页页码", "Footer"}
    assert carriers <= {style.name for style in styles if style.hidden}
