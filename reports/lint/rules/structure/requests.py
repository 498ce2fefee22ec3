"""What a document asks of those it goes to: a report asks for nothing, none orders its superiors or pleads below."""

import re
from collections.abc import Iterator

from reports.lint.finding import PassageKind
from reports.lint.passages import TextPassage
from reports.lint.registration import ERROR, WARNING, document_rule
from reports.lint.rules.structure.part_endings import EQUALS
from reports.lint.rules.structure.title import title_kind
from reports.lint.subject import HANZI, LintSubject, RuleHit, hit_at, unquoted_matches
from reports.model import Direction

VERDICT = r"[妥当可]否[，,]?\s*敬?请(?:予以?)?(?:[批审][示复准阅批定]?|指示)"
APPROVAL = r"(?:批准|批复|审批|审定)"
# 区域 and 市民 are no authorities; 区政府, 区委、区政府, 市区两级部门, 上级部门 and 贵委 are.
AUTHORITY = rf"(?:[区市](?!域|内|间|块|民|场|容|属)|上级|贵|(?:街道)?(?:党工委|办事处)|街道(?!各))[{HANZI}、]{{0,14}}?"
# 请区消防支队协助检查 and 请区专家帮助会诊 are about work done together.
ACTION_ASKED = (
    r"(?:予以?|给予|协调|支持|解决|统筹|研究|同意|明确|批准|批复|审批|审定|安排|拨付|下达|追加|增加)"
    r"[^，。；：！？\n]{0,16}"
)
# 居民请求 and 已提请 report what others did; a request made here begins a clause with it.
ASKING = rf"(?:(?<![{HANZI}\d])|(?<=[特现故是此])|(?<=同时|建议))请求?"
REQUEST = re.compile(
    rf"{VERDICT}|特此?请示|以上请示|请示如下"
    rf"|(?<![报提申呈])请(?:予以?)?(?:批准|(?:批复|批示|审批)(?=[，。；]|$))"
    rf"|[恳敬]请[^，。；]{{0,12}}?(?:{APPROVAL}|予以?(?:支持|解决|协调)|给予支持)"
    rf"|(?<![已曾])[恳敬]请{AUTHORITY}{ACTION_ASKED}"
    rf"|(?P<plain>{ASKING}{AUTHORITY}{ACTION_ASKED})"
)
# 以上是工作情况的报告，当否，请批示, where no title says that it is one.
REPORT_ASKING = re.compile(
    rf"(?:^|(?<=[，。；\n]))(?:(?:以上|上述)[是为][^，。；！？\n]{{0,50}}(?:(?<!请示)报告|汇报|总结|情况)|(?:以上|上述)(?:报告|汇报|总结|情况))[，。]?(?P<asked>{VERDICT})"
)
OTHER_DOCUMENT = "报告不得夹带请示事项，请删去，需要上级批准、解决的另文请示。"
# In a sentence with these words 请 reports how a thing went: 向区发改委去函，请区发改委支持; 请区政府协调，现已解决.
BEFORE = re.compile("已|曾|函|报告|上报|汇报|反映|沟通|对接|联系|走访|会上|会议|召开|诉求|居民")
BEHIND = re.compile("已|了")
# How far around a request its sentence is read, so that a long paragraph of them takes no more than a moment.
NEAR = 200
SENTENCE_MARK = re.compile(r"[。！？；\n]")
ORDER = re.compile(
    r"请你(?:单位|[局委办])|(?<![提邀聘申呈希期盼])[请望](?:各[^，。；]{1,12})?(?:认真|严格|迅速)?(?:遵照|贯彻)(?:执行|落实)"
    r"|请各[^，。；]{1,12}(?:认真|切实)?(?:抓好|做好)[^，。；]{0,8}落实"
)
PLEA = re.compile(
    rf"{VERDICT}|(?<![呈报提申])请予?批示|恳请[^，。；]{{0,12}}(?:批准|批复)|请审[阅示议定](?=[。！]|$)"
)
ASKED = re.compile("请(?:予以?)?(?:批|审|示|核|支持|给予|同意|解决|协调)|[妥当可]否|恳请|请求|申请")
MATTER = re.compile(r"^[一二三四五六七八九十]+、(?:关于|申请|请求|请)")
DIRECTION_OF_KIND = {
    "报告": Direction.UPWARD,
    "请示": Direction.UPWARD,
    "通知": Direction.DOWNWARD,
    "通报": Direction.DOWNWARD,
    "批复": Direction.DOWNWARD,
}
OTHER_DIRECTIONS = {
    Direction.UPWARD: (ORDER, "上行文不能要求上级执行，请改写。"),
    Direction.DOWNWARD: (PLEA, "下行文不用请示、呈报的用语，请改写。"),
}

# 请督促施工单位认真贯彻执行 asks for something else.
BETWEEN_EQUALS = (
    re.compile(
        r"[请望](?:你[局委办]|贵[局委办]|贵单位|各单位)?(?:认真|严格|迅速|切实)?(?:遵照|贯彻)(?:执行|落实)"
        r"|贵(?:[局委办司院校镇乡区]|单位|公司|街道|中心|部门)[^。；\n]{0,12}?(?:必须|务必|限期|限于)[^，。；\n]{0,24}|[请望]务必[^，。；\n]{2,24}"
        r"|[妥当可]否，?请(?:批示|指示|审批)|(?<=，)不得(?:延误|有误|推诿|推托|推脱|拖延|拒绝|迟误)"
    ),
    "函用于不相隶属的机关之间，语气应当平和，不能命令对方，请改写，如“请予支持为盼”“请函复”。",
)


@document_rule("request-in-report", "报告夹带请示", ERROR, "条例第十五条（四）")
def requests_in_report(subject: LintSubject) -> Iterator[RuleHit]:
    """A request in a report (条例第十五条（四）); a sentence that reports one, or the title of a 请示, is none."""
    if title_kind(subject) != "报告":
        for passage in subject.passages_of_kind(PassageKind.TEXT) if title_kind(subject) != "请示" else ():
            for match in REPORT_ASKING.finditer(passage.text):
                yield RuleHit(OTHER_DOCUMENT, passage, *match.span("asked"))
        return
    for passage in subject.passages_of_kind(PassageKind.TEXT, PassageKind.CELL):
        for match in unquoted_matches(REQUEST, passage.text):
            if not (match["plain"] and _is_reported(passage, match)):
                yield hit_at(passage, match, OTHER_DOCUMENT)


def _is_reported(passage: TextPassage, match: re.Match[str]) -> bool:
    """Whether the sentence around a request reports it instead of making it."""
    before = SENTENCE_MARK.split(passage.text[max(match.start() - NEAR, 0) : match.start()])[-1]
    behind = SENTENCE_MARK.split(passage.text[match.end() : match.end() + NEAR])[0]
    return bool(BEFORE.search(before) or BEHIND.search(behind))


@document_rule("direction", "用语与行文方向", WARNING, "条例第十四条")
def words_of_another_direction(subject: LintSubject) -> Iterator[RuleHit]:
    """请遵照执行 to a higher authority, 请批示 to those below."""
    direction = direction_of(subject)
    kind, addressee = title_kind(subject), subject.document.addressee
    is_letter = kind == "函" or (not kind and direction is None and EQUALS.search(addressee) is not None)
    if is_letter and not subject.title.endswith("复函"):
        pattern, reason = BETWEEN_EQUALS
    elif direction is None:
        return
    else:
        pattern, reason = OTHER_DIRECTIONS[direction]
    for passage in subject.body_paragraphs:
        yield from (hit_at(passage, match, reason) for match in unquoted_matches(pattern, passage.text))


def direction_of(subject: LintSubject) -> Direction | None:
    """Where a document goes: by its head, or by its kind where it is a text without one."""
    masthead = subject.document.masthead
    if masthead:
        return masthead.direction
    return DIRECTION_OF_KIND.get(title_kind(subject)) if subject.written else None


@document_rule("request-missing", "请示没有请求", WARNING, "条例第八条（十一）")
def requests_missing(subject: LintSubject) -> Iterator[RuleHit]:
    """A 请示 that asks for nothing."""
    if title_kind(subject) != "请示" or subject.is_fragment:
        return
    if not any(ASKED.search(passage.text) for passage in subject.body_paragraphs):
        yield RuleHit("请示没有请求批准的话，请在末尾写明，如“妥否，请批示。”。")


@document_rule("request-several", "请示多个事项", WARNING, "条例第十五条（四）")
def several_requests(subject: LintSubject) -> Iterator[RuleHit]:
    """A 请示 with more than one matter under headings of their own."""
    if title_kind(subject) != "请示":
        return
    asked = [
        one
        for one in subject.passages_of_kind(PassageKind.HEADING, PassageKind.HEAD)
        if MATTER.search(one.text)
    ]
    for passage in asked[1:]:
        yield RuleHit("请示应当一文一事，请把这一项另文请示。", passage, 0, len(passage.text))
