"""What a file that arrived really is: its name and its content must say the same."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import IO

from PIL import Image

from app.base.errors import BadInput
from app.base.processes.confined import reader
from app.base.tables.archives import DamagedArchive, OversizeArchive, opened_archive
from app.filing.attachments.packages import (
    ENCRYPTED,
    LOCKED,
    OLE,
    ZIP,
    first_found,
    kind_of_package,
    size_of,
)
from app.filing.attachments.rules import (
    OLD_OFFICE,
    FileKind,
    Quota,
    bare_name,
    kind_named,
    name_problem,
    size_in_words,
)

PDF, JPEG, PNG = b"%PDF-", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"
PDF_END, PDF_TAIL = b"%%EOF", 2048

CUT_OFF = "PDF 文件不完整，可能没有下载完。请重新取得或重新导出这份 PDF，再上传。"
NO_PICTURE = "图片已损坏或尺寸过大，打不开。请用看图程序打开后另存一份，再上传。"
TWO_IN_ONE = "文件里还藏着一个压缩包，没有收下。请用原来的程序打开后另存一份，再上传。"


@dataclass(frozen=True)
class Upload:
    """A file as it arrived: the name that was sent with it, and its content, which can be read again and again."""

    sent_name: str
    file: IO[bytes]

    @property
    def name(self) -> str:
        """Return its own name."""
        return bare_name(self.sent_name)


@dataclass(frozen=True)
class Examined:
    """A file that can be taken."""

    name: str
    kind: FileKind
    size: int
    sha256: str
    file: IO[bytes]


def examine(upload: Upload, quota: Quota) -> Examined:
    """Return what a file is. Raises BadInput with a sentence for whoever sent it, where it cannot be taken."""
    refuse(name_problem(upload.name))
    size = size_of(upload.file)
    refuse(size_problem(size, quota))
    return Examined(upload.name, kind_of(upload), size, digest(upload.file), upload.file)


def refuse(problem: str) -> None:
    """Raise BadInput if there is one."""
    if problem:
        raise BadInput(problem)


def size_problem(size: int, quota: Quota) -> str:
    """Return what is wrong with a file's size."""
    if size == 0:
        return "这是空文件，里面没有内容。请核对后重新选择。"
    if size > quota.file_bytes:
        limit = size_in_words(quota.file_bytes)
        return f"文件有 {size_in_words(size)}，超过每个 {limit} 的上限。请压缩图片或拆成几个文件，再上传。"
    return ""


def kind_of(upload: Upload) -> FileKind:
    """Return what a file is by its content. Raises BadInput where it is not sound, or its name says otherwise."""
    named = kind_named(upload.name)
    upload.file.seek(0)
    start = upload.file.read(len(OLE))
    sound = next((check for magic, check in CHECKS.items() if start.startswith(magic)), unknown)
    found = sound(upload.file)
    if found is not named:
        label = named.label if named else "文件"
        raise BadInput(f"扩展名说是 {label}，内容却是 {found.label}。请改正扩展名后再上传。")
    return found


def unknown(_file: IO[bytes]) -> FileKind:
    """Refuse what begins like nothing that is taken."""
    raise BadInput("内容与扩展名不符，可能是别的文件改了名，或已损坏。请用原来的程序打开后另存一份，再上传。")


def old_office(file: IO[bytes]) -> FileKind:
    """Refuse Office files of before 2007, and later ones that are encrypted, which look the same from outside."""
    file.seek(0)
    raise BadInput(LOCKED if first_found(file, ENCRYPTED) else OLD_OFFICE)


def pdf(file: IO[bytes]) -> FileKind:
    """Look for the end of a PDF."""
    file.seek(-min(size_of(file), PDF_TAIL), 2)
    if PDF_END not in file.read():
        raise BadInput(CUT_OFF)
    refuse_archive(file)
    return FileKind.PDF


def jpeg(file: IO[bytes]) -> FileKind:
    """Read a JPEG's head; Pillow looks no further without decoding it."""
    return picture(file, FileKind.JPEG)


def png(file: IO[bytes]) -> FileKind:
    """Check every piece of a PNG against its checksum, without decoding it."""
    return picture(file, FileKind.PNG)


def picture(file: IO[bytes], kind: FileKind) -> FileKind:
    """Let Pillow verify a picture."""
    file.seek(0)
    try:
        with Image.open(file, formats=[kind.name]) as image:
            image.verify()
    except Exception:  # Pillow raises whatever comes of a file that was made by hand
        raise BadInput(NO_PICTURE) from None
    refuse_archive(file)
    return kind


def package(file: IO[bytes]) -> FileKind:
    """Have an archive examined in a process of its own."""
    return FileKind(reader.read(kind_of_package, file))


CHECKS: Mapping[bytes, Callable[[IO[bytes]], FileKind]] = {
    PDF: pdf,
    JPEG: jpeg,
    PNG: png,
    ZIP: package,
    OLE: old_office,
}


def refuse_archive(file: IO[bytes]) -> None:
    """Raise BadInput where what looks like a PDF or a picture could be opened as an archive as well."""
    try:
        with opened_archive(file) as archive:
            hidden = bool(archive.infolist())
    except OversizeArchive:
        hidden = True
    except DamagedArchive:
        hidden = False
    if hidden:
        raise BadInput(TWO_IN_ONE)


def digest(file: IO[bytes]) -> str:
    """Return the SHA-256 of a file in hexadecimal, reading it piece by piece."""
    file.seek(0)
    return hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]  # any readable file will do
