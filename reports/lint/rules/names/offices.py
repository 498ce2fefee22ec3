"""Offices and towns that one text names in two ways: 社区平安办公室 and 社区平安建设办公室, 柳林镇 and 柳林乡
(条例第二十条（四）: 机构名称准确).
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import islice
from pathlib import Path

from reports.lint.passages import TextPassage
from reports.lint.registration import ACCURACY, WARNING, document_rule
from reports.lint.subject import HANZI, LintSubject, RuleHit

SAME_BODIES = Path(__file__).with_name("same_bodies.txt")
# 社区建设办公室……社区发展办公室: one office of the street by two names, unless both stand in a list.
OFFICE = re.compile(
    rf"(?=(?P<head>[{HANZI}]{{2}})(?P<middle>[{HANZI}]{{2}})(?P<kind>办公室|(?:服务)?中心|领导小组|工作组|指挥部|服务站|局(?![长面部势限])))"
)
# What an office may have in its name or not, and be the same: but 社区服务中心 is not 社区卫生服务中心.
MADE_LONGER = ("建设", "管理", "工作", "综合", "指导", "协调", "治理", "推进", "监督", "运行", "事务", "服务")
BOARD = re.compile(rf"(?P<stem>[省市区县][{HANZI}]{{3,9}}?)(?P<ending>委员会(?!办公室)|局(?![长面部势限]))")
# 街道应急管理所……应急管理站.
STATION = re.compile(
    "(?P<stem>(?:应急|环境卫生|城市|市场监督|房屋|交通|财务|土地|园林|绿化|物业|水务)管理|市场监管|司法|综合执法|劳动保障|统计|房管|环卫|规划|水利)(?P<ending>[所站])(?![长有在用点谓以立])"
)
# 社区管理办公室 and 社区平安办公室 are two offices; what means nearly the same is one.
ALIKE_MIDDLES = "建设:发展|建设:法治|管理:治理|服务:保障|事务:服务|统筹:协调|执法:管理|推进:推动"
# 成立市低空经济发展领导小组……向指挥部办公室报送.
KINDS_OF_BOARDS = "(?P<kind>领导小组|指挥部|联席会议|工作专班)"
BOARD_FOUNDED = re.compile(rf"(?:成立|设立|组建|建立)了?[{HANZI}]{{3,24}}?{KINDS_OF_BOARDS}")
BOARD_NAMED = re.compile(rf"[{HANZI}]{{2}}(?<![向由报经请各在到和与是对将让])(?<!成员){KINDS_OF_BOARDS}")
BOARD_BARE = re.compile(
    rf"(?:^|(?<=[，。；：、向由报经请在到和与对]))(?:各成员)?{KINDS_OF_BOARDS}", re.MULTILINE
)
BOARD_BELOW = re.compile("下设|分指挥部|[省市区县国]级(?:领导小组|指挥部)|上级|现场指挥部")
TOWN = re.compile(
    rf"(?:(?<![{HANZI}])|(?<=[在由对到和与及县区市向从]))(?P<name>[{HANZI}]{{2}})(?P<kind>镇|乡(?![村愁贤音土情亲镇])|街道)(?![路级])"
)
NO_TOWN = re.compile(
    "[各全本该乡镇村街城集]|中心|示范|试点|重点|特色|所在|其他|相关|有关|部分|[下所]辖|家|每|一个"
)
RENAMED = re.compile("[原撤改]|更名|合并")
TWO, FAR, MOST_OFFICES = 2, 12, 100


@document_rule("office-of-two-names", "机构名称不一", WARNING, ACCURACY)
def offices_of_two_names(subject: LintSubject) -> Iterator[RuleHit]:
    """社区建设办公室……社区发展办公室 in two sentences of a paragraph that has no other office of the kind."""
    yield from _offices_of_two_endings(subject)
    yield from _offices_of_other_order(subject)
    yield from _offices_made_longer(subject)
    yield from _same_bodies(subject)
    yield from _boards_of_two_kinds(subject)
    for passage in subject.passages:
        found = defaultdict[str, list[re.Match[str]]](list)
        for match in OFFICE.finditer(passage.text):
            found[match["kind"]].append(match)
        for named in found.values():
            if len(named) != TWO or len({one["head"] for one in named}) > 1:
                continue
            first, second = named
            between = passage.text[first.start() : second.start()]
            middles = {first["middle"], second["middle"]}
            if any(middles == set(alike.split(":")) for alike in ALIKE_MIDDLES.split("|")) and re.search(
                "[。，；]", between
            ):
                start, end = second.start(), second.end("kind")
                yield _other_name(passage, start, end, passage.text[first.start() : first.end("kind")])


def _other_name(passage: TextPassage, start: int, end: int, other: str) -> RuleHit:
    reason = f"别处写的是“{other}”，这里是“{passage.text[start:end]}”，请核对名称。"
    return RuleHit(reason, passage, start, end)


def _offices_of_other_order(subject: LintSubject) -> Iterator[RuleHit]:
    """社区平安办公室……平安社区办公室."""
    known: dict[tuple[str, str], str] = {}
    for passage in subject.passages:
        for match in OFFICE.finditer(passage.text):
            words, kind = match["head"] + match["middle"], match["kind"]
            other = known.setdefault(("".join(sorted(words)), kind), words)
            if other == match["middle"] + match["head"] != words:
                yield _other_name(passage, match.start("head"), match.end("kind"), other + kind)


def _offices_made_longer(subject: LintSubject) -> Iterator[RuleHit]:
    """社区平安办公室……社区平安建设办公室, but for two in one list."""
    shorter = {
        match.expand(r"\g<head>\g<middle>\g<kind>"): match
        for passage in subject.passages
        for match in OFFICE.finditer(passage.text)
    }
    longer_ones = {
        match["head"] + words + match["kind"]: short
        for short, match in islice(shorter.items(), MOST_OFFICES)
        for more in MADE_LONGER
        for words in (more + match["middle"], match["middle"] + more)
    }
    text = "\n".join(passage.text for passage in subject.passages)
    for longer, short in longer_ones.items():
        if longer not in text or re.search(f"{longer}[、和与及]{short}|{short}[、和与及]{longer}", text):
            continue
        first, second = sorted((longer, short), key=text.index)
        for passage in subject.passages:
            yield from (
                _other_name(passage, *match.span(), first) for match in re.finditer(second, passage.text)
            )


@cache
def _bodies_by_function() -> dict[str, int]:
    lines = SAME_BODIES.read_text(encoding="utf-8").splitlines()
    return {name: number for number, line in enumerate(lines) for name in line.split()}


@cache
def _body_at_level() -> re.Pattern[str]:
    names = "|".join(sorted(_bodies_by_function(), key=len, reverse=True))
    ending = f"局(?![长面部势限])|[{HANZI}]{{0,8}}?有限公司"
    return re.compile(f"(?P<level>[省市区县州旗])(?P<name>{names})(?P<ending>{ending})")


def _same_bodies(subject: LintSubject) -> Iterator[RuleHit]:
    """区水务局……区水利局, 市水务投资集团有限公司……市水利投资集团有限公司: of each there is one at a level."""
    known: dict[tuple[str, int, str], str] = {}
    for passage in subject.passages:
        for match in _body_at_level().finditer(passage.text):
            other = known.setdefault(
                (match["level"], _bodies_by_function()[match["name"]], match["ending"]), match[0]
            )
            if other != match[0]:
                yield _other_name(passage, *match.span(), other)


def _boards_of_two_kinds(subject: LintSubject) -> Iterator[RuleHit]:
    """成立市低空经济发展领导小组……指挥部办公室: the one board that is set up, called another kind."""
    text = "\n".join(one.text for one in subject.passages)
    founded = {match["kind"] for match in BOARD_FOUNDED.finditer(text)}
    named = {match["kind"] for match in BOARD_NAMED.finditer(text)}
    if len(founded) != 1 or BOARD_BELOW.search(text):
        return
    for passage in subject.passages:
        for match in BOARD_BARE.finditer(passage.text):
            if match["kind"] not in founded | named:
                yield _other_name(passage, *match.span("kind"), min(founded))


def _offices_of_two_endings(subject: LintSubject) -> Iterator[RuleHit]:
    """区城市管理局……区城市管理委员会; 应急管理所……应急管理站."""
    endings: dict[str, str] = {}
    for passage in subject.passages:
        for match in (*BOARD.finditer(passage.text), *STATION.finditer(passage.text)):
            known = endings.setdefault(match["stem"], match["ending"])
            if known != match["ending"]:
                yield _other_name(passage, *match.span(), match["stem"] + known)


@document_rule("town-of-two-kinds", "地名前后不一", WARNING, ACCURACY)
def towns_of_two_kinds(subject: LintSubject) -> Iterator[RuleHit]:
    """柳林镇……柳林乡, where nothing says that it was made a town."""
    kinds: dict[str, str] = {}
    for passage in subject.passages:
        for match in TOWN.finditer(passage.text):
            around = passage.text[max(0, match.start() - FAR) : match.end() + FAR]
            if NO_TOWN.search(match["name"]) or RENAMED.search(around):
                continue
            known = kinds.setdefault(match["name"], match["kind"])
            if known != match["kind"]:
                yield _other_name(passage, match.start("name"), match.end(), match["name"] + known)
