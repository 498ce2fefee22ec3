"""Sums and what they are of: totals that are not their parts, parts that are more than all, all done with some left."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from reports.lint.counts import (
    NEAR,
    NUMBER,
    ROUNDED,
    Count,
    is_sum_of_some,
    sentence_pairs,
    sentences_with_counts,
)
from reports.lint.passages import TextPassage
from reports.lint.registration import ACCURACY, ERROR, WARNING, passage_rule
from reports.lint.rules.times import months_of
from reports.lint.rules.totals import STATES
from reports.lint.rules.wholes import COMPARED, FAR, NEARLY_ALL, TOTAL, complements_of, hit_between
from reports.lint.subject import HANZI, RuleHit, hit_at

UNITS = "项家户个名人处件台条次批期场类宗起套栋幢辆间所座份篇幅块亩元天吨米"
# 其中 begins a list of parts; each is a few words and a count, and nothing that compares or plans.
WHOLE = re.compile(
    rf"(?P<whole>(?<![\d.]){NUMBER})(?P<unit>[万亿]?[{UNITS}]次?)[^，。；：\d]{{0,12}}[，；（：]其中[，：]?"
    rf"(?P<parts>[^。；\n（）]{{4,160}})"
)
PIECES = re.compile(rf"[、，；]|(?<=\d[{UNITS}])(?:和|及|以及)")
PART = re.compile(
    rf"(?:其中)?(?P<label>[{HANZI}A-Za-z“”]{{0,16}}?)(?P<count>(?<![\d.]){NUMBER})(?P<unit>[万亿]?[{UNITS}]次?)"
)
NO_PART = re.compile(
    "比|较|增|减|同比|环比|累计|占|超|率|目标|计划|达|新增|另|又|还|共|合计|涉及|解决|整改|办结|完成投"
)
# People belong to several groups at once: 党员12名、女性20名.
# Of what people are they may be several things, but each belongs to one body.
QUALITY = re.compile(
    "[男女老青少幼残]|党员|团员|群众|学历|大专|本科|研究生|岁|族|困难|退役|低保|独居|孤|病|孕|军|志愿|新就业|流动|常住|业主|租"
)
OVERLAPPING = ("人", "名", "户", "人次")
DONE = (
    "完成|办结|整改|检查|改造|签约|开工|竣工|验收|销号|处置|化解|解决|修复|覆盖|报送|走访|回收|签订|安装|入户"
)
FULL_RATE = re.compile(
    rf"(?:合格|满意|出勤|覆盖|入户|知晓|整改|办结|参与|入住|签约|普及|达标|通过|正确|出租|完好|好评|回访|到会|到岗|在岗|及时|按期|按时|响应|建档|报到|持证|检出|回收|有效|就业|入学|接种|参保|收缴|见面|答复|就诊)(?:率|度)(?:已?达到?|为|是|升至|约为)?(?P<share>{NUMBER})[%％]"
    rf"|占比?(?:为|达到?)?(?P<part>{NUMBER})[%％]"
)
ALL_ON_PACE = re.compile(r"(?:全部|均已?)(?:达到|完成)(?:或者?超过)?序时进度")
BEHIND_PACE = re.compile(rf"(?<![\d.])[1-9]\d{{0,8}}[{UNITS}][{HANZI}]{{0,6}}?(?:落后|滞后|未达到|低于)")
ALL_DONE = re.compile(
    rf"(?:(?P<rate>{DONE})率(?:为|达到?|达)?100[%％]|(?:已|均已|已经)?(?:全部|全面)(?P<all>{DONE}))"
)
ALL_OF_THEM = re.compile(
    rf"(?:已|均已|已经|现已|目前)?(?:全部|全面|悉数|均|如数)(?:已经?|按期|按时|如期|顺利)*(?:{DONE}|拆除|清理|清除|交付|发放|拨付|到位|销案|兑现|搬离|搬迁)(?:完毕|完成|到位)?"
)
LEFT = re.compile(
    rf"[，。；](?:但|其中|目前)?(?:仍有|还有|尚有|剩余|余下|剩下|其余|另有|只剩|还剩|仅剩|剩)的?\d{{1,9}}(?P<unit>[{UNITS}])[^，。；\d]{{0,16}}?，?(?:[^，。；\d]{{0,16}}?，)?[^，。；\d]{{0,8}}?(?:未|没有|正在|预计|计划|将|待|暂|争取|力争|拟)"
)
COUNT = re.compile(rf"\d([{UNITS}])")
SENTENCE = re.compile(r"[^。！？\n]+")
REACH = 160
WHOLE_YEAR = re.compile("(?:全年|年度|今年|年内)(?:计划|目标|任务)")
INVENTORY = re.compile("共有|现有|累计")
GROUPS = re.compile(f"(?:^|[，；])[{HANZI}]{{0,3}}[二两三四五六七八九十]个[{HANZI}]{{2,6}}分别")
RESPECTIVELY = re.compile(f"分别[{HANZI}]{{0,12}}$")
SUMMING_UP = re.compile("以上|上述|这|[二两三四五六七八九各]|检查结束后|全[街镇区市县]|合计|共计")
FLOW_IN = re.compile(
    "入库|购入|购进|新装|新建|新设|新招|招录|登记入|新增|增加|转入|补充|接收|纳入|迁入|调入|追加"
)


@passage_rule("parts-exceed-whole", "分项超过总数", ERROR, ACCURACY, holding="其")
def parts_over_whole(passage: TextPassage) -> Iterator[RuleHit]:
    """120件，其中环境类50件、物业类40件、停车类40件: parts that are together more than the whole."""
    for match in WHOLE.finditer(passage.text) if ROUNDED not in passage.text else ():
        start = match.start("parts")
        counts, end = _counts_of_parts(match["parts"], match["unit"])
        wanted = 2
        if match["unit"] in OVERLAPPING:
            wanted = len(counts) + 1 if QUALITY.search(match["parts"][:end]) else 3
        if len(counts) < wanted or len(STATES.findall(match["parts"])) > 1:
            continue
        if sum(counts) > float(match["whole"]) * 1.000001:
            reason = f"各项相加是{_plain(sum(counts))}，超过总数{match['whole']}{match['unit']}，请核对。"
            yield RuleHit(reason, passage, start, start + end)


def _counts_of_parts(text: str, unit: str) -> tuple[list[float], int]:
    """The counts of the parts with which a text begins, all in one unit, and where they end."""
    counts: list[float] = []
    position = end = 0
    for piece in PIECES.split(text):
        found = PART.fullmatch(piece)
        if found is None or found["unit"] != unit or NO_PART.search(found["label"]):
            break
        counts.append(float(found["count"]))
        position = text.index(piece, position) + len(piece)
        end = position
    return counts, end


def _plain(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".")


@passage_rule("over-hundred", "比率超过100%", WARNING, ACCURACY, holding="%％")
def rates_over_hundred(passage: TextPassage) -> Iterator[RuleHit]:
    """合格率105%: what can be no more than all; a plan may be fulfilled by more."""
    for match in FULL_RATE.finditer(passage.text):
        if float(match["share"] or match["part"]) > 100:
            yield hit_at(passage, match, "这个比率不可能超过100%，请核对。")


def _left_of_all(passage: TextPassage, sentence: re.Match[str], known: set[int]) -> Iterator[RuleHit]:
    """28个问题已全部整改，剩余3个预计11月底前整改: where only one count stands before, it is of all."""
    for match in ALL_OF_THEM.finditer(passage.text, *sentence.span()):
        before = COUNT.findall(passage.text, sentence.start(), match.start())
        left = LEFT.search(passage.text, match.end(), match.end() + REACH // 2)
        if left is None or match.start() in known or len(before) > 1:
            continue
        if not before or before[-1] == left["unit"]:
            reason = f"前面说“{match[0]}”，后面又说“{left[0]}”，请核对。"
            yield hit_at(passage, match, reason)


@passage_rule("all-but-some", "全部完成与尚未完成", WARNING, ACCURACY, holding="全率均悉如")
def all_but_some(passage: TextPassage) -> Iterator[RuleHit]:
    """整改率100%，仍有3处未整改."""
    known = set[int]()
    for sentence in SENTENCE.finditer(passage.text):
        for match in ALL_DONE.finditer(passage.text, *sentence.span()):
            done = match["rate"] or match["all"]
            rest = passage.text[match.end() : min(sentence.end(), match.end() + REACH)]
            left = re.search(
                rf"(?:仍有|还有|尚有|余下?)(\d{{1,9}}[{UNITS}])[{HANZI}]{{0,6}}?(?:尚?未|没有|正在){done}"
                rf"|(?:继续|抓紧|加快){done}(?:剩余|余下|其余)的?(\d{{1,9}}[{UNITS}])",
                rest,
            )
            if left:
                reason = f"前面说“{match[0]}”，后面又说有{left[1] or left[2]}没有{done}，请核对。"
                known.add(match.start())
                yield hit_at(passage, match, reason)
        yield from _left_of_all(passage, sentence, known)
        for match in ALL_ON_PACE.finditer(passage.text, *sentence.span()):
            if BEHIND_PACE.search(passage.text, match.end(), min(sentence.end(), match.end() + REACH)):
                yield hit_at(passage, match, f"前面说“{match[0]}”，后面又说有落后的，请核对。")


@passage_rule("added-total", "合计不符", ERROR, ACCURACY, holding="合共总累全成")
def wrong_sums(passage: TextPassage) -> Iterator[RuleHit]:
    """上半年26次，三季度11次，前三季度共39次; 党员206人，群众314人，总数为510人."""
    yield from _wrong_sums_of_sentences(passage)
    for sentence, counts in sentences_with_counts(passage.text):
        yield from _wrong_third(passage, counts)
        for number, total in enumerate(counts):
            before = [one for one in counts[:number] if one.unit == total.unit]
            # What is planned for the year stands before what its quarters brought.
            parts = before[1:] if before and WHOLE_YEAR.search(before[0].clause) else before
            if (
                len(parts) < 2
                or not TOTAL.search(total.clause)
                or not all(one.is_exact for one in (*parts, total))
            ):
                continue
            added = sum(one.value for one in parts)
            is_closed = any(
                one.agrees_with(sum(other.value for other in parts[at + 1 : end]))
                for at, one in enumerate(parts)
                for end in range(at + 3, len(parts) + 1)
            )
            if total.agrees_with(added) or is_closed or is_sum_of_some(total, counts[:number]):
                continue
            if _fills_period(parts, total) or _are_summed(sentence[0], parts, counts[:number], total, added):
                reason = (
                    f"前面各项相加是{total.in_words(added)}，与{total.written}{total.scale}{total.unit}不符"
                )
                yield hit_between(passage, parts[0], total, reason)


def _wrong_sums_of_sentences(passage: TextPassage) -> Iterator[RuleHit]:
    """东片126家，中片98家，西片84家。……三路共计318家: a total of all that the sentence before lists."""
    for sentence, before, counts in sentence_pairs(passage.text):
        total = counts[0]
        parts = [one for one in before if one.unit == total.unit]
        first = next((one for one in counts if TOTAL.search(one.clause)), None)
        if (
            first is not None
            and first.unit == total.unit
            and _fills_period([*parts, *counts[: counts.index(first)]], first)
        ):
            parts, total = [*parts, *counts[: counts.index(first)]], first
        if (
            len(parts) < 2
            or not TOTAL.search(total.clause)
            or not all(one.is_exact for one in (*parts, total))
        ):
            continue
        added = sum(one.value for one in parts)
        nearly = abs(added - total.value) <= (1 - NEARLY_ALL) * total.value
        is_plain = not COMPARED.search(sentence) and "其中" not in sentence and "累计" not in total.clause
        is_all = is_plain and len(parts) == len(before) > 2 and total.start - parts[-1].end < FAR // 4
        if total.agrees_with(added) or not nearly or any(TOTAL.search(one.clause) for one in parts):
            continue
        fills = _fills_period(parts, total) and months_of(total.clause)
        if (
            fills
            or _follow_each_other(passage.text, parts, total)
            or (is_all and SUMMING_UP.search(sentence))
        ):
            reason = f"前面各项相加是{total.in_words(added)}，与{total.written}{total.scale}{total.unit}不符"
            yield hit_between(passage, total, total, reason)


def _follow_each_other(text: str, parts: Sequence[Count], total: Count) -> bool:
    """Whether the periods named before counts, be it a clause earlier, make up that of their total."""
    start = text.rfind("。", max(0, parts[0].start - 400), parts[0].start) + 1
    begins = (start, *(one.end for one in parts))
    spans = [
        months_of(text[max(begin, one.start - NEAR) : one.start])
        for begin, one in zip(begins, (*parts, total), strict=True)
    ]
    known = [one for one in spans if one]
    joined = len(known) == len(spans) and all(
        first[1] + 1 == second[0] for first, second in pairwise(known[:-1])
    )
    return joined and (known[0][0], known[-2][1]) == known[-1]


def _wrong_third(passage: TextPassage, counts: Sequence[Count]) -> Iterator[RuleHit]:
    """男性137人、女性113人，240名学员全部取得证书: two that are all, and how many all are."""
    for first, second, third in zip(counts, counts[1:], counts[2:], strict=False):
        if len({one.unit for one in (first, second, third)}) != 1 or third.value <= max(
            first.value, second.value
        ):
            continue
        labels = [first.label[-3:], second.label[-3:]]
        is_all = complements_of(labels) and re.search("全部|均|都", passage.text[third.end : third.end + 8])
        added = first.value + second.value
        if is_all and not third.agrees_with(added) and all(one.is_exact for one in (first, second, third)):
            reason = f"前面两项相加是{third.in_words(added)}，与{third.written}{third.scale}{third.unit}不符"
            yield hit_between(passage, first, third, reason)


def _fills_period(parts: list[Count], total: Count) -> bool:
    """Whether the periods of counts follow each other and make up the one of their total."""
    months, whole = [months_of(one.clause) for one in parts], months_of(total.clause)
    if not months or any(one is None for one in months) or len(set(months)) < len(months):
        return False
    if whole is None:
        return True
    spans = sorted(one for one in months if one)
    joined = all(first[1] + 1 == second[0] for first, second in pairwise(spans))
    return joined and (spans[0][0], spans[-1][1]) == whole


def _are_summed(sentence: str, parts: list[Count], before: list[Count], total: Count, added: float) -> bool:
    """Whether a total was meant to be of all the counts before it."""
    among = sentence.find("其中")
    if COMPARED.search(sentence) or (among >= 0 and not parts[0].label.startswith("其中")):
        return False
    # 向3个村分别拨付: who gets it stands before what each gets.
    others = [one for one in before if one not in parts]
    if others and not (RESPECTIVELY.search(parts[0].clause) and others[-1].start < parts[0].start and added):
        return False
    if "分别" in total.clause or (INVENTORY.search(total.clause) and FLOW_IN.search(parts[0].clause)):
        return False
    nearly = abs(added - total.value) <= (1 - NEARLY_ALL) * total.value
    if GROUPS.search(sentence) or RESPECTIVELY.search(parts[0].clause):
        return True
    named = all(one.label and not TOTAL.search(one.clause) for one in parts)
    return nearly and named and not INVENTORY.search(total.clause)
