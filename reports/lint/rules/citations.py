"""Document numbers and titles in a text (GB/T 9704-2012, 7.2.5)."""

import re
from collections.abc import Iterator

from reports.lint.phrases import phrase_rule
from reports.lint.registration import ACCURACY, ERROR, WARNING, document_rule
from reports.lint.subject import HANZI, LintSubject, RuleHit

CITED = re.compile(rf"》（([{HANZI}]{{1,8}}〔\d{{4}}〕\d{{1,5}}号)）")
NUMBER_ALONE = re.compile(
    rf"(?:根据|按照|依据|落实|贯彻)(?P<number>[{HANZI}]{{1,8}}〔\d{{4}}〕\d{{1,5}}号)(?:文件?)?(?=精神|要求|规定|，)"
)

wrong_year_brackets = phrase_rule("number-brackets", "文号括号", ERROR, "7.2.5")
short_number_years = phrase_rule("number-year", "文号年份", ERROR, "7.2.5")
ordinals_in_numbers = phrase_rule("number-ordinal", "文号“第”字", ERROR, "7.2.5")
padded_numbers = phrase_rule("number-padding", "文号补零", ERROR, "7.2.5")
numbers_without_end = phrase_rule("number-end", "文号缺“号”", ERROR, "7.2.5")
numbers_before_titles = phrase_rule("citation-order", "引用公文的次序", WARNING, ACCURACY)


@document_rule("citation-title", "引用公文没有标题", WARNING, ACCURACY)
def numbers_without_titles(subject: LintSubject) -> Iterator[RuleHit]:
    """根据示府发〔2026〕8号文件精神: a document is cited by its title first; later its number may do."""
    cited = {match[1] for one in subject.passages for match in CITED.finditer(one.text)}
    for passage in subject.body_paragraphs:
        for match in NUMBER_ALONE.finditer(passage.text):
            if match["number"] not in cited:
                reason = "引用公文应当先引标题、后引发文字号，请改为“《标题》（发文字号）”。"
                yield RuleHit(reason, passage, *match.span("number"))
