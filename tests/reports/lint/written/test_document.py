"""What the lines of a text are read as: every line in its part, none lost, none said to stand elsewhere."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings

from reports.docx import render_docx
from reports.lint.passages import passages_of_document
from reports.lint.written import lines_of_text
from reports.lint.written.document import document_of_lines
from reports.lint.written.lines import lines_of_file
from reports.model import Block, Heading, Paragraph, Sheet, Table
from tests.reports import samples
from tests.reports.lint.written.test_checking import LINES, REPORT


def outline(text: str) -> list[str]:
    """The parts of a text that was read, a line for each."""
    document = document_of_lines(lines_of_text(text)).document
    front = [f"title {document.title!r}"] * bool(document.title) + [f"to {document.addressee}"] * bool(
        document.addressee
    )
    signed = document.signature
    end = [f"signed {'、'.join(signed.issuers).replace('　', '')} {signed.signed_on}"] if signed else []
    annexes = [
        line
        for annex in document.annexes
        for line in (f"annex {annex.title!r}", *map(described, annex.blocks))
    ]
    listed = [f"{document.listed_annexes} listed"] * bool(document.listed_annexes)
    return [*front, *map(described, document.body), *end, *annexes, *listed]


def described(block: Block) -> str:
    match block:
        case Heading(level=level, text=text):
            return f"h{level} {text}"
        case Paragraph(text=text, head=head):
            return f"p {f'[{head.level} {head.text}] ' if head else ''}{text}"
        case Sheet(rows=rows):
            return f"loose {'|'.join(field.text for row in rows for field in row.fields)}"
        case Table(columns=columns, rows=rows):
            return " ".join(("table", "|".join(one.title for one in columns), *map("|".join, rows)))
        case _:
            return type(block).__name__


def test_a_whole_report_is_read_into_its_parts() -> None:
    assert outline(REPORT) == [
        "title '示例街道办事处\\n关于2026年第三季度工作计划推进情况的报告'",
        "to 示例区人民政府",
        "loose 示街〔2026〕12号|签发人：王玥",
        "p 现将2026年第三季度工作计划推进情况报告如下。",
        "h1 一、总体情况",
        "p [2 （一）抓好招商。] 走访企业3家，形成线索5条。",
        "p [2 （二）抓好服务。] 办结诉求8件，详见附件2。",
        "h1 二、下一步打算",
        "p 继续抓好落实。",
        "loose 附件：1.推进情况表",
        "loose 2.诉求办理情况表",
        "loose 2026年10月9日",
        "loose （联系人：张三）",
        "signed 示例街道办事处 2026-10-09",
        "annex '推进情况表'",
        "table 序号|数量 1|3 2|4 合计|7",
        "annex '诉求办理情况表'",
        "p 全部办结。",
        "loose 抄送：区委办公室。",
        "loose 示例街道党政办公室|2026年10月9日印发",
        "2 listed",
    ]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("走访企业。", ["p 走访企业。"]),
        ("关于检查的通知", ["loose 关于检查的通知"]),  # a line alone is no title of anything
        ("关于检查的通知\n走访。", ["title '关于检查的通知'", "p 走访。"]),
        ("听取了关于检查的汇报。\n走访。", ["p 听取了关于检查的汇报。", "p 走访。"]),
        ("关于检查的通知。\n走访。", ["title '关于检查的通知。'", "p 走访。"]),
        ("各有关部门：\n走访。", ["to 各有关部门", "p 走访。"]),
        ("有关情况如下：\n走访。", ["p 有关情况如下：", "p 走访。"]),
        (
            "关于督查的安排\n重点督查四个方面：\n一是完成情况。",
            ["title '关于督查的安排'", "p 重点督查四个方面：", "p 一是完成情况。"],
        ),
        ("街道\n关于\n开展检查\n的通知\n走访。", ["title '街道\\n关于\\n开展检查\\n的通知'", "p 走访。"]),
        (
            "抄送：甲\n（乙）\n丙字〔2026〕1号\n关于检查的通知\n走访。",
            ["title '关于检查的通知'", "loose 抄送：甲", "loose （乙）", "loose 丙字〔2026〕1号", "p 走访。"],
        ),
        ("走访。\n甲办\n2026年10月9日", ["p 走访。", "loose 2026年10月9日", "signed 甲办 2026-10-09"]),
        (
            "走访。\n甲办\n乙办\n2026年10月9日",
            ["p 走访。", "loose 2026年10月9日", "signed 甲办、乙办 2026-10-09"],
        ),
        (
            "走访。\n甲办\n乙办\n丙办\n丁办\n戊办\n2026年10月9日",
            ["p 走访。", "loose 2026年10月9日", "signed 甲办、乙办、丙办、丁办、戊办 2026-10-09"],
        ),
        (
            "走访。\n甲办\n乙办\n丙办\n丁办\n戊办\n己办\n2026年10月9日",
            ["p 走访。", *(f"loose {one}办" for one in "甲乙丙丁戊己"), "loose 2026年10月9日"],
        ),
        (
            "走访。\n甲办\n2026年13月9日\n座谈。",
            ["p 走访。", "loose 2026年13月9日", "p 座谈。", "signed 甲办 None"],
        ),
        (
            "走访。\n附件\n座谈。\n附件2\n情况表\n调研。",
            ["p 走访。", "annex ''", "p 座谈。", "annex '情况表'", "p 调研。"],
        ),
        (f"走访。\n附件1\n{'表' * 50}\n座谈。", ["p 走访。", f"annex '{'表' * 50}'", "p 座谈。"]),
        (f"走访。\n附件1\n{'表' * 51}\n座谈。", ["p 走访。", "annex ''", f"p {'表' * 51}", "p 座谈。"]),
        ("走访。\n附件1\n甲\t乙\n1\t2\n座谈。", ["p 走访。", "annex ''", "table 甲|乙 1|2", "p 座谈。"]),
        ("甲\t乙\t丙\n1\t2\n\t3\t4\n走访。", ["table 甲|乙|丙 1|2| |3|4", "p 走访。"]),
        (f"走访。\n{'字' * 24}", ["p 走访。", f"loose {'字' * 24}"]),
        (f"走访。\n{'字' * 25}", ["p 走访。", f"p {'字' * 25}"]),
        (f"走访。\n　　一、{'字' * 48}", ["p 走访。", f"h1 一、{'字' * 48}"]),
        (f"走访。\n　　一、{'字' * 49}", ["p 走访。", f"p 一、{'字' * 49}"]),
        ("走访。\n1.甲。乙。\n（1）丙", ["p 走访。", "p [3 1.甲。] 乙。", "h4 （1）丙"]),
    ],
)
def test_lines_are_read_as_what_they_look_like(text: str, parts: list[str]) -> None:
    assert outline(text) == parts


@settings(max_examples=30)
@given(text=LINES)
def test_every_passage_has_its_place_and_no_line_is_lost(text: str) -> None:
    lines = lines_of_text(text)
    read = document_of_lines(lines)
    seen = set[int]()
    for passage in passages_of_document(read.document):
        if not passage.text:
            continue
        pieces = read.origins[passage.place]
        ends = [piece.start for piece in pieces[1:]] + [len(passage.text) + 1]
        for piece, end in zip(pieces, ends, strict=True):
            part = passage.text[piece.start : end - 1]
            assert lines[piece.line].text[piece.offset : piece.offset + len(part)] == part
            seen.add(piece.line)
    assert seen >= {number for number, line in enumerate(lines) if line.text.strip("　附件12 ")}


def test_the_head_of_a_word_file_of_ours_is_no_part_of_its_text() -> None:
    document = replace(samples.UPWARD, title="关于2026年工作计划\n第三季度推进情况的报告")
    read = document_of_lines(lines_of_file("报告.docx", render_docx(document))).document
    assert read.title == document.title
    assert read.addressee == document.addressee
    paragraphs = [block.text for block in read.body if isinstance(block, Paragraph)]
    assert paragraphs[0] == next(block.text for block in document.body if isinstance(block, Paragraph))
