"""Names of units and persons in two spellings (条例第二十条（四）: 人名、地名准确)."""

import re
from collections.abc import Iterable, Iterator

from rapidfuzz.distance import Levenshtein

from reports.lint.finding import PassageKind
from reports.lint.passages import TextPassage
from reports.lint.registration import ACCURACY, WARNING, document_rule
from reports.lint.subject import HANZI, LintSubject, RuleHit

# In shorter names one character makes another unit: 平安办, 治安办.
SHORTEST = 5
OFFICE = "办事处"
# How many characters at either end of a name tell it from others.
ENDS = 2
POST = "书记|主任|委员|同志|组长|局长|所长|队长"
NEAR_POST = re.compile(POST)
NAMED_AFTER = rf"(?<=书记|主任|委员|同志|组长|局长|所长|队长)[{HANZI}]{{%d}}|[{HANZI}]{{%d}}(?=副?(?:{POST}))"


@document_rule("unit-name", "单位名称", WARNING, ACCURACY)
def misspelled_bodies(subject: LintSubject) -> Iterator[RuleHit]:
    """A name that differs by one character from an official one, or from the document's own issuer."""
    known = {name for group in (*subject.context.names, _own_names(subject)) for name in group if name}
    long_ones = sorted((name for name in known if len(name) >= SHORTEST), key=lambda name: (-len(name), name))
    begun = {name: name[:ENDS] for name in long_ones}
    for passage in subject.passages:
        names = [name for name, head in begun.items() if head in passage.text]
        if names:
            yield from _near_misspellings(passage, names, known)


def _own_names(subject: LintSubject) -> tuple[str, ...]:
    """The issuers as the document's head and signature write them, with the short form of a sub-district."""
    head, signature = subject.document.masthead, subject.document.signature
    issuers = (head.issuers if head else ()) or (signature.issuers if signature else ())
    full = [issuer.strip() for issuer in issuers]
    return (*full, *(name.removesuffix(OFFICE) for name in full))


def _near_misspellings(passage: TextPassage, names: Iterable[str], known: set[str]) -> Iterator[RuleHit]:
    text = passage.text
    taken = [span for name in names for span in _name_spans(name, text)]
    for name in names:
        for start, end in _near_spellings(name, text):
            written = text[start:end]
            is_other = re.sub(rf"[^{HANZI}]", "", written) != re.sub(rf"[^{HANZI}]", "", name)
            if is_other and written not in known and not _overlap_any(start, end, taken):
                taken.append((start, end))
                reason = f"“{written}”与“{name}”只差一个字，请核对名称；是同一单位的，请统一为“{name}”。"
                yield RuleHit(reason, passage, start, end)


def _overlap_any(start: int, end: int, spans: Iterable[tuple[int, int]]) -> bool:
    return any(start < stop and begin < end for begin, stop in spans)


def _name_spans(name: str, text: str) -> Iterator[tuple[int, int]]:
    for match in re.finditer(re.escape(name), text):
        yield match.span()


def _near_spellings(name: str, text: str) -> Iterator[tuple[int, int]]:
    """Where the beginning and the end of a name enclose all of it but one character, or one more or another."""
    head, tail = name[:ENDS], name[-ENDS:]
    for start, _ in _name_spans(head, text):
        for length in (len(name), len(name) - 1, len(name) + 1):
            window = text[start : start + length]
            if len(window) == length and window.endswith(tail) and Levenshtein.distance(window, name) == 1:
                yield start, start + length


@document_rule("person-name", "人名", WARNING, ACCURACY)
def misspelled_persons(subject: LintSubject) -> Iterator[RuleHit]:
    """The name of a person beside a post, or of a 签发人, that differs by one character from an official's."""
    persons = [name for name in subject.context.persons if len(name) > 2]
    if not persons:
        return
    known = re.compile("|".join(map(re.escape, persons)))
    for passage in subject.passages:
        if passage.kind is not PassageKind.PARTY and not NEAR_POST.search(passage.text):
            continue
        taken = [match.span() for match in known.finditer(passage.text)]
        for start, end in _person_spans(passage, {len(name) for name in persons}):
            written = passage.text[start:end]
            near = [name for name in persons if name[0] == written[0] and only_difference(name, written)]
            if near and not _overlap_any(start, end, taken):
                reason = f"“{written}”与“{min(near)}”只差一个字，请核对姓名。"
                yield RuleHit(reason, passage, start, end)


def _person_spans(passage: TextPassage, lengths: set[int]) -> Iterator[tuple[int, int]]:
    """Where names of such lengths may stand."""
    if passage.kind is PassageKind.PARTY:
        yield 0, len(passage.text)
    for length in lengths:
        for match in re.finditer(NAMED_AFTER % (length, length), passage.text):
            yield match.span()


def only_difference(one: str, other: str) -> tuple[str, str] | None:
    """The characters at the one place where two names of one length differ; None where it is not one."""
    differing = [pair for pair in zip(one, other, strict=False) if len({*pair}) > 1]
    if len(one) != len(other) or len(differing) != 1:
        return None
    [pair] = differing
    return pair
