"""What each department still owes in a quarter: filings not submitted, and filings not signed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.filing.core.life_cycle import HANDED_IN, FilingState
from app.filing.review.queries import ListedFiling, listed_filings
from app.periods.models import Period


@dataclass(frozen=True)
class OutstandingFilings:
    """The filings that one department still owes in a quarter, in the plan's order."""

    department_id: int
    department: str
    missing: tuple[ListedFiling, ...]
    unsigned: tuple[ListedFiling, ...]

    @property
    def summary_words(self) -> str:
        """Return how many and which, one line for each kind."""
        sorts = (("未提交", self.missing), ("待部门负责人审签", self.unsigned))
        return "\n".join(f"{label} {len(owed)} 项：{list_measures(owed)}。" for label, owed in sorts if owed)


def outstanding_by_department(period: Period) -> list[OutstandingFilings]:
    """Return the departments that owe something in a quarter, in their official order."""
    owed: dict[int, list[ListedFiling]] = {}
    for filing in sorted(listed_filings(period), key=lambda filing: (filing.position, filing.department_id)):
        if filing.state not in (FilingState.SIGNED_OFF, FilingState.ACCEPTED):
            owed.setdefault(filing.department_id, []).append(filing)
    return [
        OutstandingFilings(
            department_id=department_id,
            department=filings[0].department,
            missing=tuple(filing for filing in filings if filing.state not in HANDED_IN),
            unsigned=tuple(filing for filing in filings if filing.state in HANDED_IN),
        )
        for department_id, filings in owed.items()
    ]


def list_measures(owed: Iterable[ListedFiling]) -> str:
    """Return the measures of filings in one line: ``3.夯实招商基础（已退回）、7.…``."""
    return "、".join(
        f"{filing.number}.{filing.title}"
        + (f"（{filing.state.label}）" if filing.state is FilingState.RETURNED else "")
        for filing in owed
    )
