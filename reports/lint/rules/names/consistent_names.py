"""Names of places and titles that one text spells in two ways, 清源里社区 and 清原里社区 (条例第二十条（四）:
人名、地名准确).
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from reports.lint.finding import PassageKind
from reports.lint.language import WordModel, find_word_model
from reports.lint.passages import TextPassage, text_before
from reports.lint.registration import ACCURACY, WARNING, document_rule
from reports.lint.rules.names.laws import STATE, laws_in_force
from reports.lint.rules.names.official_names import only_difference
from reports.lint.subject import HANZI, NUMERALS, LintSubject, RuleHit, hit_at

LENGTH = 3
PLACE = re.compile(
    rf"(?=(?P<name>[{HANZI}]{{{LENGTH}}})(?P<kind>社区|居民区|小区|街道|花园|大厦|广场|菜场|工业园))"
)
SHORT_COMMUNITY = re.compile(
    rf"(?:(?<![{HANZI}、])|(?<=[在由对到请是为组]))(?P<name>[{HANZI}]{{2}})(?P<kind>社区|小区|居民区)"
)
KIND = re.compile("社区|居民区|小区|街道|花园|大厦|广场|菜场|工业园|新村|路")
BESIDE_NAME = frozenset("在于与和及的地得至到为以由对各个全本该此这那向从等有是约")
# （以下简称《细则》）……按照《办法》第十二条: of what was not introduced.
SHORT_TITLE = re.compile(r"（以下(?:统一)?(?:简称|称)[为：]?《(?P<name>[^》\n]{2,20})》）")
BARE_TITLE = re.compile(
    "(?P<bare>《)?(?P<name>办法|规定|细则|条例|方案|意见|通知|规则|制度|准则|计划|标准|纲要|规划|公约|章程|协议|合同|通则|规程|规范)》"
)
# Of bodies alone: 建筑节能 and 建筑能源 are words.
SHORT_FORM = re.compile(
    rf"（以下(?:统一)?(?:简称|称)[为：]?“?"
    rf"(?P<name>[{HANZI}]{{2,11}}[局委办站所队部处科会组室院司团班社心])”?）"
)
# 锦绣、临湖、北苑3个社区: the kind of all is behind the last.
LISTED_PLACES = re.compile(
    rf"(?:^|(?<=[，。；：在对向由、和与]))(?P<names>(?:[{HANZI}]{{2,3}}、){{1,9}}[{HANZI}]{{2,3}}?)(?:等)?(?:\d{{1,2}}|[二三四五六七八九十]+)个(?P<kind>社区|居民区|小区|村|街道)",
    re.MULTILINE,
)
# 柳林镇 in a title, 柳河镇 in the text below it.
PLACE_OF_TITLE = re.compile(
    rf"(?=(?P<name>[{HANZI}]{{2}})(?P<kind>(?<![城乡])镇|乡(?!镇)|街道|社区|(?<![农乡])村(?![中小]学)|小区|(?<![村乡镇区县市])[中小]学(?!生)|医院|水库|大桥|公园|市场|(?<!道)路(?!径|线)))"
)
WORK = re.compile(r"《(?P<name>[^《》\n]{8,60})》")
OF_OTHERS = re.compile("另|配套|修订|废止|参照|对照|相比|区别|原《")
NO_SLIP_OF_TITLE = f"0123456789省市区县镇乡{NUMERALS}甲乙丙东西南北上下大小老新男女春夏秋冬"
# How many names are held against each other.
MOST_NAMES = 60


@document_rule("one-name-by-sound", "名称用字不一", WARNING, ACCURACY)
def names_of_one_sound(subject: LintSubject) -> Iterator[RuleHit]:
    """Two names in one document that differ by a character of the same sound."""
    model = find_word_model()
    if model is None:
        return
    yield from _other_spellings(list(_named(subject, PLACE)), subject, model, is_near=True)
    order = {id(passage): number for number, passage in enumerate(subject.passages)}
    short = [*_named(subject, SHORT_COMMUNITY), *_listed_places(subject)]
    short.sort(key=lambda one: (order[id(one[1])], one[2]))
    yield from _other_spellings(short, subject, model)


def _listed_places(subject: LintSubject) -> Iterator[tuple[str, TextPassage, int]]:
    """The places of lists with a kind behind all of them, each with its kind."""
    for passage in subject.passages:
        for match in LISTED_PLACES.finditer(passage.text):
            for name in re.finditer("[^、]+", match["names"]):
                yield name[0] + match["kind"], passage, match.start("names") + name.start()


def _named(subject: LintSubject, pattern: re.Pattern[str]) -> Iterator[tuple[str, TextPassage, int]]:
    """The names that a pattern finds, with where they stand."""
    for passage in subject.passages:
        for match in pattern.finditer(passage.text):
            yield "".join(match.groups()), passage, match.start("name")


def _other_spellings(
    named: Sequence[tuple[str, TextPassage, int]],
    subject: LintSubject,
    model: WordModel,
    *,
    is_near: bool = False,
) -> Iterator[RuleHit]:
    """Names that are one before them but for a character of the same sound; the first of the two is left alone."""
    if len({name for name, *_ in named}) > MOST_NAMES:
        return
    seen: defaultdict[str, list[str]] = defaultdict(list)
    for name, passage, start in named:
        alike = seen[name[0]]
        other = next((one for one in alike if _sound_alike(name, one, model, is_near=is_near)), None)
        if other and not _are_listed_together(name, other, subject):
            reason = f"“{name}”与“{other}”只差一个同音字，请核对名称；是同一个的，请统一。"
            yield RuleHit(reason, passage, start, start + len(name))
        if name not in alike:
            alike.append(name)


def _are_listed_together(name: str, other: str, subject: LintSubject) -> bool:
    """Whether a text says that two names are of two places: 东苑、东园两个社区."""
    one, two = (KIND.split(text, maxsplit=1)[0] for text in (name, other))
    together = re.compile(rf"{one}(?:{KIND.pattern})?[、和与及]{two}|{two}(?:{KIND.pattern})?[、和与及]{one}")
    return any(together.search(passage.text) for passage in subject.passages)


def _sound_alike(name: str, other: str, model: WordModel, *, is_near: bool = False) -> bool:
    """Whether two names differ in one character, and that sounds the same, or nearly so: 福民桥, 福明桥."""
    pair = only_difference(name, other)
    if pair is None or not BESIDE_NAME.isdisjoint(pair):
        return False
    one, two = map(model.sounds_of, pair)
    sounds_near = is_near and set(NUMERALS).isdisjoint(pair) and not set(one).isdisjoint(two)
    return sounds_near or model.sounds_same(*pair)


@document_rule("short-name-changed", "简称前后不一", WARNING, "条例第十九条")
def changed_short_names(subject: LintSubject) -> Iterator[RuleHit]:
    """（以下简称“执法队”）……执法大队: a short name that later has a character more, less or another."""
    yield from _titles_not_introduced(subject)
    all_given = {match["name"] for one in subject.passages for match in SHORT_FORM.finditer(one.text)}
    for number, passage in enumerate(subject.passages):
        for given in SHORT_FORM.finditer(passage.text):
            full = text_before(passage.text, given.start())
            pattern = _near_forms(given["name"])
            for place, later in enumerate(subject.passages[number:]):
                for match in pattern.finditer(later.text, 0 if place else given.end()):
                    is_other = "".join(filter(None, match.groups())) or match[0]
                    is_short = not match[1] or _is_shortened(match[1], given["name"], full)
                    # 领导小组组长
                    if not is_short or later.text.startswith(given["name"], match.start()):
                        continue
                    if all_given.isdisjoint((match[0], is_other)) and not full.endswith(match[0]):
                        reason = f"前面注明的简称是“{given['name']}”，这里是“{match[0]}”，请统一。"
                        yield RuleHit(reason, later, *match.span())


def _is_shortened(name: str, given: str, full: str) -> bool:
    """Whether a name may be another short form of a full one than the one given, with half of its characters."""
    is_like = (given[0] in name or given[-2:] == name[-2:]) and name[0] not in "由向对与和将请报"
    return is_like and 2 * len(set(name) & set(given)) >= len(given) and _is_out_of(name, full)


def _titles_not_introduced(subject: LintSubject) -> Iterator[RuleHit]:
    """《办法》 where 《细则》 is the one short title that was introduced, and no other title ends so."""
    given = {match["name"] for one in subject.passages for match in SHORT_TITLE.finditer(one.text)}
    if len(given) != 1:
        return
    titles = [(one, match) for one in subject.passages for match in BARE_TITLE.finditer(one.text)]
    known = given | {match["name"] for _, match in titles if not match["bare"]}
    for passage, match in titles:
        if match["name"] not in known:
            yield hit_at(passage, match, f"前面注明的简称是《{min(given)}》，请统一。")


def _is_out_of(name: str, full: str) -> bool:
    """Whether a name has characters of a longer one alone, in their order."""
    rest = iter(full)
    return all(one in rest for one in name)


def _near_forms(name: str) -> re.Pattern[str]:
    """What a short name may have become: with a character more inside or, if it is long, with one less or another."""
    inside = range(1, len(name))
    forms = [f"{name[:at]}[{HANZI}]{name[at:]}" for at in inside] + [f"{name[:-1]}[局委办站所队部处科会]"]
    if len(name) > LENGTH:
        forms += [f"{name[:at]}{name[at + 1 :]}" for at in range(1, len(name) - 1)]
        forms += [f"{name[:at]}[{HANZI}]{name[at + 1 :]}" for at in range(1, len(name) - 1)]
    cut = rf"(?<![{HANZI}])([{HANZI}]{{{len(name) - 1}}}{name[-1]})"  # 社服站, of whose full name see above
    return re.compile(
        rf"(?<![{HANZI}])(?:{'|'.join(forms)})|(?<=[由向对与和将请报])(?:{'|'.join(forms)})|{cut}"
    )


@document_rule("place-of-title", "标题与正文名称不符", WARNING, ACCURACY)
def other_places_than_in_title(subject: LintSubject) -> Iterator[RuleHit]:
    """关于设立柳林镇便民服务分中心的批复……同意在柳河镇设立: the place of the title is nowhere in the text."""
    below = [one for one in subject.passages if one.kind is not PassageKind.TITLE]
    text = "\n".join(one.text for one in below)
    for titled in PLACE_OF_TITLE.finditer(subject.title):
        name = titled["name"] + titled["kind"]
        is_named = name in text or re.search(f"[我本全该两各]{titled['kind']}", text)
        for passage in () if is_named else below:
            for match in PLACE_OF_TITLE.finditer(passage.text):
                other = match["name"] + match["kind"]
                pair = only_difference(name, other) if match["kind"] == titled["kind"] else None
                is_slip = pair and (BESIDE_NAME | set(NUMERALS)).isdisjoint(pair)
                if is_slip and other not in subject.title:
                    reason = f"标题写的是“{name}”，这里是“{other}”，请核对名称。"
                    yield RuleHit(reason, passage, match.start("name"), match.end("kind"))


@document_rule("work-of-two-titles", "文件名称前后不一", WARNING, ACCURACY)
def works_of_two_titles(subject: LintSubject) -> Iterator[RuleHit]:
    """《青源市停车场管理条例》 twice and more, 《青源市停车位管理条例》 once, and nowhere beside it."""
    named = [(one, match) for one in subject.passages for match in WORK.finditer(one.text)]
    count = Counter(match["name"] for _, match in named)
    for passage, match in named if len(count) <= MOST_NAMES else ():
        if count[match["name"]] > 1 or match["name"] in subject.title or _is_of_state(match["name"]):
            continue
        for other in sorted(name for name in count if name in subject.title or count[name] > 1):
            pair = only_difference(other, match["name"])
            is_slip = pair and set(NO_SLIP_OF_TITLE).isdisjoint(pair)
            if is_slip and other not in passage.text and not OF_OTHERS.search(passage.text):
                yield hit_at(passage, match, f"别处写的是《{other}》，请核对名称。")
                break


def _is_of_state(title: str) -> bool:
    return title.removeprefix(STATE) in laws_in_force()
