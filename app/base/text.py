"""Checking and cleaning text that people enter."""

from __future__ import annotations

from collections.abc import Iterable

from reports.characters import faceless_hanzi, faceless_signs, visible_text

# How long a reason for a step may be (退回, 重开, 解锁 …): a sentence or two, which stand in lists and in the log.
REASON_LENGTH = 200
LEFT_OUT = "……"
QUOTED_LENGTH = 20
# Of a number that every column holds; Python reads none of some thousand digits.
MOST_DIGITS = 9


def parse_number(text: str) -> int | None:
    """Read a whole number; None for anything else, and for one beyond any id."""
    return int(text) if text.isdecimal() and len(text) <= MOST_DIGITS else None


def parse_numbers(texts: Iterable[str]) -> list[int]:
    """Return the whole numbers among some texts."""
    return [number for number in map(parse_number, texts) if number is not None]


def plain_text(text: str | None) -> str:
    """Return a text with one kind of line break and without invisible characters."""
    return visible_text(text or "")


def shorten_text(text: str, most: int) -> str:
    """Return a text of limited length; …… replaces a cut end."""
    return text if len(text) <= most else f"{text[: most - len(LEFT_OUT)]}{LEFT_OUT}"


def shorten_line(text: str, most: int) -> str:
    """Return the same in one line."""
    return shorten_text(" ".join(text.split()), most)


def quoted_input(text: str) -> str:
    """Return the input in quotation marks, shortened for a sentence."""
    return quoted_title(shorten_line(text, QUOTED_LENGTH))


def text_problem(text: str, label: str, most: int, *, when_empty: str = "") -> str:
    """Return what is wrong with a text: it is empty (`when_empty`), too long, or has characters that no document can
    print, of which one would prevent a whole report; "" if nothing.
    """
    if not text.strip():
        return when_empty
    if signs := faceless_signs(text):
        return f"{label}里的{quoted_characters(signs)}公文印不出来，请删去或者改成文字。"
    return length_problem(text, label, most)


def length_problem(text: str, label: str, most: int) -> str:
    """Return that a text is too long, or ""."""
    return f"{label}共 {len(text)} 字，请控制在 {most} 字以内。" if len(text) > most else ""


def faceless_problem(text: str) -> str:
    """Return that a text has characters for which documents have no font, unless the office has one; or ""."""
    found = (*faceless_hanzi(text), *faceless_signs(text))
    if not found:
        return ""
    named = quoted_characters(found)
    return (
        f"{named}不在常备的字体里，公文可能因此无法生成。请改用别的字，人名、地名可以用相近的字并加以说明。"
    )


def quoted_characters(characters: Iterable[str]) -> str:
    """Return characters in quotation marks with their codes, since screens may not show them either."""
    return "".join(f"“{character}”（U+{ord(character):04X}）" for character in characters)


def quoted_title(title: str) -> str:
    """Return a title in quotation marks; its own ones become single (GB/T 15834-2011, 4.8.3.4)."""
    return f"“{title.translate(str.maketrans('“”', '‘’'))}”"
