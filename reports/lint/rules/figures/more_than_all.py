"""More of a thing than there is of it, in one sentence or in the next."""

import re
from collections.abc import Iterator, Sequence

from reports.lint.counts import CLAUSE_MARKS, OVERLAPPING, ROUNDED, is_sum_of_some
from reports.lint.quantities import TextQuantity, by_unit, pairs_of
from reports.lint.registration import ACCURACY, ERROR, document_rule
from reports.lint.rules.figures.wholes import NO_PART, TOTAL, hit_between
from reports.lint.subject import HANZI, LintSubject, RuleHit

# What is said of all of something, and of what of it: 应到50人，实到52人; 发现12处，已整改13处.
ALL = re.compile(
    "应(?!急|对|用|当)|(?<!未)发现|排查|查出|受理|收到|接到|梳理|承办|[交转下]办|接报|转来|移交|反馈|提出|抽[查检取]|检[查验测]|测评|考核"
    "|验收|走访|征集|募集|收集|[发印]出|发放|参[训加评赛考与]|报名|应试|下达|安排|筹集|落实|争取|总投资|到位|拨付|存在|列入|需|适龄"
    "|登记|待(?!遇)|(?<![公中])共|[现设]有|在[册编岗]|[下所]辖|全[街镇区市县村部]|辖区|总户数"
)
# What is done with some of them; and what is only done where 已 says so.
DONE = (
    "整改|办[结复]|采纳|认领|实现|完成|解决|落实|[收交]回|回收|[不未]?合格|达标|优秀|通过|符合|更换|[结毕]业|取得|录用|晋级|获得"
    "|到会|[参与]会|出席|同意|赞[成同]|参与表决|投票"
)
DONE_SO_FAR = (
    f"{DONE}|办理|处置|答复|消除|化解|受理|回复|销号|参[加评]|支[付出]|使用|拨付|执行|兑付|签[订约]|入学|接种|检[查测]|改造|登记|建成"
    "|安装|配备|[完开]工|创[建成]|抽[查检]|走访|备案"
)
UP_TO_NOW = rf"(?:截[至止][{HANZI}\d]{{1,12}}?|目前|现|今年以来)?"
SO_FAR = (
    rf"[{HANZI}\d]{{0,12}}?"
    "(?:已经?|共|当场|现场|当[日天]|立即|全部|均|实际|其中|现|按[时期]|及时|如期|累计|经){1,3}"
)
SOME = re.compile(
    rf"^(?:其中)?(?:{UP_TO_NOW}(?:实|已)|[男女]性?$|缺少|未检|超期|在建|有?(?:验收|检查|考[核试]|检测|表示)?(?:成绩)?(?:{DONE})|{SO_FAR}(?:{DONE_SO_FAR}))"
    f"|^有[{HANZI}]{{0,6}}(?:问题|隐患)$|^(?:发现|存在)[{HANZI}]{{0,10}}的[{HANZI}]{{2,8}}$|已有$"
)
BARE = re.compile(f"(?:其中)?{UP_TO_NOW}(?:[共已]?有|全部|所有)?")
FOUND, BODIES = re.compile("(?:共|经)?(?:检查|排查)?(?:发现|查出)有?"), ("家", "户", "所", "人")
# 50户中，有56户; 60人，其中.
AMONG = re.compile(
    "从中|(?<![办推审处建核协施途集其国当])中(?:，(?!另)|(?:已经?|共|现)?有)|其中|^[^，。；、]{0,12}中$"
)
# 电梯583台；电梯中……; 代表建议17件、委员提案9件。代表建议已办结19件: what is counted is named once more.
AMONG_AGAIN = re.compile(
    rf"(?:^|[，。；])(?:在|上述|这些|该)?(?P<thing>(?![各全所])[{HANZI}]{{2,16}})中(?:(?:，|[已有共现使需存不未]|$)[^。；]{{0,16}}|[^，。；]{{1,12}}的有?)$"
)
DONE_AGAIN = re.compile(rf"(?P<thing>[{HANZI}]{{4,12}}?)已经?(?:{DONE_SO_FAR})")
REST = re.compile("^(?:其[余他]|剩余|余下)|[大增减升降][到至]$")
# What is due may be done more often.
DUE, TIMES = re.compile("应(?!急|对|用|当)|需"), ("次", "人次", "场", "件次", "家次")
# What was not all of this time's, and what no part is of.
CARRIED = re.compile("结转|往年|历年|以前|上期|历史|追加|补充|计划|预算|目标|任务|新|不含|此外|另")
LISTED_FOR = re.compile("[列纳]入[^，。；]{0,12}(?:计划|任务|目标)")
ELSEWHERE = re.compile("全[区市县省国]|[区市县省]级|[去上]年|第[二三四]")
CHANGED = re.compile("[增减降升比较净均每]")
OF_BEFORE = re.compile("（[^）]{0,6}(?:结转|上期|上季|上年|往年|以前)")
# What stands behind two counts of one thing: 14个村均已……，有15个村.
THING = re.compile("[村镇乡](?![民级委组小镇])|.{2}")
LAST_THING = re.compile("(?:.(?![村镇乡]$).|[村镇乡])$")
EACH_OF_THEM = re.compile("均|都|全部")
FARTHEST, FAR, MOST_NEAR = 40, 200, 8


@document_rule("more-than-all", "部分多于全部", ERROR, ACCURACY)
def more_than_whole(subject: LintSubject) -> Iterator[RuleHit]:
    """在走访的50户家庭中，有56户; 应到86人，实到89人; 代表建议17件、委员提案9件。代表建议已办结19件."""
    is_rounded = any(ROUNDED in one.text for one in subject.passages)
    for known in () if is_rounded else subject.quantity_lists:
        for alike in by_unit(known):
            for at, part in enumerate(alike):
                whole = _whole_of(alike[max(0, at - MOST_NEAR) : at], part) if part.count.is_exact else None
                if whole and whole.count.is_exact and whole.value < part.value:
                    reason = f"总数是{whole.in_words}，其中不可能有{part.in_words}"
                    first = whole if whole.sentence == part.sentence else part
                    yield hit_between(part.passage, first.count, part.count, reason)


def _whole_of(before: Sequence[TextQuantity], part: TextQuantity) -> TextQuantity | None:
    """The count before another one that it must be a part of, if there is one."""
    near = [one for one in before if part.sentence - one.sentence <= 1]
    words, text = part.count.label, part.passage.text
    is_other = REST.search(words) or OF_BEFORE.match(text, part.count.end) or OVERLAPPING.search(part.lead)
    if not near or is_other:
        return None
    is_unlike = NO_PART.search(words) and not re.match("其中(?:[超逾]期|超标)|其中[^，。；]{2,}的$", words)
    if (named := _named_again(near, part)) or is_unlike:
        return named
    *others, whole = near
    if others and whole.lead[-len(whole.count.label) - 1 :].startswith("、"):
        return None  # 建议27件、提案34件，其中主办38件: of both
    if is_sum_of_some(part.count, [one.count for one in near if one.sentence == part.sentence]):
        return None
    if _is_of(others, whole, part) and not any(one.value >= part.value for one in others):
        return whole
    # 65家，其中62家，达标的68家: the second of a list that 其中 begins.
    is_second = others and words == part.count.clause and words.endswith("的")
    is_second = is_second and whole.count.label.startswith("其中")
    return others[-1] if is_second and others[-1].sentence == part.sentence else None


def _is_of(others: Sequence[TextQuantity], whole: TextQuantity, part: TextQuantity) -> bool:
    """Whether what stands between two counts, or around them, makes one a part of the other."""
    if CHANGED.search(whole.count.label):
        return False
    around = whole.count.clause + whole.count.behind
    if part.unit in TIMES and DUE.search(around):
        return False
    if whole.sentence != part.sentence:
        earlier = whole.passage.text[max(0, whole.count.start - FAR) : whole.count.start]
        is_other = ELSEWHERE.search(part.lead) or CARRIED.search(earlier + part.lead)
        is_other = is_other or SOME.search(
            whole.count.clause
        )  # 甲已走访1家。乙已走访4家: one beside the other
        return bool(
            whole.passage is part.passage and not is_other and _is_some(around, part.count.clause, part)
        )
    is_most = all(one.value <= whole.value for one in others if one.sentence == whole.sentence)
    gap = part.lead[len(whole.lead) + whole.count.end - whole.count.start :]
    if len(gap) > FARTHEST or gap.startswith("、") or "；" in gap:
        return False
    if AMONG.search(gap) or (part.count.label.endswith("的") and TOTAL.search(whole.count.clause)):
        return True
    is_other = CARRIED.search(LISTED_FOR.sub("", gap) + whole.count.clause)
    is_some = _is_some(around, CLAUSE_MARKS.split(gap)[-1], part) or _are_of_one_kind(whole, part)
    # 对85家单位开展检查，发现92家单位
    is_some = is_some or (part.unit in BODIES and FOUND.fullmatch(part.count.label) is not None)
    return is_some and not is_other and is_most


def _is_some(all_of: str, words: str, part: TextQuantity) -> bool:
    if BARE.fullmatch(words):
        words += part.count.behind
    whole = ALL.search(all_of)
    # 走访4家。……已走访7家: of both the same is said.
    return bool(whole and SOME.search(words) and not words.endswith(whole[0]))


def _are_of_one_kind(whole: TextQuantity, part: TextQuantity) -> bool:
    """全镇12个村，有14个村完成: whether a thing stands behind two counts, or before one and behind the other."""
    named = THING.match(whole.count.behind) or LAST_THING.search(whole.count.clause)
    thing = named[0] if named else whole.count.behind
    behind = part.count.behind.removeprefix(thing) if thing else part.count.behind
    is_thing = behind != part.count.behind and not behind.startswith(("民", "级", "委", "组", "小"))
    are_all = ALL.search(whole.count.clause) or EACH_OF_THEM.match(whole.count.behind.removeprefix(thing))
    return bool(is_thing and BARE.fullmatch(part.count.label) and are_all)


def _named_again(before: Sequence[TextQuantity], part: TextQuantity) -> TextQuantity | None:
    """The count of the thing that is named once more before a part of it."""
    among, done = AMONG_AGAIN.search(part.count.since), DONE_AGAIN.match(part.count.label)
    if among:
        thing = pairs_of(among["thing"])
        around = [pairs_of(one.count.label + one.count.behind) for one in before]
        shared = [len(thing & words) for words in around]
        alike = [one for one, most in zip(before, shared, strict=True) if most == max(shared) > 0]
        return alike[0] if len(alike) == 1 else None
    return next((one for one in before if done and one.count.label.endswith(done["thing"])), None)
