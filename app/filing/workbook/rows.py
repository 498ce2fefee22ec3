"""A filing as a row of a workbook: from what stands in the base to plain values."""

from __future__ import annotations

from app.base.days import written_moment
from app.filing.core.models import Filing
from app.filing.core.rules import FilingState
from app.filing.workbook.carried import carried_content, digest_of_content
from app.filing.workbook.current_filings import PresentFiling
from app.filing.workbook.layout import FormRow, RowKey, ShownIndicator


def form_row(present: PresentFiling) -> FormRow:
    filing = present.filing
    content = carried_content(present.content, present.tasks, present.indicators)
    return FormRow(
        key=RowKey(filing.period.quarter.code, filing.id, filing.version, digest_of_content(content)),
        facts=shown_facts(filing),
        content=content,
        tasks=present.tasks,
        indicators={
            key: ShownIndicator(one.name, one.target_words, one.cumulation_rule.filed_words, one.is_ratio)
            for key, one in present.indicators.items()
        },
        is_open=not present.writing_obstacle,
    )


def shown_facts(filing: Filing) -> dict[str, str | int]:
    measure = filing.measure
    return {
        "number": measure.position,
        "department": filing.department.short_name,
        "role": filing.role.label,
        "measure": measure.title,
        "wording": measure.text,
        "target": measure.yearly_target,
        "stage": stage_in_words(filing),
        "shown_light": "" if filing.is_blank else filing.light.label,
        "updated": f"{filing.updated_by} {written_moment(filing.updated_at)}" if filing.updated_by else "",
    }


def stage_in_words(filing: Filing) -> str:
    """Return where a filing stands, and why it came back if it did."""
    returned = filing.state is FilingState.RETURNED and filing.returned_reason
    return f"{filing.state.label}：{filing.returned_reason}" if returned else filing.state.label
