"""Document numbers and titles in a text (GB/T 9704-2012, 7.2.5)."""

import re
from collections.abc import Iterator

from reports.lint.passages import TextPassage
from reports.lint.registration import ACCURACY, ERROR, WARNING, document_rule, passage_rule
from reports.lint.subject import HANZI, LintSubject, RuleHit, hit_at

OPENING, CLOSING = r"[\[［(（【{〔]", r"[\]］)）】}〕]"
# （2026）12号楼 is a building.
NUMBER = re.compile(
    rf"(?<=[{HANZI}])(?P<opening>{OPENING})(?P<year>\d{{4}}|\d{{2}})(?P<closing>{CLOSING})"
    r"(?P<ordinal>\s*第\s*)?(?P<zeros>(?<!\d)0+(?=[1-9]))?(?P<sequence>\d{1,5})号(?![楼线院门地房])"
)
CITED = re.compile(rf"》（([{HANZI}]{{1,8}}〔\d{{4}}〕\d{{1,5}}号)）")
NUMBER_ALONE = re.compile(
    rf"(?:根据|按照|依据|落实|贯彻)(?P<number>[{HANZI}]{{1,8}}〔\d{{4}}〕\d{{1,5}}号)(?:文件?)?(?=精神|要求|规定|，)"
)
NO_END = re.compile(rf"(?<=[{HANZI}])〔\d{{4}}〕\d{{1,5}}(?![\d号\s－—-])")
YEAR_MARK = re.compile(rf"(?<=[{HANZI}])〔\d{{4}}年〕(?=\d)")
BEFORE_TITLE = re.compile(rf"[{HANZI}]{{1,8}}〔\d{{4}}〕\d+号(?:文件?)?(?=《)")


@passage_rule("number-brackets", "文号括号", ERROR, "7.2.5", holding="号")
def wrong_year_brackets(passage: TextPassage) -> Iterator[RuleHit]:
    """示街[2026]12号."""
    for match in NUMBER.finditer(passage.text):
        if (match["opening"], match["closing"]) != ("〔", "〕"):
            start, end = match.start("opening"), match.end("closing")
            right = f"〔{match['year']}〕"
            reason = f"发文字号的年份用六角括号，请改为“{right}”。"
            yield RuleHit(reason, passage, start, end, right)


@passage_rule("number-year", "文号年份", ERROR, "7.2.5", holding="号")
def short_number_years(passage: TextPassage) -> Iterator[RuleHit]:
    """示街〔26〕12号."""
    for match in NUMBER.finditer(passage.text):
        if len(match["year"]) == 2:
            right = f"20{match['year']}"
            reason = f"发文字号的年份应当标全称，请改为“{right}”。"
            yield RuleHit(reason, passage, match.start("year"), match.end("year"), right)


@passage_rule("number-ordinal", "文号“第”字", ERROR, "7.2.5", holding="号")
def ordinals_in_numbers(passage: TextPassage) -> Iterator[RuleHit]:
    """示街〔2026〕第12号."""
    for match in NUMBER.finditer(passage.text):
        if match["ordinal"]:
            reason = "发文字号的序号不加“第”字，请删去。"
            yield RuleHit(reason, passage, match.start("ordinal"), match.end("ordinal"), "")


@passage_rule("number-padding", "文号补零", ERROR, "7.2.5", holding="号")
def padded_numbers(passage: TextPassage) -> Iterator[RuleHit]:
    """示街〔2026〕012号."""
    for match in NUMBER.finditer(passage.text):
        if match["zeros"]:
            reason = "发文字号的序号不编虚位，请删去前面的“0”。"
            yield RuleHit(reason, passage, match.start("zeros"), match.end("zeros"), "")


@passage_rule("citation-order", "引用公文的次序", WARNING, ACCURACY, holding="〔")
def numbers_before_titles(passage: TextPassage) -> Iterator[RuleHit]:
    """示街〔2026〕12号《…》: a document is cited by its title, with the number behind it in brackets."""
    for match in BEFORE_TITLE.finditer(passage.text):
        yield hit_at(passage, match, "引用公文应当先引标题、后引发文字号，请改为“《标题》（发文字号）”。")


@document_rule("citation-title", "引用公文没有标题", WARNING, ACCURACY)
def numbers_without_titles(subject: LintSubject) -> Iterator[RuleHit]:
    """根据示府发〔2026〕8号文件精神: a document is cited by its title first; later its number may do."""
    cited = {match[1] for one in subject.passages for match in CITED.finditer(one.text)}
    for passage in subject.body_paragraphs:
        for match in NUMBER_ALONE.finditer(passage.text):
            if match["number"] not in cited:
                reason = "引用公文应当先引标题、后引发文字号，请改为“《标题》（发文字号）”。"
                yield RuleHit(reason, passage, *match.span("number"))


@passage_rule("number-end", "文号缺“号”", ERROR, "7.2.5", holding="〔")
def numbers_without_end(passage: TextPassage) -> Iterator[RuleHit]:
    """示街〔2026〕12, and 示街〔2026年〕12号."""
    for match in NO_END.finditer(passage.text):
        yield hit_at(passage, match, "发文字号末尾缺“号”字，请补上。", f"{match[0]}号")
    for match in YEAR_MARK.finditer(passage.text):
        yield hit_at(passage, match, "发文字号的年份不加“年”字，请删去。", match[0].replace("年", ""))
