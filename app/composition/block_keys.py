"""Keys of composed blocks: they stay the same when the wording changes, so a draft can match recomposed blocks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from reports.model import Block


class BlockRole(StrEnum):
    """The function of a block in its document. The values are stored and must not change."""

    LEAD_IN = "lead_in"
    CLOSING = "closing"

    OVERVIEW_HEADING = "overview_heading"
    SYNOPSIS_RESULTS = "synopsis_results"
    SYNOPSIS_PROBLEMS = "synopsis_problems"
    SYNOPSIS_PLANS = "synopsis_plans"
    COVERAGE = "coverage"
    STANDING = "standing"
    PACE = "pace"
    SLIGHTLY_BEHIND = "slightly_behind"
    QUARTERS_TABLE = "quarters_table"
    PARTS_TABLE = "parts_table"
    PARTS_CHART = "parts_chart"
    NOTHING_FOUND = "nothing_found"

    WORK_HEADING = "work_heading"
    DUTIES = "duties"
    LED_HEADING = "led_heading"
    LED_PROGRESS = "led_progress"
    SUPPORTED_HEADING = "supported_heading"
    SUPPORTED_PROGRESS = "supported_progress"
    SUPPORTED_MISSING = "supported_missing"

    PROGRESS_HEADING = "progress_heading"
    PROGRESS_ABRIDGED = "progress_abridged"
    PROGRESS_PART = "progress_part"
    PROGRESS_SECTION = "progress_section"
    PART_TOTALS = "part_totals"
    PROGRESS = "progress"

    TARGETS_HEADING = "targets_heading"
    TARGETS_TOTALS = "targets_totals"
    REACHED_HEADING = "reached_heading"
    REACHED_PART = "reached_part"
    MISSED_HEADING = "missed_heading"
    MISSED = "missed"

    PROBLEMS_HEADING = "problems_heading"
    RISKS_HEADING = "risks_heading"
    RISKS_LEAD_IN = "risks_lead_in"
    RISKS_TABLE = "risks_table"
    RISK = "risk"
    LIGHT_REASON = "light_reason"
    HOPELESS = "hopeless"
    OTHER_PROBLEMS_HEADING = "other_problems_heading"
    OTHER_PROBLEMS_LEAD_IN = "other_problems_lead_in"
    OTHER_PROBLEMS_ANNEXED = "other_problems_annexed"
    OTHER_PROBLEM = "other_problem"
    SUBMISSIONS_HEADING = "submissions_heading"
    LATE = "late"
    MISSING = "missing"

    DIRECTIVES_HEADING = "directives_heading"
    DIRECTIVE_TOTALS = "directive_totals"
    UNSETTLED_HEADING = "unsettled_heading"
    UNSETTLED = "unsettled"
    SETTLED_HEADING = "settled_heading"
    SETTLED = "settled"

    NEXT_STEPS_HEADING = "next_steps_heading"
    NEXT_STEPS_LEAD_IN = "next_steps_lead_in"
    NEXT_STEPS_PART = "next_steps_part"
    NEXT_STEP = "next_step"
    NEXT_STEPS_ANNEXED = "next_steps_annexed"

    DEMANDS_HEADING = "demands_heading"
    DEMAND_TO_CATCH_UP = "demand_to_catch_up"
    DEMAND_TO_FILE = "demand_to_file"
    DEMAND_TO_ANSWER = "demand_to_answer"
    DEMAND_TO_GO_ON = "demand_to_go_on"
    DEMAND_FOR_TRUTH = "demand_for_truth"

    FILING_SCOPE_HEADING = "filing_scope_heading"
    FILING_SCOPE = "filing_scope"
    FILING_CONTENT_HEADING = "filing_content_heading"
    CONTENT_PROGRESS = "content_progress"
    CONTENT_PERCENT = "content_percent"
    CONTENT_PROBLEMS = "content_problems"
    CONTENT_NEXT_STEPS = "content_next_steps"
    CONTENT_DIRECTIVES = "content_directives"
    DUE_DAYS_HEADING = "due_days_heading"
    DEPARTMENT_DUE = "department_due"
    OFFICE_DUE = "office_due"
    LEADER_DUE = "leader_due"
    REQUIREMENTS_HEADING = "requirements_heading"
    REQUIRED_CARE = "required_care"
    REQUIRED_TRUTH = "required_truth"
    REQUIRED_LESS_PAPER = "required_less_paper"
    REQUIRED_SECRECY = "required_secrecy"

    READING_SHEET = "reading_sheet"
    ANNEX_CELL = "annex_cell"


# Roles whose text states the progress of a measure: it must agree with the measure's light.
TELLING_PROGRESS = frozenset(
    {BlockRole.LED_PROGRESS, BlockRole.SUPPORTED_PROGRESS, BlockRole.PROGRESS, BlockRole.MISSED}
)


@dataclass(frozen=True)
class BlockKey:
    """The role of a block and the ids of the filing, directive or plan item that it is about.

    ordinal: tells apart several blocks that are otherwise alike, from 1.
    """

    role: BlockRole
    filing: int | None = None
    directive: int | None = None
    item: int | None = None
    ordinal: int = 1


def key_of(block: Block) -> BlockKey | None:
    """Return the key of a block; None if the block was not composed."""
    return block.key if isinstance(block.key, BlockKey) else None


def count_alike(body: Iterable[Block]) -> Iterator[Block]:
    """Yield blocks with unique keys: blocks with the same key are numbered by their ordinal."""
    met = Counter[BlockKey]()
    for block in body:
        if (key := key_of(block)) is None:
            yield block
            continue
        met[key] += 1
        yield replace(block, key=replace(key, ordinal=met[key]))
