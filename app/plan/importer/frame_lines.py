"""Classifying single lines of a plan's frame: organ, date, document number, byline, salutation, annex."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from app.plan.importer.numbering import BULLET_RANK, HAN_DIGITS, YEAR, mark_of, year_value
from app.plan.importer.sentences import DECORATION, is_terminated, says_work
from app.plan.importer.source_text import TextLine

LONGEST_TITLE = 60  # characters
LONGEST_BYLINE = 40
TITLE_END = re.compile(
    r"(?:计划|要点|安排|方案|规划|清单|意见|打算|思路|报告|工作汇报|措施|办法|部署|举措|细则|任务书|责任书|分解表?|任务表|分工表?|一览表|台账|若干政策|实事(?:项目|事项)?|年度?[\u4e00-\u9fff]{0,8}(?:任务|(?:季度|半年|月份?)重点工作))(?:[（(][^（）()]{1,14}[）)]){0,2}(?:范文|例文|范本|模板)?"
    rf"[{DECORATION}]*$"
)
# Names of unnumbered chapters of a report; a plan may have such a title too.
REVIEW_OR_PLAN = re.compile(
    f"{YEAR}年(?:政府|主要|重点)*+(?:工作)?(?:主要|重点|目标)*(?:工作|任务)?(?:回顾|总结|安排|计划|打算|思路|任务|目标|建议|情况)+"
)
# Titles of two papers in one text (滨海街道2025年工作总结, 滨海街道2026年工作计划).
_PAPER = re.compile(
    rf"(?P<organ>[\u4e00-\u9fff]{{2,20}}(?:街道|办事处|[省市区县镇乡局委办部]|社区|中心|学校|医院))(?:{REVIEW_OR_PLAN.pattern})"
)
_OF_NOTICE = re.compile("的?通知$")
DOCUMENT_NUMBER = re.compile(
    rf"[\u4e00-\u9fff]{{1,14}}\s*[〔\[［【（(]\s*{YEAR}\s*[〕\]］】）)]\s*+第?\s*+\d+\s*号"
)
DATE = re.compile(
    rf"(?P<year>(?:[1１][9９]|[2２][0０])\s*\d\s*\d|[二一][〇零○九][{HAN_DIGITS}]{{2}})\s*年\s*"
    rf"(?P<month>\d{{1,2}}|[{HAN_DIGITS}]{{1,2}})\s*月\s*(?P<day>\d{{1,2}}|[{HAN_DIGITS}]{{1,3}})\s*日"
)
ORGAN = re.compile(
    r".*(?:委员会|工委|党委|党组|政府|办事处|办公室|局|厅|部|院|所|站|中心|公司|集团|学校|大学|医院|协会|联合会|委|办|会)"
    r"(?:[（(](?:代章|盖章|印章|章)[）)])?"
)
_LONGEST_BEGINNING_AS_WORK = 8  # characters of an organ's name (发展和改革局)
_PLACE = re.compile(r".*(?:省|市|区|县|镇|乡|街道|村|社區|社区|部门|园区|管委会|自治[区州县]|旗|国务院)")
_LISTENERS = (
    r"(?:(?:尊敬|亲爱)的)?"
    r"(?:各位[\u4e00-\u9fff]{2,6}|(?:同志|代表|委员|朋友|同事|乡亲|市民)们|(?<=的)[\u4e00-\u9fff]{2,6})"
)
_SALUTATION = re.compile(rf"{_LISTENERS}(?:[、，,]\s?{_LISTENERS}){{0,5}}\s*[：:！!，,]")
DASHED = re.compile(r"[-—–－─]")
_SPEAKER = re.compile(r".{1,30}(?:长|主任|书记|主席)[\s　]+[\u4e00-\u9fff·][\u4e00-\u9fff·\s]{0,5}")
AT_MEETING = re.compile(r".{0,60}(?:会议|大会|全会)上[）)]?")
_BRACKETED_LINE = re.compile(r"[（(][^（）()]{1,38}[）)]")
_LONGEST_PAGE_DATA = 120
_PUBLISHED = re.compile(
    r"(?:来源|时间|日期|作者|浏览|阅读|字号|字体|分享|发布|编辑|记者)[^。]{0,30}[：:]|(?:添加|发布|更新|发表)(?:时间|日期)"
)
# Fields in the head of a web page (• 索引号：…).
_PAGE_FIELD = re.compile(
    r"\s*(?:索\s*引|发\s*文|文\s*件|信\s*息|主\s*题|公\s*开|成\s*文|发\s*布|生\s*成|文\s*号|名\s*称|分\s*类|有\s*效)[\u4e00-\u9fff\s]{0,4}[：:]"
    r"|\s*[\u4e00-\u9fff]{2,8}[：:]$"
)
_AT_TIME = re.compile(r"(?:[\u4e00-\u9fff]{2,6}\s*[：:]\s*)?\d{4}-\d{1,2}-\d{1,2}(?:\s+[\d:]+)?")
# What may follow a plan: lists and texts of annexes, copies, the footer of a web page.
_LIST_OF_ANNEXES = re.compile(r"附\s*+[件表]?\s*+\d*+\s*+[：:]")
_ANNEX = re.compile(
    r"(?:《[^《》]{2,30}》)?附\s?[件表录]\s*+[\d一二三四五六七八九十]{0,3}(?:[（(][^（）()]{1,12}[）)])?$|(?:名词|用语|术语|专有名词|有关名词|相关名词)(?:(?:解释|注释|注解|说明)[和与及]?){1,2}$|(?:注\s?释|附\s?注)$"
)
_AFTERWORD = re.compile(
    r"抄\s*送\s*[：:]|[（(]此件(?=.*公开).*[）)]$|主题词[：:]|公开(?:方式|属性|类别)[：:]|责任编辑[：:]"
    r"|(?:相关|延伸)(?:报道|附件|链接|阅读|新闻|稿件|解读)\s*(?:[：:]|>>|$)|(?:本文|文章|信息|稿件)来源\s*[：:]|友情链接|网站地图|上一[篇条]|下一[篇条]|版权所有|扫一扫|打印本页|关闭窗口|分享到|【(?:打印|关闭|返回)"
)
_LONGEST_FINAL_CLAUSE = 120  # characters
_FINAL_CLAUSE = re.compile(
    r"(?:特此(?:通知|报告)|[本以]?上?[本述](?:政策|措施|办法|方案|计划|意见|规定|要点|细则|通知)(?:措施)?(?:自|由|从|有效期))"
)


def names_plan(title: str) -> bool:
    """Return whether a title is that of a plan, or of the notice that issues one."""
    return bool(TITLE_END.search(_OF_NOTICE.sub("", "".join(title.split()))))


def reviews_and_plans(texts: Iterable[str]) -> frozenset[str]:
    """Return the texts that are names of unnumbered chapters, or of papers beside a review by the same organ."""
    papers: dict[str, set[str]] = {}
    for text in texts:
        paper = _PAPER.fullmatch(text)
        if paper or REVIEW_OR_PLAN.fullmatch(text):
            papers.setdefault(paper["organ"] if paper else "", set()).add(text)
    beside = (
        names
        for names in papers.values()
        if len(names) > 1 and any(one.endswith(("回顾", "总结", "情况")) for one in names)
    )
    return frozenset(name for names in beside for name in names)


def is_organ_name(text: str) -> bool:
    """Return whether a name can be that of an organ, or of the place that it governs."""
    return bool(ORGAN.fullmatch(text) or _PLACE.fullmatch(text))


def is_organ_line(text: str) -> bool:
    """Return whether a line holds only the name of an organ."""
    is_name = bool(ORGAN.fullmatch(text)) and not re.search(
        "[，的]|(?:社会|盛会|格局|布局|新局|大局|场所)$", text
    )
    is_long = len(text) > _LONGEST_BEGINNING_AS_WORK
    is_work = says_work(text) and (is_long or text.endswith("政府") or text[1] in "好优强实紧")
    return is_name and not is_work and not is_terminated(text) and len(text) <= 30


def is_date_line(text: str) -> bool:
    """Return whether a line holds only a date."""
    return date_of(text) is not None


def is_salutation(text: str) -> bool:
    """Return whether a text begins by addressing an audience (各位代表：)."""
    return bool(_SALUTATION.match(text))


def is_byline(text: str) -> bool:
    """Return whether a line can be under a title: organ, date, number, speaker, meeting, source."""
    if len(text) > LONGEST_BYLINE:
        return bool(AT_MEETING.fullmatch(text)) or says_of_page(text)
    patterns = (DOCUMENT_NUMBER, _SPEAKER, AT_MEETING, _BRACKETED_LINE, _AT_TIME)
    return (
        is_date_line(text)
        or is_organ_line(text)
        or any(pattern.fullmatch(text) for pattern in patterns)
        or says_of_page(text)
        or (bool(DASHED.match(text)) and not is_terminated(text))
    )


def says_of_page(text: str) -> bool:
    """Return whether a line says where and when a page was published (发布时间：… 来源：…)."""
    return len(text) <= _LONGEST_PAGE_DATA and bool(_PUBLISHED.match(text))


def is_annex_line(text: str) -> bool:
    """Return whether an annex begins with this line."""
    return bool(_ANNEX.match("".join(text.split()).rstrip("：:")))


def is_end_line(text: str) -> bool:
    """Return whether this line begins something that follows the plan."""
    return is_annex_line(text) or bool(_LIST_OF_ANNEXES.match(text) or _AFTERWORD.match(text))


def is_list_of_annexes(text: str) -> bool:
    """Return whether a line begins the list of annexes (附件：1.…)."""
    return bool(_LIST_OF_ANNEXES.match(text))


def after_list_of_annexes(text: str) -> str:
    """Return the text after 附件： on the same line."""
    found = _LIST_OF_ANNEXES.match(text)
    return text[found.end() :].strip() if found else text


def is_final_clause(text: str) -> bool:
    """Return whether a paragraph says when a plan takes effect or who interprets it."""
    return len(text) <= _LONGEST_FINAL_CLAUSE and bool(_FINAL_CLAUSE.match(text))


def is_numbered_line(line: TextLine) -> bool:
    mark = mark_of(line.text)
    if mark is None or mark.rank != BULLET_RANK:
        return mark is not None
    return not (DASHED.match(line.text) or _PAGE_FIELD.match(line.text, len(mark.printed)))


def is_numbered_item(line: TextLine) -> bool:
    """Return whether a line begins with a number; a bullet is not a number."""
    mark = mark_of(line.text)
    return mark is not None and mark.rank < BULLET_RANK


def is_short_line(line: TextLine) -> bool:
    ended = is_terminated(line.text) and not line.text.endswith(("）", ")"))
    return len(line.text) <= LONGEST_TITLE and not ended and mark_of(line.text) is None


def date_of(text: str) -> date | None:
    found = DATE.fullmatch(text.strip("（()）　 >"))  # a quotation in Markdown begins with >
    return day_of(found) if found else None


def day_of(found: re.Match[str]) -> date | None:
    year, month, day = (year_value(found[name]) for name in ("year", "month", "day"))
    try:
        return date(year, month, day)
    except ValueError:
        return None
