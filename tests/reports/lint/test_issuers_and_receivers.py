"""签发人, receivers, copies, signature."""

from dataclasses import replace

import pytest

from reports.lint import FindingPlace, LintContext, Severity
from reports.model import DocumentNumber, DocumentPart, Imprint, LetterMasthead, OfficialDocument, Signature
from tests.reports import samples
from tests.reports.lint.cases import (
    UPWARD,
    downward,
    fix_findings,
    of_rule,
    quotes,
)

LETTER = replace(UPWARD, masthead=LetterMasthead("华阳路街道办事处", DocumentNumber("华街", 2026)))
NOTICE = downward(UPWARD)
DISTRICT = UPWARD.addressee
OWN = LintContext(names=(("党政办公室", "党政办"),))


def copied(document: OfficialDocument, *names: str) -> OfficialDocument:
    """The document with copies."""
    return replace(document, imprint=Imprint("华阳路街道党政办公室", copies_to=names))


def test_receivers_stand_apart_by_commas() -> None:
    document = replace(NOTICE, addressee="各办公室；各中心/各居民区")
    findings = of_rule("receiver-separator", document)
    assert fix_findings(document, findings).addressee == "各办公室、各中心、各居民区"
    assert of_rule("receiver-separator", replace(NOTICE, addressee="各办公室、各中心，各居民区")) == []


@pytest.mark.parametrize(
    ("rule", "document", "quoted"),
    [
        ("copy-twice", copied(UPWARD, DISTRICT, "区统计局", "区统计局"), [DISTRICT, "区统计局"]),
        ("copy-twice", copied(UPWARD, "区统计局", "区发展改革委"), []),
        ("copy-downward", copied(UPWARD, "党政办", "区统计局"), ["党政办"]),
        ("copy-downward", copied(NOTICE, "党政办"), []),
        ("copy-mark", copied(UPWARD, "区统计局，", "区发展改革委。"), ["，", "。"]),
        ("copy-mark", copied(UPWARD, "区统计局", "区发展改革委"), []),
        ("signature", replace(UPWARD, signature=Signature(("新泾镇人民政府",))), ["新泾镇人民政府"]),
        ("signature", replace(UPWARD, signature=Signature(("长宁区华阳路街道办事处",))), []),
        ("signature", replace(UPWARD, signature=None), []),
        ("signature", replace(UPWARD, masthead=None, signature=Signature(("甲",))), []),
    ],
)
def test_copies_and_signature_suit_the_head(rule: str, document: OfficialDocument, quoted: list[str]) -> None:
    assert quotes(rule, document, OWN) == quoted


def test_an_upward_document_names_its_signatory() -> None:
    (finding,) = of_rule("missing-signatory", samples.DRAFT)
    assert (finding.severity, finding.quote, finding.place) == (
        Severity.ERROR,
        "",
        FindingPlace(DocumentPart.SIGNATORY),
    )
    assert of_rule("missing-signatory", UPWARD) == []
    assert of_rule("missing-signatory", downward(UPWARD)) == []


@pytest.mark.parametrize(
    ("document", "missing", "several"),
    [
        (UPWARD, 0, 0),
        (replace(UPWARD, addressee=""), 1, 0),
        (replace(UPWARD, addressee="区委、区政府"), 0, 1),
        (replace(UPWARD, addressee="区委，区政府："), 0, 1),
        (replace(UPWARD, addressee="区政府："), 0, 0),
        (replace(downward(UPWARD), addressee=""), 0, 0),
        (replace(downward(UPWARD), addressee="各办公室、各中心"), 0, 0),
        (replace(LETTER, addressee="区教育局、区民政局"), 0, 0),
    ],
)
def test_an_upward_document_goes_to_one_authority(
    document: OfficialDocument, missing: int, several: int
) -> None:
    assert len(of_rule("missing-addressee", document)) == missing
    assert len(of_rule("several-addressees", document)) == several
