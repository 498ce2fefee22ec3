"""The PDF as a file: always the same bytes, inert whatever a text contains, nothing fetched."""

import hashlib
import subprocess
import sys
from dataclasses import replace

import pypdfium2
import pytest
from pypdfium2 import raw

from reports.fonts import find_fonts
from reports.model import Annex, Column, Heading, Imprint, Paragraph, Signature, Table
from reports.pdf import KnownAssets, render_pdf
from tests.reports import samples
from tests.reports.ink import page_texts
from tests.reports.pdf_objects import unpacked

HASH_A_REPORT = """
import hashlib
from tests.reports import samples
print(hashlib.sha256(samples.pdf(samples.REPORT)).hexdigest())
"""
MARKUP = '<script>alert(1)</script><img src="http://example.invalid/x.png"><style>p{display:none}</style>{{ 7*7 }}&lt;'


def test_the_same_document_gives_the_same_bytes_in_another_process() -> None:
    here = hashlib.sha256(render_pdf(samples.REPORT)).hexdigest()
    there = subprocess.run([sys.executable, "-c", HASH_A_REPORT], capture_output=True, text=True, check=True)
    assert there.stdout.strip() == here


def test_markup_in_a_text_is_printed_as_text() -> None:
    document = replace(
        samples.UPWARD,
        masthead=None,  # with a red head, so long a title would leave no room for the body on page 1
        title=f"标题{MARKUP}",
        addressee=MARKUP,
        body=(
            Heading(1, MARKUP),
            Paragraph(MARKUP, head=Heading(3, MARKUP)),
            Table((Column(MARKUP),), ((MARKUP,),)),
        ),
        signature=Signature((MARKUP,)),
        note=MARKUP,
        annexes=(Annex(MARKUP, (Paragraph(MARKUP),)),),
        imprint=Imprint(MARKUP, None, (MARKUP,)),
    )
    pdf = render_pdf(document)
    text = "".join(page_texts(pdf)).replace("\n", "")
    assert text.count("<script>alert(1)</script>") >= 10
    assert "{{ 7*7 }}&lt;" in text
    inside = unpacked(pdf)
    assert b"/JavaScript" not in inside
    assert b"/URI" not in inside


@pytest.mark.parametrize(
    "url", ["http://example.invalid/", "file:///etc/passwd", "data:text/plain,x", "font:unknown"]
)
def test_nothing_but_the_fonts_is_served(url: str) -> None:
    assets = KnownAssets(find_fonts())
    assert assets.fetch("font:gongwen-text").read(4) == b"OTTO"
    with pytest.raises(ValueError, match="不能引用外部资源"):
        assets.fetch(url)


def test_all_fonts_are_embedded_as_subsets() -> None:
    pdf = samples.pdf(samples.REPORT)
    assert len(pdf) < 1_000_000
    with pypdfium2.PdfDocument(pdf) as document:
        texts = document[0].get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT])
        assert all(raw.FPDFFont_GetIsEmbedded(raw.FPDFTextObj_GetFont(text)) for text in texts)


def test_headings_become_the_outline() -> None:
    with pypdfium2.PdfDocument(samples.pdf(samples.REPORT)) as document:
        titles = [entry.get_title() for entry in document.get_toc()]
    assert titles[:3] == [
        "一、总体情况",
        "二、优化营商环境，推动经济动能更加澎湃强劲",
        "（一）紧抓招商引资，壮大经济增长源动力",
    ]
    assert "1.夯实招商项目“蓄水池”。" in titles


def test_the_text_reads_from_mark_to_imprint() -> None:
    text = "".join(page_texts(samples.pdf(samples.UPWARD)))
    places = [
        text.index(part)
        for part in ("街道办事处文件", "签发人", "关于2026年", "长宁区", "现将", "抄送", "印发")
    ]
    assert places == sorted(places)


def test_every_character_of_the_texts_can_be_copied() -> None:
    text = "".join(page_texts(samples.pdf(samples.REPORT))).replace("\n", "")
    assert samples.RARE_NAMES in text
    assert "《重点企业“深耕行动”实施方案》" in text
