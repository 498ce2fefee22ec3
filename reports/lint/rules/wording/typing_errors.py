"""Characters that were mistyped, found by what is known of the language rather than by a list of errors."""

import re
from collections.abc import Iterator, Mapping

from reports.lint.counts import CAPITALS
from reports.lint.finding import PassageKind
from reports.lint.language import (
    KnownTexts,
    PhraseSlip,
    find_phrase_slips,
    find_typing_errors,
    find_word_model,
    known_texts,
    pair_counts,
)
from reports.lint.registration import ACCURACY, WARNING, document_rule
from reports.lint.subject import QUOTATION, LintSubject, RuleHit, covered_positions

# Names of units and of persons follow no other rule than their own.
PROSE = tuple(set(PassageKind) - {PassageKind.PARTY, PassageKind.ADDRESSEE})


LONG_PHRASE = 5
OF_THE_DOCUMENT = 3  # times
# 报市市场监督管理局, 建社28年, 按按时完成、保质保量的要求.
OF_TWO_WORDS = (
    "市市[场政]|(?P<each>[校村镇户家人])(?P=each)均|主任任|长长[期效年]|员员工|区区[委政级属]|县县[委政级属]|省省[委政级直]|有有[限关]|对对[口接]|超时序|时序进度"
    r"|作作(?=[了出好为汇报交表发说动总讲介点典经主书述解详专简系再重认细充全]|部署|安排|进一步|统筹|深入|具体)|戮力同心|[\u3400-\u9fff]{2}之[网弦堤墙基舵钥]|建[社镇校院站]\d"
    r"|按按(?=[^。；\n]{2,24}的(?:要求|原则|标准|目标))"
)


@document_rule("typing-error", "疑似错字", WARNING, ACCURACY)
def mistyped_words(subject: LintSubject) -> Iterator[RuleHit]:
    """落时 for 落实, 功坚 for 攻坚; nothing where the installation has no model of the language."""
    model = find_word_model()
    if model is None:
        return
    passages = tuple(subject.passages_of_kind(*PROSE))
    whole = "\n".join(passage.text for passage in passages)
    known = known_texts(subject.context.right_texts)
    times = pair_counts(whole)
    for passage in passages:
        found = (
            *(
                (one.start, one.end, one.word, one.confusion)
                for one in find_typing_errors(passage.text, model, known, times)
            ),
            *(
                (one.start, one.end, one.phrase, one.confusion)
                for one in find_phrase_slips(passage.text, model)
                if not _is_own_word(passage.text, one, known, times)
            ),
        )
        named = covered_positions(_names(subject), passage.text) if found else frozenset()
        quoted = covered_positions(QUOTATION, passage.text) if found else frozenset()
        taken: set[int] = set()
        for start, end, word, confusion in found:
            typed, places = passage.text[start:end], set(range(start, end))
            # What is quoted is a name more often than a slip; long phrases are none.
            spared = named if len(word) >= LONG_PHRASE else named | quoted
            if spared.isdisjoint(places) and taken.isdisjoint(places) and typed not in known:
                taken |= places
                reason = f"疑为“{word}”之误（{confusion.value}），请核对“{typed}”。"
                yield RuleHit(reason, passage, start, end)


def _is_own_word(text: str, slip: PhraseSlip, known: KnownTexts, times: Mapping[str, int]) -> bool:
    """Whether what differs from a phrase is a word of the document, or of what is known to be right."""
    pairs = [text[at : at + 2] for at in (slip.place - 1, slip.place) if slip.start <= at < slip.end - 1]
    return bool(pairs) and (
        all(pair in known for pair in pairs) or min(times[pair] for pair in pairs) >= OF_THE_DOCUMENT
    )


def _names(subject: LintSubject) -> re.Pattern[str]:
    """Names, sums in capital numerals, and where two words meet."""
    context = subject.context
    names = sorted({*context.persons, *(name for names in context.names for name in names)} - {""})
    return re.compile("|".join((CAPITALS, OF_TWO_WORDS, *map(re.escape, names))))
