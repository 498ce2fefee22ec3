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
# What none of the faces has that print official documents (`tests/reports/test_characters.py` holds these against it):
# scripts, pictures, and signs that come along with pasted text, be it ✅, ✔, ☑, ⭐ or the 2 of CO₂;
FACELESS_SIGNS = re.compile(
    "[\u0530-\u10ff\uac00-\ud7a3\U0001f000-\U0001faff\u2070\u2071\u2075-\u209c\u25ac-\u25b0\u25b4\u25b5\u25b8-\u25bb"
    "\u25be\u25bf\u25c2-\u25c5\u25c8\u25cd\u25d4-\u25e1\u25e7-\u25ee\u25f0-\u25ff\u2604\u2607\u2608\u260a-\u260d"
    "\u2610-\u2615\u2618-\u261b\u2620-\u262e\u2630-\u263f\u2643-\u265f\u2670\u2671\u267e-\u269f\u26a1-\u26bc"
    "\u26bf-\u2701\u2703-\u2712\u2714-\u2719\u271b-\u273c\u273e\u2741-\u2755\u2757-\u2775\u2794-\u27a0\u27a2-\u27bf"
    "\u2b1b-\u2b73]"
)
# and places for characters of one's own and the newest hanzi, for which an office may keep a face.
FACELESS_HANZI = re.compile("[\ue000-\uf8ff\U00030000-\U0010ffff]")
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


def faceless_signs(text: str) -> tuple[str, ...]:
    """The signs of a text that no face can print, each once."""
    return tuple(dict.fromkeys(FACELESS_SIGNS.findall(text)))


def faceless_hanzi(text: str) -> tuple[str, ...]:
    """The characters of a text that can be printed only where an office keeps a face for them, each once."""
    return tuple(dict.fromkeys(FACELESS_HANZI.findall(text)))
