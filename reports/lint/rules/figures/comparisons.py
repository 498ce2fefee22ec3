"""What is compared with what: bases, standards, trends and levels in words beside their figures."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from reports.lint.counts import NUMBER, UNIT, sentences_with_counts
from reports.lint.passages import TextPassage
from reports.lint.phrases import phrase_hits
from reports.lint.registration import ACCURACY, DIGITS, WARNING, passage_rule
from reports.lint.rules.figures.claims import ONE_VALUE, SENTENCE, VALUE_UNIT
from reports.lint.rules.figures.proportions import COMPARING_WORDS
from reports.lint.rules.time.times import months_of
from reports.lint.subject import HANZI, RuleHit, hit_at

SAME_PERIOD = r"(?:去年|上年|上一年|前一年)(?:同期|(?:[1-9]|1[01])月份?|第?[一二三]季度|上半年)"
LAST_PERIOD = r"上(?:个?月|一?个?季度|一?期)(?!同期)"
# What stands beside the period, either before or behind it.
COMPARED = re.compile(
    rf"(?P<before>同比|环比)(?:较|比|与)?(?P<then>{SAME_PERIOD}|{LAST_PERIOD})"
    rf"|(?:较|比|与|同)(?P<period>{SAME_PERIOD}|{LAST_PERIOD})(?:的[^，。；]{{1,10}}?)?(?:相比)?，?(?P<behind>同比|环比)"
)
# 三季度336户，二季度为300户，同比增长12.0%.
BESIDE_PERIOD = re.compile(
    rf"(?:(?P<now>[二三四])季度[^。；\d]{{0,16}})?(?<![\d.]){NUMBER}(?P<unit>[万亿]?(?:{UNIT}|[%％元]))，[^，。；（）\d]{{0,8}}?(?P<then>(?P<year>[去上]年同期)|第?(?P<quarter>[一二三])季度|上个?[季月]度?)[^，。；\d同]{{0,8}}?{NUMBER}(?P=unit)，(?:总体)?(?P<word>同比|环比)(?=增|减|上升|下降|提高|降低|回落|多|少)"
)
BOUND = re.compile(
    rf"(?<![\d.])({NUMBER}[万亿%％]?(?:平方米|公里|公斤|[个家户人件次元分天项吨米])?)(以上|以下)"
)
# 90分以上，80分以上不足90分，80分以下: classes of which each says where it ends.
CLASSES = re.compile(r"以[上下](?:、|，|至|且|但)?(?:不足|不满|不到|低于)\d")
# 处5万元以上20万元以下的罚款，……处20万元以上: as statutes grade penalties and accidents.
GRADED_BY_LAW = re.compile(
    r"以上\d[^，。；、]{0,8}以下[^，。；]{0,6}(?:罚款|死亡|重伤|中毒|损失|的?有期徒刑|拘留)"
)
UP = "上升|增长|增加|提高|提升|上涨|攀升|增多|扩大|好转"
DOWN = "下降|减少|降低|回落|下滑|减小|缩短|缩小|收窄"
MOVING = re.compile(f"{UP}|{DOWN}")
# 连续三个月下降, 呈逐季上升趋势.
TREND = re.compile(
    rf"^，?[^，。；\d]{{0,8}}?(?:连续[{HANZI}]{{1,4}}|逐[年季月日周]|持续|稳步|不断|一直|呈[{HANZI}]{{0,6}}?)(?P<verb>{UP}|{DOWN})"
)
# 投诉量逐月下降，7月为156件，8月为148件，9月为163件.
TREND_BEFORE = re.compile(
    rf"(?:逐[年季月周日]|连续[{HANZI}]{{1,4}})(?P<verb>{UP}|{DOWN})(?:[^，。；：\d]{{0,4}})[，：](?:分别为|依次为)?"
)
MOVED = re.compile(
    rf"^[，：]?(?P<what>(?:\d{{1,2}}月|[^，。；\d]){{0,14}}?)(?:(?P<little>略有|略微|小幅|微幅)|有所|明显|大幅|显著|稳步|持续|进一步|呈)的?[{HANZI}]{{0,2}}?(?P<verb>{UP}|{DOWN})"
)
LITTLE_BEFORE = re.compile(rf"(?P<little>略有|略微|小幅|微幅)(?:{UP}|{DOWN})，(?:由|从)$")
COMPARING = re.compile("[比较]|总体|整体|呈")
DIFFERENCE = re.compile(
    rf"^，(?:环比|比[^，。；\d]{{0,6}}|较[^，。；\d]{{0,6}}|[^，。；\d]{{0,6}}(?:季度|月|半年|年)[内间来])(?:净)?(?P<verb>{UP}|{DOWN})了?(?P<change>{NUMBER})(?P<unit>[万亿]?{VALUE_UNIT})"
)
LITTLE = 0.5
CHANGED = re.compile(
    r"(?:变|升|降|增|减|提高|提升|上升|下降|回落|减少|增加|增长|调整)?[为到至成][^，。；\d]{0,2}(?:\d{1,2}月[^，。；\d]{0,3}|[^，。；\d]{0,12})的?$"
)
FROM = re.compile(r"[由从](?:\d{1,2}月|[^，。；\d]){0,14}$")
# 90.8分，高于全区92.4分的平均水平.
BESIDE = re.compile(
    rf"(?P<first>(?<![\d.]){NUMBER})(?P<unit>[万亿]?{VALUE_UNIT})，[^，。；\d]{{0,6}}?(?P<way>高于|超过|多于|快于|优于|低于|少于|不及|未达到?)(?P<what>[^，。；\d]{{0,10}})(?P<last>{NUMBER})(?P=unit)(?P<behind>[^，。；]{{0,8}})"
)
STANDARD = re.compile(
    "全[区市省国县镇街]|平均|应|目标|计划|任务|去年|上年|同期|上季|上月|上半年|标准|水平|人数|[一二三]季度"
)
LEVEL = re.compile(
    r"^[^，。；\d]{0,6}?，?(?:同比|环比|总体|两者|相比)?(?P<about>基本|大体|大致)?(?:持平|相当|相同|一致|不变)"
)
THEN = re.compile("去年|上年|同期|上季|上月|上半年|上期|一季度|二季度|三季度|年初|[比与较同]")
MORE = "增长|增加|上升|提高|提升|增多|扩大|攀升|上涨"
LESS = "下降|减少|降低|回落|减小|下滑|压减|缩短|缩小"
MOVED_IN_WORDS = re.compile(
    rf"^[^，。；\d]{{0,4}}?(?:相比)?，?[^，。；\d]{{0,4}}?(?:同比|环比|总体)?(?:均|都)?(?:(?:略有|有所|明显|大幅|显著|小幅|稳步|持续|进一步|略微)的?|(?<=[同环]比))(?P<verb>{MORE}|{LESS})(?!了?\d)"
)
LEVEL_TOLERANCE = 0.05
# 截至9月底，……完成全年任务的68.4%，快于序时进度6.6个百分点.
AGAINST_PACE = re.compile(
    rf"截[至止](?P<month>\d{{1,2}})月(?:底|末|3[01]日)[^。；\d%％]{{0,30}}?(?P<now>{NUMBER})[%％]，(?:已)?(?P<way>快于|慢于|超过?|超出|领先于?|落后于?|滞后于?|高于|低于)序时进度(?P<by>{NUMBER})个?百分点"
)
# 由年初的6个增加了9个，净增3个.
INCREASED = re.compile(
    rf"[由从][^，。；\d]{{0,8}}(?P<then>{NUMBER})(?P<unit>{UNIT})(?P<wrong>(?:增加|提高|上升|减少|下降|压减|降低|增长|扩大|缩减)了)(?P<now>{NUMBER})(?P=unit)[，（](?:净增|净减|增加|减少|净增加)了?(?P<by>{NUMBER})"
)
BELOW = re.compile("慢|落后|滞后|低")
NEAR_GAP = 0.15


@passage_rule("basis", "同比、环比", WARNING, ACCURACY, holding="比较同")
def wrong_bases(passage: TextPassage) -> Iterator[RuleHit]:
    """环比去年同期, and 较去年同期同比, which says it twice."""
    compared = list(COMPARED.finditer(passage.text))
    for hit in phrase_hits("basis", passage):
        if not any(one.start() < hit.end and hit.start < one.end() for one in compared):
            yield hit
    for match in compared:
        word, period = match["before"] or match["behind"], match["then"] or match["period"]
        right = "同比" if "年" in period else "环比"
        if word != right:
            yield hit_at(passage, match, "“同比”是与上年同期比，“环比”是与上一期比，这里用错，请改正。")
        elif match["behind"] and not re.search("年(?!同期)", period):
            reason = f"“{word}”就是与{period}相比，两处重复，请删去一处。"
            yield RuleHit(reason, passage, match.start("behind"), match.end("behind"), "")
    for match in BESIDE_PERIOD.finditer(passage.text):
        right, quarters = "同比" if match["year"] else "环比", [match["quarter"], match["now"]]
        follows = not match["quarter"] or "".join(filter(None, quarters)) in ("一二", "二三", "三四")
        if match["word"] != right and follows:
            yield RuleHit(
                f"前面是与{match['then']}相比，用“{right}”，请改正。", passage, *match.span("word"), right
            )


@passage_rule("overlapping-bound", "“以上”与“以下”", WARNING, "《民法典》第一千二百五十九条", holding="以")
def overlapping_bounds(passage: TextPassage) -> Iterator[RuleHit]:
    """80%以上 and 80%以下: both include 80%."""
    stated: dict[str, str] = {}
    if CLASSES.search(passage.text) or GRADED_BY_LAW.search(passage.text):
        return
    for match in BOUND.finditer(passage.text):
        if stated.setdefault(match[1], match[2]) != match[2]:
            reason = f"“以上”“以下”都包括{match[1]}，请把一处改为“超过”或者“不满”。"
            yield hit_at(passage, match, reason)


@passage_rule("trend", "走势的说法不符", WARNING, ACCURACY, holding=DIGITS)
def wrong_trends(passage: TextPassage) -> Iterator[RuleHit]:
    """分别为41起、36起、39起，连续三个月下降; 由82%变为85%，略有下降."""
    for sentence in SENTENCE.finditer(passage.text):
        values = list(ONE_VALUE.finditer(sentence[0])) if MOVING.search(sentence[0]) else []
        values = [one for one in values if not re.match("[年月日季]", one["unit"])]
        yield from _trends_before(passage, sentence, values)
        for number, (first, last) in enumerate(pairwise(values)):
            behind = sentence[0][last.end() : last.end() + 40]
            run = _run_before(sentence[0], values[: number + 2])
            trend = TREND.match(behind)
            if trend and len(run) > 2 and not _goes(run, bool(re.fullmatch(UP, trend["verb"]))):
                start, end = sentence.start() + last.start(), sentence.start() + last.end() + trend.end()
                yield RuleHit("前面的数不是一直这样变化的，请核对。", passage, start, end)
                continue
            moved = _moved(sentence[0][: first.start()], behind)
            pair = _in_order(sentence[0], values, number)
            if pair is None or first["unit"] != last["unit"]:
                continue
            then, now = pair
            reason, length = _wrong_differences(sentence[0], last, pair)
            if reason:
                start = sentence.start() + first.start()
                yield RuleHit(reason, passage, start, sentence.start() + last.end() + length)
                continue
            little = LITTLE_BEFORE.search(sentence[0][: first.start()])
            is_much = bool(then) and abs(now - then) > LITTLE * abs(then)
            start, end = sentence.start() + first.start(), sentence.start() + last.end()
            if moved and now != then and (now > then) != bool(re.fullmatch(UP, moved["verb"])):
                reason = f"由{then:g}到{now:g}不是{moved['verb']}，请核对。"
                yield RuleHit(reason, passage, start, end + moved.end())
            elif is_much and ((moved and moved["little"]) or little):
                start = little.start() + sentence.start() if little else start
                reason = f"由{then:g}到{now:g}变化很大，不是“略有”，请核对。"
                yield RuleHit(reason, passage, start, end + (moved.end() if moved else 0))


def _moved(before: str, behind: str) -> re.Match[str] | None:
    """What is said behind two values of how they moved, if it is of the same thing: 教育质量进一步提升 is not."""
    moved = MOVED.match(behind)
    is_same = moved and (not moved["what"] or COMPARING.search(moved["what"]) or moved["what"][:2] in before)
    return moved if is_same else None


def _wrong_differences(text: str, last: re.Match[str], pair: tuple[float, float]) -> tuple[str, int]:
    """What is wrong with a difference behind two values, and where it ends: 78天，第三季度为84天，环比减少6天."""
    change = DIFFERENCE.match(text[last.end() : last.end() + 30])
    if change is None or change["unit"] != last["unit"] or "%" in last["unit"]:
        return "", 0
    moved = round(pair[1] - pair[0], 6)
    stated = float(change["change"]) * (1 if re.fullmatch(UP, change["verb"]) else -1)
    if stated == moved or not moved:
        return "", 0  # what has not moved, see change
    verb = "增加" if moved > 0 else "减少"
    return f"由{pair[0]:g}到{pair[1]:g}是{verb}{abs(moved):g}{last['unit']}，请核对。", change.end()


def _run_before(text: str, values: Sequence[re.Match[str]]) -> list[float]:
    """The last values of one unit that stand near each other."""
    run: list[float] = []
    for one, following in zip(reversed(values), [None, *reversed(values)], strict=False):
        if following and (one["unit"] != following["unit"] or following.start() - one.end() > 12):
            break
        run.insert(0, float(one["number"]))
    return run


def _trends_before(
    passage: TextPassage, sentence: re.Match[str], values: Sequence[re.Match[str]]
) -> Iterator[RuleHit]:
    """逐月下降，7月为156件，8月为148件，9月为163件."""
    for trend in TREND_BEFORE.finditer(sentence[0]):
        run, end = list[float](), trend.end()
        behind = [one for one in values if one.start() >= end]
        for one in behind:
            if one["unit"] != behind[0]["unit"] or one.start() - end > 12:
                break
            run.append(float(one["number"]))
            end = one.end()
        if len(run) > 2 and not _goes(run, bool(re.fullmatch(UP, trend["verb"]))):
            start, end = sentence.start() + trend.start(), sentence.start() + end
            yield RuleHit("后面的数不是一直这样变化的，请核对。", passage, start, end)


def _goes(run: Sequence[float], up: bool) -> bool:
    return all((second > first) if up else (second < first) for first, second in pairwise(run))


def _in_order(text: str, values: Sequence[re.Match[str]], number: int) -> tuple[float, float] | None:
    """Two values as what was then and what is now, where the words beside them say which."""
    first, last = values[number], values[number + 1]
    between = text[first.end() : last.start()]
    before = text[values[number - 1].end() if number else 0 : first.start()]
    pair = float(first["number"]), float(last["number"])
    if FROM.search(before) and CHANGED.search(between):
        return pair
    earlier, later = months_of(before[-40:]), months_of(between)
    if earlier and later and earlier != later and earlier[1] != later[1] and "同期" not in between:
        return pair if earlier[1] < later[1] else (pair[1], pair[0])
    return None


@passage_rule("beside-standard", "高于、低于的说法不符", WARNING, ACCURACY, holding=DIGITS)
def wrong_sides_of_standards(passage: TextPassage) -> Iterator[RuleHit]:
    """90.8分，高于全区92.4分的平均水平."""
    for match in BESIDE.finditer(passage.text):
        first, last = float(match["first"]), float(match["last"])
        above = match["way"] in ("高于", "超过", "多于", "快于", "优于")
        # 达到目标8项，未达到目标2项: two groups.
        beside = match["behind"] if match["way"].startswith("未达") else match["what"] + match["behind"]
        if STANDARD.search(beside) and first != last and (first > last) != above:
            reason = (
                f"{match['first']}{match['unit']}并不{match['way']}{match['last']}{match['unit']}，请核对。"
            )
            yield RuleHit(reason, passage, match.start(), match.end("last") + len(match["unit"]))


@passage_rule("comparison-in-words", "增减的说法不符", WARNING, ACCURACY, holding=DIGITS)
def wrong_comparisons_in_words(passage: TextPassage) -> Iterator[RuleHit]:
    """受理143件，比上季度的121件有所下降; 26起，与去年同期的31起持平."""
    for _, counts in sentences_with_counts(passage.text):
        for now, then in pairwise(counts):
            if now.unit != then.unit or not THEN.search(then.label) or COMPARING_WORDS.search(now.label):
                continue
            behind = passage.text[then.end : then.end + 30]
            level, moved = LEVEL.match(behind), MOVED_IN_WORDS.match(behind)
            if level and abs(now.value - then.value) > (
                LEVEL_TOLERANCE * then.value if level["about"] else 0
            ):
                reason = f"{then.written}{then.unit}与{now.written}{now.unit}并不相同，请核对。"
                yield RuleHit(reason, passage, now.start, then.end + level.end())
            elif moved and (now.value > then.value) != bool(re.fullmatch(MORE, moved["verb"])):
                reason = f"由{then.written}{then.unit}到{now.written}{now.unit}不是{moved['verb']}，请核对。"
                yield RuleHit(reason, passage, now.start, then.end + moved.end())


@passage_rule("pace-and-growth", "快慢、增减不符", WARNING, ACCURACY, holding="时净增减")
def wrong_paces(passage: TextPassage) -> Iterator[RuleHit]:
    """9月底完成68.4%，快于序时进度6.6个百分点; 由6个增加了9个，净增3个."""
    for match in AGAINST_PACE.finditer(passage.text):
        gap = float(match["now"]) - 100 * int(match["month"]) / 12
        is_the_gap = abs(abs(gap) - float(match["by"])) < NEAR_GAP
        if is_the_gap and (gap < 0) != bool(BELOW.search(match["way"])):
            way = "慢" if gap < 0 else "快"
            reason = f"{match['month']}月底的序时进度是{100 * int(match['month']) / 12:.4g}%，应是{way}于，请核对。"
            yield RuleHit(reason, passage, match.start("way"), match.end())
    for match in INCREASED.finditer(passage.text):
        then, now, by = (float(match[name]) for name in ("then", "now", "by"))
        if abs(now - then) == by:
            reason = f"由{match['then']}到{match['now']}应写“{match['wrong'][:-1]}到”，请核对。"
            yield RuleHit(reason, passage, match.start("wrong"), match.end("now"))
