"""Linting a document with what its text alone does not tell: facts, organisation and the office's words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from app.composition.block_keys import TELLING_PROGRESS, key_of
from app.composition.facts import AcceptedReport, DocumentFacts
from app.composition.phrases import own_words
from app.org.queries import active_departments, active_leaders
from app.word_list.queries import current_words
from reports.lint import LintContext, LintFinding, check_document
from reports.model import Block, OfficialDocument


def lint_findings(
    document: OfficialDocument, facts: DocumentFacts | None = None, *, budget: int | None
) -> tuple[LintFinding, ...]:
    """Return the lint findings of a document. Three queries.

    facts: those that it was composed from; without them, last quarter's words and the lights are not checked.
    budget: the most characters for its body; None if the length is reported elsewhere.
    """
    return check_document(document, context_of(document, facts, budget))


def context_of(document: OfficialDocument, facts: DocumentFacts | None, budget: int | None) -> LintContext:
    """Return the context for linting, from facts, the organisation and the office's words."""
    return LintContext(
        previous=tuple(earlier_texts(facts)) if facts else (),
        names=names_of_departments(),
        persons=tuple(one.name for one in active_leaders()),
        right_texts=tuple(one.text or one.title for one in facts.measures) if facts else (),
        lights=lights_of_blocks(document.body, facts) if facts else {},
        words=current_words(),
        budget=budget,
    )


def names_of_departments() -> tuple[tuple[str, str], ...]:
    """Return full and short names; former names too, because documents about a past quarter use them."""
    found = []
    for one in active_departments():
        found += [(one.name, one.short_name)]
        found += [(former.name, former.short_name) for former in one.former_names]
    return tuple(found)


def earlier_texts(facts: DocumentFacts) -> Iterator[str]:
    """Yield the departments' words of the quarter before, as a document prints them; none if that is in the scope."""
    for measure in facts.measures:
        report = measure.previous
        if report and report.quarter not in facts.scope.quarters:
            yield from map(own_words, report.labelled_texts.values())


def lights_of_blocks(body: Iterable[Block], facts: DocumentFacts) -> dict[int, str]:
    """Return the light of each block that states the progress of a measure, by its place in the body.

    Lights that a department moved are left out: it gave a reason, and the office accepted it.
    """
    lights = {one.filing: one.light.label for one in reports_of(facts) if not one.light_reason}
    filings = {
        place: key.filing
        for place, block in enumerate(body)
        if (key := key_of(block)) and key.role in TELLING_PROGRESS
    }
    return {place: lights[filing] for place, filing in filings.items() if filing in lights}


def reports_of(facts: DocumentFacts) -> Iterator[AcceptedReport]:
    """Yield every report that a document may quote."""
    for measure in facts.measures:
        yield from measure.earlier
        if measure.report:
            yield measure.report
