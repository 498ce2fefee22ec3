"""Shares and rates in percent held against the counts that they may be of."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise, permutations

from reports.lint.counts import OVERLAPPING, ROUNDED, Count
from reports.lint.quantities import TextQuantity, pairs_of
from reports.lint.registration import ACCURACY, WARNING, document_rule
from reports.lint.rules.figures.amounts import rounding_of
from reports.lint.rules.figures.changes import sign_of_change
from reports.lint.rules.time.times import months_of
from reports.lint.subject import HANZI, LintSubject, RuleHit

SENTENCES_BACK, MOST_BACK = 3, 10
ACTION, PAIR, LEAST_ALIKE = 2, 2, 2
ROUNDED_OFF = 0.005
NO_COUNTS = ("%", "个百分点", "岁")
# What names a share, right before it: 占户籍人口的26%, 滞后任务占5.7%, 建档率为50%, 完成全年任务的82%.
SHARE_NAME = re.compile(
    rf"(?:(?P<of>[{HANZI}]{{2,10}}?)?[约只仅所]?占(?P<whole>[^，。；：\d]{{0,12}}?)的?(?:比例|比重|比)?"
    rf"|(?P<rate>[{HANZI}]{{2,9}}?)(?:率|(?<!序时)进度)(?:已)?|(?P<done>完成)[^，。；：\d]{{0,8}}?的?了?)(?:[为是达]到?)?约?$"
)
# Rates that are named by another word than what they are of.
RATES = {
    "执行": "支出|使用|拨付|列支",
    "到会": "实",
    "出席": "实",
    "出勤": "实",
    "组建": "成立|组建|建立",
    "建会": "工会",
    "签约": "签约|签订",
    "建档": "档案|建档",
    "配备": "配备|配齐",
    "覆盖": "覆盖|面积",
    "老龄": "老年|老人|60周?岁|65周?岁",
}
IN_TIME = re.compile("按期|按时|及时|如期|先行")
OF_NUMBER = re.compile(r"(?:占|为|是|相当于|达到?|完成)了?[^，。；：]{0,12}$")
ITS_SHARE = re.compile(r"[^，。；：\d]{0,8}的(?:比例|比重)?(?:为|达)?约?$")
# What is said of every whole: 占全部的, 占总数的.
ALL_OF_IT = re.compile("全部|总[数量额]?|全[年体镇街区县市]|年度|其|辖区|[应中]")
DUE, MADE = re.compile("应|计划|共有|任务"), re.compile("已|实|截[至止][^截\n]*完成|累计完成|完成$")
PLANNED = re.compile("计划|应|需|目标|任务|总|共|安排|全")
NOT_YET = re.compile("预计|力争|确保|争取|[拟将]|规划|(?:计划|目标|任务)[^，。的]{0,6}率")
WANTED = re.compile("计划|目标|预计|力争|确保|争取|[拟将]")
OF_ANOTHER = re.compile("[去上]年|同期|上[季月]|平均|综合|合计|全国|全省|累计|^总")
TOTAL = re.compile("共|总|应")
DENIED = re.compile("[未不没]|其余|剩|余下")
NOT_DENIED = "(?<![不未非没待应再])(?<!没有|正在|尚未|计划)"


@document_rule("rate", "比率不符", WARNING, ACCURACY)
def wrong_shares(subject: LintSubject) -> Iterator[RuleHit]:
    """安装400套，已安装310套，完成72.5%; 支出1.84亿元，占预算2.3亿元的75%; 报到率92%，应报到1500名，已报到1350名."""
    for known in subject.figure_lists:
        for at, share in enumerate(known):
            if share.unit != "%" or not _is_stated(share):
                continue
            before = [one for one in known[max(0, at - MOST_BACK) : at] if _is_near(one, share)]
            behind = [one for one in known[at + 1 : at + MOST_BACK] if one.sentence == share.sentence]
            pair = (
                _pair_beside(share, before)
                or _pair_left(share, before)
                or _pair_in_list(share, before, behind)
                or _pair_named(share, before, behind)
            )
            if pair is None:
                continue
            whole, part = pair
            right = f"{100 * part.value / whole.value:.1f}".removesuffix(".0")
            beside = [one.count for one in (whole, part, share) if one.sentence == share.sentence]
            reason = f"{whole.in_words}中的{part.in_words}应为{right}%，请核对。"
            start, end = min(one.start for one in beside), max(one.end for one in beside)
            yield RuleHit(reason, share.passage, start, end)


def _is_stated(share: TextQuantity) -> bool:
    """Whether it is said exactly, and of what there is here and now."""
    count, text = share.count, share.passage.text
    is_wanted = NOT_YET.search(count.clause) or count.behind.startswith(("的目标", "的任务"))
    is_other = is_wanted or share.is_beside or sign_of_change(count) or OF_ANOTHER.search(count.clause)
    return count.is_exact and not is_other and ROUNDED not in text and not OVERLAPPING.search(text)


def _is_near(one: TextQuantity, share: TextQuantity) -> bool:
    """Whether a share may have to do with a figure before it: near, and of no other time."""
    months = [months_of(quantity.lead) for quantity in (one, share)]
    is_of_time = one.sentence == share.sentence or None in months or months[0] == months[1]
    return is_of_time and share.sentence - one.sentence <= SENTENCES_BACK and not one.is_beside


def _pair_beside(
    share: TextQuantity, before: Sequence[TextQuantity]
) -> tuple[TextQuantity, TextQuantity] | None:
    """The whole and the part of a wrong share that names the number of the one: 48幢，占60幢楼宇的75%."""
    own = [one for one in before if one.sentence == share.sentence and one.unit not in NO_COUNTS]
    if (
        len(own) < 2
        or not ITS_SHARE.fullmatch(share.count.since)
        or not OF_NUMBER.search(own[-1].count.clause)
    ):
        return None
    whole, parts = own[-1], [one for one in own[-2::-1] if one.unit == own[-1].unit]
    is_wrong = parts and not any(_agrees(share, one.count, whole.count) for one in parts)
    return (whole, parts[0]) if is_wrong else None


def _pair_named(
    share: TextQuantity, before: Sequence[TextQuantity], behind: Sequence[TextQuantity]
) -> tuple[TextQuantity, TextQuantity] | None:
    """The whole and the part that a wrong share says it is of, where no other reading of the figures near closes."""
    name = SHARE_NAME.search(share.count.label)
    counts = [one for one in (*before, *behind) if one.unit not in NO_COUNTS]
    if name is None or not counts:
        return None
    nearest = sorted(counts, key=lambda one: (one.count.start > share.count.start, -counts.index(one)))
    parts = [one for one in nearest if _is_part(one, name, share)]
    part = max(parts, key=lambda one: len(pairs_of(name["of"] or "") & _pairs_around(one)), default=None)
    shared = {one.count.start for one, other in pairwise(before) if other.unit == "%"} - {share.count.start}
    wholes = [
        one
        for one in nearest
        if part
        and one.unit == part.unit
        and _is_whole(one, part, name, share)
        and one.count.start not in shared
    ]
    if part is None or not wholes:
        return None
    own = [one for one in wholes if one.sentence == part.sentence]
    whole = max(own, key=lambda one: one.value) if own else wholes[0]
    if name["whole"] and any(one.count.label.endswith(name["whole"]) for one in wholes):
        whole = next(one for one in wholes if one.count.label.endswith(name["whole"]))
        return None if _agrees(share, part.count, whole.count) else (whole, part)
    if any(one.unit == "%" and _agrees(one, part.count, whole.count) for one in (*before, *behind)):
        return None  # 结案率为97.8%；共6500件，结案6422件，结案率为98.8%: they have a share of their own
    return None if _comes_out(share, counts, before, part, whole) else (whole, part)


def _pair_in_list(
    share: TextQuantity, before: Sequence[TextQuantity], behind: Sequence[TextQuantity]
) -> tuple[TextQuantity, TextQuantity] | None:
    """24万亩，其中连翘9万亩，占37.5%；黄芩6万亩，占20%；其他9万亩，占37.5%: of one whole as the others beside it."""
    own = [one for one in (*before, share, *behind) if one.sentence == share.sentence]
    pairs = [(one, other) for one, other in pairwise(own) if _is_share_of(one, other)]
    part = next((one for one, other in pairs if other is share), None)
    if part is None or ("其中" in part.count.since and part is not pairs[0][0]):
        return None
    wholes = [one for one in before if one.unit == part.unit and one.value > part.value]
    if any(_agrees(share, part.count, one.count) for one in wholes):
        return None
    others = [(one, other) for one, other in pairs if one is not part and one.unit == part.unit]
    agreeing = (
        one
        for one in wholes
        if one.count.start < pairs[0][0].count.start
        and len(others) >= LEAST_ALIKE
        and all(_agrees(other, each.count, one.count) for each, other in others)
    )
    return next(((one, part) for one in agreeing), None)


def _is_share_of(one: TextQuantity, share: TextQuantity) -> bool:
    """Whether a share says of the count right before it no more than that it is so much: 9万亩，占37.5%."""
    return (
        share.unit == "%"
        and re.fullmatch("[^，。；]{0,10}[，、（]占比?[约为达]?", share.count.since) is not None
    )


def _pair_left(
    share: TextQuantity, before: Sequence[TextQuantity]
) -> tuple[TextQuantity, TextQuantity] | None:
    """326家，2家未整改，整改率98.2%: the whole and what is done of it, of which a text has only what is not."""
    name = SHARE_NAME.search(share.count.label)
    own = [one for one in before if one.sentence == share.sentence and one.unit not in NO_COUNTS]
    if name is None or not name["rate"] or len(own) != PAIR or own[0].unit != own[1].unit:
        return None
    (whole, left), rate, in_time = own, name["rate"], IN_TIME.match(name["rate"])
    words, action = left.count.label + left.count.behind, _action_of(rate)
    is_denied = re.search(f"[未不没][^，。；]{{0,4}}{action}", words) and not re.search("[未不没]", rate)
    is_other = action in whole.count.label or (in_time and in_time[0] not in words)
    if not is_denied or is_other or not 0 < left.value < whole.value or not left.count.is_exact:
        return None
    value = whole.value - left.value
    done = replace(left, count=replace(left.count, value=value, written=f"{value:g}"))
    return None if _agrees(share, done.count, whole.count) else (whole, done)


def _is_part(one: TextQuantity, name: re.Match[str], share: TextQuantity) -> bool:
    """Whether a share may be of a count by its name, or by standing right behind it."""
    around, is_beside = one.count.label + one.count.behind, _is_right_before(one, share)
    if one.value <= 0 or WANTED.search(one.count.since) or not one.count.is_exact:
        return False
    if name["done"] or name["rate"] == "完成":
        return is_beside and bool(MADE.search(one.count.clause) or "完成" in around)
    if name["rate"]:
        action, in_time = _action_of(name["rate"]), IN_TIME.match(name["rate"])
        done = RATES.get(action, action)
        if action == "完成":
            done = f"{done}|{name['rate'][:-ACTION][-ACTION:]}"  # 清理完成率
        if re.search(f"{NOT_DENIED}(?:{done})(?!率)", around):
            return not DUE.search(one.count.clause) and (in_time is None or in_time[0] in around)
        is_done = re.match(f"已.{action[-1]}", one.count.label) is not None  # 已加装, 安装率
        is_like = (is_done or set(action) <= set(around)) and not DENIED.search(around)
        return is_beside and in_time is None and is_like
    if name["of"]:
        return one.sentence == share.sentence and bool(pairs_of(name["of"]) & _pairs_around(one))
    return is_beside


def _action_of(rate: str) -> str:
    """What the name of a rate says of those that it counts: 建档, 城镇 of 城镇化."""
    return rate.removesuffix("化")[-ACTION:]


def _pairs_around(one: TextQuantity) -> frozenset[str]:
    return pairs_of(one.count.label + one.count.behind)


def _is_right_before(one: TextQuantity, share: TextQuantity) -> bool:
    gap = share.passage.text[one.count.end : share.count.start]
    is_before = one.sentence == share.sentence and one.count.end <= share.count.start
    return is_before and gap.count("，") < 2 and not re.search("[；：\\d]", gap)


def _is_whole(one: TextQuantity, part: TextQuantity, name: re.Match[str], share: TextQuantity) -> bool:
    """Whether a count may be all that a part is of: more, of the same places, of what the share names as its whole."""
    is_of_places = one.sentence == part.sentence or not one.places - part.places
    is_ahead = (
        one.count.start < part.count.start or one.sentence < part.sentence or TOTAL.search(one.count.clause)
    )
    if one.value <= part.value or not one.count.is_exact or not (is_of_places and is_ahead):
        return False
    if name["done"] or name["rate"] == "完成":
        return bool(PLANNED.search(one.count.clause)) or (bool(name["rate"]) and "完成" in part.count.clause)
    words = one.lead + one.count.behind
    if name["rate"]:
        in_time = IN_TIME.match(name["rate"])
        # Of what was due, which is never more, unless both are of the same action: 办结950件，按期办结912件.
        is_due = in_time is None or re.search(
            f"{name['rate'][len(in_time[0]) :]}|承接|受理|[接收]到", one.count.clause
        )
        if not is_due and share.value >= 100 * part.value / one.value:
            return False
        of_what = pairs_of(name["rate"].removesuffix("化")[:-ACTION])
        around = words + part.lead + part.count.behind
        # 参加保险, 参保
        return not of_what or any(re.search("[^，。；]{0,12}".join(pair), around) for pair in of_what)
    named = pairs_of(ALL_OF_IT.sub("", name["whole"]))
    is_apart = one.sentence < part.sentence and bool(part.count.since != part.lead)
    return any(pair in words for pair in named) if named else not is_apart


def _comes_out(
    share: TextQuantity,
    counts: Sequence[TextQuantity],
    before: Sequence[TextQuantity],
    part: TextQuantity,
    whole: TextQuantity,
) -> bool:
    """Whether a share is what one count near it, or two in a row, are of another, or are not, or of what is left."""
    # 床位60张，入住52名，……入住率86.7%: a share as exact as that is hardly one of two others by chance.
    is_telling = "." in share.count.written
    pairs = [(a, b) for a, b in permutations(counts, 2) if b.value and (a.unit == b.unit or is_telling)]
    if any(_agrees(share, a.count, b.count) for a, b in pairs):
        return True
    alike = [one.value for one in counts if one.unit == part.unit and one is not part]
    shares = [
        1 - a.value / b.value for a, b in pairs if DENIED.search(a.count.label) and b.value >= whole.value
    ]
    ahead = [one.value for one in before if one.unit == part.unit and one.value]
    pairs_in_row = [(one + other) / of for one, other in pairwise(ahead) for of in ahead]
    shares += [one for part in pairs_in_row for one in (part, 1 - part)]
    shares += [
        part.value / of
        for one in alike
        for of in (part.value + one, *(abs(one - other) for other in alike))
        if of
    ]
    shares += [
        part.value / of
        for one in before
        if one.unit == "%" and one.value
        for of in (whole.value * one.value / 100,)
    ]
    return any(abs(100 * one - share.value) <= rounding_of(share.count.written) for one in shares)


def _agrees(share: TextQuantity, part: Count, whole: Count) -> bool:
    """Whether a share comes out of two counts, which may have been rounded."""
    if not whole.value:
        return False
    right = 100 * part.value / whole.value
    rounded = ROUNDED_OFF * right if "." in part.written + whole.written else 0.0
    return abs(right - share.value) <= rounding_of(share.count.written) + rounded
