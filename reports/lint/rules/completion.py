"""All done, more than planned, almost all: what is full of how far something is, held against the figures before it."""

import re
from collections.abc import Iterator
from itertools import pairwise

from reports.lint.counts import NUMBER, SENTENCE, Count, counts_of, sentences_with_counts
from reports.lint.passages import TextPassage
from reports.lint.registration import ACCURACY, DIGITS, WARNING, passage_rule
from reports.lint.subject import HANZI, RuleHit, hit_at

DOING = (
    "整改|办结|办理|答复|办复|完成|改造|化解|处置|解决|回复|销号|拆除|修复|清理|达标|验收|开工|竣工|签订|走访|回访"
    "|安装|报送"
)
ALL_DONE = re.compile(
    rf"(?:所有[{HANZI}]{{0,6}}|问题|各项)?(?:均|全部|都|悉数|件件|做到件件|实现)(?:已经?|得到|按期|按时|如期|顺利|全部)*"
    rf"(?P<done>{DOING}|整改到位|完毕|清零|有着落|到位)"
)
PARTLY = re.compile(rf"已(?:经)?(?:按期|按时)?(?:{DOING})|^(?:{DOING})|实际|其中[{HANZI}]{{0,2}}(?:{DOING})")
REST = re.compile(
    "其余|剩余|余下|剩下|另有|尚有|还有|仍有|已[^，。]{0,6}的|其中|计划|预计|将|力争|争取|确保|要求|之前|年底前|上述|这|验收的"
)
# What stands behind all of a whole that was done.
LEFT_OVER = re.compile(
    rf"，(?:但)?(?:剩余|其余|余下|剩下|未(?:{DOING})的?)的?(?:[{HANZI}]{{0,4}})?(?:正在|将|计划|预计|待|尚)(?!\d)"
)
RATE = re.compile(
    rf"(?P<what>{DOING}|合格|达标|通过|覆盖|参保|签约|满意|回收)(?:率|比例)(?:为|达到?|仅为?|是|约)?(?P<share>{NUMBER})[%％]"
)
ALL_OF_RATE = re.compile(
    rf"^[^。；]{{0,16}}?(?:全部|均已?|实现全|全面)(?:已)?(?P<what>{DOING}|合格|达标|通过|覆盖|参保|签约|满意|回收)"
)
# 占年度计划的86%，超额完成; 完成年度任务的70%，提前完成全年目标.
OF_PLAN = re.compile(
    rf"(?:占|完成了?|达到?)(?:全年|年度|今年|本年)?[^，。；\d]{{0,8}}?(?:计划|任务|目标)(?:任务|总?数|投资)?(?:{NUMBER}[{HANZI}]{{1,2}})?的?(?P<share>{NUMBER})[%％]，[^，。；\d]{{0,4}}?(?P<claim>(?:超额|提前|圆满|全面|如期|全部)完成[^，。；]{{0,8}})"
)
# Words for shares, with the bounds of what they can be full of.
SHARES_IN_WORDS = {
    "绝大多数": (70, 100),
    "绝大部分": (70, 100),
    "大多数": (55, 100),
    "大部分": (55, 100),
    "多数": (50, 100),
    "半数以上": (50, 100),
    "超过半数": (50, 100),
    "过半数": (50, 100),
    "过半": (50, 100),
    "不足半数": (0, 50),
    "不到一半": (0, 50),
    "不足一半": (0, 50),
    "少数": (0, 50),
    "近半数": (40, 50.5),
    "近半": (40, 50.5),
    "接近半数": (40, 50.5),
}
IN_WORDS = "|".join(sorted(SHARES_IN_WORDS, key=len, reverse=True))
SHARE_AND_WORDS = re.compile(
    rf"(?:率|比例|占比|比重|完成)(?:仅为?|为|达到?|约)*(?P<share>{NUMBER})[%％]，(?:即|也就是说|说明|表明)?[^，。；\d]{{0,6}}?(?P<words>{IN_WORDS})"
)
# 近百人，共计118人; 逾500人（实到486人）.
ABOUT_AND_EXACT = re.compile(
    rf"(?P<bound>近|将近|不足|不到|逾|超过|超|约)(?P<about>{NUMBER}|[一两二三四五六七八九]?百)余?(?P<unit>[{HANZI}]{{1,2}}?)[^。；\d]{{0,16}}?(?:（|，)(?:其中)?(?:实到|共计|共|实际|实有|准确数为|合计)[{HANZI}]{{0,4}}?(?P<exact>{NUMBER})(?P=unit)"
)
HUNDREDS = {
    "百": 100,
    **{f"{word}百": 100 * number for number, word in enumerate("一二三四五六七八九", start=1)},
    "两百": 200,
}
NEAREST, FARTHEST = 0.8, 1.5
# 三个社区得分为92分、88分、95分，最低为92分.
EXTREME = re.compile(
    rf"(?P<values>(?<![\d.]){NUMBER}(?P<unit>[%％]|[{HANZI}]{{1,2}}?)(?:[、和，]{NUMBER}(?P=unit)){{2,9}})[^。；\d]{{0,12}}?(?P<way>最高|最低|最多|最少)(?:的?(?:为|是|达到?)|的)?(?P<value>{NUMBER})(?P=unit)"
)
# 今年7月以来的两个月，即7月、8月、9月.
LISTED_MONTHS = re.compile(
    r"(?P<count>[一二两三四五六七八九十]|\d{1,2})个月[，（：](?:即|也就是)?(?P<months>\d{1,2}月(?:份)?(?:[、和]\d{1,2}月(?:份)?){1,11})"
)
NONE_BUT_SOME = re.compile(
    r"(?P<none>(?:无|未发生|没有发生|零发生|未出现)(?:任何)?[^，。；\d]{0,6}?(?P<what>事故|投诉|警情|案件|信访|差错|火灾))[^。；]{0,12}?(?:发生|出现|收到|接报|有)(?P<count>[1-9]\d{0,3})[起件宗次][^，。；]{0,6}(?P=what)"
)
COUNTS = {word: number for number, word in enumerate("一二三四五六七八九十", start=1)} | {"两": 2}


@passage_rule("all-of-fewer", "“全部”与数字矛盾", WARNING, ACCURACY, holding="均全都件悉")
def all_of_fewer(passage: TextPassage) -> Iterator[RuleHit]:
    """查出96处，已整改88处，所有隐患均已整改到位; 整改率92%，全部整改到位."""
    for sentence, counts in sentences_with_counts(passage.text):
        for claim in ALL_DONE.finditer(passage.text, *sentence.span()):
            before = [one for one in counts if one.end <= claim.start()]
            between = passage.text[before[-1].end : claim.start()] if before else ""
            if len(before) < 2 or len(between) > 14 or not re.match("[^，。；]{0,6}，", between):
                continue
            if REST.search(between) or REST.search(claim[0]) or not _is_part(*before[-2:]):
                continue
            whole, part = before[-2:]
            reason = (
                f"{whole.written}{whole.unit}中只有{part.written}{part.unit}，不能说“{claim[0]}”，请核对。"
            )
            yield RuleHit(reason, passage, *claim.span())
    for rate in RATE.finditer(passage.text):
        full = ALL_OF_RATE.match(passage.text[rate.end() : rate.end() + 30])
        if full and float(rate["share"]) < 100 and full["what"] == rate["what"] and not REST.search(full[0]):
            reason = f"{rate['what']}率是{rate['share']}%，不能说“全部{rate['what']}”，请核对。"
            yield RuleHit(reason, passage, rate.start(), rate.end() + full.end())


def _is_part(whole: Count, part: Count) -> bool:
    """Whether two counts are of what is to be done and of what of it is done."""
    return (
        whole.unit == part.unit
        and whole.is_exact
        and part.is_exact
        and part.value < whole.value
        and bool(PARTLY.search(part.clause))
        and not re.search("比|较|同期|增|减", part.clause)
    )


@passage_rule("short-of-plan", "没有完成却写完成", WARNING, ACCURACY, holding="%％")
def short_of_plan(passage: TextPassage) -> Iterator[RuleHit]:
    """占年度计划的86%，超额完成年度计划."""
    for match in OF_PLAN.finditer(passage.text):
        if float(match["share"]) < 100:
            reason = f"只完成{match['share']}%，不能说“{match['claim']}”，请核对。"
            yield RuleHit(reason, passage, match.start("share"), match.end())


@passage_rule("words-of-share", "占比的说法不符", WARNING, ACCURACY, holding="%％")
def wrong_words_of_shares(passage: TextPassage) -> Iterator[RuleHit]:
    """满意率为58%，绝大多数群众表示满意; 完成比例仅为30%，完成过半."""
    for match in SHARE_AND_WORDS.finditer(passage.text):
        least, most = SHARES_IN_WORDS[match["words"]]
        if not least <= float(match["share"]) <= most:
            yield hit_at(passage, match, f"{match['share']}%不是“{match['words']}”，请核对。")


@passage_rule("about-and-exact", "概数与确数不符", WARNING, ACCURACY, holding=DIGITS)
def wrong_approximations(passage: TextPassage) -> Iterator[RuleHit]:
    """近百人，共计118人; 逾500人（实到486人）."""
    for match in ABOUT_AND_EXACT.finditer(passage.text):
        about, exact = HUNDREDS.get(match["about"]) or float(match["about"]), float(match["exact"])
        is_under = match["bound"] in ("近", "将近", "不足", "不到")
        fits = about * NEAREST <= exact <= about if is_under else about <= exact <= about * FARTHEST
        if match["bound"] != "约" and not fits and about * 0.4 < exact < about * 2.5:
            reason = f"{match['exact']}{match['unit']}不是“{match['bound']}{match['about']}{match['unit']}”，请核对。"
            yield hit_at(passage, match, reason)


@passage_rule("extreme-value", "最高、最低与数字不符", WARNING, ACCURACY, holding="最")
def wrong_extremes(passage: TextPassage) -> Iterator[RuleHit]:
    """得分为92分、88分、95分，最低为92分."""
    for match in EXTREME.finditer(passage.text):
        values = [float(one) for one in re.findall(NUMBER, match["values"])]
        right = max(values) if match["way"] in ("最高", "最多") else min(values)
        if float(match["value"]) != right:
            reason = f"前面{match['way']}的是{right:g}{match['unit']}，请核对。"
            yield RuleHit(reason, passage, match.start("way"), match.end())


@passage_rule("listed-months", "月数不符", WARNING, ACCURACY, holding="月")
def wrong_numbers_of_months(passage: TextPassage) -> Iterator[RuleHit]:
    """两个月，即7月、8月、9月."""
    for match in LISTED_MONTHS.finditer(passage.text):
        listed = match["months"].count("月")
        if (COUNTS.get(match["count"]) or int(match["count"])) != listed:
            yield hit_at(passage, match, f"列了{listed}个月，请核对。")


@passage_rule("none-but-some", "“没有”与数字矛盾", WARNING, ACCURACY, holding="无未没零")
def none_but_some(passage: TextPassage) -> Iterator[RuleHit]:
    """无任何安全事故，仅发生2起轻微事故."""
    for match in NONE_BUT_SOME.finditer(passage.text):
        yield hit_at(passage, match, f"前面说“{match['none']}”，后面又有{match['count']}起，请核对。")


@passage_rule("rest-of-all", "余数不符", WARNING, ACCURACY, holding="其剩余")
def rests_of_all(passage: TextPassage) -> Iterator[RuleHit]:
    """15个问题，已整改15个，剩余问题正在整改."""
    for sentence in SENTENCE.finditer(passage.text):
        counts = counts_of(passage.text, *sentence.span())
        for whole, part in pairwise(counts):
            left = LEFT_OVER.match(passage.text, part.end, sentence.end())
            alike = whole.unit == part.unit and whole.value == part.value and len(counts) == 2
            if left and alike and re.search("已|完成|办结", part.clause):
                reason = f"{whole.written}{whole.unit}已经全部算上，没有剩余，请核对。"
                yield RuleHit(reason, passage, whole.start, left.end())
