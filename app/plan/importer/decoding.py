"""From the bytes of a file to text: the encodings that office software in China writes."""

from __future__ import annotations

import codecs
import re
import unicodedata

from app.plan.importer.plan_draft import PlanUnreadable

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_FOREIGN_FORMATS = (
    (b"PK\x03\x04", " Word 或 Excel 文件"),
    (b"\xd0\xcf\x11\xe0", "旧版 Word 或 Excel 文件"),
    (b"%PDF", " PDF 文件"),
    (b"{\\rtf", " RTF 文件"),
)
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_NEWLINES = "\n\r\t\f\v\x1c\x1d\x1e\x85"


def decode_source(source: bytes | str) -> str:
    """Return the text of `source` (UTF-8, UTF-16 with byte order mark, or GB18030).

    Raises PlanUnreadable when the source is empty, binary, or holds no Chinese text.
    """
    text = source if isinstance(source, str) else _decode_bytes(source)
    if not text.strip("\ufeff \t\r\n\u3000"):
        raise PlanUnreadable("计划文件是空的，请确认选择的文件，并粘贴或导出计划全文后再导入。")
    if not _CHINESE.search(text):
        raise PlanUnreadable("文件里没有读到中文内容，请确认选择的是工作计划的文本文件（.txt 或 .md）。")
    return text.removeprefix("\ufeff")


def _decode_bytes(source: bytes) -> str:
    for signature, name in _FOREIGN_FORMATS:
        if source.startswith(signature):
            raise PlanUnreadable(f"这是{name}，暂不能直接读取，请另存为纯文本（.txt）后再导入。")
    for mark, encoding in _BYTE_ORDER_MARKS:
        if source.startswith(mark):
            return _decode_strictly(source[len(mark) :], encoding)
    try:
        return _decode_strictly(source, "utf-8")
    except PlanUnreadable:
        return _decode_strictly(source, "gb18030")


def _decode_strictly(source: bytes, encoding: str) -> str:
    try:
        text = source.decode(encoding)
    except UnicodeDecodeError:
        text = "\0"
    if any(unicodedata.category(character) == "Cc" and character not in _NEWLINES for character in set(text)):
        raise PlanUnreadable(
            "无法识别文件的文字编码，它可能不是文本文件；请另存为 UTF-8 编码的纯文本（.txt）后再导入。"
        )
    return text
