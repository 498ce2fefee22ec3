"""Parts and their whole within a sentence: lists of all the parts, and parts that are more than all."""

import re
from collections.abc import Iterator, Sequence

from reports.lint.counts import (
    MOST_ADDED,
    Count,
    is_sum_of_some,
    sentences_with_counts,
    small_number,
)
from reports.lint.passages import TextPassage
from reports.lint.registration import ACCURACY, DIGITS, WARNING, passage_rule
from reports.lint.rules.time.times import months_of
from reports.lint.subject import RuleHit

UNITS = "项家户个名人处件台条次批期场类宗起套栋幢辆间所座份篇幅块亩元天吨米"
# 健身比赛9场, 较差11份 compare nothing.
THAN = "(?<![评占])比(?![赛武选例重])|较(?![差好大小高低重轻强弱])"
# People belong to several groups at once: 党员12名、女性20名.
QUALITY = re.compile(
    "[男女残]|[青老]年|老人|少年|幼儿|党员|团员|群众|学历|大专|本科|研究生|岁|族|困难|退役|低保|独居|孤|病|孕|军|志愿|新就业|流动|常住|业主|租|职称"
)
PEOPLE = ("人", "户", "人次")
# Of what these measure nothing is in two parts, and people without a quality that they share are of one.
APART = ("亩", "公里", "米", "平方米", "立方米", "吨", "人")
OF_BOTH = re.compile(r"同时(?:[列纳]入|属于|为|是)|重复计|[均都](?:参加|列入)|，[其剩]余(?![^，。]{0,6}\d)")
# Each thing is in one of these, and whatever goes well is 正常推进 or 绿灯; what has not reached its pace is behind.
STATES = re.compile(r"(已完成|正常推进|滞后|未启动|暂停|取消)(?:的)?(?:有)?(\d{1,9})项")
STATE = re.compile(
    "(?P<done>已(?:经|全部)?[^，。；]{0,4}(?:完成|办结|整改|完工|竣工|建成|化解|解决|销号|治理|改造|落实|答复|拆除|处置))"
    "|(?P<going>正在(?!验收|公示|结算|审计)|在建|推进中)|(?P<open>未|尚|待)"
)
# What stands beside a count that is no part of the one before it.
NO_PART = re.compile(
    f"{THAN}|增(?:加(?!值)|长|幅|至)|减(?:少|幅|至)|同期|累计|占(?!道)|超(?!市)|率|目标|新增|另|又|还[有需]|合计|(?<!公)共|涉及|解决|同时|均"
    "|奖励|罚款|每|[增减]$"
)
OPEN_END = re.compile(
    "(?<![一二三四两])等(?!其[他它余])|以上|主要|重点|(?<![两二三四五六七八九个])部分|最多|居多|特别|尤其"
)
LISTED = re.compile(
    "其中|包括|用于|投向|分为|由|即|具体|来源|构成|组成|渠道|主要[是有]|分布|[分按从][^，。；]{1,8}看"
)
OPEN_PART = re.compile("其余|其他|剩余|余下|剩下|尚未|未|正在|列入|待|暂缓|计划")
COMPLEMENTS = (
    ("男", "女"),
    ("党员", "群众"),
    ("线上", "线下"),
    ("户籍", "非户籍"),
    ("户籍", "外来"),
    ("合格", "不合格"),
    ("满意", "不满意"),
    ("国有", "民营"),
    ("公办", "民办"),
    ("新建", "改建"),
    ("成功", "未成功"),
    ("通过", "未通过"),
    ("补助", "自筹"),
    ("配套", "自筹"),
    ("拨款", "自筹"),
    ("达标", "未达标"),
    ("按期", "逾期"),
    ("按时", "逾期"),
    ("按时", "迟报"),
    ("负债", "权益"),
    ("负债", "净资产"),
)
ALL_OF = re.compile(
    "^[^，。；：、]{0,14}(?:[，：（]?(?:其中[，：]?)?分别|[：:])|^[，：][^，。；：、]{0,8}季度分别|^[^，。；]{0,8}，[按从][^，。；]{1,8}[分看]，"
)
# The colon ends what stands before the first count of the list.
ANNOUNCED = re.compile(
    "(?P<number>[两二三四五六七八九])个?(?:项目|工程|项|部分|方面|块|渠道|类|种|笔|条|等|档|级|层)[^，。；：]{0,6}："
)
LONGEST_GAP = 30
GROWN = re.compile("[增减升降][加少]?[至到为]$|净[增减]")
# 首批拨付50%: a part that is no amount.
PAID_SHARE = re.compile("[付拨安排]\\d{1,2}[%％]")
DIVIDED_WAY = re.compile("[按从][^，。；]{1,6}[分看]，[^，。；\\d]{1,10}$")
# 本科学历10人、大专学历9人: labels of one kind, of which each thing has one.
SUFFIX = 2
# 满意的875人，基本满意的250人: of a scale there is more than two.
DEGREE = re.compile("基本|比较|非常|十分")
# A list that is nearly as much as its whole was meant to be all of it.
NEARLY_ALL, ALL_PARTS, MOST_OVER, LITTLE_OVER = 0.85, 3, 1.5, 0.05
TOTAL = re.compile(
    "合计|共计?|总(?:[计数共量额]|人数|户数|面积|金额|长度?|投资|里程|收入|支出|费用|造价)|一共|累计|构成|全部资金|全部投资"
)
COMPARED = re.compile(f"同比|环比|增长|增加(?!值)|提高|提升|上升|下降|减少|降低|超额|{THAN}")
# 第一产业增加值18.2亿元，增长3.1%；: of the part itself.
OWN_CHANGE = re.compile(
    r"，(?:同比|环比)?(?:名义|实际)?(?:增长|上升|下降|提高|降低|减少|回落)[\d.]+(?:[%％]|个百分点)"
)
FAR = 200
CARRIED_OVER = re.compile("结转|结余|往年|历年|上年|(?<!包)含")


def hit_between(passage: TextPassage, first: Count, last: Count, reason: str) -> RuleHit:
    return RuleHit(f"{reason}，请核对。", passage, first.start, last.end)


@passage_rule("divided-whole", "分项与总数不符", WARNING, ACCURACY, holding=DIGITS)
def wrong_divisions(passage: TextPassage) -> Iterator[RuleHit]:
    """排查96处，其中已整改51处、正在整改22处、列入计划13处: a list of all the parts that are not the whole."""
    for _, counts in sentences_with_counts(passage.text):
        for number, whole in enumerate(counts):
            parts = _parts_behind(passage.text, whole, counts[number + 1 :])
            if len(parts) < 2 or not whole.is_exact:
                continue
            added = sum(one.value for one in parts)
            for group in _groups_by(passage.text, parts):
                of_group = sum(one.value for one in group)
                if not whole.agrees_with(of_group):
                    reason = f"各项相加是{of_group:g}，与{whole.written}{whole.unit}不符"
                    yield hit_between(passage, group[0], group[-1], reason)
            behind = passage.text[parts[-1].end :][:LONGEST_GAP]
            if _closes_otherwise(whole, parts, counts) or OF_BOTH.search(behind):
                continue
            if not whole.agrees_with(added) and _are_all_parts(passage.text, whole, parts, added):
                reason = f"各项相加是{whole.in_words(added)}，与{whole.written}{whole.scale}{whole.unit}不符"
                yield hit_between(passage, whole, parts[-1], reason)
                break


def _groups_by(text: str, parts: Sequence[Count]) -> list[list[Count]]:
    """Parts that divide one whole in two ways: 按性别分，男37名、女57名；按学历分，本科41名、专科53名."""
    groups: list[list[Count]] = []
    for one in parts:
        if DIVIDED_WAY.search(text, max(0, one.start - LONGEST_GAP), one.start):
            groups.append([])
        if groups:
            groups[-1].append(one)
    return groups if len(groups) > 1 and all(len(one) > 1 for one in groups) else []


def _closes_otherwise(whole: Count, parts: Sequence[Count], counts: Sequence[Count]) -> bool:
    """Whether the numbers close if another one is taken for the whole, or only some of them for its parts."""
    at = counts.index(whole)
    alike = [one for one in counts[max(0, at - MOST_ADDED) : at + MOST_ADDED] if one.unit == whole.unit]
    sums = {
        round(sum(one.value for one in alike[first:last]), 6)
        for first in range(len(alike))
        for last in range(first + 2, len(alike) + 1)
        if any(one is whole for one in alike[first:last])
    }
    added = sum(one.value for one in parts)
    if any(one.agrees_with(added) for one in alike if one is not whole and one not in parts):
        return True
    # 第一季度4200万元、第二季度3800万元、第三季度3500万元，10月和11月共2100万元.
    behind = counts[counts.index(parts[-1]) + 1 :][:1]
    if any(one.unit == whole.unit and whole.agrees_with(added + one.value) for one in behind):
        return True
    return is_sum_of_some(whole, parts) or any(
        round(one.value, 6) in sums for one in alike if one is not whole and one not in parts[:-1]
    )


def _parts_behind(text: str, whole: Count, counts: Sequence[Count]) -> list[Count]:
    """The counts right behind one that may divide it, each with words of its own."""
    if counts and whole.label.startswith("其中") and text[whole.end] == "、":
        return []
    parts: list[Count] = []
    last = whole
    for one in counts:
        gap, last = text[last.end : one.start], one
        # 男性698名、女性842名，检出213名: the comma ends a list that is joined otherwise.
        if (
            len(parts) > 1
            and gap.startswith("，")
            and text[parts[-2].end] == "、"
            and not OPEN_PART.search(gap)
        ):
            break
        if one.unit != whole.unit and len(gap) <= LONGEST_GAP and not NO_PART.search(one.label):
            if parts and "；" in gap:
                break
            continue  # 12所、床位320张；其中……
        if one.unit != whole.unit or not one.is_exact or _ends_list(gap, one, is_first=not parts):
            break
        parts.append(one)
    return parts


def _ends_list(gap: str, one: Count, *, is_first: bool) -> bool:
    """Whether a count is no part of a list: too far, compared, of another part, or without words of its own."""
    longest = LONGEST_GAP * (2 if is_first and ANNOUNCED.search(gap) else 1)
    label = re.sub("^(其[余他].*|负债)(?:合计|共计?)", r"\1", one.label)
    # 牵头举措9项；配合举措5项中，3项…: a whole of its own.
    if len(gap) > longest or NO_PART.search(label) or PAID_SHARE.search(gap) or one.behind == "中":
        return True
    if not is_first:
        return "其中" in gap  # 已完成33台，其中一季度8台: of the part before it
    return not (one.label.removeprefix("其中") or "分别" in gap or one.behind.startswith("用于"))


def _are_all_parts(text: str, whole: Count, parts: list[Count], added: float) -> bool:
    """Whether a list was meant to name all that its whole is of."""
    between = text[whole.end : parts[0].start]
    labels = [one.label + one.behind for one in parts]
    listed = text[whole.end : parts[-1].end] + parts[-1].behind
    if (
        whole.value == 0
        or GROWN.search(whole.label)
        or _is_like_others(between)
        or _says_more(listed, is_less=added < whole.value)
    ):
        return False
    months = [months_of(one) for one in (whole.clause, *labels)]
    complements = complements_of(labels)
    if complements and complements[0] in whole.label.replace("能够", "能"):
        return False  # 满意的552人；基本满意的36人，不满意的12人: one of three
    if complements or (all(months[1:]) and (months[0] is None or months[0] not in months[1:])):
        return months[0] is None or _contains(months[0], months[1:])
    if ALL_OF.search(between) or _are_announced(between, len(parts)):
        return True
    nearly = NEARLY_ALL <= added / whole.value <= 2 - NEARLY_ALL
    if whole.unit in PEOPLE and _may_overlap(labels):
        return False
    same_kind = len({one.label[-SUFFIX:] for one in parts}) == 1 and len(parts[0].label) > SUFFIX
    is_listed = len(parts) >= ALL_PARTS or re.search("其中|包括|分为|由|即|具体|：", between)
    is_scale = len(parts) < ALL_PARTS and DEGREE.search("".join(labels))
    if same_kind and nearly and is_listed and not is_scale:
        return True
    if added > whole.value and "其中" in between:
        return _exceed(text, whole, parts)
    is_parallel = whole.unit != "项" and len({one.label[-1:] for one in parts}) == 1
    is_divided = is_parallel or LISTED.search(between) or OPEN_PART.search(labels[-1])
    return len(parts) >= ALL_PARTS and nearly and bool(is_divided)


def _may_overlap(labels: Sequence[str]) -> bool:
    """Whether one person may be of several parts: 党员12名、女性20名; not of 城市低保、农村低保."""
    return len({frozenset(QUALITY.findall(one)) for one in labels}) > 1


def _exceed(text: str, whole: Count, parts: Sequence[Count]) -> bool:
    """Whether parts, none more than the whole, follow each other with nothing between them."""
    is_list = "；" not in text[whole.end : parts[-1].start].removeprefix("；")
    added = sum(one.value for one in parts)
    is_apart = whole.unit in APART and added <= (1 + LITTLE_OVER) * whole.value
    is_long = len(parts) >= ALL_PARTS or whole.unit == "元" or is_apart
    return (
        is_list
        and is_long
        and added <= MOST_OVER * whole.value
        and all(one.value <= whole.value for one in parts)
    )


def _is_like_others(between: str) -> bool:
    """Whether what stands behind a count makes it one of a list: 能够完成2项，占20%；……."""
    return between.startswith("，占") or (between.startswith(("；", "、")) and "其中" not in between)


def _says_more(listed: str, *, is_less: bool) -> bool:
    """Whether a list goes on, compares, or counts what was not of this time."""
    return bool(
        (is_less and OPEN_END.search(listed))
        or COMPARED.search(OWN_CHANGE.sub("", listed).replace("提升", ""))
        or CARRIED_OVER.search(listed)
    )


def _are_announced(between: str, parts: int) -> bool:
    """Whether a list says before it of how many parts it is: 资金来源为三项：."""
    announced = ANNOUNCED.search(between)
    return announced is not None and small_number(announced["number"]) == parts


def _contains(whole: tuple[int, int], parts: Sequence[tuple[int, int] | None]) -> bool:
    return all(part is not None and whole[0] <= part[0] and part[1] <= whole[1] for part in parts)


def complements_of(labels: Sequence[str]) -> tuple[str, str] | None:
    """Return the words by which two labels share all between them: 已整改, 未整改."""
    if len(labels) == 2:
        denied = re.sub("^(?:尚|仍|还)?(?:有)?(?=[未不没])", "", labels[1])
        if (
            denied[:1] in "未不没"
            and len(denied) > 2
            and denied[1:] in labels[0]
            and not re.search("率|计划|拟|应", labels[0])
        ):
            return denied[1:], denied
    pairs = (
        (one, other)
        for one, other in COMPLEMENTS
        for at in (0, 1)
        if len(labels) == 2
        and one in labels[at]
        and other not in labels[at]
        and other in labels[1 - at]
        and one not in labels[1 - at].replace(other, "")
    )
    return next(pairs, None)
