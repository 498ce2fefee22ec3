"""Words of the word list (条例第二十条（四）)."""

from collections.abc import Iterator

from reports.lint.registration import ACCURACY, ERROR, WARNING, document_rule
from reports.lint.subject import QUOTATION, LintSubject, RuleHit, covered_positions
from reports.lint.words import WordLevel


@document_rule("misspelling", "别字", ERROR, ACCURACY)
def wrong_words(subject: LintSubject) -> Iterator[RuleHit]:
    """Words that the list calls wrong anywhere (必错)."""
    yield from _words_of_level(subject, WordLevel.WRONG)


@document_rule("suspect-word", "疑似用错", WARNING, ACCURACY, is_certain=False)
def suspect_words(subject: LintSubject) -> Iterator[RuleHit]:
    """Words that the list calls probably wrong (疑似)."""
    yield from _words_of_level(subject, WordLevel.SUSPECT)


@document_rule("variant", "用字", WARNING, ACCURACY)
def variant_words(subject: LintSubject) -> Iterator[RuleHit]:
    """Words for which there are better ones (提示)."""
    yield from _words_of_level(subject, WordLevel.HINT)


def _words_of_level(subject: LintSubject, level: WordLevel) -> Iterator[RuleHit]:
    for passage, start, one in subject.listed_words:
        # What others said is quoted in their style.
        is_quoted = level is WordLevel.HINT and start in covered_positions(QUOTATION, passage.text)
        if one.level is level and not is_quoted:
            end = start + len(one.word)
            yield RuleHit(
                _reason_for(one.word, one.replacement, level, one.reason),
                passage,
                start,
                end,
                one.replacement or None,
            )


def _reason_for(word: str, right: str, level: WordLevel, reason: str) -> str:
    """What to do about a word, with the list's own reason."""
    why = f"{reason.rstrip('。')}。" if reason else ""
    if not right:
        return why or f"词表里有“{word}”，请核对。"
    match level:
        case WordLevel.WRONG:
            return f"别字：“{word}”应为“{right}”。{why}"
        case WordLevel.SUSPECT:
            return f"“{word}”像是“{right}”之误，请核对。{why}"
        case WordLevel.HINT:
            return f"公文中用“{right}”，不用“{word}”。{why}"
