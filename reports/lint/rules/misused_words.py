"""Words of the word list, and 截止 for 截至 (条例第二十条（四）)."""

import re
from collections.abc import Iterator

from reports.lint.passages import TextPassage
from reports.lint.registration import ACCURACY, ERROR, WARNING, document_rule, passage_rule
from reports.lint.subject import LintSubject, RuleHit, hit_at
from reports.lint.words import WordLevel

UNTIL = re.compile(
    r"(?:^|(?<=[，。；：、（“将,;:]))截止至?(?=\d{2,4}年|\d{1,2}月|目前|当前|本[年季月]|今年|[上下]半年|第?[一二三四]季度|年底|月底)",
    re.MULTILINE,
)
UNTIL_TWICE = re.compile(r"截[至止][^，。；！？\n]{1,14}?(为止)")
UP_TO_NOW = re.compile(r"截[至止]日前")
# 订金 is given back; 定金 vouches for the contract.
DEPOSIT, VOUCHING = "订金", "定金"
CLAUSE = re.compile(r"[^。；！？\n]+")
VOUCHED = re.compile("担保|双倍返还|[不无][予再得权]?(?:退还|返还)|概不退|罚则|违约")
# 制订 is drawing up; what is in force was 制定.
DRAWN_UP = re.compile(
    r"(?P<word>制订)了?(?:《[^》\n]{2,40}(?:规定|办法|条例|细则|章程|规则|制度)》|[^，。；！？\n]{0,12}(?:条例|规定|办法))"
    r"(?=[^。！？\n]{0,30}(?:施行|印发|公布|颁布|生效|现予))"
)


# 对以完成验收的项目; 以完成任务为目标 is by.
BY_FOR_ALREADY = re.compile(
    r"(?P<word>以)(?=(?:于|在)(?:20\d\d年)?\d{1,2}月|(?:全部|基本|全面|初步|陆续|正式|累计|顺利)(?:完成|办结|竣工|建成|开工|交付|签约|启动|整改|投入|落实|到位|形成|启用))"
    r"|(?:^|(?<=[，。；：对将把均都前]))(?P<done>以)(?:完成|办结|竣工|建成|开工|交付|签约|启动|整改到位)(?:验收|整改|改造|施工|安装|签约)?"
    r"(?=[，。]|的(?![^，。；！？\n]{1,20}(?:为|来|等方式|促)))",
    re.MULTILINE,
)


# 即要……又要: both is 既.
BOTH = re.compile(
    r"(?<![立随当在亦旋瞬])(?P<word>即)(?=(?:要|能|可|有|是|不|讲|重|注重|保|抓)[^，。；！？\n]{1,24}，[^，。；！？\n]{0,6}?(?:又|也|还|更))"
)
# 决姑息, 绝允许: never is 决不 and 绝不.
NEVER = re.compile(
    r"(?<![坚解判裁取对议表否处])(?P<word>[决绝])(?=姑息|允许|手软|放过|容忍|含糊|妥协|迁就|动摇|放松|松懈|懈怠|例外|退缩|护短|纵容|容许|能允许|留情|罢休)"
)


@document_rule("misspelling", "别字", ERROR, ACCURACY)
def wrong_words(subject: LintSubject) -> Iterator[RuleHit]:
    """Words that the list calls wrong anywhere (必错)."""
    yield from _words_of_level(subject, WordLevel.WRONG)


@document_rule("suspect-word", "疑似用错", WARNING, ACCURACY, is_certain=False)
def suspect_words(subject: LintSubject) -> Iterator[RuleHit]:
    """Words that the list calls probably wrong (疑似)."""
    yield from _words_of_level(subject, WordLevel.SUSPECT)


@document_rule("variant", "用字", WARNING, ACCURACY)
def variant_words(subject: LintSubject) -> Iterator[RuleHit]:
    """Words for which there are better ones (提示)."""
    yield from _words_of_level(subject, WordLevel.HINT)


def _words_of_level(subject: LintSubject, level: WordLevel) -> Iterator[RuleHit]:
    for passage, start, one in subject.listed_words:
        if one.level is level:
            end = start + len(one.word)
            yield RuleHit(
                _reason_for(one.word, one.replacement, level, one.reason),
                passage,
                start,
                end,
                one.replacement or None,
            )


def _reason_for(word: str, right: str, level: WordLevel, reason: str) -> str:
    """What to do about a word, with the list's own reason."""
    why = f"{reason.rstrip('。')}。" if reason else ""
    if not right:
        return why or f"词表里有“{word}”，请核对。"
    match level:
        case WordLevel.WRONG:
            return f"别字：“{word}”应为“{right}”。{why}"
        case WordLevel.SUSPECT:
            return f"“{word}”像是“{right}”之误，请核对。{why}"
        case WordLevel.HINT:
            return f"公文中用“{right}”，不用“{word}”。{why}"


@passage_rule("until", "“截止”与“截至”", WARNING, ACCURACY, holding="截")
def closing_for_until(passage: TextPassage) -> Iterator[RuleHit]:
    """截止9月底 where 截至 is meant: 截止 says that something ends."""
    for match in UNTIL.finditer(passage.text):
        yield hit_at(passage, match, "表示统计到某一时间用“截至”，“截止”是到期停止，请改为“截至”。", "截至")
    for match in UNTIL_TWICE.finditer(passage.text):
        yield RuleHit("“截至”与“为止”重复，请删去“为止”。", passage, match.start(1), match.end(1), "")
    for match in UP_TO_NOW.finditer(passage.text):
        yield hit_at(passage, match, "“日前”是几天前，表示到现在为止用“截至目前”，请改正。", "截至目前")


@passage_rule("word-by-use", "近义词的用处", WARNING, ACCURACY, is_certain=False, holding="订以即决绝")
def words_for_other_uses(passage: TextPassage) -> Iterator[RuleHit]:
    """订金 that is forfeited, 制订 of what is in force, 以完成 for 已完成."""
    for match in BY_FOR_ALREADY.finditer(passage.text):
        yield RuleHit("这里的“以”像是“已”之误，请核对。", passage, *match.span(match.lastgroup or 0), "已")
    for match in BOTH.finditer(passage.text):
        yield hit_at(passage, match, "与“又”“也”呼应的是“既”，请改正。", "既")
    for match in NEVER.finditer(passage.text):
        right = f"{match[0]}不"
        yield hit_at(passage, match, f"这里缺“不”，请改为“{right}”。", right)
    for clause in CLAUSE.finditer(passage.text) if DEPOSIT in passage.text else ():
        if DEPOSIT in clause[0] and VOUCHING not in clause[0] and VOUCHED.search(clause[0]):
            start = clause.start() + clause[0].index(DEPOSIT)
            reason = (
                "担保合同、违约不退的是“定金”（《民法典》第五百八十六条），“订金”是可以退还的预付款，请核对。"
            )
            yield RuleHit(reason, passage, start, start + len(DEPOSIT), VOUCHING)
    for match in DRAWN_UP.finditer(passage.text):
        reason = "已经定下来施行的用“制定”，“制订”是拟订草案，请核对。"
        yield RuleHit(reason, passage, *match.span("word"), "制定")
