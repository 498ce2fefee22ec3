"""What notices of this feature are about: of several on one topic, only the newest is unread."""

from __future__ import annotations

from app.filing.core.models import Filing


def filing_topic(filing: Filing) -> str:
    """Return the topic of every notice on one filing."""
    return f"filing:{filing.id}"


def signing_topic(filing: Filing) -> str:
    """Return the topic of all that waits for the head of a filing's department in its quarter."""
    return f"to-sign:{filing.period_id}:{filing.department_id}"


def accepted_topic(filing: Filing) -> str:
    """Return the topic of all that has been accepted of a filing's department in its quarter."""
    return f"accepted:{filing.period_id}:{filing.department_id}"


def reminder_topic(period_id: int, department_id: int) -> str:
    """Return the topic of what a department has not handed in yet in a quarter."""
    return f"reminder:{period_id}:{department_id}"
