"""Receivers, copies, signature."""

from dataclasses import replace

import pytest

from reports.lint import Context
from reports.model import Imprint, OfficialDocument, Signature
from tests.reports.lint.cases import UPWARD, downward, mended, of_rule, quotes

NOTICE = downward(UPWARD)
DISTRICT = UPWARD.addressee
OWN = Context(names=(("党政办公室", "党政办"),))


def copied(document: OfficialDocument, *names: str) -> OfficialDocument:
    """The document with copies."""
    return replace(document, imprint=Imprint("华阳路街道党政办公室", copies_to=names))


def test_receivers_stand_apart_by_commas() -> None:
    document = replace(NOTICE, addressee="各办公室；各中心/各居民区")
    findings = of_rule("receiver-separator", document)
    assert mended(document, findings).addressee == "各办公室、各中心、各居民区"
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
