"""The forms of a page as an attacker finds them: every field that can be filled in, filled in."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml.html import HtmlElement

from tests.html_gate import elements_of
from tests.security.payloads import ALL_OF_THEM

# Leaving would end the walk; passwords are nowhere shown.
LEFT_ALONE = ("/logout", "/password")
TYPED = ("text", "search", "email", "number", "")
FILE_NAME = '"><img src=x onerror=window.gotcha=1>.pdf'


@dataclass(frozen=True)
class FoundForm:
    """Where a form leads, and what its fields hold; `typed` are those for anybody's words, `files` those for files."""

    action: str
    held: dict[str, str]
    typed: tuple[str, ...]
    files: tuple[str, ...]

    def honest(self, word: str = ALL_OF_THEM) -> dict[str, Any]:
        """Return what is sent with the payloads where one can type, everything else as the page offers it."""
        return {**self.held, **dict.fromkeys(self.typed, word), **self.uploads()}

    def tampered(self) -> dict[str, Any]:
        """Return what is sent with the payloads everywhere, in hidden fields and choices, too."""
        names = (*self.held, *self.typed)
        return {name: ALL_OF_THEM for name in names if name != "csrf_token"} | self.uploads() | self.token()

    def token(self) -> dict[str, str]:
        return {"csrf_token": self.held["csrf_token"]}

    def uploads(self) -> dict[str, Any]:
        return {name: (io.BytesIO(b"<script>window.gotcha=1</script>"), FILE_NAME) for name in self.files}


def forms_on(text: str) -> Iterator[FoundForm]:
    """Yield the forms of a page that change something."""
    for form in elements_of(text).iter("form"):
        action = form.get("action", "")
        if form.get("method") == "post" and not action.startswith(LEFT_ALONE):
            yield found(action, form)


def found(action: str, form: HtmlElement) -> FoundForm:
    held: dict[str, str] = {}
    typed, files = [], []
    for field in form.iter():
        name, kind = field.get("name"), field.get("type", "")
        if not name:
            continue
        if kind == "file":
            files.append(name)
        elif field.tag == "textarea" or (field.tag == "input" and kind in TYPED):
            typed.append(name)
        elif field.tag == "select":
            held[name] = next((option.get("value", "") for option in field.iter("option")), "")
        else:
            held.setdefault(name, field.get("value", ""))
    return FoundForm(action, held, tuple(typed), tuple(files))
