"""Parts and wholes that cannot be: parts that are more than all, rates over 100%, all done with some left."""

import re
from collections.abc import Iterator

from reports.lint.counts import NUMBER
from reports.lint.passages import TextPassage
from reports.lint.registration import ACCURACY, ERROR, WARNING, passage_rule
from reports.lint.rules.totals import STATES
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
NEAR = 160


@passage_rule("parts-exceed-whole", "分项超过总数", ERROR, ACCURACY, holding="其")
def parts_over_whole(passage: TextPassage) -> Iterator[RuleHit]:
    """120件，其中环境类50件、物业类40件、停车类40件: parts that are together more than the whole."""
    for match in WHOLE.finditer(passage.text):
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
        left = LEFT.search(passage.text, match.end(), match.end() + NEAR // 2)
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
            rest = passage.text[match.end() : min(sentence.end(), match.end() + NEAR)]
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
            if BEHIND_PACE.search(passage.text, match.end(), min(sentence.end(), match.end() + NEAR)):
                yield hit_at(passage, match, f"前面说“{match[0]}”，后面又说有落后的，请核对。")
