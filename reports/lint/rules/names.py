"""Names of units and persons in two spellings (条例第二十条（四）: 人名、地名准确)."""

import re
from collections.abc import Iterable, Iterator
from itertools import combinations, islice

from rapidfuzz.distance import Levenshtein, Postfix

from reports.lint.finding import PassageKind
from reports.lint.passages import TextPassage
from reports.lint.registration import ACCURACY, WARNING, document_rule, passage_rule
from reports.lint.subject import HANZI, LintSubject, RuleHit, hit_at

# In shorter names one character makes another unit: 平安办, 治安办.
SHORTEST = 5
# How many names of bodies are held against each other: a quarterly report has about twenty.
MOST_BODIES = 60
OFFICE = "办事处"
BODY = re.compile(rf"[{HANZI}]{{2,6}}(?:街道办事处|居民委员会|工作委员会|有限公司|派出所)")
# How many characters at either end of a name tell it from others.
ENDS = 2
# What may stand before such a suffix without being part of a name.
NO_NAME = "各全本两三四五该原新由在和与及等的"
# The most frequent surnames that are no words before a post, as 高 and 任 would be.
SURNAMES = (
    "张王李赵刘陈杨黄吴周徐孙马朱胡郭林罗郑梁谢宋唐许韩冯邓曹彭曾萧田董袁潘蒋蔡余杜叶程苏魏吕丁沈姚卢"
    "姜崔钟谭陆汪范廖石贾夏方邹熊孟秦邱江尹薛闫段侯陶黎贺顾毛郝龚邵万钱严覃戴莫孔汤"
)
SHORT_PERSON = re.compile(
    rf"(?:^|(?<=[，。；：、（“由经据向请与和及受委府办道局会]))(?P<name>[老小]?[{SURNAMES}])(?P<post>副?(?:书记|主任|区长|局长|市长|科长|处长|镇长|委员))(?![会制])",
    re.MULTILINE,
)
# 街道办 and 居委 in place of the bodies' names; 街道办理 and 居委会 are none.
SHORT_BODIES = {
    "街道办事处": re.compile(
        r"街道办(?=[，。；、：）]|主任|副主任|党工委|要求|召开|组织|负责|印发|领导|各|牵头|会同|联合|统筹|统一|制定|与)"
    ),
    "政府办公室": re.compile(
        "(?<=[市区县])政?府办(?=[，。；、：有]|要求|召开|组织|印发|通知|主任|下发|牵头|转发)"
    ),
    "市场监管局": re.compile("(?<=[区市县])(?:市场局|市监局|市场监督局|市场管理局)"),
    "自然资源和规划局": re.compile("(?<=[区市县])资规局"),
    "居委会": re.compile(r"居委(?=[，。；、：）]|主任|书记|干部)"),
}
# 区住建 and 区城管 for 区住房城乡建设局: an office without the word that makes it one; 区公安、城管等部门 has it.
OFFICE_STEM = re.compile(
    r"(?<!城)[区市县](?:住建|城管|发改|卫健|人社|市监|文旅|民政|规自|信访|公安|水务|园林|房管|商务|医保|应急|消防|生态环境|文体|统计|审计)(?=[、和与及等，。；对会联派将已在]|组织|牵头|召开|开展|要求|支持|进行|参加|共同|负责|到|出具|提供|反馈|协助|审批|批准|指导|明确|答复|发布|印发|下达|认定|核查|人员)"
)
# 副区刘志远: a post without its last character.
CUT_POST = re.compile(rf"副(?P<post>[区市县镇乡局院所]|主|书)(?=[{SURNAMES}][{HANZI}]{{1,2}})")
POST_ENDS = {"主": "任", "书": "记"}
# 区人力资源和社会保障主办: the whole name but for its last character, before what it does.
LONG_STEM = re.compile(
    r"(?<![城社校园小])[省市区县](?P<office>人力资源和社会保障|住房和城乡建设|住房城乡建设|城市管理(?:行政|综合)?执法|市场监督管理|发展和改革|卫生健康|规划和自然资源|自然资源和规划|农业农村|应急管理|退役军人事务|医疗保障|文化和旅游|文化旅游|交通运输|行政审批|财政|教育|司法行政)"
    r"(?=[、，。]|主办|承办|协办|牵头|批复|核准|已于|联合|会同|组织|开展|负责|下发|印发|通报|召开|要求|提供|反馈|出具|审批|答复|受理|认定|检查|督促|责令|立案|拟|将于)"
)
# 人大会, 政协席, 党工委记, 人民法: cut within, each with what is meant.
CUT_NAMES = (
    (
        re.compile(r"(?<=[省市区县镇])人大会(?=副?主任|组织|常务|视察|审议|议定|机关|代表|$|[，。、])"),
        "人大常委会",
    ),
    (re.compile(r"(?<=[省市区县])人大(?=副?主任)"), "人大常委会"),
    (re.compile(r"党工(?=副?书记)"), "党工委"),
    (re.compile(r"(?<=政协)副?席(?=[^位卡])"), "主席"),
    (
        re.compile(
            r"(?<=[党区市县镇工]委)(?P<of>副?)(?:记|书)(?=[^录者载忆面记籍院法]{2,3}(?:主持|到|带|率|出席|一行|调研|检查|指出|强调|要求|走访)|[，。、])"
        ),
        "书记",
    ),
    (re.compile(r"(?<=人民)(?:法|检察)(?=到|与|会同|联合|开展|组织|提起|的(?!院)|、)"), "法院、检察院"),
    (re.compile(r"(?<=[市区县])检察(?=提起|会同|联合|开展|组织|依法)"), "检察院"),
    (re.compile(r"(?<=卫生健康)委员(?=组织|开展|会同|联合|牵头|印发|要求|负责)"), "委员会"),
    (re.compile(r"(?:卫健|发改|住建)委员会"), "规范的简称"),
    (re.compile(r"街道办事处(?=党工委|纪工委)"), "街道"),
)
# 副区长周带队, 陈主持召开: a surname alone before what the person does.
# 周检查 is weekly, 曾赴 is once, 万一 is a word: at a clause's beginning only what is nothing but a surname.
SURE_SURNAMES = re.sub(
    "[方万严石孔江段夏汤顾贺钱叶毛马周曾许于莫杜程田卢丁尹金白安常项武文施洪季童高何任覃戴]", "", SURNAMES
)
MEETING = "带队|率队|主持(?:召开|会议)|一行|出席"
SURNAME_ALONE = re.compile(
    rf"(?:书记|主任|[区市县镇乡局科处院所队校]长|主席|委员)(?P<name>[{SURNAMES}])(?=(?:{MEETING})|(?<![周方万曾])(?:赴|到现场|实地|走访|调研|视察|检查(?!站)|慰问|督导|陪同))"
    rf"|(?:^|(?<=[，。；\n]))(?P<lone>[{SURE_SURNAMES}])(?={MEETING}|赴|到现场|实地|走访|调研|视察|检查(?!站)|慰问|督导|陪同)",
    re.MULTILINE,
)
# 县委副书记、刘志明到: no mark between a post and its name.
POST_MARK = re.compile(
    rf"(?:书记|主任|[区市县镇乡局科处院]长|主席)(?P<mark>、)(?=[{SURNAMES}](?!主任|书记|[局区市县镇院科处]长)[{HANZI}]{{1,2}}(?:到|带队|率队|主持|出席|赴|指出|强调|要求|走访|调研|检查|一行|视察|参加))"
)
# 王建平区长要求: the post stands before the name.
POST_BEHIND = re.compile(
    rf"(?:^|(?<=[，。；\n]))(?:[{SURNAMES}][{HANZI}]{{1,2}}(?P<post>副?(?:书记|主任|局长|主席))|(?![江夏石马])[{SURNAMES}](?![东西南北中上下][区县镇乡])[{HANZI}]{{2}}(?P<place_post>副?[区市县镇乡]长))(?=要求|指出|强调|带队|主持|到|一行|表示|走访|调研|检查|出席|参加)",
    re.MULTILINE,
)
# 经请示市局: of which city, and which 局?
BARE_OFFICE = re.compile(
    r"(?:转请|会同|商请|报请|配合|联合|转交|上报|报送)(?P<name>[省市区县][局委])(?=[处审解协研、，。]|进行|开展|组织|联合)"
)
# 区住建局局, 生态环境分局局: the last word twice.
ENDS_TWICE = re.compile("局局(?![长面部限势域际])|委委(?!员|托|派|书)|院院(?!长|士|落|内|外|前)|党委委书")
# 市生态环境松岭分局 without 局 before its branch.
BRANCH = re.compile(
    rf"(?<=[省市县区])(?P<office>生态环境|规划和自然资源|自然资源|市场监督管理|交通运输|应急管理)(?=[{HANZI}]{{1,4}}分局)(?!局)"
)
OFFICES = re.compile("部门|系统|条线|领域|单位|机关|口")
POST = "书记|主任|委员|同志|组长|局长|所长|队长"
NEAR_POST = re.compile(POST)
NAMED_AFTER = rf"(?<=书记|主任|委员|同志|组长|局长|所长|队长)[{HANZI}]{{%d}}|[{HANZI}]{{%d}}(?=副?(?:{POST}))"


@document_rule("unit-name", "单位名称", WARNING, ACCURACY)
def misspelled_units(subject: LintSubject) -> Iterator[RuleHit]:
    """A name that differs by one character from an official one, or from the document's own issuer."""
    known = {name for group in (*subject.context.names, _own_names(subject)) for name in group if name}
    long_ones = sorted((name for name in known if len(name) >= SHORTEST), key=lambda name: (-len(name), name))
    begun = {name: name[:ENDS] for name in long_ones}
    for passage in subject.passages:
        names = [name for name, head in begun.items() if head in passage.text]
        if names:
            yield from _near_misspellings(passage, names, known)


def _own_names(subject: LintSubject) -> tuple[str, ...]:
    """The issuers as the document's head and signature write them, with the short form of a sub-district."""
    head, signature = subject.document.masthead, subject.document.signature
    issuers = (head.issuers if head else ()) or (signature.issuers if signature else ())
    full = [issuer.strip() for issuer in issuers]
    return (*full, *(name.removesuffix(OFFICE) for name in full))


def _near_misspellings(passage: TextPassage, names: Iterable[str], known: set[str]) -> Iterator[RuleHit]:
    text = passage.text
    taken = [span for name in names for span in _name_spans(name, text)]
    for name in names:
        for start, end in _near_spellings(name, text):
            written = text[start:end]
            if written not in known and not _overlap_any(start, end, taken):
                taken.append((start, end))
                reason = f"“{written}”与“{name}”只差一个字，请核对名称；是同一单位的，请统一为“{name}”。"
                yield RuleHit(reason, passage, start, end)


def _overlap_any(start: int, end: int, spans: Iterable[tuple[int, int]]) -> bool:
    return any(start < stop and begin < end for begin, stop in spans)


def _name_spans(name: str, text: str) -> Iterator[tuple[int, int]]:
    for match in re.finditer(re.escape(name), text):
        yield match.span()


def _near_spellings(name: str, text: str) -> Iterator[tuple[int, int]]:
    """Where the beginning and the end of a name enclose all of it but one character, or one more or another."""
    head, tail = name[:ENDS], name[-ENDS:]
    for start, _ in _name_spans(head, text):
        for length in (len(name), len(name) - 1, len(name) + 1):
            window = text[start : start + length]
            if len(window) == length and window.endswith(tail) and Levenshtein.distance(window, name) == 1:
                yield start, start + length


@document_rule("two-names", "名称不统一", WARNING, ACCURACY)
def two_spellings(subject: LintSubject) -> Iterator[RuleHit]:
    """Two names of bodies in one document of which one has a character more: 江苏路街道办事处, 江苏街道办事处."""
    found: dict[str, tuple[TextPassage, int, int]] = {}
    for passage in subject.passages:
        for match in BODY.finditer(passage.text):
            found.setdefault(match[0], (passage, *match.span()))
    for one, other in combinations(islice(found, MOST_BODIES), 2):
        longer, shorter = _differing_ends(one, other) or _differing_ends(other, one) or ("", "")
        if longer:
            passage, _, end = found[one if one.endswith(shorter) else other]
            reason = f"文中既有“{longer}”又有“{shorter}”，请核对并统一名称。"
            yield RuleHit(reason, passage, end - len(shorter), end)


def _differing_ends(one: str, other: str) -> tuple[str, str] | None:
    """The ends of two names, where that of the first has one character more between two that both have."""
    same = Postfix.similarity(one, other)
    if same >= min(len(one), len(other)):
        return None
    extra = one[-same - 1]
    before = one[-same - 3 : -same - 1]
    if len(before) == 2 and before == other[-same - 2 : -same] and extra not in NO_NAME:
        return one[-same - 3 :], other[-same - 2 :]
    return None


@document_rule("person-name", "人名", WARNING, ACCURACY)
def misspelled_persons(subject: LintSubject) -> Iterator[RuleHit]:
    """The name of a person beside a post, or of a 签发人, that differs by one character from an official's."""
    persons = [name for name in subject.context.persons if len(name) > 2]
    if not persons:
        return
    known = re.compile("|".join(map(re.escape, persons)))
    for passage in subject.passages:
        if passage.kind is not PassageKind.PARTY and not NEAR_POST.search(passage.text):
            continue
        taken = [match.span() for match in known.finditer(passage.text)]
        for start, end in _person_spans(passage, {len(name) for name in persons}):
            written = passage.text[start:end]
            near = [name for name in persons if name[0] == written[0] and _differs_by_one(name, written)]
            if near and not _overlap_any(start, end, taken):
                reason = f"“{written}”与“{near[0]}”只差一个字，请核对姓名。"
                yield RuleHit(reason, passage, start, end)


def _person_spans(passage: TextPassage, lengths: set[int]) -> Iterator[tuple[int, int]]:
    """Where names of such lengths may stand."""
    if passage.kind is PassageKind.PARTY:
        yield 0, len(passage.text)
    for length in lengths:
        for match in re.finditer(NAMED_AFTER % (length, length), passage.text):
            yield match.span()


def _differs_by_one(one: str, other: str) -> bool:
    return len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1


@passage_rule("short-person", "领导姓名不全", WARNING, ACCURACY)
def shortened_persons(passage: TextPassage) -> Iterator[RuleHit]:
    """王书记: in a document a person has the full name, and the whole post."""
    for match in CUT_POST.finditer(passage.text):
        right = match[0] + POST_ENDS.get(match["post"], "长")
        yield hit_at(passage, match, f"职务不全，请改为“{right}”。", right)
    for match in SURNAME_ALONE.finditer(passage.text):
        yield RuleHit("只有姓没有名，请写姓名全称。", passage, *match.span(match.lastgroup or 0))
    for match in POST_MARK.finditer(passage.text):
        yield RuleHit("职务与姓名之间不用顿号，请删去。", passage, match.start(), match.end() + 3)
    for match in POST_BEHIND.finditer(passage.text):
        yield RuleHit("职务写在姓名前面，请核对职务并改正。", passage, match.start(), match.end())
    for match in SHORT_PERSON.finditer(passage.text):
        yield hit_at(passage, match, f"“{match[0]}”应当写姓名全称，职务写在姓名前面，请补全。")


@passage_rule("short-body", "机关名称不全", WARNING, "条例第十九条")
def shortened_bodies(passage: TextPassage) -> Iterator[RuleHit]:
    """街道办 for 街道办事处, and 市生态环境松岭分局 for the branch of a 局."""
    for match in BRANCH.finditer(passage.text):
        yield hit_at(passage, match, f"机关名称不全，请改为“{match[0]}局”。", f"{match[0]}局")
    for full, pattern in SHORT_BODIES.items():
        for match in pattern.finditer(passage.text):
            yield hit_at(passage, match, f"机关名称用全称或者规范的简称，请改为“{full}”。", full)
    yield from _cut_names(passage)
    for match in OFFICE_STEM.finditer(passage.text):
        if not OFFICES.search(passage.text, match.end(), match.end() + 20):
            reason = f"“{match[0]}”不是机关名称，请写全称或者规范的简称，如“{match[0]}局”。"
            yield hit_at(passage, match, reason)


def _cut_names(passage: TextPassage) -> Iterator[RuleHit]:
    """区人力资源和社会保障主办, 区人大会副主任: names that lack a character."""
    for match in LONG_STEM.finditer(passage.text):
        is_listed = passage.text.startswith(("、", "，", "。"), match.end())
        if not (is_listed and OFFICES.search(passage.text, match.end(), match.end() + 20)):
            yield hit_at(passage, match, f"“{match[0]}”不是机关名称，请写全称，如“{match[0]}局”。")
    for match in BARE_OFFICE.finditer(passage.text):
        reason = f"“{match['name']}”不是机关名称，请写全称或者规范的简称。"
        yield RuleHit(reason, passage, *match.span("name"))
    for match in ENDS_TWICE.finditer(passage.text):
        yield hit_at(passage, match, f"“{match[0][0]}”重复，请删去一个。", match[0][1:])
    for pattern, right in CUT_NAMES:
        for match in pattern.finditer(passage.text):
            yield hit_at(passage, match, f"“{match[0]}”不是完整的名称，请核对，如“{right}”。")
