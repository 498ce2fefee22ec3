"""What a strict reader would mark in an official document before it is issued.

Pure: plain data in, plain data out.

    for finding in check_document(document, LintContext(previous=last_quarter)):
        print(place_words(document, finding.place), finding.quote, finding.reason)
        if finding.fix:
            document = apply_fix(document, finding)
"""

from reports.lint.checking import apply_fix, check_document
from reports.lint.finding import (
    FindingPlace,
    LintContext,
    LintFinding,
    LintRule,
    PassageKind,
    Severity,
    SuggestedFix,
)
from reports.lint.place_words import place_words

__all__ = [
    "FindingPlace",
    "LintContext",
    "LintFinding",
    "LintRule",
    "PassageKind",
    "Severity",
    "SuggestedFix",
    "apply_fix",
    "check_document",
    "place_words",
]
