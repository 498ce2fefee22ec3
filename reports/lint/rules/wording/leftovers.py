"""What a draft or a department's own text left in a document: blanks, markup, its own voice, personal data."""

import re
from collections.abc import Iterator

from reports.lint.finding import PassageKind
from reports.lint.passages import TextPassage
from reports.lint.registration import ACCURACY, DIGITS, WARNING, document_rule, passage_rule
from reports.lint.subject import LintSubject, RuleHit, hit_at

OWN_VOICE = re.compile(
    r"(?<![自本])我(?:办公室|居民区|居委会|中心(?!城)|队(?![伍友员])|办(?![理事好学公成起展]))"
)
STREET = ("街道办事处", "工作委员会", "人民政府")
IDENTITY = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")
PHONE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")


@document_rule("department-voice", "部门口吻", WARNING, ACCURACY)
def department_voice(subject: LintSubject) -> Iterator[RuleHit]:
    """我办 and 我中心 in a document that the sub-district issues."""
    signature = subject.document.signature
    if signature is None or not signature.issuers[0].strip().endswith(STREET):
        return
    for passage in subject.passages_of_kind(PassageKind.TEXT, PassageKind.CELL):
        for match in OWN_VOICE.finditer(passage.text):
            yield hit_at(passage, match, f"本文以街道名义印发，请把“{match[0]}”改写为部门名称。")


@passage_rule("personal-data", "个人信息", WARNING, "《个人信息保护法》第二十八条", holding=DIGITS)
def personal_data(passage: TextPassage) -> Iterator[RuleHit]:
    """An identity number, or the number of a mobile phone outside of a contact line."""
    for match in IDENTITY.finditer(passage.text):
        yield hit_at(passage, match, "这像是公民身份号码，公文中不应出现，请删去。")
    if "联系" not in passage.text:
        for match in PHONE.finditer(passage.text):
            yield hit_at(passage, match, "这像是个人手机号码，请核对是否应当出现。")
