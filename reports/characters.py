"""Characters that nobody sees, that end a line or leave a gap, or that number: the one place that lists them."""

import re

# They come along with pasted text, can turn its order round, and no font prints them: one of them in one filing would
# keep a whole report from being made. Control characters, and what The Unicode Standard calls default ignorable (5.21):
# soft hyphens, joiners, marks of direction, fillers, variation selectors, tags; marks of annotation (23.8) as well.
INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
# XML 1.0, production 2 (Char): half of a pair that makes one character, and codes that stand for none.
NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# ① and its like, as a set of a pattern has them.
CIRCLED_NUMBERS = "①-⑳㉑-㉟㊱-㊿"
# Scripts, pictures, places for characters of one's own and the newest hanzi, which none of the faces has that print
# official documents (`tests/reports/test_characters.py` holds the faces against it).
FACELESS = re.compile("[\u0530-\u10ff\uac00-\ud7a3\ue000-\uf8ff\U0001f000-\U0001faff\U00030000-\U0010ffff]")
# All that Unicode takes for the end of a line or page (5.8); Word writes ⟨VT⟩ for one within a paragraph.
LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
# Spaces of every width but the Chinese one, which is as wide as a character on purpose.
GAPS = re.compile("[\t \xa0\u1680\u2000-\u200a\u202f\u205f]+")


def visible_text(text: str) -> str:
    """Text with one kind of line break and without characters that nobody sees."""
    return INVISIBLE.sub("", LINE_ENDS.sub("\n", text))


def clean_text(text: str) -> str:
    """Visible text as it is set: any run of spaces and tabs becomes one space."""
    return GAPS.sub(" ", visible_text(text))


def split_paragraphs(text: str) -> list[str]:
    """The paragraphs of a text, clean, one for each line that is not empty; at least one."""
    return [line.strip() for line in clean_text(text).split("\n") if line.strip()] or [""]


def on_one_line(text: str) -> str:
    """A clean text as it is set where nothing may break it."""
    return clean_text(text).replace("\n", "")


def faceless_characters(text: str) -> tuple[str, ...]:
    """The characters of a text that no face can print, each once."""
    return tuple(dict.fromkeys(FACELESS.findall(text)))
