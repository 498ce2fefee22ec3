"""Which files are accepted, limits of number and size, and file names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import PurePath

from app.base.labels import LabelledEnum
from app.base.text import shorten_text

NAME_BYTES = 255  # the longest name that the usual file systems take
NAME_LENGTH_SHOWN = 40
KIB, MIB = 1024, 1024**2  # as people's file managers count

# A removed file that was never part of anything handed in is given up after this time.
KEPT_AFTER_REMOVAL = timedelta(days=30)
# A stored file younger than this may belong to an upload that is still under way.
SETTLED_AFTER = timedelta(days=1)


STORED_TIMES = 5
REMOVE_OTHERS = "。请压缩后再上传，或先移除不用的。"
STILL_STORED = (
    "，其中已移除的 {size} 还占着空间"
    f"（移除 {KEPT_AFTER_REMOVAL.days} 天后清理，提交过的长期保留）。请压缩后再上传。"
)
TOO_MANY_REMOVED = (
    f"这里移除过的文件太多，有 {{count}} 个还占着空间（移除 {KEPT_AFTER_REMOVAL.days} 天后清理）。"
    "暂时不能再换，如急需补充，请联系街道办公室。"
)


class FileKind(LabelledEnum):
    """The kinds that are accepted. Formats with macros are not, since nobody here could tell what those do."""

    PDF = "pdf", "PDF 文件"
    OFD = "ofd", "OFD 文件"
    JPEG = "jpeg", "JPG 图片"
    PNG = "png", "PNG 图片"
    DOCX = "docx", "Word 文档"
    XLSX = "xlsx", "Excel 工作簿"
    PPTX = "pptx", "PPT 演示文稿"

    @property
    def media_type(self) -> str:
        return MEDIA_TYPES[self]


OFFICE_TYPE = "application/vnd.openxmlformats-officedocument."

MEDIA_TYPES: Mapping[FileKind, str] = {
    FileKind.PDF: "application/pdf",
    FileKind.OFD: "application/ofd",
    FileKind.JPEG: "image/jpeg",
    FileKind.PNG: "image/png",
    FileKind.DOCX: f"{OFFICE_TYPE}wordprocessingml.document",
    FileKind.XLSX: f"{OFFICE_TYPE}spreadsheetml.sheet",
    FileKind.PPTX: f"{OFFICE_TYPE}presentationml.presentation",
}

SUFFIXES: Mapping[str, FileKind] = {f".{kind.value}": kind for kind in FileKind} | {".jpg": FileKind.JPEG}

KINDS_TAKEN = "PDF、OFD、图片（JPG、PNG）和 Office 文件（docx、xlsx、pptx）"
OLD_OFFICE = "这是旧版格式，可能带宏，不能上传。请另存为 docx、xlsx、pptx 或 PDF，再上传。"
WITH_MACROS = "带宏的文件不能上传。请另存为不带宏的 docx、xlsx、pptx，或者 PDF，再上传。"
ARCHIVE_REFUSED = "压缩包不能上传。请解压后，把里面的文件逐个选上。"

# What people are likely to try, and what they should do instead.
ADVICE: Mapping[str, str] = {
    **dict.fromkeys((".doc", ".xls", ".ppt", ".wps", ".et", ".dps", ".rtf"), OLD_OFFICE),
    **dict.fromkeys((".docm", ".xlsm", ".pptm", ".dotm", ".xltm", ".ppsm", ".xlsb", ".xlam"), WITH_MACROS),
    **dict.fromkeys((".zip", ".rar", ".7z", ".gz", ".tar"), ARCHIVE_REFUSED),
    ".heic": "HEIC 照片很多电脑打不开。请在手机上转为 JPG，再上传。",
}

PATH_MARK = re.compile(r"[/\\]")
INVISIBLE = frozenset(
    {"Cc", "Cf", "Cs", "Zl", "Zp"}
)  # control and direction marks, halves of characters, breaks


@dataclass(frozen=True)
class FileQuota:
    """The limits at one place: bytes of a file, number of files, bytes of all.

    Removed files count until they are deleted from the store: with their bytes, and at most `STORED_TIMES` as many
    files as may be attached.
    """

    file_bytes: int
    files: int
    total_bytes: int

    @property
    def limits_in_words(self) -> str:
        one, all_ = size_in_words(self.file_bytes), size_in_words(self.total_bytes)
        return f"每个不超过 {one}，最多 {self.files} 个、共 {all_}"

    def excess_problem(self, *, attached: Sequence[int], removed: Sequence[int] = ()) -> str:
        """Return what is wrong with attaching files of these sizes beside those removed but not deleted yet."""
        if len(attached) > self.files:
            count = len(attached)
            return f"最多 {self.files} 个文件，加上这次就有 {count} 个。请少选几个，或先移除不用的。"
        total = sum(attached) + sum(removed)
        if total > self.total_bytes:
            limit, sum_ = size_in_words(self.total_bytes), size_in_words(total)
            advice = STILL_STORED.format(size=size_in_words(sum(removed))) if removed else REMOVE_OTHERS
            return f"文件总共不超过 {limit}，加上这次就有 {sum_}{advice}"
        if len(attached) + len(removed) > STORED_TIMES * self.files:
            return TOO_MANY_REMOVED.format(count=len(removed))
        return ""


def size_in_words(size: int) -> str:
    """Return a size in bytes as people read it: 312 KB, 1.4 MB, 20 MB."""
    if size < MIB:
        return f"{max(1, round(size / KIB))} KB"
    return f"{size / MIB:.1f}".removesuffix(".0") + " MB"


def bare_name(sent: str) -> str:
    """Return a file name without folders and without invisible characters."""
    last = PATH_MARK.split(sent)[-1]
    visible = (char for char in last if unicodedata.category(char) not in INVISIBLE)
    name = unicodedata.normalize("NFC", "".join(visible)).strip()
    while name.endswith("."):
        name = name.rstrip(".").rstrip()
    return name


def kind_named(name: str) -> FileKind | None:
    return SUFFIXES.get(suffix_of(name))


def name_problem(name: str) -> str:
    """Return what is wrong with a file name and what to do; "" if it is accepted."""
    suffix = suffix_of(name)
    if not suffix:
        return f"文件名没有扩展名，看不出是什么文件。可以上传 {KINDS_TAKEN}。"
    if suffix not in SUFFIXES:
        return ADVICE.get(suffix, f"不能上传 {suffix[:10]} 文件。可以上传 {KINDS_TAKEN}。")
    if len(name.encode()) > NAME_BYTES:
        return f"文件名共 {len(name)} 字，太长了。请改到 {NAME_BYTES // 3} 个汉字以内，再上传。"
    return ""


def suffix_of(name: str) -> str:
    """Return the last suffix in small letters, with its dot."""
    return PurePath(name).suffix.lower()


def shortened_name(name: str) -> str:
    """Return a name short enough for a sentence."""
    return shorten_text(name, NAME_LENGTH_SHOWN)
