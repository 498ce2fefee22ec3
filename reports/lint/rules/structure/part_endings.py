"""Where a text and its parts end: annexes, captions, the note, the closing words, the length."""

import re
from collections.abc import Iterator, Sequence

from reports.lint.finding import PassageKind
from reports.lint.passages import TextPassage
from reports.lint.registration import ACCURACY, ERROR, PUNCTUATION, WARNING, document_rule, passage_rule
from reports.lint.rules.structure.title import title_kind
from reports.lint.subject import LintSubject, RuleHit, hit_at, is_ended
from reports.model import DocumentPart
from reports.text_length import LONGEST_SPECIAL_REPORT, text_length

END_MARK = re.compile(r"(?<![，。、；：！？…,.;:!?])[，。、；：！？…,.;:!?]+\s*$")
BRACKETED = re.compile(r"^\s*[（(]([^（）()]+)[）)]\s*$")
SPECIAL = ("专题", "专项", "调研")
# 特此请示 in a 报告 is a request, another rule's subject.
CLOSING = re.compile(
    r"(?:特此|专此)(通知|通报|报告|批复|公告|通告|函)(?=[告达复]?(?:[。！，]|$))", re.MULTILINE
)
# 以上通知，请遵照执行 below a 函.
ABOVE = re.compile(
    r"(?:^|(?<=[。；\n]))(?:以上|上述)(?P<kind>通知|通报|报告|请示|批复|函)(?=，|妥否|当否|如无)",
    re.MULTILINE,
)
TELLING = re.compile(r"(?<![以])(?P<kind>通知|通报|通告|公告)如下(?=[。：，])")
# 现将……予以通报; 函商如下: what a text without its title says that it is.
KIND_IN_WORDS = re.compile(
    r"现将[^。；\n]{2,60}?(?:予以)?(?P<of>通报|通告|公告|通知|报告|批复)(?:如下|(?=，请))|现?予以(?P<kind>通报|通告|公告)|(?P<letter>函[商请询]|商请)"
)
ANSWERED = re.compile(
    r"(?:《[^》\n]{2,60}?的?(?P<kind>请示|函)》)(?:（[^（）\n]{2,30}）)?(?:已)?(?:收悉|收到)"
)
# To bodies of the district's government a street writes letters.
EQUALS = re.compile(
    r"^[^，。\n]{0,12}(?<!委员会)(?<!政府)(?:局|支队|大队|分局|公司|集团|中心|法院|检察院|协会|学校|医院)[：:]?\s*$"
)
ASKING_APPROVAL = re.compile(r"[妥当可]否，?请(?:予)?(?:批示|批复|指示|审批|批准|示)|特此请示|以上请示")
ANNOUNCING = ("通知", "通报", "通告", "公告")
# Other kinds close in words of their own, or in none.
CLOSED = ("通知", "通报", "报告", "请示", "批复", "公告", "通告", "函")


@document_rule("note-brackets", "附注括号", ERROR, "7.3.6")
def note_brackets(subject: LintSubject) -> Iterator[RuleHit]:
    """Brackets around the note, where the renderer sets them."""
    for passage in subject.passages_of_kind(PassageKind.NOTE):
        if passage.place.block is None:
            for match in BRACKETED.finditer(passage.text):
                yield hit_at(passage, match, "附注的括号会自动加上，请删去手写的。", match[1])


# 附件：1.…… 2.…… behind the last sentence, on its line.
INLINE_LIST = re.compile(r"。\s*附件[：:]\s*(?:1[.．、])?[^。\n]{2,120}$")


# 时间：2026年8月19日, 检查人员：张喆: a line of a form or of minutes is no sentence, nor is a note in brackets.
FORM_LINE = re.compile(
    r"^\s*[㐀-鿿]{0,8}(?:时间|地点|主持|出席|列席|缺席|请假|参加|参会|记录|对象|单位|人员|签字|签名|电话|联系人|日期|编号|名称|地址|部门|来源|方式|人|金额|事由|用途|账号|户名|议题|议程|主题|联系方式)(?:（[^（）]{1,6}）)?："
    r"|^\s*[㐀-鿿]{2,6}：[^，。；：]{1,30}$|^\s*（[大小]写）|^\s*人民币[^，。]{4,40}[元整角分]$"
    r"|[。！？]”?（[^（）]{2,80}）$|（略）$|^\s*\d{4}年\d{1,2}月\d{1,2}日\s|（单位：[^（）]{1,10}）$|^（[^（）]{2,80}）$|（(?:节选|摘要|征求意见稿|试行|草案|讨论稿)）$"
)


# 10月17日（星期六）  陈建国      孙悦: columns set with spaces.
COLUMN_GAP = re.compile(r"[ \u3000\t]{2,}+")
COLUMNS = 3


@passage_rule("end-mark", "段末缺句号", ERROR, f"{PUNCTUATION}，4.1", kinds=(PassageKind.TEXT,))
def missing_end_marks(passage: TextPassage) -> Iterator[RuleHit]:
    """A paragraph that does not end."""
    position = 0
    for line in passage.text.splitlines(keepends=True):
        start, position = position, position + len(line)
        text = line.rstrip()
        if not text or is_ended(text) or INLINE_LIST.search(text) or FORM_LINE.search(text):
            continue
        if len(COLUMN_GAP.split(text.strip())) >= COLUMNS:
            continue
        end = start + len(text)
        right = "。" if text[-1] in "，、" else f"{text[-1]}。"
        yield RuleHit("段末没有句号，请补上。", passage, end - 1, end, right)


@document_rule("closing", "结束语与文种", WARNING, ACCURACY)
def closings_of_another_kind(subject: LintSubject) -> Iterator[RuleHit]:
    """特此通知 below a 通报."""
    kind = title_kind(subject)
    for passage in subject.body_paragraphs if kind in CLOSED else ():
        for match in CLOSING.finditer(passage.text):
            if match[1] != kind:
                yield hit_at(passage, match, f"结束语“{match[0]}”与标题的文种“{kind}”不一致，请核对。")
        for match in ABOVE.finditer(passage.text):
            if match["kind"] != kind:
                yield hit_at(passage, match, f"结束语“{match[0]}”与标题的文种“{kind}”不一致，请核对。")
        for match in TELLING.finditer(passage.text):
            if match["kind"] != kind and kind in ANNOUNCING:
                yield hit_at(passage, match, f"“{match[0]}”与标题的文种“{kind}”不一致，请核对。")


@document_rule("closing-of-answer", "结束语与文种", WARNING, ACCURACY)
def closings_of_answers(subject: LintSubject) -> Iterator[RuleHit]:
    """《……的请示》收悉。……特此通知, 现将……予以通报。……特此函复; 请批示 to a body of one's own rank."""
    if title_kind(subject):
        return
    texts = [one for one in subject.passages if one.kind in (PassageKind.TEXT, PassageKind.HEAD)]
    right, reason = _kind_by_words(texts)
    for passage in texts if right else ():
        for match in CLOSING.finditer(passage.text):
            if match[1] != right:
                yield hit_at(passage, match, reason)
    receivers = [subject.document.addressee, *(one.text for one in subject.passages[:1])]
    for passage in texts if any(EQUALS.search(name) for name in receivers) else ():
        for match in ASKING_APPROVAL.finditer(passage.text):
            yield hit_at(
                passage, match, "对不相隶属的机关用函，不用请示的结束语，请改为“请予支持”“请函复”等。"
            )


def _kind_by_words(texts: Sequence[TextPassage]) -> tuple[str, str]:
    """The kind of document that a text is by what it answers or by what it says that it is, and why; if it says."""
    answered = next((match["kind"] for one in texts if (match := ANSWERED.search(one.text))), None)
    if answered:
        right = "批复" if answered == "请示" else "函"
        return right, f"答复{answered}用“特此{right}”，请改正。"
    stated = next((match for one in texts if (match := KIND_IN_WORDS.search(one.text))), None)
    right = "" if stated is None else "函" if stated["letter"] else stated["of"] or stated["kind"]
    return right, f"前面写的是{right}，结束语不一致，请改正。"


@document_rule("length", "篇幅", WARNING, "条例第十九条（三）")
def body_too_long(subject: LintSubject) -> Iterator[RuleHit]:
    """A body of more characters than official texts should have."""
    budget = subject.context.budget
    if budget is None or (subject.written and title_kind(subject) != "报告"):
        return  # a text of another kind may be as long as it is
    if any(word in subject.title for word in SPECIAL):
        budget = min(budget, LONGEST_SPECIAL_REPORT)
    length = text_length(subject.document.body)
    if length > budget:
        yield RuleHit(f"正文{length}字，超过{budget}字，请压缩。", part=DocumentPart.BODY)
