"""Checking a document against all rules, and applying fixes."""

from collections.abc import Iterable, Iterator
from itertools import islice

from reports.lint.finding import (
    FindingPlace,
    LintContext,
    LintFinding,
    LintRule,
    Severity,
    SuggestedFix,
)
from reports.lint.passages import passages_of_document
from reports.lint.registration import RegisteredRule
from reports.lint.rules import all_rules, figure_rules
from reports.lint.rules.wording.confusable_words import confused_words
from reports.lint.rules.wording.typing_errors import mistyped_words
from reports.lint.subject import LintSubject, RuleHit
from reports.model import DocumentPart, OfficialDocument

NOTHING_KNOWN = LintContext()
# How many characters of the text a finding shows on either side of its quote.
AROUND = 10
# How often one rule is shown to be broken: nobody reads more, and a text may break one at every character.
MOST_OF_A_RULE = 200


def check_document(
    document: OfficialDocument, context: LintContext = NOTHING_KNOWN
) -> tuple[LintFinding, ...]:
    """Return the findings of a document in reading order; those about the whole document come first.

    At the same place errors come before warnings, then rules by id.
    """
    subject = LintSubject(document, context)
    order = {id(passage): number for number, passage in enumerate(subject.passages)}
    found = _without_doubled_suspicions(
        _one_of_each_mistake([(hit, one.rule) for one in all_rules() for hit in hits_of(one, subject)])
    )

    def place_and_weight(one: tuple[RuleHit, LintRule]) -> tuple[int, int, bool, str]:
        hit, rule = one
        return order.get(id(hit.passage), -1), hit.start, rule.severity is not Severity.ERROR, rule.id

    found.sort(key=place_and_weight)
    return tuple(_finding_of_hit(rule, hit) for hit, rule in _one_of_each(found))


def _one_of_each_mistake(found: list[tuple[RuleHit, LintRule]]) -> list[tuple[RuleHit, LintRule]]:
    """All findings, but of several figure rules at the same place only the most serious one."""
    chosen: dict[tuple[int, int, int], LintRule] = {}
    for hit, rule in found:
        place = (id(hit.passage), hit.start, hit.end)
        if rule in figure_rules() and (
            place not in chosen
            or (rule.severity, chosen[place].severity) == (Severity.ERROR, Severity.WARNING)
        ):
            chosen[place] = rule
    return [
        (hit, rule)
        for hit, rule in found
        if rule not in figure_rules() or chosen[id(hit.passage), hit.start, hit.end] is rule
    ]


def _without_doubled_suspicions(found: list[tuple[RuleHit, LintRule]]) -> list[tuple[RuleHit, LintRule]]:
    """All findings, but no suspected words for which another rule has the correction."""
    suspicions = (mistyped_words.rule, confused_words.rule)
    known = {
        (id(hit.passage), place)
        for hit, rule in found
        if hit.replacement is not None and rule is not confused_words.rule
        for place in range(hit.start, hit.end)
    }
    return [
        (hit, rule)
        for hit, rule in found
        if rule not in suspicions
        or known.isdisjoint((id(hit.passage), place) for place in range(hit.start, hit.end))
    ]


def _one_of_each(found: Iterable[tuple[RuleHit, LintRule]]) -> Iterator[tuple[RuleHit, LintRule]]:
    """All findings, but of several with the same replacement at the same place only the first."""
    seen = set()
    for hit, rule in found:
        fix = (id(hit.passage), hit.start, hit.end, hit.replacement)
        if hit.replacement is None or fix not in seen:
            yield hit, rule
        seen.add(fix)


def hits_of(registered: RegisteredRule, subject: LintSubject) -> Iterator[RuleHit]:
    """Yield the hits of one rule: the first MOST_OF_A_RULE, then one that says that there are more."""
    hits = iter(registered.find(subject))
    yield from islice(hits, MOST_OF_A_RULE)
    if next(hits, None):
        reason = f"这一项不止{MOST_OF_A_RULE}处，只列出前{MOST_OF_A_RULE}处，请改正后再检查。"
        yield RuleHit(reason, part=DocumentPart.WHOLE)


def _finding_of_hit(rule: LintRule, hit: RuleHit) -> LintFinding:
    if hit.passage is None:
        return LintFinding(rule, FindingPlace(hit.part), "", hit.reason)
    quote = hit.passage.text[hit.start : hit.end]
    place = hit.passage.finding_place(hit.start, hit.end)
    before, after = _surrounding_words(hit.passage.text, hit.start, hit.end)
    return LintFinding(rule, place, quote, hit.reason, _fix_of_hit(hit, quote), before, after)


def _surrounding_words(text: str, start: int, end: int) -> tuple[str, str]:
    """The text before and after a range within its line; …… where it is cut."""
    before = text[max(start - AROUND - 1, 0) : start].rpartition("\n")[2]
    after = text[end : end + AROUND + 1].partition("\n")[0]
    return (
        before if len(before) <= AROUND else f"……{before[1:]}",
        after if len(after) <= AROUND else f"{after[:-1]}……",
    )


def _fix_of_hit(hit: RuleHit, quote: str) -> SuggestedFix | None:
    """The fix of a hit, unless it would leave its passage empty."""
    if hit.passage is None or hit.replacement is None or hit.replacement == quote:
        return None
    text = hit.passage.text
    is_left = hit.replacement.strip() or text[: hit.start].strip() or text[hit.end :].strip()
    return SuggestedFix(hit.replacement) if is_left else None


def apply_fix(document: OfficialDocument, finding: LintFinding) -> OfficialDocument:
    """Return the document with a finding's fix applied.

    Nothing changes if there is no fix or the quoted words are no longer at their place, so check again after each fix.
    """
    place, fix = finding.place, finding.fix
    passage = next((one for one in passages_of_document(document) if one.contains_place(place)), None)
    if fix is None or passage is None or passage.text[place.start : place.end] != finding.quote:
        return document
    text = passage.text
    corrected: OfficialDocument = passage.put(f"{text[: place.start]}{fix.replacement}{text[place.end :]}")
    return corrected
