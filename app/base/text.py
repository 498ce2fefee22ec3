"""Text as people send it: by forms, tables and workbooks."""

from __future__ import annotations

from reports.characters import visible


def plain_text(text: str | None) -> str:
    """Return what was typed with one kind of line break and without characters that nobody sees."""
    return visible(text or "")
