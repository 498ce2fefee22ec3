"""Questions about oddities in the reader's own result, and refusals of what is no plan."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from app.plan.importer.blocks import (
    Block,
    BlockKind,
    FrameFields,
    PlanQuestion,
    QuestionKind,
    SourceText,
)
from app.plan.importer.duties import find_bracketed_duty, is_duty_text
from app.plan.importer.frame_fields import meeting_day
from app.plan.importer.frame_lines import is_organ_name, names_plan
from app.plan.importer.numbering import YEAR_IN_TEXT, mark_of
from app.plan.importer.outline import OutlineNode
from app.plan.importer.part_kinds import is_about_past
from app.plan.importer.plan_draft import PlanUnreadable
from app.plan.importer.plan_frame import PlanFrame, named_plan, title_key
from app.plan.importer.sentences import says_work

MOST_LEAD_IN = 0.12  # share of the text
LONGEST_MEASURE = 1_000  # characters
_WEB_PAGE = re.compile(r"\s*<(?:!doctype|html|head|body|div|meta|\?xml)\b", re.IGNORECASE)
_LETTER = re.compile(
    r"此致|敬礼|您好(?!\s*[，,！]\s*欢迎)|^\s*你好[！，,]|见字如面|祝(?:您|你|工作顺利|身体健康|万事如意)|收信人|盼复"
    r"|放假(?:安排)?的?通知|放假调休",
    re.MULTILINE,
)
_SHORTEST_CLAUSE = 6  # characters
_WORK_SHARE = 0.15  # of the clauses of a plan; letters, news and descriptions have fewer
_WORK_SHARE_ALONE = 0.3  # if no heads state work
_FEWEST_HEADS = 2
_LOOKS_AHEAD = re.compile("打算|计划|安排|思路|目标|任务|设想|展望|建议|下一步|今年|明年|下半年")
# Rules and procedures that apply at any time are no work for a year.
_RULES_TITLE = re.compile(
    "(?:流程|程序|须知|指南|条例|章程|规程|守则|(?<!若干)政策"
    "|(?:管理|评[估价分定审选]|考[核评]|操作|监督|使用|认定|奖励)(?:实施)?(?:细则|办法|规定|规则|标准))"
    r"(?:[（(][^（）()]{1,14}[）)]){0,2}$"
)
# A circular of praise or blame, with a title of up to two lines.
_CIRCULAR = re.compile(r"(?:[^\n]*\n){0,2}[^\n。]{0,60}通报\s*$", re.MULTILINE)
# A report about finished work, whose parts need not say so.
_REPORT = re.compile(
    "(?:述[职廉学法]|年度|自[查评]|调研|审计|评估|督查|情况)[\u4e00-\u9fff]{0,6}报告$|总结$|(?:放|节)假日?安排(?:的通知)?$"
)
_SETS_RULES = re.compile("(?:制定|制订|修订)本(?:细则|办法|规定|规则|条例|章程|规程|守则|准则)")
_QUESTION_AND_ANSWER = re.compile(
    r"^[^\S\n]*(?:问|[^\s，。：:？?]{2,16})[：:][^\n]{4,}[？?]\s*\n\s*(?:答|[^\s，。：:？?]{2,12})[：:]",
    re.MULTILINE,
)
_FEWEST_QUESTIONS = 2


def refuse_what_is_no_plan(source: SourceText, frame: PlanFrame, root: OutlineNode) -> None:
    """Raise PlanUnreadable for web pages, rules, interviews, circulars of praise or blame, and texts that neither have
    a plan's title nor state work.
    """
    if _WEB_PAGE.match(source.text):
        raise PlanUnreadable(
            "这是保存下来的网页源码，不是计划正文；请在网页上复制正文后粘贴，或另存为纯文本（.txt）后再导入。"
        )
    _refuse_rules_and_interviews(source, frame, root)
    heads = [node for node in root.all_nodes() if node.head and node.habit not in ("", "paragraph", "run_in")]
    least = _WORK_SHARE if len(heads) >= _FEWEST_HEADS else _WORK_SHARE_ALONE
    is_report = bool(_REPORT.search(frame.title_text))
    is_past = (is_report or is_about_past(frame.title_text, None)) and (
        len(heads) < _FEWEST_HEADS or not any(_LOOKS_AHEAD.search(part.title) for part in root.children)
    )
    is_plan = _share_of_work(source) >= least and not (is_past or _is_letter(source.text))
    if is_plan or (names_plan(frame.title_text) and not (is_report and is_past)):
        return
    raise PlanUnreadable(
        "这不是工作计划：没有找到计划的标题，也没有成条的工作内容；请核对文件，只导入计划全文。"
    )


def _is_letter(text: str) -> bool:
    return bool(_LETTER.search(text) or _CIRCULAR.match(text))


def _share_of_work(source: SourceText) -> float:
    """Return the share of a text's clauses that state work."""
    clauses = [
        one for one in re.split("[。；！？，,;\n]", source.text) if len(one.strip()) >= _SHORTEST_CLAUSE
    ]
    work = sum(bool(says_work(one)) for one in clauses)
    return work / max(len(clauses), 1)


def _refuse_rules_and_interviews(source: SourceText, frame: PlanFrame, root: OutlineNode) -> None:
    """Raise PlanUnreadable for rules and interviews, unless departments or a year make their contents work."""
    if len(_QUESTION_AND_ANSWER.findall(source.text)) >= _FEWEST_QUESTIONS:
        raise PlanUnreadable("这是问答或访谈记录，不是工作计划，没有导入；请选择计划全文后再导入。")
    title = "".join(frame.title_text.split())
    sets_rules = _RULES_TITLE.search(title) or any(map(_SETS_RULES.search, _first_texts(root)))
    if sets_rules and not YEAR_IN_TEXT.search(title) and not any(one.has_duties for one in root.all_nodes()):
        raise PlanUnreadable(
            "这是规章制度或办事流程，不是工作计划：里面没有由谁在什么时间完成的工作；请选择计划全文后再导入。"
        )


def _first_texts(root: OutlineNode) -> Iterator[str]:
    """Yield the texts before and in the first part."""
    yield from (span.text for span in root.texts)
    for part in root.children[:1]:
        yield from (part.heading, *(one.heading for one in part.all_nodes()))
        yield from (span.text for span in part.all_spans())


def questions_about_frame(frame: PlanFrame, fields: FrameFields) -> Iterator[PlanQuestion]:
    name = named_plan(frame.notice)
    if not fields.title:
        yield PlanQuestion(QuestionKind.TITLE, "没有找到计划标题，请在导入后填写。", place="标题")
    elif name and not _is_called(fields.title, name):
        yield PlanQuestion(
            QuestionKind.TITLE,
            f"计划标题“{fields.title}”与通知中的《{name}》不一致，请核对。",
            place="标题",
        )
    if fields.year is None:
        yield PlanQuestion(QuestionKind.YEAR, "没有找到确定的计划年度，请在导入后填写。", place="标题")
    elif day := _day_of_another_year(frame, fields):
        yield PlanQuestion(
            QuestionKind.YEAR,
            f"计划年度是{fields.year}年，落款或会议日期却是{day.year}年{day.month}月{day.day}日，请核对年度。",
            place="标题",
        )
    if not fields.issuer:
        yield PlanQuestion(QuestionKind.ISSUER, "没有找到发文单位，请在导入后填写。", place="落款")
    elif not all(map(is_organ_name, fields.issuer.split("、"))):
        yield PlanQuestion(
            QuestionKind.ISSUER, f"发文单位“{fields.issuer}”不像机关名称，请核对。", place="落款"
        )
    if frame.notice and fields.issued_on is None:
        yield PlanQuestion(QuestionKind.DATE, "没有找到印发日期，请在导入后填写。", place="落款")


def _day_of_another_year(frame: PlanFrame, fields: FrameFields) -> date | None:
    """Return the day of issue or meeting if it is neither in the plan's year nor in the year before."""
    days = (fields.issued_on, meeting_day(frame.byline))
    return next((day for day in days if day and fields.year and not 0 <= fields.year - day.year <= 1), None)


def _is_called(title: str, name: str) -> bool:
    """Return whether a title is the name that the notice gives the plan, ignoring brackets after it."""
    title, name = map(title_key, (title, name))
    return bool(re.fullmatch(re.escape(name) + r"(?:[（(][^（）()]*[）)])?", title))


def check_proposal(source: SourceText, blocks: Sequence[Block], fields: FrameFields) -> list[PlanQuestion]:
    """Return the questions raised by the blocks themselves."""
    checks = (_check_first_numbers, _check_lead_in, _check_measures, _check_duties)
    found = [question for check in checks for question in check(source, blocks)]
    return [*found, *_check_past(source, blocks, fields)]


def _text_of(source: SourceText, block: Block) -> str:
    return source.text[block.start : block.end].strip()


def _check_first_numbers(source: SourceText, blocks: Sequence[Block]) -> Iterator[PlanQuestion]:
    first = next((block for block in blocks if block.is_node and block.kind is not BlockKind.ANNEX), None)
    if first is None or not first.number_length:
        return
    text = _text_of(source, first)
    mark = mark_of(text)
    if mark and mark.ordinal > 1:
        yield PlanQuestion(
            QuestionKind.NUMBERING,
            f"第一个编号是“{mark.number}”而不是第一，请核对前面是否有标题遗漏。",
            first.start,
            first.end,
            text[:30],
        )


def _check_lead_in(source: SourceText, blocks: Sequence[Block]) -> Iterator[PlanQuestion]:
    lead_in = [block for block in blocks if block.kind is BlockKind.LEAD_IN]
    length = sum(len(_text_of(source, block)) for block in lead_in)
    whole = sum(len(_text_of(source, block)) for block in blocks if block.kind is not BlockKind.PAGE_LINE)
    if length > MOST_LEAD_IN * whole and len(lead_in) > 1:
        yield PlanQuestion(
            QuestionKind.LEAD_IN,
            f"第一个标题前有{length}字，占全文{length * 100 // whole}%，请核对是否有标题没有认出。",
            lead_in[0].start,
            lead_in[-1].end,
            "前言",
        )


def _check_measures(source: SourceText, blocks: Sequence[Block]) -> Iterator[PlanQuestion]:
    measures = list(_measures_of(blocks))
    if not measures:
        yield PlanQuestion(QuestionKind.NO_MEASURES, "没有找到任何举措，请确认文件是否为工作计划全文。")
    for head, last in measures:
        length = sum(
            len(_text_of(source, block)) for block in blocks[head : last + 1] if block.kind is BlockKind.TEXT
        )
        if length > LONGEST_MEASURE:
            block = blocks[head]
            name = _text_of(source, block)[:30]
            yield PlanQuestion(
                QuestionKind.LONG_MEASURE,
                f"这项举措有{length}字，请核对里面是否还有举措没有分开。",
                block.start,
                block.end,
                name,
            )


def _measures_of(blocks: Sequence[Block]) -> Iterator[tuple[int, int]]:
    """Yield the places of the heads of measures, each with the place of its last block."""
    nodes = [place for place, block in enumerate(blocks) if block.is_node]
    for number, place in enumerate(nodes):
        following = nodes[number + 1] if number + 1 < len(nodes) else len(blocks)
        deeper = following < len(blocks) and blocks[following].level > blocks[place].level
        if blocks[place].kind is BlockKind.REPORTED and not deeper:
            yield place, following - 1


def _check_duties(source: SourceText, blocks: Sequence[Block]) -> Iterator[PlanQuestion]:
    """Yield questions about departments that belong to no measure."""
    within = {place for head, last in _measures_of(blocks) for place in range(head, last + 1)}
    for place, block in enumerate(blocks):
        if place in within or block.is_node or block.kind not in (BlockKind.TEXT, BlockKind.LEAD_IN):
            continue
        text = _text_of(source, block)
        if is_duty_text(text) or find_bracketed_duty(text):
            yield PlanQuestion(
                QuestionKind.DUTY,
                "这里写了责任部门，但不在任何举措之内，请核对。",
                block.start,
                block.end,
                text[:30],
            )


def _check_past(source: SourceText, blocks: Sequence[Block], fields: FrameFields) -> Iterator[PlanQuestion]:
    for block in blocks:
        if block.level == 1 and block.kind is BlockKind.UNREPORTED:
            title = _text_of(source, block)[block.number_length or 0 :]
            if is_about_past(title, fields.year):
                yield PlanQuestion(
                    QuestionKind.PAST,
                    "这一部分像是对以往工作的回顾，已标为不填报，请核对。",
                    block.start,
                    block.end,
                    _text_of(source, block)[:30],
                )
