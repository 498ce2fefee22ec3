"""Text as people send it: by forms, tables and workbooks."""

from __future__ import annotations

import re

# Characters that nobody sees: they come along with pasted text, can turn its order round (marks of direction), and no
# font prints them, so that one of them in one filing would keep a whole report from being made.
INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]"
)


def plain_text(text: str | None) -> str:
    """Return what was typed with one kind of line break and without characters that nobody sees."""
    return INVISIBLE.sub("", (text or "").replace("\r\n", "\n"))
