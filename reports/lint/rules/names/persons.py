"""Persons that one text names in two ways, or whose posts it mixes up (条例第二十条（四）: 人名准确)."""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from reports.lint.finding import PassageKind
from reports.lint.language import WordModel, find_word_model
from reports.lint.passages import TextPassage, sentence_start
from reports.lint.phrases import SURNAMES as COMMON_SURNAMES
from reports.lint.registration import ACCURACY, WARNING, document_rule
from reports.lint.rules.names.official_names import only_difference
from reports.lint.subject import HANZI, LintSubject, RuleHit
from reports.model import Table

LENGTH = 3
SURNAMES = f"{COMMON_SURNAMES}何高任金于白康易常武乔赖文施洪季童"
# 县长任组长，副县长任副组长: who becomes what is said there, no name.
NAME = rf"(?!任[副总组主第常队书委召局所])[{SURNAMES}](?!副)[{HANZI}]"
# 开始陈述, 全部由 and the like begin as names do, and end with what no name has.
NO_NAME = frozenset("在于与和及的地得至到为以由对各个全本该此这那向从等有是约被说将也曾已先今又还就都便却")
PLACE_ENDS = frozenset("村镇乡区县市省街路社")
POST = "书记|主任|委员|[省市区县州镇乡村局所队处科站院校厅部组会]长|经理|主席"
WORKER = "调解员|网格员|楼长|楼组长|店主|岁的|民警|社工|志愿者|工作者|党员|干部|律师|教师|医生|同志|居民|村民|业主|代表"
PARTY = (
    "(?:申请|当事|投诉|举报|信访|反映|报案|报警|委托|代理|监护|承租|经营|法定代表|联系|负责|责任|被处罚|被征收|上诉)人"
    "|[原被]告|伤者|死者"
)
INTRODUCED = re.compile(rf"(?:{POST}|{WORKER}|{PARTY})(?P<name>{NAME}[{HANZI}])")
ACTS = (
    "(?:同志)?(?=担?任|为|主持|带队|出席|参加|负责|牵头|通报|汇报|介绍|在"
    "|表示|强调|指出|要求|传达|赴|到|一行|[、，。；（]|$)"
)
# 主任孙丽任副组长……由孙莉负责.
APPOINTED = re.compile(rf"(?:{POST}|{WORKER})(?P<name>{NAME}{{1,2}}?){ACTS}")
# 出席人员：沈国梁、周敏.
LISTED = re.compile(
    r"(?:主持|出席|列席|参加|参会|到会|记录|联系|负责|经办|承办|申请|汇报|发言|当事|组[ \u3000]*长|成[ \u3000]*员|签发)"
    r"[人者]?员?[：:](?P<names>[^。；\n]{2,200})"
)
LISTED_NAME = re.compile(
    rf"(?:^|(?<=[、，,\s（：]))(?:[^、，,\s]{{0,12}}(?:{POST}))?(?P<name>{NAME}{{1,2}})(?=[、，,\s（）]|等|$)"
)
# 分别由吴晓岚、丁卫东、谭志刚负责.
SHARED = re.compile(
    rf"[由请派](?P<names>{NAME}{{1,2}}(?:[、和]{NAME}{{1,2}}){{1,9}}?)(?:同志)?(?:分别|共同|具体)?(?=负责|牵头|担任|包[保干]|联系|带队|任)"
)
COLUMN_OF_NAMES = re.compile("姓名|联系人|负责人|责任人|组长|人员|当事人")
# 李建军指出: who speaks or acts without a post.
SPEAKER = re.compile(
    rf"(?:^|(?<=[。；，！？、“：\n]))(?P<name>{NAME}{{1,2}}?)(?:同志)?"
    r"(?=指出|强调|要求|表示|主持|讲话|介绍|说|带队|出席|参加|听取|宣布|作了|作出|通报|汇报|到|在|对|一行|率|深入|代表)",
    re.MULTILINE,
)
# 居民王秀兰……2025年，王秀芝被评为: who does more without being introduced.
DOER = re.compile(
    rf"(?:^|(?<=[。；，！？“\n]))(?P<name>{NAME}[{HANZI}])"
    "(?=被|荣获|获评|当选|先后|主动|坚持|告诉|积极|加入|义务|高兴|激动|退休|今年|一家|又|还|也|每[天日周月]|未|的|应|认为|辩?称|提[出交]|系|向|经|拒|不|已|曾|于|因)",
    re.MULTILINE,
)
IN_CHARGE = re.compile(
    rf"(?:由|[报请找交]|到|联系人[：:]?|经办人[：:]?|负责人[：:]?|当事人|申请人|居民|业主|组长|同志)(?P<name>{NAME}{{1,2}}?)(?:同志)?(?=负责|牵头|担?任|联系|主持|统筹|具体|带队|分管|兼任|审定|处|的|[，。；（、]|$)"
)
RANK = re.compile(rf"(?P<vice>副?)(?P<post>{POST})")
# 何文斌主任要求, 周敏副局长提出.
CALLED = re.compile(
    rf"(?P<name>{NAME}{{1,2}}?)(?<![任兼为当是])(?P<vice>副?)(?P<post>{POST})(?=[要强指作主出带到在，对说表介提的])"
)
# 柳塘镇党委书记: the only one of his body.
SOLE_POST = re.compile(
    rf"(?P<body>[{HANZI}]{{0,4}}?)(?<![副原任各社小])(?P<post>(?:[镇乡县区市]|街道)(?:党工?委书记|长)|街道办事处主任)$"
)
# 党工委书记、办事处主任何文斌.
WITH_POSTS = re.compile(
    rf"(?P<posts>[^，。；：！？\n]{{0,30}}?(?P<last>副?(?:{POST})))(?:(?P<name>{NAME}{{1,2}}?){ACTS}|(?=(?P<begun>{NAME}{{1,2}})))"
)
FORMERLY = re.compile("原|[时曾前]任")
NAME_BEHIND_POST = re.compile(rf"(?:{POST})[{SURNAMES}]")
ENDED = re.compile("[，。；！”]|$")
MOST_NAMES = 60
MOST_SHOWN = 9


@document_rule("person-of-other-name", "人名前后不一", WARNING, ACCURACY)
def persons_of_other_names(subject: LintSubject) -> Iterator[RuleHit]:
    """主任李建国主持会议……李建军指出: who is nowhere introduced, and is called nearly as one who is."""
    model = find_word_model()
    introduced = list(_introduced(subject))
    known = {name for name, *_ in introduced}
    if not 0 < len(known) <= MOST_NAMES:
        return
    appointed = {match["name"] for one in subject.passages for match in APPOINTED.finditer(one.text)}
    for passage in subject.passages:
        acting = _acting(passage, known, model) | _begun_alike(passage, appointed)
        for name, start in sorted(acting, key=lambda one: one[1]):
            near = [one for one in known if one[0] == name[0] and _are_one_person(one, name, model)]
            if near and name not in known and not re.search(f"[、和与跟及]{name}", passage.text):
                yield _of_other_name(passage, name, start, min(near))
    yield from _introduced_twice(introduced, model)


def _introduced(subject: LintSubject) -> Iterator[tuple[str, TextPassage, int]]:
    """The names behind posts, in lists of those present or in charge, and in columns of names, with their places."""
    for passage in subject.passages:
        for pattern in (INTRODUCED, APPOINTED):
            for match in pattern.finditer(passage.text):
                yield match["name"], passage, match.start("name")
        for listed in (*LISTED.finditer(passage.text), *SHARED.finditer(passage.text)):
            for match in LISTED_NAME.finditer(listed["names"]):
                yield match["name"], passage, listed.start("names") + match.start("name")
        block = subject.block_of(passage) if passage.kind is PassageKind.CELL else None
        title = block.columns[passage.place.column or 0].title if isinstance(block, Table) else ""
        if COLUMN_OF_NAMES.search(title) and re.fullmatch(rf"{NAME}{{1,2}}", passage.text):
            yield passage.text, passage, 0


def _introduced_twice(
    introduced: list[tuple[str, TextPassage, int]], model: WordModel | None
) -> Iterator[RuleHit]:
    """由吴晓岚、丁卫东负责 above a table that has 吴小岚."""
    # Of one name the first place of each kind: no text names more persons than a reader would hold together.
    firsts = {(name, one.kind): (name, one, start) for name, one, start in reversed(introduced)}
    places = [firsts[key] for key in dict.fromkeys((name, one.kind) for name, one, _ in introduced)]
    for number, (name, passage, start) in enumerate(places if model else ()):
        for other, place, at in places[:number]:
            pair = only_difference(name, other) if name[0] == other[0] else None
            if model and pair and _is_elsewhere(passage, start, place, at) and model.sounds_same(*pair):
                yield _of_other_name(passage, name, start, other)
                break


def _is_elsewhere(passage: TextPassage, start: int, other: TextPassage, at: int) -> bool:
    """Whether two names stand neither in one sentence, as those of two persons may, nor in two lists."""
    if passage is other:
        return sentence_start(passage.text, start) != sentence_start(passage.text, at)
    return PassageKind.TEXT in (passage.kind, other.kind)


def _of_other_name(passage: TextPassage, name: str, start: int, other: str) -> RuleHit:
    reason = f"“{name}”与别处的“{other}”只差一个字，请核对姓名。"
    return RuleHit(reason, passage, start, start + len(name))


def _acting(passage: TextPassage, known: set[str], model: WordModel | None) -> set[tuple[str, int]]:
    """Who speaks or acts, and who is called as one of those known but for a character."""
    text = passage.text
    found = {
        (match["name"], match.start("name"))
        for pattern in (SPEAKER, DOER, IN_CHARGE, CALLED)
        for match in pattern.finditer(text)
    }
    for full in (one for one in known if len(one) == LENGTH):
        for match in re.finditer(rf"(?=({full[0]}[{HANZI}]{{2}}))", text):
            name, start = match[1], match.start()
            pair = only_difference(full, name)
            if pair is None:
                continue
            # 看到沈玉芳，: of one who was introduced the first two characters are hardly another's.
            is_called = (
                full[:2] == name[:2] and full[0] in COMMON_SURNAMES and ENDED.match(text, start + LENGTH)
            )
            if is_called or (model is not None and model.sounds_same(*pair)):
                found.add((name, start))
    return found


def _begun_alike(passage: TextPassage, appointed: set[str]) -> set[tuple[str, int]]:
    """书记孙志远到大桥村……孙志运详细询问: who begins a sentence, whatever he does there."""
    return {
        (match["name"], match.start("name"))
        for full in appointed
        if len(full) == LENGTH and full[0] in COMMON_SURNAMES
        for match in re.finditer(
            rf"(?:^|(?<=[。；\n]))(?P<name>{full[:2]}[{HANZI}])(?=[{HANZI}])", passage.text
        )
    }


def _are_one_person(one: str, other: str, model: WordModel | None) -> bool:
    """Whether two names differ in one character that may be of a name, or in the order of two; short ones have
    characters that sound or look alike."""
    if len(one) == LENGTH and other[1:] == one[:0:-1]:
        return True
    pair = only_difference(one, other)
    if pair is None or not PLACE_ENDS.isdisjoint(pair):
        return False
    if model is not None and model.sounds_same(*pair):
        return True
    if not NO_NAME.isdisjoint(pair):
        return False
    return len(one) == LENGTH or (model is not None and model.are_alike(*pair))


class PostedPerson(NamedTuple):
    """Somebody with the posts before the name or the one behind it; `is_whole`: the name is known to end there."""

    name: str
    posts: str
    passage: TextPassage
    start: int
    end: int
    is_whole: bool = True

    @property
    def last_rank(self) -> tuple[str, str]:
        """副 or nothing, and the post that stands next to the name."""
        return _ranks(self.posts)[-1]

    def other_than(self, known: str) -> RuleHit:
        reason = f"别处写的是“{known}”，请核对姓名和职务。"
        return RuleHit(reason, self.passage, self.start, self.end)


def _ranks(posts: str) -> list[tuple[str, str]]:
    return [(one["vice"], one["post"]) for one in RANK.finditer(posts)]


def _behind_posts(subject: LintSubject) -> Iterator[PostedPerson]:
    for passage in subject.passages:
        # What stands before a post is looked for only where a name is behind one: it takes a while.
        for match in WITH_POSTS.finditer(passage.text) if NAME_BEHIND_POST.search(passage.text) else ():
            name = match["name"] or match["begun"]
            end = match.end("posts") + len(name)
            yield PostedPerson(
                name, match["posts"], passage, match.start("last"), end, is_whole=bool(match["name"])
            )


def _before_post(subject: LintSubject) -> Iterator[PostedPerson]:
    for passage in subject.passages:
        for match in CALLED.finditer(passage.text):
            yield PostedPerson(match["name"], match["vice"] + match["post"], passage, *match.span())


@document_rule("person-of-two-ranks", "职务不一", WARNING, ACCURACY)
def persons_of_two_ranks(subject: LintSubject) -> Iterator[RuleHit]:
    """主任陈志远……副主任陈志远, 局长周敏……周敏副局长, 副书记、县长刘敏……书记刘敏."""
    known: dict[tuple[str, str], tuple[str, set[str]]] = {}
    for person in _behind_posts(subject):
        if FORMERLY.search(person.posts):
            continue
        vice, post = person.last_rank
        before, ranks = known.get((person.name, post), ("", {vice}))
        if vice not in ranks:
            yield person.other_than(f"{before}{person.name}")
        for rank, other in _ranks(person.posts):
            for length in (LENGTH - 1, LENGTH):
                _, ranks = known.setdefault(
                    (person.name[:length], other), (person.posts[-MOST_SHOWN:], set())
                )
                ranks.add(rank)
    for person in _before_post(subject) if known else ():
        vice, post = person.last_rank
        before, ranks = known.get((person.name, post), ("", {vice}))
        if vice not in ranks:
            yield person.other_than(f"{before}{person.name}")


@document_rule("one-post-two-persons", "职务不一", WARNING, ACCURACY)
def posts_of_two_persons(subject: LintSubject) -> Iterator[RuleHit]:
    """柳塘镇党委书记张国平……镇党委书记何伟: one of them holds another post."""
    holders: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for person in _behind_posts(subject):
        sole = SOLE_POST.search(person.posts) if person.is_whole else None
        if sole is None:
            continue
        body, post, name = sole["body"], sole["post"], person.name
        for of_body, holder in holders[post]:
            is_there = body.endswith(of_body) or of_body.endswith(body)
            # Of one character that differs another rule speaks.
            if is_there and len(set(holder) & set(name)) <= 1 and holder != name:
                yield person.other_than(f"{post}{holder}")
                break
        holders[post].append((body, name))


@document_rule("one-person-two-posts", "职务不一", WARNING, ACCURACY)
def persons_with_another_post(subject: LintSubject) -> Iterator[RuleHit]:
    """书记何文斌……何文斌主任 where nothing says that he is both."""
    posts: defaultdict[str, list[str]] = defaultdict(list)
    for person in _behind_posts(subject):
        for length in (LENGTH - 1, LENGTH):
            posts[person.name[:length]].append(person.posts)
    for person in _before_post(subject) if posts else ():
        known = posts.get(person.name, [])
        if known and not any(person.last_rank[1] in words for words in known):
            yield person.other_than(f"{known[0][-MOST_SHOWN:]}{person.name}")
