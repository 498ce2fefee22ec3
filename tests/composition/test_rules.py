"""What each kind of document is: where it goes, whether it is numbered, what time it covers, how long it may be."""

from __future__ import annotations

import pytest

from app.composition.kinds import spec_of
from app.composition.rules import DocumentKind, missing_words
from app.filing.core.life_cycle import FilingState

UPWARD = frozenset({DocumentKind.QUARTERLY, DocumentKind.YEARLY})
UNNUMBERED = frozenset({DocumentKind.SUMMARY, DocumentKind.DEPARTMENT, DocumentKind.READING_SHEET})
OF_A_YEAR = frozenset({DocumentKind.YEARLY, DocumentKind.PLAN})
SPECIAL_REPORTS = frozenset({DocumentKind.SUMMARY, DocumentKind.SUPERVISION, DocumentKind.DEPARTMENT})


@pytest.mark.parametrize("kind", DocumentKind)
def test_every_kind_goes_where_it_goes_and_is_as_long_as_it_may_be(kind: DocumentKind) -> None:
    spec = spec_of(kind)
    assert (spec.goes_upward, spec.is_numbered) == (kind in UPWARD, kind not in UNNUMBERED)
    assert spec.is_yearly is (kind in OF_A_YEAR)
    assert spec.longest_text(5_000) == (4_000 if kind in SPECIAL_REPORTS else 5_000)
    assert spec.longest_text(3_999) == 3_999


def test_what_was_not_accepted_says_how_far_it_is() -> None:
    words = [missing_words(state) for state in (None, *FilingState) if state is not FilingState.ACCEPTED]
    assert words == ["未报送", "未报送", "待部门审签", "待审核采用", "退回待补"]
