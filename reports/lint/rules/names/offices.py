"""Offices and towns that one text names in two ways: 社区平安办公室 and 社区平安建设办公室, 柳林镇 and 柳林乡
(条例第二十条（四）: 机构名称准确).
"""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from reports.lint.passages import TextPassage
from reports.lint.registration import ACCURACY, WARNING, document_rule
from reports.lint.subject import HANZI, LintSubject, RuleHit

SAME_BODIES = Path(__file__).with_name("same_bodies.txt")
KINDS = "办公室|(?:服务)?中心|领导小组|工作组|指挥部|服务站|局(?![长面部势限])"
# An office is named in words of two characters.
OFFICE = re.compile(rf"(?=(?P<words>(?:[{HANZI}]{{2}}){{2,3}})(?P<kind>{KINDS}))")
# What an office may have in its name or not, and be the same: but 社区服务中心 is not 社区卫生服务中心.
ADDED = frozenset(
    ("建设", "管理", "工作", "综合", "指导", "协调", "治理", "推进", "监督", "运行", "事务", "服务")
)
# What an office does is told by another word than such a one, where its first is as wide as these: 城市管理办公室.
WIDE = ADDED | {
    "城市",
    "社区",
    "公共",
    "经济",
    "行政",
    "市场",
    "规划",
    "街道",
    "项目",
    "生态",
    "环境",
    "区域",
    "基层",
}
OF_ITS_SUBJECT = "办公室的职能"
# 社区管理办公室 and 社区平安办公室 are two offices; what means nearly the same is one, within a paragraph.
ALIKE = {
    "发展": "建设",
    "法治": "建设",
    "治理": "管理",
    "执法": "管理",
    "保障": "服务",
    "事务": "服务",
    "协调": "统筹",
    "推动": "推进",
}
# 区信访局……区信访办; but 区应急办 is another than 区应急局.
BOARD = re.compile(
    rf"(?P<stem>[省市区县](?!应急)[{HANZI}]{{2,12}}?)(?P<ending>委员会(?!办公室)|局(?![长面部势限])|办(?![公理法事案])|(?<!委员会)办公室)"
)
# 区发展改革局……区发改委: in short and in full a body has one ending.
IN_SHORT = {
    "发改": "发展改革",
    "卫健": "卫生健康",
    "住建": "住房城乡建设",
    "人社": "人力资源社会保障",
    "市监": "市场监督管理",
    "文旅": "文化旅游",
    "经信": "经济信息化",
    "工信": "工业信息化",
    "城管": "城市管理",
    "应急": "应急管理",
    "医保": "医疗保障",
    "交通": "交通运输",
    "科技": "科学技术",
    "国资": "国有资产监督管理",
}
BODY = re.compile(
    rf"(?P<level>[省市区县])(?P<stem>{'|'.join(IN_SHORT)}|[{HANZI}]{{4,9}}?)(?P<ending>委员会|委(?![员托派])|局(?![长面部势限]))"
)
# 综合行政执法队……综合执法大队: of one place; a district's and a street's are two.
TEAM = re.compile(
    rf"(?P<level>[{HANZI}]{{0,4}}?)(?P<name>(?:综合(?:行政)?执法|(?:行政|城管|城市管理|卫生|交通|劳动)(?:执法|监察)|巡查|巡逻|救援|巡防)(?P<rank>大队|支队|中队|队(?!员|长|伍)))"
)
HIGHER = re.compile("[省市区县州]")
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
AND = "、和与及"
APART = re.compile("[。，；]")
TWO, FAR = 2, 12


@document_rule("office-of-two-names", "机构名称不一", WARNING, ACCURACY)
def offices_of_two_names(subject: LintSubject) -> Iterator[RuleHit]:
    """社区平安办公室……社区平安建设办公室, 区城市管理局……区城市管理委员会, and those of like words in a paragraph."""
    yield from _boards_of_two_endings(subject)
    yield from _same_bodies(subject)
    yield from _teams_of_two_ranks(subject)
    yield from _boards_of_two_kinds(subject)
    named = [(one, match) for one in subject.passages for match in OFFICE.finditer(one.text)]
    listed, known = _listed_together(named), dict[tuple[object, ...], tuple[str, TextPassage, int]]()
    beginnings = Counter(head for head, _ in {(_words(match)[0], _words(match)[1]) for _, match in named})
    reported: tuple[TextPassage | None, int] = (None, 0)
    for passage, match in named:
        name, start = match["words"] + match["kind"], match.start("words")
        end = start + len(name)
        for key in _keys_of(match, passage, beginnings):
            other, place, stop = known.setdefault(key, (name, passage, end))
            is_listed = place is passage and not APART.search(passage.text, stop, start)
            if not (_are_one(name, other, key) and not is_listed and {name, other} not in listed):
                continue
            if reported != (passage, end):
                yield _other_name(passage, start, end, other)
                reported = passage, end
            break


def _words(office: re.Match[str]) -> list[str]:
    return re.findall("..", office["words"])


def _keys_of(
    office: re.Match[str], passage: TextPassage, beginnings: Counter[str]
) -> Iterator[tuple[object, ...]]:
    """What an office has in common with others that are the same: its words, whatever their order; all but one behind
    the first that says little; what they mean. Of three that begin alike each is another.
    """
    kind, words = office["kind"], _words(office)
    meant = ALIKE.get(words[1], words[1])
    yield kind, *sorted(words)
    if len(words) > TWO:
        yield from ((kind, *sorted({*words} - {word})) for word in words[1:] if word in ADDED)
    elif beginnings[words[0]] <= TWO:
        is_narrow = kind == "办公室" and meant in ADDED and words[0] not in WIDE
        yield (words[0], OF_ITS_SUBJECT) if is_narrow else (id(passage), kind, words[0], meant)


def _are_one(name: str, other: str, key: tuple[object, ...]) -> bool:
    """Whether two names with something in common are of one office: 城市建设办公室 and 城市管理办公室 are of two."""
    is_of_words = isinstance(key[0], str) and key[-1] != OF_ITS_SUBJECT
    return name != other and not (is_of_words and len(name) == len(other) and sorted(name) != sorted(other))


def _other_name(passage: TextPassage, start: int, end: int, other: str) -> RuleHit:
    reason = f"别处写的是“{other}”，这里是“{passage.text[start:end]}”，请核对名称。"
    return RuleHit(reason, passage, start, end)


def _listed_together(named: list[tuple[TextPassage, re.Match[str]]]) -> set[frozenset[str]]:
    """The offices that stand side by side somewhere: 社区平安办公室、社区平安建设办公室 are two."""
    listed, ended = set[frozenset[str]](), dict[tuple[int, int], str]()
    for passage, match in named:
        name, start = match["words"] + match["kind"], match.start("words")
        before = ended.get((id(passage), start - 1))
        if before and passage.text[start - 1] in AND:
            listed.add(frozenset((before, name)))
        ended.setdefault((id(passage), start + len(name)), name)
    return listed


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


def _teams_of_two_ranks(subject: LintSubject) -> Iterator[RuleHit]:
    """综合行政执法队……综合执法大队, where no other place's is named."""
    found = [(one, match) for one in subject.passages for match in TEAM.finditer(one.text)]
    if any(HIGHER.search(match["level"]) for _, match in found):
        return
    known: dict[str, tuple[str, str]] = {}
    for passage, match in found:
        kind = match["name"].removesuffix(match["rank"]).replace("行政", "")
        name, rank = known.setdefault(kind, (match["name"], match["rank"]))
        if rank != match["rank"]:
            yield _other_name(passage, *match.span("name"), name)


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


def _boards_of_two_endings(subject: LintSubject) -> Iterator[RuleHit]:
    """区城市管理局……区城市管理委员会, 区信访局……区信访办, 和 and 与; a committee's office is none of its names."""
    names: dict[str, tuple[str, str]] = {}
    bodies: dict[str, str] = {}
    for passage in subject.passages:
        yield from _committees_and_offices(passage, bodies)
        for match in BOARD.finditer(passage.text):
            stem, ending = match["stem"], match["ending"].removesuffix("公室")
            known_stem, known = names.setdefault(re.sub("[与及]", "和", stem), (stem, ending))
            if stem != known_stem or (known != ending and "局" in (known, ending)):
                yield _other_name(passage, *match.span(), known_stem + known)


def _committees_and_offices(passage: TextPassage, known: dict[str, str]) -> Iterator[RuleHit]:
    """区发展改革局……区发改委, one of them in short."""
    for match in BODY.finditer(passage.text):
        stem = match["stem"]
        is_short = stem in IN_SHORT
        full = match["level"] + re.sub("[和与]", "", IN_SHORT.get(stem, stem))
        other = known.setdefault(full, match[0])
        is_office = match["ending"] == "局"
        if other.endswith("局") != is_office and (is_short or other[1:-1] in IN_SHORT):
            yield _other_name(passage, *match.span(), other)


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
