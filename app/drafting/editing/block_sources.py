"""What the filing behind a block says in full: a concise text gives of it only the first sentences."""

from __future__ import annotations

from collections.abc import Mapping

from app.composition.facts import DocumentFacts
from app.composition.phrases import own_words, says_nothing
from app.drafting.core.lint_findings import reports_of
from app.drafting.core.models import DocumentBlock


def words_behind(row: DocumentBlock) -> Mapping[str, str]:
    """Return, by what they are about, the words of a block's filing as a document prints them.

    They are those of which the draft is made, not what its department writes meanwhile. None where the block is made
    of no filing; what a department left empty is left out.
    """
    facts = row.document.facts
    if not (row.filing_id and facts):
        return {}
    report = next(
        (one for one in reports_of(DocumentFacts.from_json(facts)) if one.filing == row.filing_id), None
    )
    if report is None:
        return {}
    texts = report.labelled_texts.items()
    return {label: own_words(text) for label, text in texts if not says_nothing(text)}
