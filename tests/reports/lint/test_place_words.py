"""How the place of a finding is named to the office, for every part and kind of block."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reports.lint import place_words
from reports.lint.finding import DocumentPart, FindingPlace, PassageKind
from reports.model import (
    Annex,
    Chart,
    ChartRow,
    Column,
    Enclosure,
    Heading,
    Paragraph,
    Sheet,
    SheetField,
    SheetRow,
    Table,
)
from tests.reports import samples

TABLE = Table((Column("序号"), Column("举 措")), (("1", "夯实基础"), ("2", "守住底线")), "进度", "来源")
CHART = Chart("进度", ("完成", "滞后"), (ChartRow("一", (1, 2)), ChartRow("二", (2, 1))))
SHEET = Sheet((SheetRow((SheetField("拟办意见"), SheetField("批示"))), SheetRow((SheetField(""),))))
BLOCKS = (Heading(2, "进展"), Paragraph("甲。"), TABLE, CHART, Paragraph("乙。"), TABLE, CHART, SHEET)
DOCUMENT = replace(
    samples.UPWARD,
    body=BLOCKS,
    annexes=(Annex("清单", BLOCKS), Annex("名单", BLOCKS[1:])),
    enclosure=Enclosure("计划", BLOCKS[4:]),
)
BODY, ANNEX = DocumentPart.BODY, DocumentPart.ANNEX


@pytest.mark.parametrize(
    ("block", "words"),
    [
        (0, "二级标题“进展”"),
        (1, "第1段"),
        (2, "表注"),
        (4, "第2段"),
        (5, "第2个表注"),
        (3, "图图例第1项"),
        (6, "第2个图图例第1项"),
        (7, "表单第1行第1栏（拟办意见）"),
    ],
)
def test_a_block_is_the_how_manyth_of_its_kind(block: int, words: str) -> None:
    body = place_words(DOCUMENT, FindingPlace(BODY, block=block))
    assert body.endswith(words)
    assert place_words(DOCUMENT, FindingPlace(ANNEX, annex=0, block=block)) == f"附件1{words}"
    assert place_words(DOCUMENT, FindingPlace(DocumentPart.ENCLOSURE, block=0)) == "印发件第1段"


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (FindingPlace(BODY, PassageKind.HEAD, block=4), "第2段段首标题"),
        (FindingPlace(BODY, PassageKind.CAPTION, block=2), "表题"),
        (FindingPlace(BODY, PassageKind.CAPTION, block=3), "图题"),
        (FindingPlace(BODY, block=2, column=1), "表头第2列"),
        (FindingPlace(BODY, block=2, row=1, column=1), "表第2行第2列（举措）"),
        (FindingPlace(BODY, block=2, row=0, column=0), "表第1行第1列（序号）"),
        (FindingPlace(BODY, block=3, column=1), "图图例第2项"),
        (FindingPlace(BODY, block=3, row=1), "图第2行"),
        (FindingPlace(BODY, block=7, row=0, column=1), "表单第1行第2栏（批示）"),
        (FindingPlace(BODY, block=7, row=1, column=0), "表单第2行第1栏"),
        (FindingPlace(BODY, PassageKind.LABEL, block=7, row=0, column=1), "表单第1行第2栏名称"),
        (FindingPlace(ANNEX, PassageKind.ANNEX_TITLE, annex=1), "附件2标题"),
        (FindingPlace(ANNEX, annex=1), "附件2"),
        (FindingPlace(ANNEX, annex=1, block=0), "附件2第1段"),
        (FindingPlace(DocumentPart.PRINTING_OFFICE), "印发机关"),
        (FindingPlace(DocumentPart.PRINTING_OFFICE, item=2), "印发机关（第3个）"),
    ],
)
def test_what_of_a_block_or_part_is_named(place: FindingPlace, words: str) -> None:
    assert place_words(DOCUMENT, place).endswith(words)


def test_one_annex_alone_has_no_number() -> None:
    single = replace(DOCUMENT, annexes=DOCUMENT.annexes[:1])
    assert place_words(single, FindingPlace(ANNEX, annex=0, block=1)) == "附件第1段"
