"""Words that go in pairs, 尽管……但, 不仅……而且, held against their other half (条例第二十条（四）)."""

import re
from collections.abc import Iterator

from reports.lint.finding import PassageKind
from reports.lint.passages import TextPassage
from reports.lint.registration import ACCURACY, WARNING, passage_rule
from reports.lint.subject import HANZI, RuleHit, unquoted_matches

TEXTS = (PassageKind.TEXT, PassageKind.CELL)
CLAUSE = "[^，。；！？\n]"
ALL_OR_EACH = re.compile(
    rf"(?:无论|不管|不论)(?:是|在)?(?P<rest>[{HANZI}]{{1,12}}(?P<and>以及|和|与|及)[{HANZI}]{{1,12}})，(?:我们|街道|各社区|各部门)?(?:都|均|也|一律)"
)
IF_ALSO = re.compile(rf"如果(?:缺乏|没有|不){CLAUSE}{{1,20}}，(?P<also>也)(?=不能|无法|难以|不可能)")
NO_QUESTION = re.compile(
    r"(?:^|(?<=[，。；！？\n]))(?P<word>不管|无论|不论)(?P<rest>[^。；！？\n]{2,60})", re.MULTILINE
)
QUESTION = re.compile("什么|谁|哪|怎|多|是否|还是|与否|如何|何|几|大小|能否|不|或|、|好坏|从|在")
THOUGH = re.compile("，(?:但|却|仍然|还是|依然|可是|然而)")
NOT_ONLY = re.compile(
    rf"(?:^|(?<=[，。；！？\n]))(?P<who>[{HANZI}]{{0,8}}?)(?P<word>不仅|不但|不光)(?![仅如此限])(?P<rest>[^。！？\n]{{4,100}}[。！？\n])",
    re.MULTILINE,
)
# What goes with what: 尽管……所以, 不仅……而是, 与其……也要, 无论天气炎热，都.
CORRELATIVES = (
    (
        re.compile(rf"(?P<first>尽管|虽然){CLAUSE}{{2,40}}，{CLAUSE}{{0,6}}?(?P<second>所以|因此|因而|于是)"),
        "但",
    ),
    (
        re.compile(rf"(?P<first>不仅|不但|不光|不单){CLAUSE}{{2,40}}，{CLAUSE}{{0,4}}?(?P<second>而是)"),
        "而且",
    ),
    (
        re.compile(
            rf"(?P<first>与其){CLAUSE}{{2,30}}，(?![^。！？\n]{{0,30}}(?:不如|宁|毋))(?P<second>{CLAUSE}{{0,4}}?(?:也要|也|就|而|还要|更要|要))"
        ),
        "不如",
    ),
    (
        re.compile(rf"(?P<first>宁可|宁愿){CLAUSE}{{2,30}}，{CLAUSE}{{0,4}}?(?P<second>就|所以|但是|而且)"),
        "也",
    ),
    (re.compile(rf"(?P<first>之所以){CLAUSE}{{2,30}}，(?P<second>由于|因为|因此)"), "是因为"),
    (re.compile(rf"(?P<first>既然){CLAUSE}{{2,30}}，{CLAUSE}{{0,4}}?(?P<second>但是|却|而且|才)"), "就"),
    (
        re.compile(
            rf"(?P<first>如果|假如){CLAUSE}{{2,30}}，{CLAUSE}{{0,4}}?(?P<second>因此|所以|但是|却|才能)"
        ),
        "就",
    ),
    (
        re.compile(rf"(?P<first>因为|由于){CLAUSE}{{2,30}}，{CLAUSE}{{0,4}}?(?P<second>但是|然而|却(?!步))"),
        "所以",
    ),
    (
        re.compile(
            rf"(?P<first>即使|哪怕){CLAUSE}{{2,30}}，{CLAUSE}{{0,4}}?(?P<second>就能|所以|因此|但是|而且)"
        ),
        "也",
    ),
    (
        re.compile(
            rf"(?P<second>(?P<first>无论|不管|不论)(?!(?:(?!，).){{0,30}}(?:什么|谁|哪|怎|多|是否|还是|与否|如何|何|几|大小|能否|不|或|、|好坏|和|早晚|晴雨|寒暑|男女|老幼|长幼|贫富|从|在)){CLAUSE}{{2,20}}，{CLAUSE}{{0,10}}?(?:都|均|也|始终|一律|总))"
        ),
        "尽管……仍",
    ),
)
BUT_ALSO = re.compile("而且|还|也|更|并且|同时|又|甚至|就连|反而|且|并")


@passage_rule(
    "correlative",
    "关联词语搭配",
    WARNING,
    ACCURACY,
    kinds=TEXTS,
    holding="不无如虽尽与宁既因由即哪假之",
    is_certain=False,
)
def broken_correlatives(passage: TextPassage) -> Iterator[RuleHit]:
    """不管困难很大，但……; 不仅……. without 而且."""
    for match in NO_QUESTION.finditer(passage.text):
        if THOUGH.search(match["rest"]) and not QUESTION.search(match["rest"].partition("，")[0]):
            reason = f"后面是“但”“却”，前面用“尽管”，不用“{match['word']}”，请改正。"
            yield RuleHit(reason, passage, *match.span("word"), "尽管")
    for match in ALL_OR_EACH.finditer(passage.text):
        if not QUESTION.search(match["rest"]):
            start, end = match.span("and")
            reason = "“无论”后面是并列的几种情况，用“还是”“或者”，请改正。"
            yield RuleHit(reason, passage, start, end, "还是")
    yield from _mismatched_pairs(passage)
    for match in IF_ALSO.finditer(passage.text):
        yield RuleHit("“如果”与“就”搭配，请改正。", passage, *match.span("also"), "就")
    for match in NOT_ONLY.finditer(passage.text):
        if not BUT_ALSO.search(match["rest"]):
            reason = "“不仅”“不但”没有与之呼应的“而且”“还”“也”，请补上。"
            yield RuleHit(reason, passage, *match.span("word"))


def _mismatched_pairs(passage: TextPassage) -> Iterator[RuleHit]:
    """尽管……所以, 不仅……而是, 无论天气炎热，都."""
    for pattern, wanted in CORRELATIVES:
        for match in unquoted_matches(pattern, passage.text):
            reason = f"与前面的“{match['first']}”搭配的是“{wanted}”，请改正。"
            yield RuleHit(reason, passage, *match.span("second"))
