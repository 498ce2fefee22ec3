"""What a sentence says in words of the figures that it lists: which is the most, that all are over a bound, which way
they go, that none is left (条例第二十条（四）).
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from reports.lint.counts import NUMBER
from reports.lint.passages import TextPassage
from reports.lint.registration import ACCURACY, DIGITS, WARNING, passage_rule
from reports.lint.rules.times import months_of
from reports.lint.subject import HANZI, RuleHit
from reports.numbering import chinese_number

UNIT = rf"(?:[%％]|平方米|公里|人次|件次|[{HANZI}])"
VALUE = rf"(?<![\d.])(?P<number>-?{NUMBER})(?P<unit>[万亿]?{UNIT})"
SENTENCE = re.compile(r"[^。！？\n]{1,400}")
# 河口镇91%、柳林镇95%: a name with its value; and 分别为6.1%、7.4%, with the names before.
NAMED_VALUE = re.compile(
    rf"(?P<name>[{HANZI}A-Za-z]{{2,10}}?)(?:为|是|达到?|有|得|占比?|完成|增长)?{VALUE}(?=[、，；和。]|$)"
)
LISTED = re.compile(
    rf"(?P<names>(?:(?!和)[{HANZI}]){{2,8}}(?:[、和](?:(?!和)[{HANZI}]){{2,8}}){{1,9}})(?=[^。；\d]{{0,40}}?(?:分别|依次))"
)
COUNT_BEHIND = re.compile(rf"[二两三四五六七八九十]个?[{HANZI}]{{1,6}}$")
VALUES = re.compile(
    rf"(?<![\d.])(?P<values>{NUMBER}[万亿]?(?P<unit>{UNIT})(?:[、和]{NUMBER}[万亿]?(?P=unit)){{1,9}})"
)
NUMBERS = re.compile(NUMBER)
TOP, BOTTOM = "高快多大好优", "低慢少小差"
MOST = re.compile(
    rf"(?P<before>[{HANZI}]{{0,14}}?)最(?P<word>[{TOP}{BOTTOM}])(?P<behind>的?(?:是|为)?[{HANZI}]{{0,10}})"
    rf"|(?P<leads>[{HANZI}]{{2,12}}?)(?:位列|位居|居|排名?|列)(?:全[区街镇市县])?(?P<rank>第一|首位?|榜首|末位?|最后)"
    rf"|以(?P<main>[{HANZI}]{{2,8}}?)(?:为主|居多)"
)
MOST_WORD = re.compile(rf"最[{TOP}{BOTTOM}]|为主|居多|[列居排][全第首榜末最名]")
NO_NAME = re.compile("净[增减]|新增|注销|合计|其中$")
# Of these the quickest takes the least.
LENGTHS = re.compile("[天日时钟年月]")
FALLING = re.compile("下降|降低|减少|压减|回落|降幅|负")
# How far behind its figures a claim may stand.
REACH = 70
ALL_OVER = re.compile(
    rf"(?:均|都|全部)(?:已|在)?(?P<bound>超过|超|达到?|在|高于|不低于|不少于|低于|不足|不到|少于|不高于|未达到?)?"
    rf"(?:(?P<number>(?<![\d.]){NUMBER})(?P<unit>{UNIT})|(?P<tenths>[一二三四五六七八九])成)(?P<side>以上|以下)?"
)
ADJACENT = re.compile(rf"^[，：]?[{HANZI}]{{0,10}}$|^，?(?:依次|分别)(?:为|是)$")
TENTHS = {chinese_number(number): 10.0 * number for number in range(1, 10)}
BELOW = ("低于", "不足", "不到", "少于", "不高于", "未达", "未达到")
UP = "上升|增长|增加|提高|提升|上涨|攀升|增多|扩大|好转"
DOWN = "下降|减少|降低|回落|下滑|减小|缩短|缩小|收窄"
ONE_VALUE, MOVING = re.compile(VALUE), re.compile(f"{UP}|{DOWN}")
# 连续三个月下降, 呈逐季上升趋势.
TREND = re.compile(
    rf"^，?[^，。；\d]{{0,8}}?(?:连续[{HANZI}]{{1,4}}|逐[年季月日周]|持续|稳步|不断|一直|呈[{HANZI}]{{0,6}}?)(?P<verb>{UP}|{DOWN})"
)
MOVED = re.compile(
    rf"^[，：]?(?P<what>(?:\d{{1,2}}月|[^，。；\d]){{0,14}}?)(?:(?P<little>略有|略微|小幅|微幅)|有所|明显|大幅|显著|稳步|持续|进一步|呈)的?[{HANZI}]{{0,2}}?(?P<verb>{UP}|{DOWN})"
)
LITTLE_BEFORE = re.compile(rf"(?P<little>略有|略微|小幅|微幅)(?:{UP}|{DOWN})，(?:由|从)$")
COMPARING = re.compile("[比较]|总体|整体|呈")
DIFFERENCE = re.compile(
    rf"^，(?:环比|比[^，。；\d]{{0,6}}|较[^，。；\d]{{0,6}})(?:净)?(?P<verb>{UP}|{DOWN})了?(?P<change>{NUMBER})(?P<unit>[万亿]?{UNIT})"
)
LITTLE = 0.5
CHANGED = re.compile(
    r"(?:变|升|降|增|减|提高|提升|上升|下降|回落|减少|增加|增长|调整)?[为到至成][^，。；\d]{0,2}(?:\d{1,2}月[^，。；\d]{0,3}|[^，。；\d]{0,12})的?$"
)
FROM = re.compile(r"[由从](?:\d{1,2}月|[^，。；\d]){0,14}$")
SIGN = re.compile(
    rf"[由从][^，。；\d-]{{0,14}}(?P<first>-?{NUMBER})[%％][^，。；\d-]{{0,8}}?(?P<last>-?{NUMBER})[%％]，[^，。；\d]{{0,6}}?由(?P<before>[正负])转(?P<behind>[正负])"
)
# 90.8分，高于全区92.4分的平均水平.
BESIDE = re.compile(
    rf"(?P<first>(?<![\d.]){NUMBER})(?P<unit>[万亿]?{UNIT})，[^，。；\d]{{0,6}}?(?P<way>高于|超过|多于|快于|优于|低于|少于|不及|未达到?)(?P<what>[^，。；\d]{{0,10}})(?P<last>{NUMBER})(?P=unit)(?P<behind>[^，。；]{{0,8}})"
)
STANDARD = re.compile(
    "全[区市省国县镇街]|平均|应|目标|计划|任务|去年|上年|同期|上季|上月|上半年|标准|水平|人数|[一二三]季度"
)
# 全部通过……2个未予通过; 无一逾期……逾期的3件.
STATE = (
    "通过|完成|合格|达标|整改|办结|签约|到位|建成|开工|竣工|验收|逾期|超期|超时|违规|失约|回访|覆盖|参加|到会"
)
ALL_OR_NONE = re.compile(
    rf"(?:(?P<all>(?:全部|全都|均已?|悉数)(?:顺利|按期|按时|一次性)?)|(?P<none>无一|零|未出现|没有发生))(?P<state>{STATE})"
)
STILL = re.compile("仍有|还有|尚有|剩余|另有|其余")
NOT_SO = re.compile(
    rf"(?P<count>[1-9]\d{{0,5}})[个件家户处项人名栋条][^。；，\d]{{0,8}}(?:，?因[^，。；\d]{{2,10}})?(?:未|没有|尚未|不)(?:予|能|按期|按时|曾)?(?P<state>{STATE})"
    rf"|(?P<of>逾期|超期|超时|违规|失约|未(?P<not>{STATE}))的(?P<number>[1-9]\d{{0,5}})[个件家户处项人名栋条]"
)


def _named_values(text: str) -> tuple[list[tuple[str, float, str]], int]:
    """The names with their values that a sentence lists, in one unit, and where the list ends."""
    found: list[tuple[str, float, str]] = []
    end = 0
    for match in NAMED_VALUE.finditer(text):
        if found and (match["unit"] != found[0][2] or match.start() - end > 1):
            if len(found) > 1:
                break
            found = []
        found.append((match["name"], float(match["number"]), match["unit"]))
        end = match.end()
    if len(found) > 1:
        return found, end
    names, values = LISTED.search(text), VALUES.search(text)
    if names and values and names.end() <= values.start():
        listed = re.split("[、和]", COUNT_BEHIND.sub("", names["names"]))
        numbers = [float(one) for one in NUMBERS.findall(values["values"])]
        if len(listed) == len(numbers):
            units = [values["unit"]] * len(listed)
            return list(zip(listed, numbers, units, strict=True)), values.end()
    return [], 0


@passage_rule("most-of-all", "最高、最低与数字不符", WARNING, ACCURACY, holding="最主居列排")
def wrong_superlatives(passage: TextPassage) -> Iterator[RuleHit]:
    """河口镇91%、柳林镇95%，河口镇进度最快."""
    for sentence in SENTENCE.finditer(passage.text) if MOST_WORD.search(passage.text) else ():
        near = min(sentence.end() + REACH, len(passage.text))
        if (
            not MOST_WORD.search(passage.text, sentence.start(), near)
            or len(NUMBERS.findall(sentence[0])) < 2
        ):
            continue
        listed, end = _named_values(sentence[0])
        if len({name for name, _, _ in listed if not NO_NAME.search(name)}) < 2 or FALLING.search(
            sentence[0]
        ):
            continue
        start = sentence.start() + end
        for match in MOST.finditer(passage.text, start, min(start + REACH, len(passage.text))):
            named = _named(listed, match)
            if named is None:
                continue
            values = [value for _, value, _ in listed]
            upward = (match["word"] or TOP[0]) in TOP and not re.match("末|最后", match["rank"] or "")
            if match["word"] and match["word"] in "快慢" and LENGTHS.search(listed[0][2]):
                upward = not upward
            right = max(values) if upward else min(values)
            if named[1] != right:
                best = next(name for name, value, _ in listed if value == right)
                reason = f"按前面的数应是{best}（{right:g}{named[2]}），不是{named[0]}，请核对。"
                yield RuleHit(reason, passage, match.start(), match.end())


def _named(listed: Sequence[tuple[str, float, str]], claim: re.Match[str]) -> tuple[str, float, str] | None:
    """The one of some names that a claim is about."""
    words = claim["main"] or claim["leads"] or (claim["before"] or "") + (claim["behind"] or "")
    found = [one for one in listed if _short(one[0]) in words]
    return found[0] if len(found) == 1 else None


def _short(name: str) -> str:
    """A name without what leads up to it: 分别为河口镇."""
    return re.sub(r"^.*(?:分别|其中|依次)(?:为|是)?", "", name)


@passage_rule("all-over-bound", "“均超过”与数字不符", WARNING, ACCURACY, holding="均都全")
def wrong_bounds_of_all(passage: TextPassage) -> Iterator[RuleHit]:
    """均超过95%，依次为96.3%、94.6%; 70%、65%、58%，均超过六成."""
    for sentence in SENTENCE.finditer(passage.text):
        for claim in ALL_OVER.finditer(passage.text, *sentence.span()):
            bound = TENTHS[claim["tenths"]] if claim["tenths"] else float(claim["number"])
            unit = "%" if claim["tenths"] else claim["unit"]
            for values in VALUES.finditer(passage.text, *sentence.span()):
                gap = (
                    passage.text[values.end() : claim.start()]
                    if values.end() <= claim.start()
                    else passage.text[claim.end() : values.start()]
                )
                if values["unit"] != unit or not ADJACENT.match(gap):
                    continue
                numbers = [float(one) for one in NUMBERS.findall(values["values"])]
                below = claim["bound"] in BELOW or claim["side"] == "以下"
                wrong = next((one for one in numbers if (one > bound if below else one < bound)), None)
                if wrong is not None:
                    reason = f"其中有{wrong:g}{unit}，不能说“{claim[0]}”，请核对。"
                    start, end = min(values.start(), claim.start()), max(values.end(), claim.end())
                    yield RuleHit(reason, passage, start, end)


@passage_rule("trend", "走势的说法不符", WARNING, ACCURACY, holding=DIGITS)
def wrong_trends(passage: TextPassage) -> Iterator[RuleHit]:
    """分别为41起、36起、39起，连续三个月下降; 由82%变为85%，略有下降."""
    for sentence in SENTENCE.finditer(passage.text):
        values = list(ONE_VALUE.finditer(sentence[0])) if MOVING.search(sentence[0]) else []
        values = [one for one in values if not re.match("[年月日季]", one["unit"])]
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
    if moved == stated:
        return "", 0
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


@passage_rule("turned-sign", "正负的说法不符", WARNING, ACCURACY, holding="转")
def wrong_turns(passage: TextPassage) -> Iterator[RuleHit]:
    """由1.2%变为-0.8%，由负转正."""
    for match in SIGN.finditer(passage.text):
        signs = tuple("负" if float(match[name]) < 0 else "正" for name in ("first", "last"))
        if signs != (match["before"], match["behind"]):
            reason = (
                f"由{match['first']}%到{match['last']}%不是由{match['before']}转{match['behind']}，请核对。"
            )
            yield RuleHit(reason, passage, match.start("first"), match.end())


@passage_rule("beside-standard", "高于、低于的说法不符", WARNING, ACCURACY, holding=DIGITS)
def wrong_sides_of_standards(passage: TextPassage) -> Iterator[RuleHit]:
    """90.8分，高于全区92.4分的平均水平."""
    for match in BESIDE.finditer(passage.text):
        first, last = float(match["first"]), float(match["last"])
        above = match["way"] in ("高于", "超过", "多于", "快于", "优于")
        if STANDARD.search(match["what"] + match["behind"]) and first != last and (first > last) != above:
            reason = (
                f"{match['first']}{match['unit']}并不{match['way']}{match['last']}{match['unit']}，请核对。"
            )
            yield RuleHit(reason, passage, match.start(), match.end("last") + len(match["unit"]))


@passage_rule("all-or-none", "“全部”与例外矛盾", WARNING, ACCURACY, holding="全均无零未没悉")
def exceptions_of_all(passage: TextPassage) -> Iterator[RuleHit]:
    """全部通过验收……2个村未予通过; 无一逾期。对逾期的3件."""
    for claim in ALL_OR_NONE.finditer(passage.text):
        for other in NOT_SO.finditer(passage.text, claim.end(), min(claim.end() + REACH, len(passage.text))):
            state = other["state"] or other["not"] or other["of"]
            denied = bool(other["state"] or other["not"])
            is_left = STILL.search(passage.text, claim.end(), other.start())  # see all-done
            if state == claim["state"] and denied == bool(claim["all"]) and not is_left:
                count = other["count"] or other["number"]
                reason = f"前面说“{claim[0]}”，后面又有{count}个不是，请核对。"
                yield RuleHit(reason, passage, claim.start(), other.end())
                break
