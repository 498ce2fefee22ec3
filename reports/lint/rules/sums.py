"""Parts and wholes of any kind: parts that are more than all, totals that do not add up, rates that do not divide."""

import re
from collections.abc import Iterator

from reports.lint.passages import TextPassage
from reports.lint.registration import ACCURACY, ERROR, WARNING, passage_rule
from reports.lint.rules.figures import NUMBER, rounds_to
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
TOTAL = re.compile(
    rf"(?P<parts>(?<![\d.])(?:{NUMBER}[万亿]?[{UNITS}](?:、|和|及|以及)[{HANZI}]{{0,8}}?){{1,9}}{NUMBER}[万亿]?[{UNITS}])，"
    rf"(?:共|合计|总计|共计|累计|总共)(?:为|是|完成|实现|发放|投入|办结|受理|改造|新增|达到?)?(?P<all>{NUMBER})(?P<unit>[万亿]?[{UNITS}])"
)
COUNT = re.compile(rf"(?<![\d.])({NUMBER})([万亿]?[{UNITS}])")
AMONG = re.compile(
    rf"(?<![\d.])(?P<whole>\d{{1,9}})(?P<unit>[{UNITS}])(?P<thing>[{HANZI}]{{0,8}}?)中(?![心学国小型层介央共期秋年午旬])，?"
    rf"(?:已经?|只|仅|目前|现)?(?:有|其中)?(?P<part>\d{{1,9}})(?P=unit)"
)
ATTENDED = re.compile(
    rf"应(?:到|参会|参加|检|查|报)[{HANZI}]{{0,4}}?(?P<whole>\d{{1,9}})(?P<unit>[{UNITS}])，"
    rf"(?:实际?|已)(?:到|参会|参加|检查?|查|报)[{HANZI}]{{0,4}}?(?P<part>\d{{1,9}})(?P=unit)"
)
# 抽查30处，合格32处; 35家单位参加检查，其中38家优秀.
CHECKED = re.compile(
    rf"(?:抽查|检查|抽检|排查|测评|考核|验收)了?(?P<whole>\d{{1,9}})(?P<unit>[{UNITS}])[{HANZI}]{{0,6}}，"
    rf"(?:其中)?(?:不合格|合格|达标|优秀|通过|已?整改)的?(?P<part>\d{{1,9}})(?P=unit)"
)
FOUND = re.compile(
    rf"(?:发现|排查出?|查出|受理|收到|接到|梳理出?)[{HANZI}]{{0,8}}?(?P<whole>(?<![\d.])\d{{1,9}})(?P<unit>[{UNITS}])[{HANZI}]{{0,6}}，"
    rf"(?:已|目前已)(?:全部)?(?:整改|办结|处置|解决|答复|消除|化解)[{HANZI}]{{0,6}}?(?P<part>\d{{1,9}})(?P=unit)"
)
OF_THESE = re.compile(
    rf"(?<![\d.])(?P<whole>\d{{1,9}})(?P<unit>[{UNITS}])[{HANZI}]{{0,14}}，其中有?(?P<label>[{HANZI}]{{0,12}}?)(?P<part>\d{{1,9}})(?P=unit)(?!次)"
)
DONE = (
    "完成|办结|整改|检查|改造|签约|开工|竣工|验收|销号|处置|化解|解决|修复|覆盖|报送|走访|回收|签订|安装|入户"
)
# A rate of any name counts what its characters name: 实到135人，到会率.
RATE = re.compile(
    rf"(?<![按时期及度])(?P<name>{DONE})率(?:为|达到?|达|约)?(?P<share>{NUMBER})[%％]"
    rf"|(?<=，)(?P<other>(?!增长|下降|上升|提高|同比|环比)[{HANZI}]{{2}})率(?:为|达到?)?(?P<rate>{NUMBER})[%％]"
    rf"|(?<=，)(?:约)?占(?:比)?(?:为|达)?(?:(?:全年|年度|全部|总)?(?:计划|任务|目标|总数|总投资|总量|总额)的?)?(?P<part>{NUMBER})[%％]"
)
DIVIDED = re.compile(rf"(?<![\d.])({NUMBER})([万亿]?[{UNITS}]次?)")
FULL_RATE = re.compile(
    rf"(?:合格|满意|出勤|覆盖|入户|知晓|整改|办结|参与|入住|签约|普及|达标|通过|正确|出租)(?:率|度)(?:已?达到?|为|是|升至|约为)?(?P<share>{NUMBER})[%％]"
    rf"|占比?(?:为|达到?)?(?P<part>{NUMBER})[%％]"
)
PLANNED_COUNT = re.compile("计划|应|需|目标|任务")
ALL_ON_PACE = re.compile(r"(?:全部|均已?)(?:达到|完成)(?:或者?超过)?序时进度")
BEHIND_PACE = re.compile(rf"(?<![\d.])[1-9]\d{{0,8}}[{UNITS}][{HANZI}]{{0,6}}?(?:落后|滞后|未达到|低于)")
ALL_DONE = re.compile(
    rf"(?:(?P<rate>{DONE})率(?:为|达到?|达)?100[%％]|(?:已|均已|已经)?(?:全部|全面)(?P<all>{DONE}))"
)
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


@passage_rule("added-total", "合计不符", ERROR, ACCURACY, holding="共合总累")
def wrong_added_totals(passage: TextPassage) -> Iterator[RuleHit]:
    """12项、9项和6项，共28项."""
    for match in TOTAL.finditer(passage.text):
        counts = COUNT.findall(match["parts"])
        added = sum(float(count) for count, _ in counts)
        same = all(unit == match["unit"] for _, unit in counts)
        if same and abs(added - float(match["all"])) > 1e-6:
            yield hit_at(
                passage,
                match,
                f"各项相加是{_plain(added)}，与合计{match['all']}{match['unit']}不符，请核对。",
            )


@passage_rule("more-than-all", "部分多于全部", ERROR, ACCURACY, holding="中应查检测核验发排受收接梳")
def more_than_all(passage: TextPassage) -> Iterator[RuleHit]:
    """12个居民区中，已有13个; 应到50人，实到52人; 35家单位参加，其中38家."""
    for pattern in (AMONG, ATTENDED, CHECKED, OF_THESE, FOUND):
        for match in pattern.finditer(passage.text):
            label = match.groupdict().get("label") or ""
            if int(match["part"]) > int(match["whole"]) and not NO_PART.search(label):
                unit = match["unit"]
                reason = f"总数是{match['whole']}{unit}，其中不可能有{match['part']}{unit}，请核对。"
                yield hit_at(passage, match, reason)


@passage_rule("rate", "比率不符", WARNING, ACCURACY, holding="率占")
def wrong_rates(passage: TextPassage) -> Iterator[RuleHit]:
    """改造小区40个，已完成30个，完成率80%: a rate that does not come out of the only two counts before it."""
    for sentence in SENTENCE.finditer(passage.text):
        for match in RATE.finditer(passage.text, *sentence.span()):
            before = passage.text[max(sentence.start(), match.start() - NEAR) : match.start()]
            counts = DIVIDED.findall(before)
            if len(counts) != 2 or counts[0][1] != counts[1][1] or "%" in before or "中，" in before:
                continue
            whole, part = float(counts[0][0]), float(counts[1][0])
            if match["name"] and not _is_rate_of(match["name"], before.replace("率", "")):
                continue
            if match["other"] and set(match["other"]).isdisjoint(before):
                continue
            share = match["share"] or match["rate"] or match["part"]
            if 0 < part <= whole and not rounds_to(100 * part / whole, share):
                right = f"{100 * part / whole:.1f}".removesuffix(".0")
                unit = counts[0][1]
                reason = f"{counts[0][0]}{unit}中的{counts[1][0]}{unit}应为{right}%，请核对。"
                yield hit_at(passage, match, reason)


def _is_rate_of(name: str, before: str) -> bool:
    """Whether what stands before a rate counts what it is of: 收回 for 回收率, 计划……已…… for 完成率."""
    if set(name) <= set(before):
        return True
    return name == "完成" and "已" in before and PLANNED_COUNT.search(before) is not None


@passage_rule("over-hundred", "比率超过100%", WARNING, ACCURACY, holding="%％")
def rates_over_hundred(passage: TextPassage) -> Iterator[RuleHit]:
    """合格率105%: what can be no more than all; a plan may be fulfilled by more."""
    for match in FULL_RATE.finditer(passage.text):
        if float(match["share"] or match["part"]) > 100:
            yield hit_at(passage, match, "这个比率不可能超过100%，请核对。")


@passage_rule("all-but-some", "全部完成与尚未完成", WARNING, ACCURACY, holding="全率均")
def all_but_some(passage: TextPassage) -> Iterator[RuleHit]:
    """整改率100%，仍有3处未整改."""
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
                yield hit_at(passage, match, reason)
        for match in ALL_ON_PACE.finditer(passage.text, *sentence.span()):
            if BEHIND_PACE.search(passage.text, match.end(), min(sentence.end(), match.end() + NEAR)):
                yield hit_at(passage, match, f"前面说“{match[0]}”，后面又说有落后的，请核对。")
