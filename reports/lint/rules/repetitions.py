"""Text that was there before: last period's, or another paragraph's of the same document."""

from collections.abc import Iterator

from rapidfuzz import fuzz, process

from reports.lint.finding import FindingPlace, PassageKind
from reports.lint.passages import TextPassage
from reports.lint.place_words import place_words
from reports.lint.registration import WARNING, document_rule
from reports.lint.subject import LintSubject, RuleHit, hit_of_whole
from reports.model import Paragraph

# Shorter texts are alike by chance: 本季度无新增问题。
SHORTEST = 20
# Under heads of their own even longer ones are: 完成率55%，落后序时进度20个百分点，年底预计有困难但能完成。
SHORTEST_UNDER_HEAD = 60
ALIKE_PERCENT = 90.0
SHOWN = 16
# What such a paragraph counts depends on the heading that it stands under.
OF_ITS_HEADING = ("本部分", "本专项", "本章", "本节", "本部门", "本居民区")


@document_rule("near-copy", "与上期雷同", WARNING, "条例第十九条（三）")
def copied_from_last_period(subject: LintSubject) -> Iterator[RuleHit]:
    """A paragraph or cell nearly the same as one of last period; the same text is reported where it first stands."""
    previous = [text for text in subject.context.previous if len(text.strip()) >= SHORTEST]
    seen: set[str] = set()
    for passage in subject.passages_of_kind(PassageKind.TEXT, PassageKind.CELL):
        if len(passage.text) < SHORTEST or passage.text in seen:
            continue
        seen.add(passage.text)
        found = process.extractOne(passage.text, previous, scorer=fuzz.ratio, score_cutoff=ALIKE_PERCENT)
        if found:
            reason = f"与上期“{found[0][:SHOWN]}……”{found[1]:.0f}%相同，请核对是否写了本期的新进展。"
            yield hit_of_whole(passage, reason)


@document_rule("repeated-paragraph", "段落重复", WARNING, "条例第十九条（三）")
def repeated_paragraphs(subject: LintSubject) -> Iterator[RuleHit]:
    """A paragraph that stands in the body twice."""
    first: dict[str, FindingPlace] = {}
    for passage in subject.body_paragraphs:
        text = passage.text.strip()
        if len(text) < _shortest_length(subject, passage) or text.startswith(OF_ITS_HEADING):
            continue
        if text in first:
            other = place_words(subject.document, first[text])
            yield hit_of_whole(passage, f"与{other}完全相同，请删去一处或者改写。")
        first.setdefault(text, passage.place)


def _shortest_length(subject: LintSubject, passage: TextPassage) -> int:
    """How long a paragraph must be for its like not to be chance."""
    block = subject.block_of(passage)
    return SHORTEST_UNDER_HEAD if isinstance(block, Paragraph) and block.head else SHORTEST
