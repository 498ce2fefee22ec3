"""A text that says again how many of a thing there are, or how much something is: another figure than before."""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, takewhile

from reports.lint.finding import PassageKind
from reports.lint.quantities import TextQuantity, by_unit
from reports.lint.registration import ACCURACY, WARNING, document_rule
from reports.lint.rules.figures.more_than_all import BARE
from reports.lint.rules.time.times import months_of
from reports.lint.subject import HANZI, LintSubject, RuleHit

# 现有幼儿园11所, 共辖14个社区: what there is.
EXISTS = "现有|共有|共[辖设]有?|[下所]辖|(?<![直管])辖有?|设有|拥有|在册|登记在册"
HAS = re.compile(rf"(?:{EXISTS}|^有)(?P<thing>[{HANZI}]{{2,12}}?)(?:共有?|为)?$")
# 其中主办20件、会办12件。……12件会办件
LISTED = re.compile(f"(?:其中)?[{HANZI}]{{2,8}}")
HAS_BEHIND = re.compile(
    rf"(?:{EXISTS}|全[区市县镇乡村街]道?|全部|覆盖[{HANZI}]{{0,6}}|涉及[{HANZI}]{{0,6}})$"
)
# What ends the name of a thing.
NAME_END = (
    rf"(?=$|[^{HANZI}]|的|均|都|已|全[部面]|共(?![服同])|中(?![心学小])|内|先后|进行|参[加与]|在|将|按|实[现行施]|开[展始工]"
    "|完成|建成|建立|成立|召开|和|及|与|分别|积极|普遍|逐|通过|落实|签订|达|为|有|设)"
)
THING = re.compile(rf"(?P<thing>[{HANZI}]{{2,12}}?){NAME_END}")
OF_THING = re.compile("[和及与](?!\\d)|书记|成员|负责|班子|干部|群众|代表|活动|阵地|服务|志愿|工作")
REACHED = re.compile("(?:已?达到?|共有?|已?有|为|是|维持|保持|控制在|稳定在|共计){1,4}$")
# More than these, or at another time.
OTHERS = re.compile(
    "增|(?<![更创翻革刷])新(?![区城村桥街华])|扩|计划|规划|拟|目标|达到|发展到|上升|年底|[上去次]年|明年|原(?![则因料])|[另以之省市区县镇编]外|外[来地省市区县聘]|另|其他|联合|各地|[省市区县镇]级|分别|以上|招|每$|累计|抽调|人次|兼|先后|次$|届时"
)
ADDED = re.compile("增|另|(?<![更创翻革刷])新(?![区城村桥街华])|扩|招|成立|组建|调入|引进|纳入")
UNCHANGED = re.compile("维持|保持|仍|不变")
# 高标准农田面积, 总库容: what a whole is measured by.
MEASURE = re.compile("面积|库容|投资|里程|造价|人口|长度|总[量数额长]|编制|规模|容量|户数|人数")
OTHER_STAGE = re.compile(
    "已|新增|累计|调整|改造后|扩建后|其中|再|剩余|其余|另|还|原|第[一二三]|[一二三]期|每"
)
OTHER_TARGET = re.compile("调整|追加|剩余|其余|其他|再|另|还|已|每|至少|以上|不少于")
# 发行国债1.3万亿元、比上年增加3000亿元，安排债券4.4万亿元、比上年增加5000亿元.
CHANGE = re.compile("比|较|增[加长]|减少|提高|下降|[差距落]")
SHORTEST = 4
REQUESTED = re.compile("(?:恳请|请|申请|请求|同意|现)[^，。；]{0,20}$")
OF_OWN = re.compile("自筹|配套|已")
CHANGE_OF_PLAN = re.compile("调整|变更|追加")
MOST_SOUGHT, MOST_NEAR = 200, 12
# 正在跟进的6宗纠纷, 上述2.6亿元补贴资金: called as they were before.
AGAIN = re.compile(rf"(?:上述|前述|以上|这|该|全部|所有|全体|(?P<named>[{HANZI}]{{2,6}}(?<!以[上下]))的)$")
OTHERS_AGAIN = re.compile("再|原|且|同时|加上|连同|此前|以前|[去上]年|往年|年初|每|其[余他]")

# 优化营商环境方面，…; 围绕城市更新，…: of one field only what was counted over all before.
OF_FIELD = re.compile("(?:方面|领域|部分|上|内)，|^围绕[^。；]*，")


@document_rule("restated", "前后数据不一致", WARNING, ACCURACY)
def restated_quantities(subject: LintSubject) -> Iterator[RuleHit]:
    """共辖14个社区……15个社区; 总库容1.28亿立方米……维持1.82亿立方米; 全年计划36台……确保完成38台."""
    known = subject.quantities[:MOST_SOUGHT]
    yield from _more_than_there_are(known)
    for number, later in enumerate(known):
        earlier = next((one for one in known[:number] if _is_stated_otherwise(one, later)), None)
        if earlier:
            yield _hit(later, f"前面是{earlier.in_words}，这里是{later.in_words}")


def _hit(one: TextQuantity, reason: str) -> RuleHit:
    return RuleHit(f"{reason}，请核对。", one.passage, one.count.start, one.count.end)


def _more_than_there_are(known: Sequence[TextQuantity]) -> Iterator[RuleHit]:
    standing = [(one, thing) for one in known if one.count.is_exact and (thing := _thing_there(one))]
    for later in known:
        before = [
            (one, thing)
            for one, thing in standing
            if one.unit == later.unit and _is_before(one, later) and _is_of_thing(later, one, thing)
        ]
        is_sure = later.count.is_exact or later.count.label.endswith("达")
        if not before or not is_sure or later.is_beside or OTHERS.search(_clause_around(later)):
            continue
        most, thing = max(before, key=lambda one: one[0].value)
        is_more = later.value > most.value
        is_added = any(_adds_to(one, most, later, thing) for one in known)
        if (is_more or _are_transposed(most, later)) and later.places <= most.places and not is_added:
            yield _hit(later, f"前面是{thing}{most.in_words}，这里是{later.in_words}")


def _is_before(one: TextQuantity, later: TextQuantity) -> bool:
    """Whether a quantity stands before another; of two of one sentence see also more-than-all."""
    is_behind = one.sentence == later.sentence and one.count.start < later.count.start
    return one.sentence < later.sentence or (is_behind and not BARE.fullmatch(later.count.label))


def _thing_there(one: TextQuantity) -> str:
    """What a quantity says that there is."""
    named = HAS.search(one.count.label)
    if named and not re.match(f"[{HANZI}]", one.count.behind):
        return named["thing"]
    label = one.count.label
    # 小（1）型水库9座、小（2）型水库33座: what is behind a bracket is half a name.
    if one.is_part and LISTED.fullmatch(label) and not one.count.since.endswith(f"）{label}"):
        return label.removeprefix("其中")
    behind = THING.match(one.count.behind) if HAS_BEHIND.search(one.count.label) else None
    return behind["thing"] if behind else ""


def _is_of_thing(one: TextQuantity, standing: TextQuantity, thing: str) -> bool:
    """Whether a quantity is of a thing; right behind where it was named the end of its name is enough."""
    behind = one.count.behind
    is_named = len(thing) >= SHORTEST or re.search("(?:全部|所有)的?$", one.count.label)
    if is_named and behind.startswith(thing):
        return not OF_THING.match(behind[len(thing) :])
    if named := THING.match(behind):
        is_next = one.sentence - standing.sentence <= 1 and not standing.is_part
        is_near = is_next and thing.endswith(named["thing"])
        is_same = named["thing"].removesuffix(one.unit) == thing
        return (is_same or is_near) and not OF_THING.match(behind[named.end() :])
    reached = REACHED.sub("", one.count.label)
    return reached.endswith(thing) and (reached != one.count.label or reached == thing)


def _adds_to(one: TextQuantity, most: TextQuantity, later: TextQuantity, thing: str) -> bool:
    """Whether a quantity between two others says what came meanwhile, or the first that it will grow."""
    if one is most:
        rest = one.passage.text[one.count.end :].partition("。")[0]
        return bool(ADDED.search(rest))
    is_between = most.sentence < one.sentence <= later.sentence and one.unit == later.unit
    is_of_thing = thing[-2:] in one.count.label + one.count.behind or not re.match(
        f"[{HANZI}]", one.count.behind
    )
    return is_between and is_of_thing and bool(ADDED.search(one.count.clause))


def _clause_around(one: TextQuantity) -> str:
    return re.split("[。；]", one.lead)[-1] + one.count.behind


def _are_transposed(one: TextQuantity, other: TextQuantity) -> bool:
    """Whether two numbers have the same three digits or more in another order: 426, 462."""
    digits = [one.count.written.replace(".", ""), other.count.written.replace(".", "")]
    return len(digits[0]) > 2 and one.value != other.value and sorted(digits[0]) == sorted(digits[1])


def _is_stated_otherwise(one: TextQuantity, later: TextQuantity) -> bool:
    """Whether one measure, one target or one cumulative number of a thing has another figure later."""
    is_comparable = (
        one.unit == later.unit
        and one.sentence < later.sentence
        and one.count.is_exact
        and later.count.is_exact
        and one.places == later.places
        and abs(one.value - later.value) > max(one.count.precision, later.count.precision)
    )
    if not is_comparable or len(_common_name(one, later)) < SHORTEST or CHANGE.search(later.count.label):
        return False
    if "累计" in one.count.clause and "累计" in later.count.clause:
        return _has_fallen(one, later)
    if one.is_wanted and later.is_wanted:
        return _is_other_target(one, later)
    return _is_other_measure(one, later)


def _common_name(one: TextQuantity, later: TextQuantity) -> str:
    """The words right before two quantities, or right behind both, that are the same."""
    before = _common_start(*(_words_before(quantity)[::-1] for quantity in (one, later)))
    behind = _common_start(one.count.behind, later.count.behind)
    return max(before[::-1], re.split(f"[^{HANZI}]", behind)[0], key=len)


def _words_before(one: TextQuantity) -> str:
    return REACHED.sub("", one.count.clause)


def _common_start(one: str, other: str) -> str:
    pairs = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return "".join(first for first, _ in pairs)


def _has_fallen(one: TextQuantity, later: TextQuantity) -> bool:
    """截至8月底累计4.37万名……截至10月底累计4.18万名."""
    months = [months_of(quantity.lead) for quantity in (one, later)]
    is_later = months[0] is not None and months[1] is not None and months[0][1] < months[1][1]
    return is_later and one.year == later.year and later.value < one.value


def _is_other_target(one: TextQuantity, later: TextQuantity) -> bool:
    clauses = one.count.clause + later.count.clause
    is_of_year = not (one.times | later.times) - {one.year} or one.times == later.times
    return one.year == later.year and is_of_year and not OTHER_TARGET.search(clauses)


def _is_other_measure(one: TextQuantity, later: TextQuantity) -> bool:
    """At the same time; or at any, where it is said that it stays, or the digits are the same in another order."""
    clauses = one.count.clause + later.count.clause
    if not MEASURE.search(_common_name(one, later)) or OTHER_STAGE.search(clauses):
        return False
    if one.times and one.times == later.times and one.year == later.year:
        return True
    is_named_alike = any(_words_before(quantity) == _common_name(one, later) for quantity in (one, later))
    return bool(UNCHANGED.search(later.count.clause)) or (is_named_alike and _are_transposed(one, later))


@document_rule("named-again", "前后数据不一致", WARNING, ACCURACY)
def other_quantities_named_again(subject: LintSubject) -> Iterator[RuleHit]:
    """其余5宗正在跟进。对正在跟进的6宗纠纷; 安排补贴资金2.4亿元。上述2.6亿元补贴资金."""
    for alike in by_unit(subject.quantities):
        for number, later in enumerate(alike):
            again = AGAIN.search(later.count.label)
            before = [one for one in alike[max(0, number - MOST_NEAR) : number]]
            name = (again and again["named"]) or ""
            named = [
                one
                for one in before
                if (again or _are_transposed(one, later)) and _is_named_again(one, later, name)
            ]
            is_part = later.is_part or (again and OF_FIELD.search(re.split("[。；]", later.lead)[-1]))
            if not named or is_part or OTHERS_AGAIN.search(_clause_around(later)):
                continue
            if all(one.count.is_exact for one in (later, *named)) and not _come_to(before, later):
                first = named[-1] if name else max(named, key=lambda one: one.value)
                yield _hit(later, f"前面是{first.in_words}，这里是{later.in_words}")


def _is_named_again(one: TextQuantity, later: TextQuantity, name: str) -> bool:
    """Whether a quantity is of the thing that is behind a later one, and was called as that one is."""
    around = one.count.label + one.count.behind
    thing = later.count.behind[:2]
    is_alike = name[-2:] in around and not re.search(f"[未不没非]{name[-2:]}", name + around)
    # 现有志愿服务队26支。……全部28支队伍: the end of its name is the beginning of another.
    is_of_thing = len(thing) > 1 and (thing in around or one.count.label.endswith(thing[0]))
    return one.sentence < later.sentence and is_alike and (bool(name) or is_of_thing)


def _come_to(before: Sequence[TextQuantity], later: TextQuantity) -> bool:
    """Whether a quantity is one before it, or what two of them come to, or differ by, or all of them together."""
    values = [one.value for one in before]
    pairs = [value for one, other in combinations(values, 2) for value in (one + other, abs(one - other))]
    return any(map(later.count.agrees_with, (*values, *pairs, sum(values))))


@document_rule("requested-amount", "标题与正文金额不符", WARNING, ACCURACY)
def other_amounts_requested(subject: LintSubject) -> Iterator[RuleHit]:
    """关于解决改造经费38万元的请示……恳请解决改造经费36万元; 预算投资680万元。……恳请全额安排860万元."""
    known = [one for one in subject.quantities if one.unit == "元" and one.count.is_exact]
    titled = [one for one in known if one.passage.kind is PassageKind.TITLE]
    requested = [one for one in known if REQUESTED.search(one.lead) and one not in titled]
    for one in requested[:1]:
        before = [] if CHANGE_OF_PLAN.search(one.lead) else titled or known[: known.index(one)]
        if any(OF_OWN.search(other.count.clause) for other in before):
            continue
        is_other = titled or (one.value > before[0].value if before else False)
        if (
            len(before) == 1
            and is_other
            and not any(one.count.agrees_with(before[0].value) for one in requested)
        ):
            yield _hit(one, f"{'标题写的' if titled else '前面'}是{before[0].in_words}，这里是{one.in_words}")
