"""The title (条例第九条（七）; GB/T 9704-2012, 7.3.1): its kind of document, its words and marks, its lines."""

import re
from collections.abc import Iterator
from itertools import islice
from math import ceil

from reports.chosen_sizes import TITLE_CHARACTERS
from reports.gbt9704 import MM_PER_PT, SIZE_2_PT, TYPE_AREA_WIDTH_MM
from reports.line_breaks import rough_width
from reports.lint.finding import PassageKind
from reports.lint.passages import TextPassage
from reports.lint.phrases import phrase_hits
from reports.lint.registration import ACCURACY, ERROR, WARNING, document_rule, passage_rule
from reports.lint.subject import LintSubject, RuleHit, hit_at, hit_of_whole, unquoted_matches
from reports.titles import title_lines

# 条例第八条.
KINDS = (
    *(
        "决议",
        "决定",
        "命令",
        "令",
        "公报",
        "公告",
        "通告",
        "意见",
        "通知",
        "通报",
        "报告",
        "请示",
        "批复",
        "议案",
    ),
    *("函", "纪要"),
)
TITLED = (*KINDS, "方案", "办法", "规定", "计划", "总结", "要点", "细则", "预案")
VERSION = re.compile(r"（[^（）]{1,8}）$")
END_MARK = re.compile(r"(?<![，。、；：！？.,;:!?])[，。、；：！？.,;:!?]+$")
# 会议听取了关于……的报告。 and 下面，我讲三点意见。 are sentences; so is 关于停车问题。 below which it goes on.
SENTENCE = re.compile("^会议|[，了]")
ABOUT = re.compile("关于")
REPEATED_KIND = re.compile(rf"的({'|'.join(KINDS)})的\1$")
# 关于征求意见 ends in a kind that is none there.
LINKED = ("通知", "通报", "报告", "请示", "批复", "公告", "通告", "函", "纪要")
UNLINKED = re.compile(rf"关于(?:(?!关于|的)[^\n]|\n)*?(?P<kind>{'|'.join(LINKED)})$")
NO_KIND = re.compile(r"关于[^\n]{2,60}的(?P<kind>申请|请求|汇报|答复函|意见函|请示函|情况说明|申请书)$")
# What a document is about makes its kind: who asks writes a 请示, who calls a meeting a 通知.
KIND_BY_SUBJECT = (
    (re.compile(r"关于(?:申请|请求|恳请|追加|增拨|请予)[^\n]{2,60}的(?P<kind>报告|通知|通报)$"), "请示"),
    (
        re.compile(
            r"关于(?:召开|举办|报送|填报|上报|印发|转发|组织开展|做好)[^\n]{2,60}的(?P<kind>通报|公告|决定)$"
        ),
        "通知",
    ),
    (re.compile(r"关于(?:报送|上报|呈报|汇报)[^\n]{2,60}的(?P<kind>请示)$"), "报告"),
    (re.compile(r"关于(?:商请|邀请|请求协助)[^\n]{2,60}的(?P<kind>请示|报告|通知|通报)$"), "函"),
)
MOST_LINES = 3
LINE_CHARACTERS = TYPE_AREA_WIDTH_MM / (SIZE_2_PT * MM_PER_PT)


def title_kind(subject: LintSubject) -> str:
    """The kind of document that the title ends in, a version in brackets aside; nothing where it names none."""
    title = VERSION.sub("", END_MARK.sub("", subject.title))
    return next((kind for kind in KINDS if title.endswith(kind)), "")


@document_rule("title-kind", "标题缺文种", ERROR, "条例第九条（七）")
def kind_missing(subject: LintSubject) -> Iterator[RuleHit]:
    """A title under a red head that does not end in one of the fifteen kinds of document."""
    if subject.document.masthead is not None and not title_kind(subject):
        reason = "标题没有文种，请在末尾写明，如“通知”“通报”“报告”“请示”“函”。"
        yield from (
            RuleHit(reason, one, 0, len(one.text)) for one in subject.passages_of_kind(PassageKind.TITLE)
        )


@document_rule("title-end-mark", "标题末尾标点", WARNING, ACCURACY)
def title_end_mark(subject: LintSubject) -> Iterator[RuleHit]:
    """关于召开会议的通知。"""
    for passage in subject.passages_of_kind(PassageKind.TITLE):
        text = passage.text.rstrip()
        match = END_MARK.search(text)
        may_go_on = subject.written is not None and text.endswith("。")
        is_sentence = may_go_on and (SENTENCE.search(text) or not text[:-1].endswith(TITLED))
        if match and not is_sentence:
            yield hit_at(passage, match, "标题末尾不用标点，请删去。", "")


@document_rule("title-repetition", "标题中的重复", WARNING, "条例第九条（七）")
def repeated_abouts(subject: LintSubject) -> Iterator[RuleHit]:
    """关于转发关于……的通知的通知: 关于 or the kind twice, outside of the titles that it names."""
    for passage in subject.passages_of_kind(PassageKind.TITLE):
        for match in (
            *islice(unquoted_matches(ABOUT, passage.text), 1, None),
            *REPEATED_KIND.finditer(passage.text),
        ):
            yield hit_at(
                passage, match, f"标题中“{match[0]}”重复，请改写；转发、印发文件的，文件名称加书名号。"
            )


@passage_rule("title-link", "标题缺“的”", WARNING, "条例第九条（七）", kinds=(PassageKind.TITLE,))
def missing_links(passage: TextPassage) -> Iterator[RuleHit]:
    """关于第三季度工作情况报告: 关于 without 的."""
    match = UNLINKED.search(VERSION.sub("", passage.text.rstrip()))
    if match:
        right = f"的{match['kind']}"
        reason = f"“关于”与“{match['kind']}”之间缺“的”字，请改为“{right}”。"
        yield RuleHit(reason, passage, match.start("kind"), match.end("kind"), right)


@passage_rule("title-lines", "标题过长", WARNING, "7.3.1", kinds=(PassageKind.TITLE,))
def too_many_lines(passage: TextPassage) -> Iterator[RuleHit]:
    """A title over three lines at the width of the page."""
    lines = title_lines(passage.text, TITLE_CHARACTERS)
    count = sum(ceil(rough_width(line) / LINE_CHARACTERS) for line in lines)
    if count > MOST_LINES:
        reason = f"标题排出来有{count}行，请精简到{MOST_LINES}行以内（每行不超过{TITLE_CHARACTERS}字）。"
        yield hit_of_whole(passage, reason)


@passage_rule("title-shape", "标题分行", WARNING, "7.3.1", kinds=(PassageKind.TITLE,))
def narrow_middles(passage: TextPassage) -> Iterator[RuleHit]:
    """Lines of a title that are narrower in the middle: neither a trapezoid nor a diamond."""
    lengths = [len(line.strip()) for line in passage.text.splitlines() if line.strip()]
    triples = zip(lengths, lengths[1:], lengths[2:], strict=False)
    if any(here < min(before, after) for before, here, after in triples):
        yield hit_of_whole(passage, "标题各行应当排成梯形或者菱形，中间不能比上下窄，请调整分行。")


@document_rule("misnamed-kind", "文种与事由不符", WARNING, "条例第八条")
def misnamed_kinds(subject: LintSubject) -> Iterator[RuleHit]:
    """关于申请……的报告, 关于召开……的通报."""
    if subject.written is None or not subject.title:
        return
    passage = next(subject.passages_of_kind(PassageKind.TITLE), subject.passages[0])
    for pattern, right in KIND_BY_SUBJECT:
        for match in pattern.finditer(passage.text.rstrip() if subject.document.title else subject.title):
            reason = f"按标题的事由，文种应为“{right}”，不是“{match['kind']}”，请核对。"
            yield RuleHit(reason, passage, *match.span("kind"))


@document_rule("title-words", "标题用语", WARNING, "条例第八条、第九条（七）")
def redundant_title_words(subject: LintSubject) -> Iterator[RuleHit]:
    """关于请求……的请示: 请示 asks already; 关于……的申请 is of no kind."""
    for passage in subject.passages_of_kind(PassageKind.TITLE):
        text = passage.text.rstrip()
        yield from phrase_hits("title-words", passage)
        for match in NO_KIND.finditer(text) if subject.written else ():
            reason = f"“{match['kind']}”不是公文文种，请改用“请示”“报告”“函”等。"
            yield RuleHit(reason, passage, *match.span("kind"))
