"""Text as office files can hold it."""

import re

from reports.characters import clean_text
from reports.model import DocumentError

# XML has no place for these: half of a pair that makes one character, and codes that stand for none.
UNWRITABLE = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def writable_text(text: str) -> str:
    """A text as it is written into a file, without characters that nobody sees.

    Raises DocumentError for a code that stands for no character.
    """
    text = clean_text(text)
    if found := UNWRITABLE.search(text):
        place = text[max(0, found.start() - 10) : found.start()]
        raise DocumentError(f"“{place}”之后有一个无法写入文件的字符（U+{ord(found[0]):04X}），请删去后重试。")
    return text
