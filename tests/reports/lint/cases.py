"""Documents that hold one text, and what the lint says of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from reports.lint import LintContext, LintFinding, apply_fix, check_document
from reports.model import Direction, Heading, OfficialDocument, Paragraph
from tests.reports import samples

NOTHING_KNOWN = LintContext()
UPWARD = replace(samples.UPWARD, body=(Paragraph("现将推进情况报告如下。"),))


def with_text(text: str) -> OfficialDocument:
    """A report with one paragraph."""
    return replace(UPWARD, body=(Paragraph(text),))


def with_heading(text: str) -> OfficialDocument:
    """A report with a heading and a paragraph below it."""
    return replace(UPWARD, body=(Heading(1, text), Paragraph("工作有序推进。")))


def with_head(text: str) -> OfficialDocument:
    """A report with a paragraph that begins with a run-in head."""
    return replace(UPWARD, body=(Paragraph("工作有序推进。", head=Heading(1, text)),))


def with_title(title: str) -> OfficialDocument:
    """A report of another title."""
    return replace(UPWARD, title=title)


def downward(document: OfficialDocument) -> OfficialDocument:
    """The same document, sent downwards."""
    masthead = replace(samples.UPWARD.masthead, direction=Direction.DOWNWARD, signatories=())
    return replace(document, masthead=masthead)


def of_rule(rule: str, document: OfficialDocument, context: LintContext = NOTHING_KNOWN) -> list[LintFinding]:
    """What one rule finds in a document."""
    return [finding for finding in check_document(document, context) if finding.rule.id == rule]


def quotes(rule: str, document: OfficialDocument, context: LintContext = NOTHING_KNOWN) -> list[str]:
    """The words that one rule finds fault with."""
    return [finding.quote for finding in of_rule(rule, document, context)]


def fix_findings(document: OfficialDocument, findings: Iterable[LintFinding]) -> OfficialDocument:
    """The document with fixes applied from the end to the beginning, so that the places of the others stay right."""
    for finding in sorted(findings, key=lambda one: one.place.start, reverse=True):
        document = apply_fix(document, finding)
    return document


def text_of(document: OfficialDocument) -> str:
    """The text of a document's first block."""
    block = document.body[0]
    assert isinstance(block, Paragraph)
    return block.text


def assert_put_right(rule: str, text: str, quoted: list[str], right: str) -> None:
    """One rule quotes these words of a text, and its fixes, where it has any, make another text of it."""
    document = with_text(text)
    assert sorted(quotes(rule, document)) == sorted(quoted)
    corrected = fix_findings(document, of_rule(rule, document))
    assert text_of(corrected) == right
    assert not any(finding.fix for finding in of_rule(rule, corrected))


def assert_left_alone(text: str, *of_other_rules: str) -> None:
    """The whole lint finds nothing in a text but what is named."""
    assert [finding.rule.id for finding in check_document(with_text(text))] == [*of_other_rules]
