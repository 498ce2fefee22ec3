"""Examining an uploaded file: its name and its content must agree."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import IO

from PIL import Image

from app.base.errors import BadInput
from app.base.processes.confined_reader import current_reader
from app.base.tables.archives import DamagedArchive, OversizeArchive, opened_archive
from app.uploads.packages import (
    ENCRYPTED,
    LOCKED,
    OLE,
    ZIP,
    first_found,
    kind_of_package,
    size_of_file,
)
from app.uploads.rules import (
    OLD_OFFICE,
    FileKind,
    FileQuota,
    bare_name,
    kind_named,
    name_problem,
    shortened_name,
    size_in_words,
)

PDF, JPEG, PNG = b"%PDF-", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"
PDF_END, PDF_TAIL = b"%%EOF", 2048

CUT_OFF = "PDF 文件不完整，可能没有下载完。请重新取得或重新导出这份 PDF，再上传。"
NO_PICTURE = "图片已损坏或尺寸过大，打不开。请用看图程序打开后另存一份，再上传。"
TWO_IN_ONE = "文件里还藏着一个压缩包，没有收下。请用原来的程序打开后另存一份，再上传。"

NOTHING_KEPT = "这次选的文件一个也没有收下，请看下面的原因，处理后重新选择。"


@dataclass(frozen=True)
class SentFile:
    """An uploaded file: its name, and its content, which can be read repeatedly."""

    sent_name: str
    file: IO[bytes]

    @property
    def own_name(self) -> str:
        return bare_name(self.sent_name)


@dataclass(frozen=True)
class ExaminedFile:
    name: str
    kind: FileKind
    size: int
    sha256: str
    file: IO[bytes]


def examine_files(uploads: Iterable[SentFile], quota: FileQuota) -> list[ExaminedFile]:
    """Return the kinds of files. Raises BadInput naming every file that is not accepted, and why."""
    examined, problems = examine_each(uploads, quota)
    if problems:
        raise BadInput(NOTHING_KEPT, problems)
    return examined


def examine_each(uploads: Iterable[SentFile], quota: FileQuota) -> tuple[list[ExaminedFile], tuple[str, ...]]:
    """Return the kinds of the accepted files, and why each of the others is not accepted."""
    examined, problems = [], []
    for upload in uploads:
        try:
            examined.append(examine_file(upload, quota))
        except BadInput as refusal:
            problems.append(f"“{shortened_name(upload.own_name)}”：{refusal.sentence}")
    return examined, tuple(problems)


def examine_file(upload: SentFile, quota: FileQuota) -> ExaminedFile:
    """Return the kind of a file. Raises BadInput with a sentence for the user if it is not accepted."""
    refuse_problem(name_problem(upload.own_name))
    size = size_of_file(upload.file)
    refuse_problem(size_problem(size, quota))
    return ExaminedFile(
        upload.own_name, kind_by_content(upload), size, digest_of_file(upload.file), upload.file
    )


def refuse_problem(problem: str) -> None:
    if problem:
        raise BadInput(problem)


def size_problem(size: int, quota: FileQuota) -> str:
    if size == 0:
        return "这是空文件，里面没有内容。请核对后重新选择。"
    if size > quota.file_bytes:
        limit = size_in_words(quota.file_bytes)
        return f"文件有 {size_in_words(size)}，超过每个 {limit} 的上限。请压缩图片或拆成几个文件，再上传。"
    return ""


def kind_by_content(upload: SentFile) -> FileKind:
    """Return the kind of a file by its content. Raises BadInput if it is damaged or its name contradicts it."""
    named = kind_named(upload.own_name)
    upload.file.seek(0)
    start = upload.file.read(len(OLE))
    sound = next((check for magic, check in KIND_CHECKS.items() if start.startswith(magic)), refuse_unknown)
    found = sound(upload.file)
    if found is not named:
        label = named.label if named else "文件"
        raise BadInput(f"扩展名说是 {label}，内容却是 {found.label}。请改正扩展名后再上传。")
    return found


def refuse_unknown(_file: IO[bytes]) -> FileKind:
    """Refuse content of an unknown kind."""
    raise BadInput("内容与扩展名不符，可能是别的文件改了名，或已损坏。请用原来的程序打开后另存一份，再上传。")


def refuse_old_office(file: IO[bytes]) -> FileKind:
    """Refuse Office files older than 2007, and encrypted newer ones, which look the same from outside."""
    raise BadInput(LOCKED if first_found(file, ENCRYPTED) else OLD_OFFICE)


def check_pdf(file: IO[bytes]) -> FileKind:
    file.seek(-min(size_of_file(file), PDF_TAIL), 2)
    if PDF_END not in file.read():
        raise BadInput(CUT_OFF)
    refuse_archive(file)
    return FileKind.PDF


def check_jpeg(file: IO[bytes]) -> FileKind:
    """Read the header of a JPEG; Pillow checks no more without decoding it."""
    return check_picture(file, FileKind.JPEG)


def check_png(file: IO[bytes]) -> FileKind:
    """Check all chunks of a PNG against their checksums, without decoding it."""
    return check_picture(file, FileKind.PNG)


def check_picture(file: IO[bytes], kind: FileKind) -> FileKind:
    try:
        with Image.open(file, formats=[kind.name]) as image:
            image.verify()
    except Exception:  # Pillow raises whatever comes of a file that was made by hand
        raise BadInput(NO_PICTURE) from None
    refuse_archive(file)
    return kind


def check_package(file: IO[bytes]) -> FileKind:
    """Examine an archive in a process of its own."""
    return FileKind(current_reader().call_with_file(kind_of_package, file))


KIND_CHECKS: Mapping[bytes, Callable[[IO[bytes]], FileKind]] = {
    PDF: check_pdf,
    JPEG: check_jpeg,
    PNG: check_png,
    ZIP: check_package,
    OLE: refuse_old_office,
}


def refuse_archive(file: IO[bytes]) -> None:
    """Raise BadInput if a PDF or picture could also be opened as an archive."""
    try:
        with opened_archive(file) as archive:
            hidden = bool(archive.infolist())
    except OversizeArchive:
        raise BadInput(TWO_IN_ONE) from None
    except DamagedArchive:
        hidden = False
    if hidden:
        raise BadInput(TWO_IN_ONE)


def digest_of_file(file: IO[bytes]) -> str:
    """Return the SHA-256 of a file in hexadecimal, reading it in pieces."""
    file.seek(0)
    return hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]  # any readable file will do
