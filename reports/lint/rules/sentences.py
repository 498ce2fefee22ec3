"""Sentences that lack a part, say the opposite, or begin what they do not go on with (条例第二十条（四）: 用语准确)."""

import re
from collections.abc import Iterator
from itertools import islice

from reports.lint.finding import PassageKind
from reports.lint.passages import TextPassage
from reports.lint.registration import ACCURACY, PUNCTUATION, WARNING, document_rule, passage_rule
from reports.lint.subject import LintSubject, RuleHit, hit_at, unquoted_matches

# 通过……，使……: the subject is hidden behind a preposition. 通过的议案, 让行 and 通过……，使……的，是 are none of these.
CAUSED = r"对[^，。；！？\n]{2,14}?(?:启发|影响|教育|触动|帮助|鼓舞|感触)(?:很|较|十分|非常|更|也很)?(?:大|深|深刻)"
MADE = (
    r"(?P<made>(?:从而|进而|因而|因此)?(?:使得?|让))(?![用命者馆其领步利位渡路出座行车给人]|得到"
    r"|[^，。；！？\n]{1,30}的，?是)"
)
HIDDEN_SUBJECT = re.compile(
    rf"(?:^|(?<=[。；！？\n]))(?:[今去]年以来，|近年来，|目前，|同时，|一年来，|半年来，|本季度，|[一二三四五六]是)?"
    rf"(?P<by>通过(?!的|了)|经过(?!的|了)|随着|由于|从(?![而事])|根据|按照|依据|鉴于|对于|针对)[^，。；！？\n]{{2,60}}(?:，(?:通过|经过)[^，。；！？\n]{{2,60}}){{0,2}}，{MADE}",
    re.MULTILINE,
)
HIDDEN_CAUSE = re.compile(
    rf"(?:^|(?<=[。；！？\n]))(?P<by>通过(?!的|了)|经过(?!的|了))[^，。；！？\n]{{2,60}}，(?:也|就)?(?P<made>{CAUSED})",
    re.MULTILINE,
)
# 由于……，导致……: the cause is no subject.
CAUSE_AS_SUBJECT = re.compile(
    r"(?:^|(?<=[。；！？\n]))由于[^，。；！？\n]{2,60}，(?P<made>(?:从而|进而|因而)?(?:导致|致使))",
    re.MULTILINE,
)
UNDER = re.compile(rf"(?:^|(?<=[。；！？\n]))在[^，。；！？\n]{{2,40}}(?:下|中)，{MADE}", re.MULTILINE)
# 通过各部门的共同努力下: 通过 and 在……下 in one.
UNDER_TWICE = re.compile(
    r"(?:通过|经过|随着|由于|根据|按照|依据|遵照)(?!.{0,40}在)[^，。；！？\n]{2,30}?(?:要求|部署|安排|指示|精神|努力|支持|帮助|推动|带领|指导|关心|配合|领导|推进|协调|协助|作用|影响)(?P<under>之?下)(?=，)"
)
# 开展了以……为主题，: of what kind?
NO_ACTIVITY = re.compile(
    r"(?:开展|举办|组织|举行|召开)了?以[^，。；！？\n]{2,40}为(?:主题|主线|内容|重点)(?=，|。)"
)
STOPPING = "(?<!预)防止|避免|杜绝|谨防|以免|防范"
DOUBLE_NEGATION = re.compile(
    rf"(?:{STOPPING})(?:[^，。；！？\n]{{0,14}}?)(?P<no>不再|不会再|不要再)(?=[\u3400-\u9fff])"
    rf"|(?:{STOPPING}|难免|否认|无法避免)(?P<not>不(?=发生|出现|产生|反弹|会|存在)|没有(?=发生|出现))"
    rf"|(?:切忌|切勿|严禁|禁止|防止|避免)(?P<dont>不要|不得|不准|不可)"
)
CONDITIONS = (
    (
        re.compile(r"只有[^，。；！？\n]{2,30}，(?:我们|街道|各部门|群众)?(?:就(?=能|会|可以))"),
        "“只有”与“才”搭配，请改正。",
    ),
    (
        re.compile(r"只要[^，。；！？\n]{2,30}，(?:我们|街道|各部门|群众)?(?:才(?=能|会|可以))"),
        "“只要”与“就”搭配，请改正。",
    ),
)
THOUGH = re.compile(r"(?:^|(?<=[。；，！？\n]))(?:虽然|尽管(?!放心))[^。；！？\n]{4,120}", re.MULTILINE)
CONTRAST = re.compile("但|却|然而|仍|还|可|不过|也|依然|依旧|总体|始终")
INDIRECT_QUESTION = re.compile(
    r"(?:研究|明确|了解|说明|讨论|思考|分析|探索|检查|核实|看看|商量|汇报)(?:了|清楚)?[^，。；！？\n“”]{0,12}"
    r"(?:如何|怎样|是否|怎么|哪些|为何|能否)[^，。；！？\n“”]{0,30}(?P<mark>[？?])"
)
FIRST = re.compile(
    r"(?:^|(?<=[。；：！？\n]))(?P<word>首先|一方面|第一|一是|其一)(?:，|(?<=一是)(?![一二]))", re.MULTILINE
)
FOLLOWED_BY = {
    "首先": re.compile(
        "其次|然后|接着|随后|第二|再次|再者|二是|最后|其二|还要|同时|此外|另外|接下来|而后|再"
    ),
    "一方面": re.compile("另一方面|另方面|又一方面|一方面"),
    "第一": re.compile("第[二三]"),
    "一是": re.compile("[二三四五]是|其二|二要"),
    "其一": re.compile("其二"),
}
# How many passages a list may run over.
RUN_ON = 12
FAR = 2_000  # characters


@passage_rule(
    "hidden-subject",
    "缺主语",
    WARNING,
    ACCURACY,
    holding="使让对致下",
    kinds=(PassageKind.TEXT, PassageKind.CELL),
)
def hidden_subjects(passage: TextPassage) -> Iterator[RuleHit]:
    """通过……，使……; 在……下，使……: a sentence without its subject."""
    for pattern in (HIDDEN_SUBJECT, CAUSE_AS_SUBJECT, UNDER):
        for match in unquoted_matches(pattern, passage.text):
            made = match["made"]
            reason = f"句子缺主语：删去“{made}”，或者删去前面的介词。"
            start, end = match.span("made")
            yield RuleHit(reason, passage, match.start(), end, f"{passage.text[match.start() : start]}")
    for match in unquoted_matches(UNDER_TWICE, passage.text):
        reason = f"“{match[0][:2]}”与“在……下”混在一起，请删去“{match['under']}”。"
        yield RuleHit(reason, passage, *match.span("under"), "")
    for match in unquoted_matches(HIDDEN_CAUSE, passage.text):
        reason = f"句子缺主语：请删去“{match['by']}”。"
        yield RuleHit(reason, passage, match.start(), match.end(), match[0].removeprefix(match["by"]))


@passage_rule("missing-object", "缺宾语", WARNING, ACCURACY, holding="以")
def missing_objects(passage: TextPassage) -> Iterator[RuleHit]:
    """开展了以“安全用电”为主题，……: the activity itself is missing."""
    for match in NO_ACTIVITY.finditer(passage.text):
        yield hit_at(passage, match, "缺少所开展的是什么，请补写，如“……为主题的活动”。")


@passage_rule("double-negation", "否定失当", WARNING, ACCURACY, holding="不没")
def double_negations(passage: TextPassage) -> Iterator[RuleHit]:
    """防止不再发生, 切忌不要: one negation too many turns the meaning round."""
    for match in DOUBLE_NEGATION.finditer(passage.text):
        word = match["no"] or match["not"] or match["dont"]
        yield hit_at(passage, match, f"“{match[0]}”否定重复，意思相反，请删去“{word}”。")


@passage_rule("conjunction", "关联词语搭配", WARNING, ACCURACY, holding="只虽尽")
def mismatched_conjunctions(passage: TextPassage) -> Iterator[RuleHit]:
    """只有……就……, 虽然 without 但."""
    for pattern, reason in CONDITIONS:
        for match in pattern.finditer(passage.text):
            yield hit_at(passage, match, reason)
    for match in THOUGH.finditer(passage.text):
        if not CONTRAST.search(match[0], 2):
            end = match.start() + 2
            yield RuleHit(f"“{match[0][:2]}”没有与之呼应的“但”“仍”等，请补上。", passage, match.start(), end)


@passage_rule("indirect-question", "陈述句用问号", WARNING, f"{PUNCTUATION}，4.2", holding="？?")
def indirect_questions(passage: TextPassage) -> Iterator[RuleHit]:
    """要研究如何推进工作？: what is to be found out is no question to the reader."""
    for match in INDIRECT_QUESTION.finditer(passage.text):
        start, end = match.span("mark")
        yield RuleHit("这不是疑问句，应当用句号，请改正。", passage, start, end, "。")


@document_rule("lone-ordinal", "只有“首先”没有下文", WARNING, ACCURACY)
def lone_ordinals(subject: LintSubject) -> Iterator[RuleHit]:
    """首先 without 其次, 一是 without 二是, in the same paragraph or in those that follow."""
    passages = list(subject.passages_of_kind(PassageKind.TEXT, PassageKind.CELL, PassageKind.HEAD))
    for number, passage in enumerate(passages):
        for match in FIRST.finditer(passage.text):
            follow = FOLLOWED_BY.get(match["word"])
            if follow is None:
                continue
            following = islice(passages, number + 1, number + RUN_ON)
            later = [passage.text[match.end() : match.end() + FAR], *(one.text[:FAR] for one in following)]
            is_last = subject.is_fragment and number == len(passages) - 1
            is_last = is_last and passage.text.count("。", match.end()) < 2
            if not is_last and not any(follow.search(text) for text in later):
                yield hit_at(passage, match, f"有“{match['word']}”而没有下文，请补写或者改写。")
