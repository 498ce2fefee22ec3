"""What is left: rests, balances and stocks held against what there was, what came and what went."""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from reports.lint.counts import SCALES, SENTENCE, Count, counts_of, sentence_pairs, sentences_with_counts
from reports.lint.passages import TextPassage, text_before
from reports.lint.registration import ACCURACY, DIGITS, WARNING, passage_rule
from reports.lint.rules.figures.sums import FLOW_IN
from reports.lint.rules.figures.wholes import THAN, hit_between
from reports.lint.subject import HANZI, RuleHit, hit_at

FLOW_OUT = re.compile(
    "出库|领用|拆除|报废|毕业|退出|离职|核销|竣工|完工|结案|销案|退休|调离|辞职|停业|关停|撤销|取消|(?<!净)减少|(?<!未)化解|核减|注销|支出|使用|发放|转出|退出|办结|迁出|支付|拨付|已完成|已改造|已整改|已签约|已交付|交付|调出|清退|销号|开支"
)
RECEIVED = re.compile("新(?:受理|收|接|排查|发现|签|引进|登记|开工|立项|入驻|成立|招|进)")
STOCK_OF = re.compile("库存|在册|在岗|现有|实有|结存|存有|余额")
RUNNING = re.compile("截[至止][^，。；]{1,12}累计|累计(?:建成|完成|安装|加装|签约|设立|拥有)")
INCOME, SPENT = (
    re.compile("收入合计|总收入|合计收入|收入(?:共|总额)|共?筹集|到位"),
    re.compile("支出|列支|花费"),
)
NET = re.compile("净(?:增加?|减少?|流入|流出)$")
LEFT = re.compile("结余|剩余|尚余|余下|剩下|还剩|仅剩|结存")
STOCK = re.compile("季度?末|年末|月末|期末|现有|目前|实有|现共|达到|截[至止][^，。；]{1,10}累计")
STOCK_BEFORE = re.compile(
    "^截[至止]|[去上]年[底末]|年底|月底|季度?末|年末|月末|期末|年初|季初|月初|结转|期初|原有|原|上季|上年|上月"
)
MOMENT = re.compile(r"(?:[一二三四]季度|上半年|\d月|[去上今]年)[末底]，$")
MOVED_STOCK = re.compile(
    rf"(?:新增|增加|迁入|调入|招录|入职|纳入)[^，。；\d]{{0,8}}(?P<came>\d{{1,6}})(?P<unit>[{HANZI}])[、，和](?:退出|减少|迁出|调出|离职|核减|注销|清退|取消|辞职)[^，。；\d]{{0,6}}(?P<went>\d{{1,6}})(?P=unit)，[^，。；\d]{{0,14}}?由[^，。；\d]{{0,10}}(?P<then>\d{{1,6}})(?P=unit)(?:增|减|升|降|变)[加少]?(?:至|到|为)(?P<now>\d{{1,6}})(?P=unit)"
)
# What is left of all that was to be done: the rest of it, or what is not done of what else is done.
REST_OF_HUNDRED = re.compile(
    r"(?<![增长降高升低少减过超到])(?P<done>(?<![\d.])\d{1,2}(?:\.\d+)?)[%％]的?[^。；！？%％\d]{2,30}?[，；]"
    r"(?P<wrong>(?:其余|剩余|余下|剩下|另有|还有|尚有)的?(?P<rest>\d{1,2}(?:\.\d+)?)[%％])"
    r"(?=的|[^，。；]{0,8}(?:正在|尚未|未|将|计划|待))"
)
ROUNDING_OF_SHARES = 0.15
SHARES_AND_REST = re.compile(
    r"(?:占(?:比)?(?:为|约)?\d{1,2}(?:\.\d+)?[%％](?:[，、；][^，。；、%％\d]{0,16})){1,6}?(?P<wrong>(?:其余|剩余|余下)的?(?P<rest>\d{1,2}(?:\.\d+)?)[%％])"
)
SHARE = re.compile(r"(\d{1,2}(?:\.\d+)?)[%％]")
REST = re.compile("其余|剩余|余下|剩下")
OPEN = re.compile(rf"(?:尚|仍|还)?(?:有|剩)?(?:未|没有|正在|待|尚待)(?P<action>[{HANZI}]{{0,4}})")
DONE = re.compile(rf"(?:已(?:经|全部)?|当场|现场|立即|累计)(?P<action>[{HANZI}]{{2,4}})")
STILL = re.compile("(?:尚|仍|还)(?:有|剩|余)")
OPEN_CLAUSE = re.compile("未|没有|正在|待|尚|限期|立案")
SENTENCE_PAIR = re.compile(
    r"(?=((?:^|(?<=[。！？\n]))[^。！？\n]{1,400}(?:。[^。！？\n]{1,400})?))", re.MULTILINE
)
RESTING = re.compile("(?:^|。)(?:其余|其他|剩余|余下|剩下|另外|还剩|尚余|仅剩)的?$")
UNRELATED = re.compile(f"{THAN}|增|减")
MOST_PARTS = 5


@passage_rule("balance", "收支余数不符", WARNING, ACCURACY, holding=DIGITS)
def wrong_balances(passage: TextPassage) -> Iterator[RuleHit]:
    """安排240万元，已支出168万元，结余82万元; 上季度末1120人，新增18人、核减6人，季度末1142人;
    新增50家、注销12家，净增40家.
    """
    yield from _wrong_stocks(passage)
    for _, counts in sentences_with_counts(passage.text):
        for number, end in enumerate(counts):
            if NET.search(end.clause):
                yield from _wrong_net(passage, counts[:number], end)
                continue
            flows = _flows_before(passage.text, counts[:number], end)
            if not flows:
                yield from _wrong_rest_of_income(passage, counts[:number], end)
                continue
            base, *moved = flows
            value = base.value + sum(_sign(one) * one.value for one in moved)
            behind = counts[counts.index(base) + 1 :]
            if any(
                base.agrees_with(sum(one.value for one in behind[:size]))
                for size in range(2, len(behind) + 1)
            ):
                continue
            carried = counts[: counts.index(base)]  # 年初结转12万元，本年拨入150万元
            if any(one.unit == end.unit and end.agrees_with(value + one.value) for one in carried):
                continue
            if not (end.agrees_with(value) or any(end.agrees_with(one.value) for one in counts[:number])):
                reason = f"按前面的数计算应为{end.in_words(value)}，不是{end.written}{end.scale}"
                yield hit_between(passage, base, end, reason)


def _wrong_stocks(passage: TextPassage) -> Iterator[RuleHit]:
    """6月末库存320箱。三季度入库145箱、出库188箱，9月末库存287箱; 累计38处。新建9处，累计45处: over two sentences."""
    for _, before, counts in sentence_pairs(passage.text):
        base, alike = before[-1], [one for one in counts if one.unit == before[-1].unit]
        if len(before) != 1 or len(alike) not in (2, 3) or not all(one.is_exact for one in (base, *alike)):
            continue
        *moved, end = alike
        signs = [_sign(one) for one in moved]
        stock = STOCK_OF if len(moved) > 1 else RUNNING
        if sorted(signs) not in ([-1, 1], [1]) or _sign(end) or not stock.search(end.clause):
            continue
        value = base.value + sum(sign * one.value for sign, one in zip(signs, moved, strict=True))
        if stock.search(base.clause) and not end.agrees_with(value):
            reason = f"按前面的数计算应为{end.in_words(value)}，不是{end.written}{end.scale}"
            yield hit_between(passage, moved[0], end, reason)


def _wrong_rest_of_income(passage: TextPassage, before: Sequence[Count], rest: Count) -> Iterator[RuleHit]:
    """收入合计26.77万元；支出21.38万元，其中……；年末结余5.49万元: the parts of what went out aside."""
    alike = [one for one in before if one.unit == rest.unit]
    came, went = ([one for one in alike if words.search(one.label)] for words in (INCOME, SPENT))
    if not LEFT.search(rest.label) or not came or len(went) != 1 or not rest.is_exact:
        return
    value = came[-1].value - went[0].value
    closes = any(rest.agrees_with(one.value - other.value) for one in alike for other in alike)
    if value > 0 and not closes and came[-1].end < went[0].start:
        reason = f"{came[-1].written}减去{went[0].written}是{rest.in_words(value)}，不是{rest.written}"
        yield hit_between(passage, came[-1], rest, reason)


def _wrong_net(passage: TextPassage, before: Sequence[Count], net: Count) -> Iterator[RuleHit]:
    """新增50家、注销12家，净增40家."""
    moved = [one for one in before if one.unit == net.unit and _sign(one)]
    if (
        len(moved) != 2
        or not all(one.is_exact for one in (*moved, net))
        or _sign(moved[0]) == _sign(moved[1])
    ):
        return
    value = abs(sum(_sign(one) * one.value for one in moved))
    if not net.agrees_with(value):
        reason = f"按前面的数计算应为{net.in_words(value)}，不是{net.written}{net.scale}"
        yield hit_between(passage, moved[0], net, reason)


def _is_stock(text: str, base: Count) -> bool:
    """二季度末，累计加装23部: when it was so may stand in a clause of its own."""
    is_led = MOMENT.search(text_before(text, base.start - len(base.clause)))
    return bool(is_led) or any(words.search(base.clause) for words in (STOCK_BEFORE, STOCK_OF))


def _sign(flow: Count) -> int:
    return (
        1
        if FLOW_IN.search(flow.label) or RECEIVED.search(flow.label)
        else -1
        if FLOW_OUT.search(flow.label)
        else 0
    )


def _flows_before(text: str, counts: Sequence[Count], end: Count) -> list[Count]:
    """A base with what was added to it and taken from it, where a count says what there is in the end."""
    is_rest = LEFT.search(end.label)
    if not is_rest and not (STOCK.search(end.clause) and not _sign(end)):
        return []
    alike = [one for one in counts if one.unit == end.unit]
    moved: list[Count] = []
    for one in reversed(alike):
        if _sign(one):
            moved.append(one)
            continue
        is_base = one.is_exact and (_is_stock(text, one) or (bool(is_rest) and not LEFT.search(one.label)))
        return [one, *moved] if moved and is_base and all(flow.is_exact for flow in moved) else []
    return []


@passage_rule("remainder", "余数不符", WARNING, ACCURACY, holding=DIGITS)
def wrong_remainders(passage: TextPassage) -> Iterator[RuleHit]:
    """计划改造16个，已完工9个，尚有6个未完工; 受理1260件，已办结1180件，正在办理90件."""
    for sentence in SENTENCE.finditer(passage.text):
        counts = counts_of(passage.text, *sentence.span())
        if len({one.unit for one in counts}) != 1 or not all(one.is_exact for one in counts):
            continue
        for whole, done, left in zip(counts, counts[1:], counts[2:], strict=False):
            # What has states of its own, see parts-of-whole; what is called a rest, see rest.
            added = done.value + left.value
            has_states = whole.unit == "项" and not REST.search(left.clause) and added <= whole.value
            if RESTING.search(left.label) or has_states:
                continue
            if not DONE.search(done.clause + done.behind) or not _is_open(left) or whole.value < done.value:
                continue
            # 限期整改131项；限期整改的131项中已整改119项.
            is_done = "已" in left.label and not STILL.search(left.label)
            if is_done or added in (one.value for one in counts):
                continue
            if added > whole.value or (added < whole.value and _is_all_that_is_left(done, left)):
                right = f"{added / SCALES[whole.scale]:g}"
                reason = f"{done.written}加{left.written}是{right}，与{whole.written}不符，请核对。"
                yield RuleHit(reason, passage, whole.start, left.end)


@passage_rule("moved-stock", "增减后的数不符", WARNING, ACCURACY, holding="由从")
def wrong_moved_stocks(passage: TextPassage) -> Iterator[RuleHit]:
    """新增5户、退出19户，保障对象由286户减至274户."""
    for match in MOVED_STOCK.finditer(passage.text):
        came, went, then, now = (int(match[name]) for name in ("came", "went", "then", "now"))
        if then + came - went != now:
            yield hit_at(passage, match, f"{then}加{came}减{went}是{then + came - went}，不是{now}，请核对。")


@passage_rule("rest-of-hundred", "余数不符", WARNING, ACCURACY, holding="%％")
def wrong_rest_of_hundred(passage: TextPassage) -> Iterator[RuleHit]:
    """已有90%完成，剩余20%正在推进; 补助占60%，自筹占25%，其余20%."""
    for match in SHARES_AND_REST.finditer(passage.text):
        shares = [float(one) for one in SHARE.findall(match[0])]
        if len(shares) > 2 and abs(sum(shares) - 100) > ROUNDING_OF_SHARES * len(shares):
            yield RuleHit(f"各项相加是{sum(shares):g}%，请核对。", passage, *match.span("wrong"))
    for match in REST_OF_HUNDRED.finditer(passage.text):
        done, rest = float(match["done"]), float(match["rest"])
        if abs(done + rest - 100) > ROUNDING_OF_SHARES:
            yield RuleHit(
                f"{done:g}%之外应为{100 - done:g}%，请核对。", passage, match.start("wrong"), match.end()
            )


@passage_rule("rest", "余数不符", WARNING, ACCURACY, holding="其剩余另")
def wrong_rests(passage: TextPassage) -> Iterator[RuleHit]:
    """36个小区中，19个已完成，11个正在施工。其余7个: a rest with which no count before it, nor any of the parts between
    them, is made up.
    """
    for sentences in SENTENCE_PAIR.finditer(passage.text):
        counts = counts_of(passage.text, *sentences.span(1))
        for number, rest in enumerate(counts):
            if not RESTING.search(rest.label) or not rest.is_exact or UNRELATED.search(rest.clause):
                continue
            if rest.start < passage.text.find("。", sentences.start(1)) and sentences.start(1) > 0:
                continue  # held against the sentence before as well, with which the pair before begins
            before = [one for one in counts[:number] if one.unit == rest.unit][-MOST_PARTS:]
            wholes = [one for one in before[:-1] if _is_divided(one, before, rest)]
            if not wholes or not all(one.is_exact for one in before) or _is_made_up(before, rest):
                continue
            whole = next((one for one in wholes if _left_of(one, before) >= 0), wholes[-1])
            # 第一批90万元，占总额150万元的60%；第二批55.5万元，剩余4.5万元: a part may stand before the whole.
            if any(
                one.agrees_with(rest.value + sum(other.value for other in before) - one.value)
                for one in before
            ):
                continue
            taken = "、".join(one.written for one in before[before.index(whole) + 1 :])
            right = whole.in_words(_left_of(whole, before))
            reason = f"{whole.written}减去{taken}是{right}，不是{rest.written}"
            yield RuleHit(f"{reason}，请核对。", passage, rest.start - len(rest.label), rest.end)


def _left_of(whole: Count, before: Sequence[Count]) -> float:
    return whole.value - sum(one.value for one in before[before.index(whole) + 1 :])


def _is_divided(whole: Count, before: Sequence[Count], rest: Count) -> bool:
    """Whether a count is more than each of those behind it, and than the rest."""
    behind = before[before.index(whole) + 1 :]
    return bool(behind) and whole.value > max(one.value for one in (*behind, rest))


def _is_made_up(before: Sequence[Count], rest: Count) -> bool:
    """Whether some count is what the rest and some of those behind it come to, or what all before and the rest do."""
    for number, whole in enumerate(before):
        others = before[number + 1 :]
        for size in range(len(others) + 1):
            for parts in combinations(others, size):
                if whole.agrees_with(rest.value + sum(one.value for one in parts)):
                    return True
    return False


def _is_open(left: Count) -> bool:
    return bool(OPEN_CLAUSE.search(left.clause + left.behind) or REST.search(left.clause))


def _is_all_that_is_left(done: Count, left: Count) -> bool:
    """Whether a count names the rest of a whole, or what is not done of what was done."""
    if REST.search(left.clause) or STILL.search(left.clause + left.behind):
        return True
    was_done, is_open = DONE.search(done.clause + done.behind), OPEN.search(left.clause + left.behind)
    if not (was_done and is_open) or "正在" in is_open[0]:
        return False
    return len(is_open["action"]) > 1 and is_open["action"][:2] in was_done["action"]
