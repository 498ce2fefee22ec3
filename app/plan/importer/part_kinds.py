"""What is not reported on (purposes, requirements, last year's work), and what belongs to no measure (salutations,
boxes, notes).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from app.plan.importer.blocks import BlockKind
from app.plan.importer.frame_lines import is_final_clause, is_salutation
from app.plan.importer.numbering import BULLET_RANK, YEAR, YEAR_IN_TEXT, mark_of, value_of, year_value
from app.plan.importer.outline import LONGEST_RUN_IN_HEAD, OutlineNode, TextSpan
from app.plan.importer.paragraph_heads import heads_begin
from app.plan.importer.sentences import cut_clauses, says_work
from app.plan.importer.source_text import TextLine
from reports.characters import CIRCLED_NUMBERS

_LONGEST_PURPOSE_TITLE = 16  # characters
_FIRST_PARAGRAPHS = 3
# Why and how, but not what: not reported on, whatever is below.
_PURPOSE = re.compile(
    "指导思想|总体要求|总体原则|原则要求|总体思路|工作思路|基本原则|基本思路|工作目标|主要目标|总体目标|目标任务|目标要求|主要指标|预期目标"
    "|(?:行动|活动|整治|试点)(?:目标|目的|主题|时间|范围|对象)|时间安排|实施范围|工作范围|形势|背景|重要意义|总体考虑|主要考虑|总体部署要求|工作原则|总要求|发展目标|目的意义|的原则$|^(?:引言|前言|序言|结语|结束语)$"
)
# A longer title only counts if it ends like this (今后五年政府工作的总体要求和奋斗目标).
_ENDS_WITH_PURPOSE = re.compile(
    "(?:指导思想|总体要求|总体思路|基本原则)[和与及、](?:(?:总体|主要|奋斗|发展|工作|预期)?目标|(?:基本|总体)?(?:要求|原则))$"
    "|(?:重要|重大|现实|深远)(?:性|意义)$"
)
_FIVE_YEARS = re.compile("“?十([一二三四五六]?)(?:五(?:”|时期|规划|计划|期间)|个五年)")
_YEARS_AHEAD = re.compile("(?:今后|未来)(?:一个时期|[二三五几]年)")
# Not reported on unless departments are named; other words make it work (健全社会保障机制).
_REQUIREMENT = re.compile(
    "(?:(?:工作|有关|相关|几点)要求|保障措施|(?<!党)组织(?:保障|实施|领导)|附则|实施期限|其他事项"
    "|(?:^|加强|强化|健全|完善|建立|落实|工作|组织|政策)(?:保障机制|推进机制|实施保障|工作保障))"
    "(?:(?:机制|力度|工作|体系)?$|[和与及、，,])"
)
# The name of the part that holds the work, if other parts introduce it.
_WORK = re.compile(
    f"(?:(?:{YEAR}年|今年|全年|下一步|下半年|下阶段)[^，。、]{{0,16}}|[^，。、]{{0,8}}(?:主要|重点|具体|工作|整治|活动|建设|行动|创建|试点)的?|^)"
    "(?:(?:任务|工作)?分工|工作|任务|安排|建议|打算|重点|举措|措施|内容|部署|要点)(?:[和与及](?:工作|任务|安排|举措|措施|要求|分工))?$"
)
_AIMS_OF_YEAR = re.compile(YEAR + "年.{0,40}(?:目标|任务)")
_PAST = re.compile(
    "回顾|[一二三四五六七八九十两几]年来|工作总结|总结评估|完成情况|(?:主要)?成[绩效就](?!.{0,20}(?:计划|打算|安排))|过去[一二三四五六七八九十几]?年|去年|上年|上一?年度"
    "|年(?:度)?(?:的)?(?:主要)?工作情况|工作开展情况"
)
_ACHIEVING = re.compile(
    "(?:取得|提升|提高|展现|彰显|创造|实现|务求|确保|扩大|放大|巩固|拓展)(?!的)[^，。、的了]{0,12}成[绩效就]|(?<=[新见显])成[绩效就]"
)
_BEGINS_PAST = re.compile(
    rf"(?:——|各位代表[，：！])?(?:过去的?[一二三四五]年|[一二三四五]年来|去年|刚刚过去的|(?P<year>{YEAR})年)[^。]{{0,12}}[，是]"
)
_DISTANT_YEAR = re.compile(rf"{YEAR}年远景")
_PROBLEMS = re.compile(
    "存在的?(?:主要|突出)?(?:问题|不足|困难)|(?:问题|困难)(?:和|与|及)(?:不足|挑战|短板)|短板(?:和|与)?不足"
)
# Descriptions of a situation (贫困情况, 产业发展现状); investigating it is work (摸清底数情况).
_SITUATION = re.compile(
    "^(?!掌握|摸|了解|报告|上报|通报|公开|公示|反映|核[实查]|排查|检查|督查|监[测督]|调查|完善|加强|梳理)[^，,、。]{2,10}(?:情况|概况|现状)$"
)
_PLANNED = re.compile(r"(?:计划|打算|安排|要点|重点|任务|部署|思路|主要工作|目标|工作总体|总体要求)")


def year_in_titles(titles: Iterable[str]) -> int | None:
    """Return the year that the parts plan for: the one after a reviewed year, otherwise the latest named.

    None if no part names a year.
    """
    past, planned = set[int](), set[int]()
    ahead = 0
    for title in titles:
        is_past = bool(_PAST.search(title))
        ahead += not is_past
        years = {year_value(found["year"]) for found in YEAR_IN_TEXT.finditer(_DISTANT_YEAR.sub("", title))}
        if is_past or _PLANNED.search(title):
            (past if is_past else planned).update(years)
    following = {max(past) + 1} if past and ahead else set()
    return max(planned & following or planned or following, default=None)


def year_behind_review(titles: Sequence[str], year: int | None) -> int | None:
    """Return the planned year after a review of the year before, if a page names a later `year`."""
    own = year_in_titles(titles)
    reviewed = own and any(_PAST.search(title) and f"{own - 1}年" in title for title in titles)
    return min(own, year) if own and year and reviewed else year


def is_about_past(title: str, year: int | None) -> bool:
    """Return whether a part reports what was done before the plan's year."""
    years = [year_value(found["year"]) for found in YEAR_IN_TEXT.finditer(title)]
    if year and years and max(years) > year - 1:
        return False
    if _PAST.search(_ACHIEVING.sub("", title)) or _names_ended_period(title, year):
        return True
    return bool(year and years and not re.search("规划", title))


def _names_ended_period(title: str, year: int | None) -> bool:
    """Return whether a title names only five-year plans (“十一五”时期的政府工作) that ended before the year."""
    ends = list(map(_period_end, _FIVE_YEARS.findall(title)))
    return bool(year and ends and max(ends) < year)


def _period_end(numeral: str) -> int:
    return 1955 + 5 * (10 + (value_of(numeral) if numeral else 0))


def is_about_problems(title: str) -> bool:
    return len(title) <= _LONGEST_PURPOSE_TITLE and bool(_PROBLEMS.search(title))


def states_purpose(title: str) -> bool:
    """Return whether a title announces purposes, aims or reasons."""
    if _FIVE_YEARS.search(title) and not re.search(YEAR + "年", title):
        return bool(_PURPOSE.search(title) or "规划" in title or "纲要" in title)
    is_named = len(title) <= _LONGEST_PURPOSE_TITLE or _ENDS_WITH_PURPOSE.search(title)
    return bool(is_named and _PURPOSE.search(title)) and not _is_mixed(title)


def _is_mixed(title: str) -> bool:
    """Return whether a title names work beside its aims (总体要求和重点任务)."""
    return bool(
        re.search("(?:和|及|与|、).*(?:任务|重点|措施|安排|举措|策略|路径|工作$)", title)
    ) and not title.endswith("目标任务")


def states_requirements(title: str) -> bool:
    """Return whether a title announces how the work is to be done."""
    return len(title) <= _LONGEST_PURPOSE_TITLE and bool(_REQUIREMENT.search(title))


def kind_of_part(node: OutlineNode, year: int | None) -> BlockKind:
    """Return whether a part is reported on, judged by its head; named departments outweigh the words."""
    title = node.title
    says_at_end = title if len(title) <= LONGEST_RUN_IN_HEAD else cut_clauses(title)[-1]
    if is_about_past(says_at_end, year) or is_about_problems(says_at_end):
        return BlockKind.UNREPORTED
    if _names_departments(node):
        return BlockKind.REPORTED
    is_temporary_complete = states_purpose(title) or states_requirements(title) or _SITUATION.search(title)
    if is_temporary_complete or _holds_purposes(node):
        return BlockKind.UNREPORTED
    return BlockKind.REPORTED


def _holds_purposes(node: OutlineNode) -> bool:
    """Return whether most nodes under a head are purposes (指导思想, 基本原则, 环境目标)."""
    return 2 * sum(states_purpose(child.title) for child in node.children) > len(node.children) > 1


def _names_departments(part: OutlineNode) -> bool:
    return part.has_duties or any(one.has_duties for one in part.all_nodes())


def leave_out_ended_periods(parts: Sequence[OutlineNode]) -> None:
    """Leave out a first part about a five-year plan or half year if another part names a later one."""
    periods = [max(map(_period_end, _FIVE_YEARS.findall(part.title)), default=0) for part in parts]
    halves = [("上半年" in part.title) + 2 * ("下半年" in part.title) for part in parts]
    if any(ends and 0 < ends[0] < max(ends[1:], default=0) for ends in (periods, halves)):
        parts[0].kind = BlockKind.UNREPORTED


def leave_out_years_ahead(parts: Sequence[OutlineNode], year: int | None) -> None:
    """Leave out what is planned for the years ahead if other parts plan for the one year."""
    reported = [part for part in parts if part.kind is BlockKind.REPORTED]
    of_years = [part for part in reported if _names_years_ahead(part.title)]
    if any(_names_year(part.title, year) for part in reported if part not in of_years):
        for part in of_years:
            part.kind = BlockKind.UNREPORTED


def leave_out_what_leads_to_work(parts: Sequence[OutlineNode], year: int | None) -> None:
    """Leave out parts without a list before the part that is called the work, or before the first list if they name the
    year or aims.
    """
    work = next((n for n, part in enumerate(parts) if _is_work(part)), 0)
    listed = next((n for n, part in enumerate(parts) if n and _holds_list(part)), 0)
    for place, part in enumerate(parts[: max(work, listed)]):
        leads = place < work or _names_year(part.title, year) or _PURPOSE.search(part.title)
        if leads and not (_holds_list(part) or _names_departments(part)):
            part.kind = BlockKind.UNREPORTED


def _is_work(part: OutlineNode) -> bool:
    return part.kind is BlockKind.REPORTED and bool(part.children) and bool(_WORK.search(part.title))


def _holds_list(part: OutlineNode) -> bool:
    return any(child.habit != "enumeration" for child in part.children)


def _names_years_ahead(title: str) -> bool:
    return not YEAR_IN_TEXT.search(title) and bool(_FIVE_YEARS.search(title) or _YEARS_AHEAD.search(title))


def _names_year(title: str, year: int | None) -> bool:
    return "今年" in title or year in {year_value(found["year"]) for found in YEAR_IN_TEXT.finditer(title)}


def report_on_listed_requirements(parts: Sequence[OutlineNode]) -> None:
    """Report on requirements whose title has two clauses (统一思想，加强组织领导), or states work and has a list.

    Only if a later part is reported, or no part is.
    """
    are_alone = all(part.kind is not BlockKind.REPORTED for part in parts)
    goes_on = are_alone
    for part in reversed(parts):
        is_requirement = part.kind is BlockKind.UNREPORTED and states_requirements(part.title)
        if (
            is_requirement
            and goes_on
            and (re.search("[，,]", part.title) or (part.children and says_work(part.title)))
        ):
            part.kind = BlockKind.REPORTED
        goes_on = goes_on or part.kind is BlockKind.REPORTED


def tells_of_past(part: OutlineNode, year: int | None) -> bool:
    """Return whether a part begins by reporting the year before (过去的一年，…), whatever its title."""
    first = islice(part.all_spans(), _FIRST_PARAGRAPHS)
    found = next((one for span in first if (one := _BEGINS_PAST.match(span.text.strip()))), None)
    return found is not None and (found["year"] is None or (year is not None and int(found["year"]) < year))


def report_on_main_list(parts: Sequence[OutlineNode]) -> None:
    """Report on a part with a list whatever its title (今后五年的目标任务) if all reported parts say less.

    If nothing is reported, also on the aims of a year (展望2026年工作目标).
    """
    reported = sum(_length_of(part) for part in parts if part.kind is BlockKind.REPORTED)
    for part in parts:
        is_aim = states_purpose(part.title)
        is_temporary_complete = (
            is_aim or states_requirements(part.title)
        ) and part.kind is BlockKind.UNREPORTED
        if not reported and _SITUATION.search(part.title) and not is_about_past(part.title, None):
            part.kind = BlockKind.REPORTED
        if (
            is_temporary_complete
            and (_holds_work(part) or (is_aim and _AIMS_OF_YEAR.search(part.title)))
            and _length_of(part) > reported
        ):
            part.kind = BlockKind.REPORTED


def _length_of(part: OutlineNode) -> int:
    return sum(len(span.text) for span in part.all_spans())


def _holds_work(part: OutlineNode) -> bool:
    """Return whether a part has a list of heads with text."""
    items = [child for child in part.children if child.habit != "enumeration" and child.says_several]
    return len(items) > 1 and not any(states_purpose(child.title) for child in items)


_BOX = re.compile(r"专栏\s*[\d一二三四五六七八九十]{0,3}(?:[：:\s　]|$)")
_NOTE = re.compile(rf"(?:注|备注|说明|注释)\s*+[\d{CIRCLED_NUMBERS}]*+\s*+[：:]")
_LONGEST_BOX_TITLE = 40  # characters
_CHAPTER_KEYS = frozenset({"part", "chapter", "han", "bracketed_han", "article"})


def find_boxes(lines: Sequence[TextLine]) -> set[int]:
    """Return the places of lines in boxes (专栏) and notes; a box ends where the plan's own numbering continues."""
    found: set[int] = set()
    own: int | None = None  # the last number in the box; None outside boxes
    for place, line in enumerate(lines):
        mark = mark_of(line.text)
        if _BOX.match(line.text) and len(line.text) <= _LONGEST_BOX_TITLE:
            own = 0
        elif mark is not None and mark.rank < BULLET_RANK:
            goes_on = own is not None and mark.key not in _CHAPTER_KEYS and mark.ordinal == own + 1
            own = mark.ordinal if goes_on else None
        elif line.depth:
            own = None
        if own is not None or _NOTE.match(line.text):
            found.add(place)
    return found


def set_salutations_apart(root: OutlineNode) -> tuple[list[TextSpan], list[TextSpan]]:
    """Take what follows a salutation from the outline; return what is set apart, and what closes the plan.

    A salutation ends the lists: what follows belongs to no node, up to the next head of the plan's own lists.
    """
    apart: list[TextSpan] = []
    closing: list[TextSpan] = []
    last = _last_head(root)
    for node, siblings in list(_with_siblings(root)):
        taken = _take_after_salutation(node, siblings)
        is_last = bool(last and taken and not _holds_numbers(taken) and taken[-1] is last)
        (closing if is_last else apart).extend(taken)
    closing += _take_final_clauses(root)
    return apart, closing


def _last_head(root: OutlineNode) -> TextSpan | None:
    """Return the last span of the outline; None if it is empty."""
    spans = list(root.all_spans())
    return spans[-1] if spans else None


def _holds_numbers(spans: Sequence[TextSpan]) -> bool:
    return any(mark_of(span.text) is not None for span in spans)


def _take_final_clauses(root: OutlineNode) -> list[TextSpan]:
    """Take the clauses on when the plan takes effect from the end of the last node, and return them."""
    node = root
    while node.children:
        node = node.children[-1]
    taken: list[TextSpan] = []
    while node is not root and len(node.texts) > 1 and is_final_clause(node.texts[-1].text.strip()):
        taken.append(node.texts.pop())
    return taken


def _with_siblings(parent: OutlineNode) -> Iterator[tuple[OutlineNode, Sequence[OutlineNode]]]:
    for node in list(parent.children):
        yield node, parent.children
        yield from _with_siblings(node)


def _take_after_salutation(node: OutlineNode, siblings: Sequence[OutlineNode]) -> list[TextSpan]:
    first = 0 if node.is_sentence else 1  # an address to the audience right under a head belongs to the head
    later = range(first, len(node.texts))
    addressed = (n for n in later if is_salutation(node.texts[n].text.strip()))
    place = next((n for n in addressed if not _opens_list(node.texts, n)), None)
    if place is None or node.kind is not BlockKind.REPORTED:
        return []
    if node.children and not _has_stray_list(node, siblings, node.texts[:place]):
        return []
    taken = node.texts[place:]
    node.texts = node.texts[:place]
    for child in node.children:
        taken += [span for span in (child.head, *child.all_spans()) if span]
    node.children = []
    return taken


def _opens_list(texts: Sequence[TextSpan], place: int) -> bool:
    """Return whether paragraphs begin with heads after a salutation but not before it."""
    return heads_begin(texts[place:]) and not heads_begin(texts[:place])


def _has_stray_list(node: OutlineNode, siblings: Sequence[OutlineNode], before: Sequence[TextSpan]) -> bool:
    """Return whether the list under a node is not its own: no sibling has a similar one, it has only items, and it is
    not what the node announces.

    before: the node's text before the salutation.
    """
    habit = node.children[0].habit
    others = [one for one in siblings if one is not node and one.kind is BlockKind.REPORTED]
    if not others or any(child.habit == habit for one in others for child in one.children):
        return False
    if 2 * sum(bool(child.children or child.following) for child in node.children) > len(node.children):
        return False
    listed = sum(len(span.text) for child in node.children for span in child.all_spans())
    return len(before) > 1 or listed < sum(len(span.text) for span in before)
