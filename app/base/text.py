"""Text as people send it: by forms, tables and workbooks."""

from __future__ import annotations

from reports.characters import visible_text


def plain_text(text: str | None) -> str:
    """Return what was typed with one kind of line break and without characters that nobody sees."""
    return visible_text(text or "")
