"""Roles of blocks, edits in words, and what prevents a draft from being stored."""

from __future__ import annotations

from app.base.labels import LabelledEnum, LabelTone
from app.base.text import shorten_text
from app.plan.importer import BlockKind, PlanDraft
from app.plan.importer.block_edits import BlockEdit, EditKind, EditScope

LONGEST_HEADING = 512  # characters, as a column holds
OPENING = 14  # characters by which a block is named
PASTED = "粘贴的文字"
STEP_WORDS = {
    EditKind.PROMOTE: "升一级",
    EditKind.DEMOTE: "降一级",
    EditKind.JOIN: "并入上一段",
    EditKind.CUT: "切开",
    EditKind.CUT_HEAD: "切成小标题",
    EditKind.TOGGLE: "改为填报或不填报",
}
SCOPE_WORDS = {
    EditScope.BLOCK: "只改这一段",
    EditScope.SECTION: "本节同类",
    EditScope.TEXT: "全文同类",
}
FRAME_FIELDS = {
    "title": "标题",
    "year": "年度",
    "issuer": "发文单位",
    "document_number": "文号",
    "issued_on": "印发日期",
}


class PlanBlockRole(LabelledEnum):
    PART = "part", "部分"
    SECTION = "section", "专项"
    PATH = "path", "小标题"
    MEASURE = "measure", "举措"
    UNREPORTED = "unreported", "不填报", LabelTone.QUIET
    ANNEX = "annex", "附件", LabelTone.QUIET
    TEXT = "text", "正文"
    TITLE = "title", "标题"
    NOTICE = "notice", "印发通知"
    BYLINE = "byline", "标题下"
    LEAD_IN = "lead_in", "导语"
    CLOSING = "closing", "落款"
    SET_APART = "set_apart", "另列"
    PAGE_LINE = "page_line", "页眉页码"


# What a person may say that a block is; the first three are heads, and the way to any other.
KIND_WORDS = {
    BlockKind.REPORTED: "标题，填报",
    BlockKind.UNREPORTED: "标题，不填报",
    BlockKind.ANNEX: "附件",
    BlockKind.TEXT: "正文",
    BlockKind.LEAD_IN: "导语",
    BlockKind.TITLE: "计划标题",
    BlockKind.NOTICE: "印发通知",
    BlockKind.BYLINE: "标题下的署名、日期",
    BlockKind.CLOSING: "落款",
    BlockKind.SET_APART: "另列（称呼、说明等）",
    BlockKind.PAGE_LINE: "页眉、页码、目录",
}


def opening_words(text: str) -> str:
    """Return the first words of a block, by which it is recognised."""
    return shorten_text("".join(text.split()), OPENING)


def edit_words(edit: BlockEdit, text: str, count: int) -> str:
    """Return an edit in words: what was done to which block, and to how many like it."""
    step = STEP_WORDS.get(edit.kind)
    if edit.kind is EditKind.SET_LEVEL:
        step = f"改为第 {edit.level} 级" if edit.level else "改为正文"
    elif edit.kind is EditKind.SET_KIND:
        step = f"改为“{KIND_WORDS[edit.block_kind]}”"
    goes_further = edit.scope is not EditScope.BLOCK and count > 1
    alike = f"（{SCOPE_WORDS[edit.scope]} {count} 处）" if goes_further else ""
    return f"“{opening_words(text)}”{step}{alike}"


def obstacles_in(plan: PlanDraft) -> list[str]:
    """Return what a plan lacks or has too much of, each with what to do."""
    heads = [*plan.parts, *(one for part in plan.parts for one in part.sections), *plan.measures()]
    found = {
        "没有写明标题。请在“标题、年度等”中填写。": not plan.title,
        "没有写明年度。请在“标题、年度等”中填写。": plan.year is None,
        "没有任何举措。请在核对页把要填报的标题设为“填报”。": not any(True for _ in plan.measures()),
    }
    return [sentence for sentence, is_so in found.items() if is_so] + [
        f"“{opening_words(one.title)}”作为标题共 {len(one.title)} 字，超过 {LONGEST_HEADING} 字。请在一句之后切开。"
        for one in heads
        if len(one.title) > LONGEST_HEADING
    ]
