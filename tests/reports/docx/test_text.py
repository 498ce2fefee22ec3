"""The same words in the same order as in the PDF, and whatever a text contains stays text."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

import pytest

from reports.characters import clean_text
from reports.docx import render_docx
from reports.model import (
    Annex,
    Chart,
    Column,
    DocumentError,
    Heading,
    Imprint,
    OfficialDocument,
    Paragraph,
    Signature,
    Table,
)
from reports.text_fitting import TextLayout
from tests.reports import samples
from tests.reports.docx.samples import DOCUMENTS, NUMBER
from tests.reports.docx.word import (
    names,
    opened,
    part,
    text,
)
from tests.reports.ink import page_texts

MARKUP = '<script>alert(1)</script><w:br/><img src="http://example.invalid/x.png">{{ 7*7 }}&lt;]]>'
# Its third 签发人 stands beside the number, which the PDF's copy names first; and heads repeated on a second page.
READ_OTHERWISE = ("marked", "report", "note_overleaf")


def without_charts(document: OfficialDocument) -> OfficialDocument:
    """The document as far as it is text."""
    return replace(document, body=tuple(block for block in document.body if not isinstance(block, Chart)))


def pdf_text(document: OfficialDocument) -> str:
    """The PDF's text in reading order, without white space and page numbers."""
    lines = clean_text("\n".join(page_texts(samples.pdf(document)))).splitlines()
    return "".join("".join(line.split()) for line in lines if not line.strip().startswith("— "))


@pytest.mark.parametrize("name", [name for name in DOCUMENTS if name not in READ_OTHERWISE])
def test_it_reads_like_the_pdf(name: str) -> None:
    document = without_charts(DOCUMENTS[name])
    assert text(render_docx(document)) == pdf_text(document)


def test_markup_in_a_text_stays_text() -> None:
    document = replace(
        samples.UPWARD,
        title=f"标题{MARKUP}",
        addressee=MARKUP,
        body=(
            Heading(1, MARKUP),
            Paragraph(MARKUP, head=Heading(3, MARKUP)),
            Table((Column(MARKUP),), ((MARKUP,),), MARKUP, MARKUP),
        ),
        signature=Signature((MARKUP,)),
        note=MARKUP,
        annexes=(Annex(MARKUP, (Paragraph(MARKUP),)),),
        imprint=Imprint(MARKUP, None, (MARKUP,)),
    )
    file = render_docx(document)
    assert text(file).count("".join(MARKUP.split())) >= 14
    assert not any(name.startswith("word/media") for name in names(file))


@pytest.mark.parametrize("name", ["report", "letter", "annexes"])
def test_nothing_outside_the_file_is_referred_to(written: Mapping[str, bytes], name: str) -> None:
    relations = [
        part(written[name], part_name) for part_name in names(written[name]) if part_name.endswith(".rels")
    ]
    assert relations
    for relation in (one for root in relations for one in root):
        assert relation.get("TargetMode") is None
        assert "://" not in relation.get("Target", "")


def test_characters_that_nobody_sees_are_dropped() -> None:
    document = replace(samples.UPWARD, body=(Paragraph("走访\x00\x1b企业\u200b23家\u202e。"),))
    assert "走访企业23家。" in text(render_docx(document))


@pytest.mark.parametrize("character", ["\ufffe", "\uffff", "\ud800"])
def test_a_code_that_is_no_character_is_refused_in_a_sentence(character: str) -> None:
    document = replace(samples.UPWARD, body=(Paragraph(f"走访企业{character}23家。"),))
    with pytest.raises(
        DocumentError, match=rf"走访企业”之后有一个无法写入文件的字符（U\+{ord(character):04X}）"
    ):
        render_docx(document, layout=TextLayout())


def test_the_file_says_what_it_is_and_nothing_of_the_machine(written: Mapping[str, bytes]) -> None:
    properties = opened(written["upward"]).core_properties
    assert properties.title == "华阳路街道办事处关于2026年第三季度工作计划推进情况的报告"
    assert properties.author == properties.last_modified_by == "华阳路街道办事处"
    assert properties.subject == str(NUMBER)
    assert properties.language == "zh-CN"
    assert properties.created == properties.modified
    assert properties.created.replace(tzinfo=None) == datetime(2026, 10, 9)


def test_names_longer_than_a_property_holds_are_cut_there_alone() -> None:
    issuers = tuple(f"第{number}街道办事处" for number in range(100, 140))
    signed = replace(samples.UPWARD, masthead=None, imprint=None, signature=Signature(issuers))
    file = render_docx(signed)
    assert opened(file).core_properties.author == "、".join(issuers)[:255]
    assert issuers[-1] in text(file)
