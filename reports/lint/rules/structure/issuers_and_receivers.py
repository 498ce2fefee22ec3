"""Who issues and who receives: 签发人, 主送, 抄送, 署名 (条例第九条、第十五条; GB/T 9704-2012, 7.3.2, 7.4.2)."""

import re
from collections.abc import Iterator

from reports.lint.finding import PassageKind
from reports.lint.passages import TextPassage
from reports.lint.registration import ERROR, WARNING, document_rule, passage_rule
from reports.lint.rules.structure.part_endings import END_MARK
from reports.lint.rules.structure.title import title_kind
from reports.lint.subject import LintSubject, RuleHit, hit_at, hit_of_whole
from reports.model import Direction, DocumentPart, OfficialDocument

BETWEEN = "，、；,;"
SEPARATOR = re.compile(f"[{BETWEEN}]")
SEPARATORS = re.compile(rf"[{BETWEEN}：:\s]+")
ASKING = re.compile("请示如下|[妥当]否，请")
UPWARD_KINDS = ("请示", "报告")
WRONG_SEPARATOR = re.compile(r"[；／/|]")


def goes_upward(document: OfficialDocument) -> bool:
    """Whether a document goes to a higher authority (上行文)."""
    return document.masthead is not None and document.masthead.direction is Direction.UPWARD


@document_rule("missing-signatory", "缺签发人", ERROR, "条例第九条（六）")
def missing_signatory(subject: LintSubject) -> Iterator[RuleHit]:
    """An upward document that names no 签发人."""
    masthead = subject.document.masthead
    signatories = masthead.signatories if masthead else ()
    if goes_upward(subject.document) and not any(name.strip() for name in signatories):
        yield RuleHit("上行文应当标注签发人，请填写签发人姓名。", part=DocumentPart.SIGNATORY)


@document_rule("missing-addressee", "缺主送机关", ERROR, "条例第九条（八）")
def missing_addressee(subject: LintSubject) -> Iterator[RuleHit]:
    """An upward document without 主送机关."""
    if goes_upward(subject.document) and not subject.document.addressee.strip():
        yield RuleHit("上行文应当写明主送机关，请填写。", part=DocumentPart.ADDRESSEE)


@document_rule("several-addressees", "多头主送", WARNING, "条例第十五条（一）")
def several_addressees(subject: LintSubject) -> Iterator[RuleHit]:
    """An upward document to more than one authority; without a title it is one where it asks for a decision."""
    asks = any(ASKING.search(one.text) for one in subject.body_paragraphs) if not subject.title else False
    if goes_upward(subject.document) or (subject.written and (asks or title_kind(subject) in UPWARD_KINDS)):
        for passage in subject.passages_of_kind(PassageKind.ADDRESSEE):
            if SEPARATOR.search(passage.text.rstrip(f"{BETWEEN} ")):
                reason = "上行文原则上主送一个上级机关，请只留一个，其他机关改为抄送。"
                yield hit_of_whole(passage, reason)


@passage_rule("receiver-separator", "主送机关之间的标点", WARNING, "7.3.2", kinds=(PassageKind.ADDRESSEE,))
def wrong_separators(passage: TextPassage) -> Iterator[RuleHit]:
    """Receivers apart by another mark than 、 within a kind and ， between kinds."""
    for match in WRONG_SEPARATOR.finditer(passage.text.rstrip()):
        yield hit_at(passage, match, "同类机关之间用顿号，不同类机关之间用逗号，请改正。", "、")


@document_rule("copy-twice", "重复送达", WARNING, "7.4.2")
def copies_to_receivers(subject: LintSubject) -> Iterator[RuleHit]:
    """A copy to one who is a receiver already, or twice to the same."""
    named = {name for name in SEPARATORS.split(subject.document.addressee) if name}
    for passage in _copy_receivers(subject):
        name = passage.text.strip()
        if name in named:
            yield hit_of_whole(passage, f"“{name}”已在主送或者抄送机关之列，请删去一处。")
        named.add(name)


@document_rule("copy-downward", "上行文抄送下级", ERROR, "条例第十五条（一）")
def copies_downward(subject: LintSubject) -> Iterator[RuleHit]:
    """A copy of an upward document to one of the issuer's own departments."""
    own = {name for names in subject.context.names for name in names}
    for passage in _copy_receivers(subject) if goes_upward(subject.document) else ():
        if passage.text.strip() in own:
            yield hit_of_whole(passage, "上行文不抄送下级机关，请删去。")


@document_rule("copy-mark", "抄送机关后的标点", ERROR, "7.4.2")
def copy_marks(subject: LintSubject) -> Iterator[RuleHit]:
    """A receiver of a copy with a mark at its end, where the renderer sets it."""
    for passage in _copy_receivers(subject):
        for match in END_MARK.finditer(passage.text):
            yield hit_at(passage, match, "抄送机关之间和末尾的标点会自动加上，请删去手写的。", "")


def _copy_receivers(subject: LintSubject) -> Iterator[TextPassage]:
    return (one for one in subject.passages if one.part is DocumentPart.COPIES_TO)


@document_rule("signature", "署名与发文机关标志", WARNING, "条例第九条（十一）")
def foreign_signatures(subject: LintSubject) -> Iterator[RuleHit]:
    """A signature of another issuer than the red head's; one may be the short form of the other."""
    masthead = subject.document.masthead
    issuers = [name.strip() for name in (masthead.issuers if masthead else ())]
    signed = (one for one in subject.passages if one.part is DocumentPart.SIGNATURE)
    for passage in signed if issuers else ():
        name = passage.text.strip()
        if not any(name.endswith(issuer) or issuer.endswith(name) for issuer in issuers):
            reason = f"署名与发文机关标志“{'、'.join(issuers)}”不一致，请核对。"
            yield hit_of_whole(passage, reason)
