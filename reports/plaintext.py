"""Text as office files can hold it."""

from reports.characters import NOT_IN_XML, clean_text
from reports.model import DocumentError


def writable_text(text: str) -> str:
    """A text as it is written into a file, without characters that nobody sees.

    Raises DocumentError for a code that stands for no character.
    """
    text = clean_text(text)
    if found := NOT_IN_XML.search(text):
        place = text[max(0, found.start() - 10) : found.start()]
        raise DocumentError(f"“{place}”之后有一个无法写入文件的字符（U+{ord(found[0]):04X}），请删去后重试。")
    return text
