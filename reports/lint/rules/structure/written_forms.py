"""What a text written by hand shows around its body: who issues and signs, the date, 签发人, the list of annexes."""

import re
from collections.abc import Iterator

from reports.lint.finding import PassageKind
from reports.lint.passages import TextPassage
from reports.lint.registration import ERROR, WARNING, document_rule
from reports.lint.rules.structure.part_endings import END_MARK
from reports.lint.subject import HANZI, LintSubject, RuleHit, hit_of_whole
from reports.model import DocumentPart, Sheet

BODIES = "办事处|工作委员会|党工委|委员会|人民政府|办公室|居委会|局|中心"
# The body in front of 关于.
TITLE_ISSUER = re.compile(rf"^(?P<name>[{HANZI}]{{2,30}}?(?:{BODIES}))关于")
MONTH_ONLY = re.compile(r"^\s*\d{4}\s*年\s*\d{1,2}\s*月\s*$")
SIGNATORIES = re.compile(r"签发人[：:]\s*[^\s]{2,20}?(?P<mark>[、，,；])")
ANNEX_LIST = re.compile(r"^\s*附件[：:]")
NUMBERED = re.compile(r"^\s*(?:附件[：:]\s*)?(?P<number>\d{1,2})(?P<mark>[.．、])\s*")
# Another's paper is named with who made it: 县发展和改革局《关于……的函》.
WHOLLY_QUOTED = re.compile(r"^\s*(?:附件[：:]\s*)?(?:\d{1,2}[.．、]\s*)?(?P<title>《[^《》]+》)\s*$")
COPIES = re.compile(r"^\s*抄送[：:]\s*(?P<names>.{2,200}?)[。\s]*$")
NAMES_APART = re.compile("[，、；]")


@document_rule("title-issuer", "标题与署名的机关不一致", WARNING, "条例第九条")
def foreign_title_issuers(subject: LintSubject) -> Iterator[RuleHit]:
    """示例街道党政办公室关于…… signed by 示例街道办事处; one may be the short form of the other."""
    signature, found = subject.document.signature, TITLE_ISSUER.match(subject.title)
    if subject.written is None or signature is None or found is None or "、" in found["name"]:
        return
    name, issuers = found["name"], [issuer.strip() for issuer in signature.issuers]
    if not any(name in issuer or issuer in name for issuer in issuers):
        reason = f"标题里的发文机关是“{name}”，署名不同，请核对。"
        for passage in subject.passages:
            if passage.part is DocumentPart.SIGNATURE:
                yield hit_of_whole(passage, reason)


def _loose_lines(subject: LintSubject) -> Iterator[TextPassage]:
    """The lines of a text that are no sentences."""
    for passage in subject.passages_of_kind(PassageKind.CELL) if subject.written else ():
        if isinstance(subject.block_of(passage), Sheet):
            yield passage


@document_rule("signature-day", "成文日期不全", ERROR, "7.3.5.4")
def signature_without_day(subject: LintSubject) -> Iterator[RuleHit]:
    """2026年10月 below the issuer."""
    if subject.document.signature is None or subject.document.signature.signed_on is not None:
        return
    for passage in _loose_lines(subject):
        if MONTH_ONLY.match(passage.text):
            yield hit_of_whole(passage, "成文日期应当写全年、月、日，请补上日。")


@document_rule("signatory-mark", "签发人之间的标点", WARNING, "7.2.6")
def marks_between_signatories(subject: LintSubject) -> Iterator[RuleHit]:
    """签发人：甲、乙."""
    for passage in _loose_lines(subject):
        for match in SIGNATORIES.finditer(passage.text):
            reason = "签发人姓名之间空一字，不用标点，请改正。"
            yield RuleHit(reason, passage, *match.span("mark"), "\u3000")


@document_rule("annex-list-form", "附件说明的写法", WARNING, "7.3.4")
def wrong_annex_lists(subject: LintSubject) -> Iterator[RuleHit]:
    """附件：1、《……》；: numbers with a dot, titles without title marks or a mark behind."""
    is_list, alone = False, subject.written is not None and subject.written.listed_annexes == 1
    for passage in _loose_lines(subject):
        number = NUMBERED.match(passage.text)
        is_list = bool(ANNEX_LIST.match(passage.text)) or (is_list and number is not None)
        if not is_list:
            continue
        if number and number["mark"] != ".":
            yield RuleHit("附件序号后用“.”，请改正。", passage, *number.span("mark"), ".")
        if number and alone:
            yield RuleHit("只有一个附件的，不编序号，请删去。", passage, *number.span("number"))
        for match in (*END_MARK.finditer(passage.text), *WHOLLY_QUOTED.finditer(passage.text)):
            reason = "附件名称不加书名号，后面不加标点，请删去。"
            yield RuleHit(reason, passage, *match.span(match.lastgroup or 0))


@document_rule("hand-copies", "抄送机关重复", WARNING, "7.4.2")
def copies_to_addressees(subject: LintSubject) -> Iterator[RuleHit]:
    """抄送 to who is addressed already, in a text."""
    addressed = {name for name in NAMES_APART.split(subject.document.addressee) if name}
    for passage in _loose_lines(subject):
        found = COPIES.match(passage.text)
        for name in NAMES_APART.split(found["names"]) if found else ():
            if name in addressed:
                start = passage.text.index(name)
                reason = f"“{name}”已经主送，请删去。"
                yield RuleHit(reason, passage, start, start + len(name))
