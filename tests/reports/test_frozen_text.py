"""A document comes back from JSON as it was."""

import json
from dataclasses import replace

import pytest

from reports.frozen_text import block_as_json, block_from_json, document_as_json, document_from_json
from reports.model import (
    Align,
    Attendance,
    Block,
    Chart,
    ChartRow,
    Column,
    DocumentNumber,
    Enclosure,
    Heading,
    LetterMasthead,
    Marking,
    MinutesMasthead,
    OfficialDocument,
    Paragraph,
    Sheet,
    SheetField,
    SheetRow,
    Table,
)
from tests.reports import samples

NUMBER = DocumentNumber("华街", 2026)
BLOCKS: tuple[Block, ...] = (
    Heading(2, "总体情况", number=3),
    Paragraph("落地23家。", head=Heading(3, "招商。")),
    Table((Column("序号", 1.5, Align.CENTER), Column("举措")), (("1", "招商"),), caption="举措"),
    Chart("亮灯", ("绿灯",), (ChartRow("合计", (45,)),)),
    Sheet((SheetRow((SheetField("拟办意见", "请阅示。"), SheetField("领导批示")), lines=4),)),
)


@pytest.mark.parametrize(
    "document",
    [
        samples.UPWARD,
        replace(samples.DOWNWARD, masthead=None),
        replace(
            samples.DOWNWARD,
            masthead=LetterMasthead("华阳路街道办事处", NUMBER, Marking(12, "机密★1年", "特急")),
        ),
        replace(
            samples.DOWNWARD,
            masthead=MinutesMasthead("主任办公会议纪要"),
            body=BLOCKS,
            attendance=Attendance(("党政办 王玥",)),
            enclosure=Enclosure("工作计划", BLOCKS, "（2026年1月）"),
        ),
    ],
)
def test_a_document_comes_back_as_it_was(document: OfficialDocument) -> None:
    stored = json.dumps(document_as_json(document), ensure_ascii=False)
    assert document_from_json(json.loads(stored)) == document


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: type(block).__name__)
def test_a_block_comes_back_as_it_was(block: Block) -> None:
    assert block_from_json(json.loads(json.dumps(block_as_json(block)))) == block


def test_no_key_is_frozen() -> None:
    plain = Table((Column("序号"), Column("举措")), (("1", "招商"),))
    keyed = replace(
        plain, columns=tuple(replace(one, key="甲") for one in plain.columns), key="乙", row_keys=("丙",)
    )
    assert keyed == plain
    assert json.dumps(block_as_json(keyed)) == json.dumps(block_as_json(plain))
    assert set(block_as_json(plain)) == {"kind", "columns", "rows", "caption", "note", "unit"}
    assert set(block_as_json(plain)["columns"][0]) == {"title", "width", "align"}
