"""A PDF with text is read in its paragraphs; page numbers and running heads are kept apart from the text."""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2
import pytest
from weasyprint import HTML

from app.base.errors import BadInput
from app.plan.importer import SourceText
from app.plan.importer.sources.pdf_document import pdf_contents, read_pdf_pages

SONG = Path("fonts/fandol").resolve().as_uri() + "/FandolSong"  # A machine may have no face for Chinese.
STYLE = """
@font-face { font-family: Song; src: url(SONG-Regular.otf) }
@font-face { font-family: Song; src: url(SONG-Bold.otf); font-weight: bold }
@page { size: A4; margin: 3cm 2.5cm; @bottom-center { content: "— " counter(page) " —" }
        @top-left { content: "青山街道办公室" } }
body { font: 16pt/28pt Song }
p { margin: 0; text-indent: 2em; text-align: justify } h1 { text-align: center; font-size: 22pt }
""".replace("SONG", SONG)
TITLE = "青山街道2026年工作计划"
HEAD = "1.夯实项目储备。"
TEXT = (
    "落实招商机制，用好部门协同招商、展会招商、平台招商等方式，全年走访企业240家，形成“发现—服务—落地”链条。"
)
PARAGRAPHS = [f"{HEAD}{TEXT * 6}" for _ in range(5)]


def printed(body: str, style: str = STYLE) -> bytes:
    found = HTML(string=f"<meta charset='utf-8'><style>{style}</style>{body}").write_pdf()
    assert isinstance(found, bytes)
    return found


def read_pdf(data: bytes) -> SourceText:
    return SourceText.from_json(read_pdf_pages(io.BytesIO(data)))


@pytest.fixture(scope="module")
def plan_pdf() -> bytes:
    body = "".join(f"<p><b>{HEAD}</b>{words.removeprefix(HEAD)}</p>" for words in PARAGRAPHS)
    return printed(f"<h1>{TITLE}</h1><p>一、优化营商环境</p>{body}")


def test_paragraphs_are_joined_over_lines_and_pages(plan_pdf: bytes) -> None:
    source = read_pdf(plan_pdf)
    lines = [source.text[line.start : line.end] for line in source.lines if not line.is_page_line]
    assert lines == [TITLE, "一、优化营商环境", *PARAGRAPHS]


def test_page_numbers_and_running_heads_are_of_the_page(plan_pdf: bytes) -> None:
    source = read_pdf(plan_pdf)
    pages = len(pypdfium2.PdfDocument(plan_pdf))
    found = [source.text[line.start : line.end] for line in source.lines if line.is_page_line]
    assert sorted(found) == sorted([*["青山街道办公室"] * pages, *(f"— {n} —" for n in range(1, pages + 1))])


def test_a_running_head_that_stands_once_is_of_the_page() -> None:
    style = f"{STYLE} @page :first {{ @top-left {{ content: none }} }}"
    source = read_pdf(
        printed(f"<h1>{TITLE}</h1>{''.join(f'<p>{words}</p>' for words in PARAGRAPHS[:3])}", style)
    )
    found = [source.text[line.start : line.end] for line in source.lines if line.is_page_line]
    assert found == ["— 1 —", "青山街道办公室", "— 2 —"]


def test_bold_type_is_marked(plan_pdf: bytes) -> None:
    source = read_pdf(plan_pdf)
    bold = {source.text[start:end] for line in source.lines[3:] for start, end in line.bold}
    assert bold == {HEAD}


def test_a_space_that_is_written_stays_and_one_between_numbers_and_chinese_goes() -> None:
    line = "第一条　本办法适用于2026年各项工作，由街道办公室解释，自印发之日起施行"
    found = read_pdf(printed(f"<p>{line}</p>"))
    assert "第一条\u3000本办法适用于2026年" in found.text


def test_lines_of_a_document_without_indents_stay_as_they_are() -> None:
    source = read_pdf(printed("".join(f"<p>{words}</p>" for words in PARAGRAPHS), STYLE.replace("2em", "0")))
    assert len([line for line in source.lines if not line.is_page_line]) > len(PARAGRAPHS)
    joined = "".join(source.text[line.start : line.end] for line in source.lines if not line.is_page_line)
    assert "".join(joined.split()) == "".join(PARAGRAPHS)


def test_a_page_without_words_is_named_and_a_file_of_such_pages_refused() -> None:
    empty = "<p style='page-break-before: always'></p>"
    assert read_pdf(printed(f"<p>{PARAGRAPHS[0]}</p>{empty}", "")).notes == (
        "第 2 页没有文字，可能是图片，没有读。",
    )
    with pytest.raises(BadInput, match="扫描的图片"):
        read_pdf(printed(empty, ""))


def test_a_cut_off_file_and_one_behind_a_password_are_refused(plan_pdf: bytes) -> None:
    with pytest.raises(BadInput, match="不完整或已损坏"):
        read_pdf(plan_pdf[:400])
    keys = f"/O<{'11' * 32}>/U<{'22' * 32}>"
    locked = (
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Count 0/Kids[]>>endobj\n"
        f"trailer<</Root 1 0 R/ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/P -4{keys}>>>>\n%%EOF"
    )
    with pytest.raises(BadInput, match="加了密码"):
        read_pdf(locked.encode())


@pytest.mark.parametrize(("pages", "raised"), [(300, AttributeError), (301, BadInput)])
def test_a_file_has_three_hundred_pages_at_most(
    monkeypatch: pytest.MonkeyPatch, pages: int, raised: type[Exception]
) -> None:
    monkeypatch.setattr(pypdfium2, "PdfDocument", lambda _data: range(pages))
    with pytest.raises(raised, match=r"超过 300 页|get_textpage"):
        pdf_contents(io.BytesIO(b""))
