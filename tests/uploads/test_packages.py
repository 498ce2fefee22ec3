"""Office documents and OFD: what may lie inside them, and what may not."""

from __future__ import annotations

import io
import zipfile

import pytest
from openpyxl import Workbook

from app.base.errors import BadInput
from app.base.tables.archives import UnpackAllowance
from app.uploads import packages
from app.uploads.packages import (
    BOMB,
    CONTENT_TYPES,
    DAMAGED,
    FOREIGN,
    LOCKED,
    OFD_ROOT,
)
from app.uploads.rules import (
    ARCHIVE_REFUSED,
    MIB,
    WITH_MACROS,
    FileKind,
)
from tests.uploads.files import (
    MACRO_TYPE,
    PARTS,
    PROGRAM,
    archive,
    ofd,
    office,
    ole,
)

HARMLESS = UnpackAllowance.harmless
SHEET = next(type_ for type_, kind in packages.MAIN_PARTS.items() if kind is FileKind.XLSX)


def with_document_type(content: bytes) -> bytes:
    """Return a package whose list of parts declares one, and is sound but for that."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    return archive(parts | {CONTENT_TYPES: b"<!DOCTYPE Types [<!ENTITY a 'b'>]>" + parts[CONTENT_TYPES]})


def examine_package(file: io.BytesIO) -> FileKind:
    return FileKind(packages.kind_of_package(file))


def refusal(content: bytes) -> str:
    with pytest.raises(BadInput) as caught:
        examine_package(io.BytesIO(content))
    return caught.value.sentence


def test_what_a_real_program_writes_is_taken() -> None:
    out = io.BytesIO()
    Workbook().save(out)
    assert examine_package(out) is FileKind.XLSX


def test_an_official_document_for_reading_alone_is_taken() -> None:
    assert examine_package(io.BytesIO(ofd())) is FileKind.OFD


@pytest.mark.parametrize("kind", PARTS)
def test_charts_with_their_tables_formulas_and_pictures_are_taken(kind: FileKind) -> None:
    parts = {
        "word/embeddings/table.xlsx": office(FileKind.XLSX),
        "word/embeddings/formula.bin": ole("Equation Native"),
        "word/media/image1.png": b"\x89PNG\r\n\x1a\n",
        "word/media/": b"",
    }
    assert examine_package(io.BytesIO(office(kind, parts))) is kind


@pytest.mark.parametrize(
    "content",
    [
        office(parts={"word/vbaProject.bin": ole()}, types={"word/vbaProject.bin": MACRO_TYPE}),
        office(types={"word/document.xml": "application/vnd.ms-word.document.macroEnabled.main+xml"}),
        office(parts={"word/innocent.bin": ole("Root Entry", "_VBA_PROJECT")}),
        office(parts={"word/innocent.xml": ole("_VBA_PROJECT").ljust(io.DEFAULT_BUFFER_SIZE * 2, b"\x00")}),
        office(
            parts={
                "word/late.bin": ole().ljust(io.DEFAULT_BUFFER_SIZE - 9, b"\x00") + ole("_VBA_PROJECT")[512:]
            }
        ),
        office(FileKind.XLSX, types={"xl/macrosheets/s.xml": "application/vnd.ms-excel.macrosheet+xml"}),
        office(parts={"word/embeddings/a.xlsx": office(FileKind.XLSX, {"xl/v.bin": ole("_VBA_PROJECT")})}),
    ],
)
def test_macros_are_refused_however_they_are_named(content: bytes) -> None:
    assert refusal(content) == WITH_MACROS


@pytest.mark.parametrize(
    "part",
    [
        PROGRAM,
        b"\x7fELF\x02",
        b"Rar!\x1a\x07",
        archive({"setup.exe": PROGRAM}),
        ole("\x01Ole10Native"),
        office(parts={"word/embeddings/deep.xlsx": office(FileKind.XLSX)}),
    ],
)
def test_other_files_inside_are_refused(part: bytes) -> None:
    assert refusal(office(parts={"word/media/image1.png": part})) == FOREIGN


@pytest.mark.parametrize("parts", [{"资料.txt": b"x"}, {OFD_ROOT: b"<OFD/>"}, {"META-INF/MANIFEST.MF": b"x"}])
def test_a_mere_archive_is_refused(parts: dict[str, bytes]) -> None:
    assert refusal(archive(parts)) == ARCHIVE_REFUSED


@pytest.mark.parametrize(
    "content",
    [
        archive({CONTENT_TYPES: b"<Types/>"}),
        archive({CONTENT_TYPES: b"<Types"}),
        with_document_type(office()),
        office().replace(b"word/document.xml", b"word/documenX.xml"),
        office(FileKind.DOCX, {"xl/workbook.xml": b"x"}, types={"xl/workbook.xml": SHEET}),
        office()[:-30],
        PROGRAM + office(),
        b"PK\x03\x04",
    ],
)
def test_what_is_not_sound_is_refused(content: bytes) -> None:
    assert refusal(content) == DAMAGED


def test_two_parts_of_one_name_are_refused() -> None:
    out = io.BytesIO(office())
    with zipfile.ZipFile(out, "a") as compressed:
        compressed.writestr(CONTENT_TYPES.upper(), b"<Types/>")
    assert refusal(out.getvalue()) == DAMAGED


def test_an_unusual_compression_is_refused() -> None:
    out = io.BytesIO(office())
    with zipfile.ZipFile(out, "a", zipfile.ZIP_LZMA) as compressed:
        compressed.writestr("word/other.xml", b"x")
    assert refusal(out.getvalue()) == DAMAGED


def test_a_locked_part_is_refused() -> None:
    content = bytearray(office())
    for start in (content.index(b"PK\x03\x04") + 6, content.index(b"PK\x01\x02") + 8):
        content[start] |= 1
    assert refusal(bytes(content)) == LOCKED


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    assert refusal(office(parts={"word/a.xml": bytes(HARMLESS + 1)})) == BOMB


def test_a_small_blank_picture_is_no_bomb() -> None:
    assert examine_package(io.BytesIO(office(parts={"word/a.emf": bytes(20 * MIB)}))) is FileKind.DOCX


def test_too_many_parts_are_refused() -> None:
    content = office(parts={"word/a.xml": b"", "word/b.xml": b""})
    assert examine_with(4, content) is FileKind.DOCX
    assert examine_with(3, content) is None


def test_a_document_inside_may_be_as_large_as_one_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    inside = office(FileKind.XLSX)
    content = office(parts={"word/embeddings/a.xlsx": inside})
    monkeypatch.setattr(packages, "INSIDE_BYTES", len(inside))
    assert examine_package(io.BytesIO(content)) is FileKind.DOCX
    monkeypatch.setattr(packages, "INSIDE_BYTES", len(inside) - 1)
    assert refusal(content) == packages.LARGE_INSIDE
    assert "超过 20 MB 的文件" in packages.LARGE_INSIDE


def test_what_lies_inside_counts_too() -> None:
    inside = office(FileKind.XLSX, {"xl/a.xml": b"", "xl/b.xml": b""})
    content = office(parts={"word/embeddings/a.xlsx": inside})
    assert examine_with(7, content) is FileKind.DOCX
    assert examine_with(6, content) is None


def examine_with(entries: int, content: bytes) -> FileKind | None:
    """Return the kind where so many entries are allowed, None where they are too many."""
    allowance = UnpackAllowance(entries, packages.UNPACKED_BYTES)
    try:
        return packages.examine_package(io.BytesIO(content), allowance, inside=False)
    except BadInput as refused:
        assert refused.sentence == BOMB
        return None


def test_an_oversize_list_of_parts_is_not_read() -> None:
    assert refusal(archive({CONTENT_TYPES: b" " * (MIB + 1)})) == BOMB
    assert refusal(archive({CONTENT_TYPES: b" " * MIB})) == DAMAGED


@pytest.mark.parametrize(("elements", "sentence"), [(10_000, DAMAGED), (10_001, BOMB)])
def test_a_list_of_parts_has_two_lines_for_each_at_most(elements: int, sentence: str) -> None:
    lines = b"<a/>" * (elements - 1)
    assert refusal(archive({CONTENT_TYPES: b"<Types>" + lines + b"</Types>"})) == sentence


@pytest.mark.parametrize(("unpacked", "sentence"), [(300 * MIB, ARCHIVE_REFUSED), (300 * MIB + 1, BOMB)])
def test_the_parts_together_declare_no_more_than_may_be_unpacked(unpacked: int, sentence: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("a.bin", bytes(3 * MIB + 1))
        package.infolist()[0].file_size = unpacked
    assert refusal(out.getvalue()) == sentence
