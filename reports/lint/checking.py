"""Checking a document against every rule, and applying what fixes there are."""

from collections.abc import Iterator
from itertools import islice

from reports.lint.finding import Context, Finding, Fix, Kind, Place, Rule
from reports.lint.passages import passages
from reports.lint.rules import RULES
from reports.lint.subject import Finder, Hit, Subject
from reports.model import OfficialDocument

NOTHING_KNOWN = Context()
# How many characters of the text a finding shows on either side of its quote.
AROUND = 10
# How often one rule is shown to be broken: nobody reads more, and a text may break one at every character.
MOST_OF_A_RULE = 200


def check(document: OfficialDocument, context: Context = NOTHING_KNOWN) -> tuple[Finding, ...]:
    """Return what is wrong with a document, in the order in which it is read; what concerns all of it comes first."""
    subject = Subject(document, context)
    order = {id(passage): number for number, passage in enumerate(subject.passages)}
    found = [(hit, rule) for rule, find in RULES for hit in hits_of(find, subject)]
    found.sort(key=lambda one: (order.get(id(one[0].passage), -1), one[0].start))
    return tuple(_finding(rule, hit) for hit, rule in found)


def hits_of(find: Finder, subject: Subject) -> Iterator[Hit]:
    """Yield what one rule finds: the first MOST_OF_A_RULE, and where there are more, a last one that says so."""
    hits = iter(find(subject))
    yield from islice(hits, MOST_OF_A_RULE)
    if next(hits, None):
        reason = f"这一项不止{MOST_OF_A_RULE}处，只列出前{MOST_OF_A_RULE}处，请改正后再检查。"
        yield Hit(reason, part="全文")


def _finding(rule: Rule, hit: Hit) -> Finding:
    if hit.passage is None:
        return Finding(rule, Place(None, None, 0, 0, hit.part, Kind.WHOLE), "", hit.reason)
    quote = hit.passage.text[hit.start : hit.end]
    place = hit.passage.place(hit.start, hit.end)
    before, after = _around(hit.passage.text, hit.start, hit.end)
    return Finding(rule, place, quote, hit.reason, _fix(hit, quote), before, after)


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    """The words before and after some characters of a text, within their line; …… where more stands there."""
    before = text[max(start - AROUND - 1, 0) : start].rpartition("\n")[2]
    after = text[end : end + AROUND + 1].partition("\n")[0]
    return (
        before if len(before) <= AROUND else f"……{before[1:]}",
        after if len(after) <= AROUND else f"{after[:-1]}……",
    )


def _fix(hit: Hit, quote: str) -> Fix | None:
    """The fix of a hit, unless it would leave nothing of its passage."""
    if hit.passage is None or hit.replacement is None or hit.replacement == quote:
        return None
    text = hit.passage.text
    is_left = hit.replacement.strip() or text[: hit.start].strip() or text[hit.end :].strip()
    return Fix(hit.replacement) if is_left else None


def fixed(document: OfficialDocument, finding: Finding) -> OfficialDocument:
    """Return the document with a finding's fix applied.

    A finding without a fix, or whose words are no longer there, changes nothing: check again after each fix.
    """
    place, fix = finding.place, finding.fix
    passage = next((one for one in passages(document) if one.holds(place)), None)
    if fix is None or passage is None or passage.text[place.start : place.end] != finding.quote:
        return document
    text = passage.text
    corrected: OfficialDocument = passage.put(f"{text[: place.start]}{fix.replacement}{text[place.end :]}")
    return corrected
