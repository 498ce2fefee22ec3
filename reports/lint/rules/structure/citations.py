"""Document numbers and titles in a text (GB/T 9704-2012, 7.2.5)."""

import re
from collections.abc import Iterator

from reports.lint.registration import ACCURACY, WARNING, document_rule
from reports.lint.subject import HANZI, LintSubject, RuleHit, hit_at

CITED = re.compile(rf"》（([{HANZI}]{{1,8}}〔\d{{4}}〕\d{{1,5}}号)）")
NUMBER_ALONE = re.compile(
    rf"(?:根据|按照|依据|落实|贯彻)(?P<number>[{HANZI}]{{1,8}}〔\d{{4}}〕\d{{1,5}}号)(?:文件?)?(?=精神|要求|规定|，)"
)
CITED_AGAIN = r"{}〔{}〕(?P<number>\d{{1,5}})号(?=通知|文件|要求|精神|规定|意见|，)"


@document_rule("other-document-number", "文号前后不一", WARNING, ACCURACY)
def altered_numbers(subject: LintSubject) -> Iterator[RuleHit]:
    """《通知》（石政发〔2026〕12号）……石政发〔2026〕21号通知, with no title of its own."""
    cited = [match[1] for one in subject.passages for match in CITED.finditer(one.text)]
    for body, year in {tuple(re.split("[〔〕]", one)[:2]) for one in cited}:
        again = re.compile(CITED_AGAIN.format(body, year))
        for passage in subject.passages:
            for match in again.finditer(passage.text):
                if f"{body}〔{year}〕{match['number']}号" not in cited:
                    yield hit_at(passage, match, f"前面引用的是{cited[0]}，请核对文号。")


@document_rule("citation-title", "引用公文没有标题", WARNING, ACCURACY)
def numbers_without_titles(subject: LintSubject) -> Iterator[RuleHit]:
    """根据示府发〔2026〕8号文件精神: a document is cited by its title first; later its number may do."""
    cited = {match[1] for one in subject.passages for match in CITED.finditer(one.text)}
    for passage in subject.body_paragraphs:
        for match in NUMBER_ALONE.finditer(passage.text):
            if match["number"] not in cited:
                reason = "引用公文应当先引标题、后引发文字号，请改为“《标题》（发文字号）”。"
                yield RuleHit(reason, passage, *match.span("number"))
