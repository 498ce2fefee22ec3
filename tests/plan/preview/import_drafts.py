"""A plan of next year between its file and the tree, divided by hand."""

from __future__ import annotations

from datetime import date

from app.plan.importer import (
    Block,
    BlockKind,
    BlockProposal,
    FrameFields,
    PlanQuestion,
    QuestionKind,
    source_from_text,
)
from app.plan.preview.models import ImportDraft
from app.plan.preview.operations import start_import
from tests.world import World

TEXT = """示例街道2027年工作计划

2027年是关键之年，街道将推动高质量发展。

一、优化营商环境

（一）紧抓招商引资

1. 夯实招商基础。落实招商机制，走访重点企业240家。

2. 打通转化链条。建立攻坚名单。联系园区企业。

二、建设美丽家园

（一）改善居住环境

1. 推进旧区改造。完成改造项目收尾。

2. 加强垃圾分类。开展整治行动。

三、保障措施

加强组织领导，落实各项责任。

示例街道办事处

2027年1月15日
"""


FIRST_MEASURE = "落实招商机制，走访重点企业240家。"
R, T = BlockKind.REPORTED, BlockKind.TEXT
BLOCKS = (
    ("示例街道2027年工作计划", 0, BlockKind.TITLE),
    ("2027年是关键之年，街道将推动高质量发展。", 0, BlockKind.LEAD_IN),
    ("一、优化营商环境", 1, R),
    ("（一）紧抓招商引资", 2, R),
    ("1. 夯实招商基础。", 3, R),
    (FIRST_MEASURE, 0, T),
    ("2. 打通转化链条。", 3, R),
    ("建立攻坚名单。联系园区企业。", 0, T),
    ("二、建设美丽家园", 1, R),
    ("（一）改善居住环境", 2, R),
    ("1. 推进旧区改造。", 3, R),
    ("完成改造项目收尾。", 0, T),
    ("2. 加强垃圾分类。", 3, R),
    ("开展整治行动。", 0, T),
    ("三、保障措施", 1, R),
    ("加强组织领导，落实各项责任。", 0, T),
    ("示例街道办事处", 0, BlockKind.CLOSING),
    ("2027年1月15日", 0, BlockKind.CLOSING),
)
FIELDS = FrameFields("示例街道2027年工作计划", 2027, "示例街道办事处", None, date(2027, 1, 15))


QUESTIONS = (
    PlanQuestion(
        QuestionKind.HEADS, "请核对这一项。", TEXT.index("打通"), TEXT.index("打通") + 2, "一（一）"
    ),
    PlanQuestion(QuestionKind.YEAR, "请核对年度。"),
)


def read_draft(world: World, duties: str = "") -> ImportDraft:
    """Keep the text divided as above, whatever the reader would make of it; `duties` stand behind the first measure."""
    blocks, end, text = [], 0, TEXT.replace(FIRST_MEASURE, FIRST_MEASURE + duties)
    for plain, level, kind in BLOCKS:
        words = plain.replace(FIRST_MEASURE, FIRST_MEASURE + duties)
        start = text.index(words, end)
        end = start + len(words)
        blocks.append(Block(start, end, level, kind))
    proposal = BlockProposal(tuple(blocks), FIELDS, QUESTIONS)
    return start_import(source_from_text(text), "2027年计划.txt", proposal, by=world.users["office"])


def start_of(draft: ImportDraft, words: str) -> int:
    """Return where the block begins that begins with these words."""
    text = draft.source_text.text
    return next(block.start for block in draft.block_row if text.startswith(words, block.start))


def block_words(draft: ImportDraft) -> list[tuple[int, str]]:
    text = draft.source_text.text
    return [(block.level, text[block.start : block.end]) for block in draft.block_row]
