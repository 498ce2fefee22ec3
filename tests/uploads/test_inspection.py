"""What a file really is: every kind that is taken, and every disguise that is not."""

from __future__ import annotations

import hashlib
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base.errors import BadInput
from app.uploads.inspection import (
    CUT_OFF,
    NO_PICTURE,
    TWO_IN_ONE,
    SentFile,
    examine_file,
    examine_files,
)
from app.uploads.packages import (
    ENCRYPTED,
    LOCKED,
    ZIP,
    kind_of_package,
)
from app.uploads.rules import (
    OLD_OFFICE,
    SUFFIXES,
    FileKind,
    FileQuota,
)
from tests.uploads.files import (
    PAGE,
    PROGRAM,
    QUOTA,
    SOUND,
    archive,
    huge_picture,
    ole,
    pdf,
    picture,
    upload,
)


def refusal(content: bytes, name: str, quota: FileQuota = QUOTA) -> str:
    with pytest.raises(BadInput) as caught:
        examine_file(upload(content, name), quota)
    return caught.value.sentence


@pytest.mark.parametrize(("suffix", "kind"), SUFFIXES.items())
def test_every_kind_is_known_by_name_and_content(suffix: str, kind: FileKind) -> None:
    content = SOUND[kind]
    found = examine_file(upload(content, f"C:\\桌面\\证明{suffix.upper()}"), QUOTA)
    assert (found.name, found.kind, found.size) == (f"证明{suffix.upper()}", kind, len(content))
    assert found.sha256 == hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("content", [PROGRAM, PAGE, b"x", b"\x00" * 600, b" " + pdf()])
def test_nothing_else_passes_under_any_name(suffix: str, content: bytes) -> None:
    assert "内容与扩展名不符" in refusal(content, f"证明{suffix}")


@pytest.mark.parametrize("named", FileKind)
@pytest.mark.parametrize("held", FileKind)
def test_name_and_content_must_say_the_same(named: FileKind, held: FileKind) -> None:
    if named is held:
        assert examine_file(upload(SOUND[held], f"证明.{named}"), QUOTA).kind is held
    else:
        assert f"扩展名说是 {named.label}，内容却是 {held.label}" in refusal(SOUND[held], f"证明.{named}")


def test_an_empty_file_is_refused() -> None:
    assert "空文件" in refusal(b"", "证明.pdf")


def test_each_file_that_cannot_be_taken_is_named() -> None:
    sent = [upload(pdf()), upload(pdf(), f"{'长' * 84}.pdf"), upload(b"", "空.pdf")]
    with pytest.raises(BadInput) as caught:
        examine_files(sent, QUOTA)
    assert [one.partition("：")[0] for one in caught.value.problems] == [f"“{'长' * 38}……”", "“空.pdf”"]
    assert [one.name for one in examine_files(sent[:1], QUOTA)] == ["证明.pdf"]


def test_one_byte_too_much_is_refused() -> None:
    content = pdf()
    exact = FileQuota(file_bytes=len(content), files=1, total_bytes=len(content))
    assert examine_file(upload(content), exact).size == len(content)
    assert "超过每个 1 KB 的上限" in refusal(content + b"\n", "证明.pdf", exact)


def test_half_a_pdf_is_refused() -> None:
    assert refusal(pdf()[:-8], "证明.pdf") == CUT_OFF
    behind = 2_048 - len(b"%%EOF\n")
    assert examine_file(upload(pdf() + b"\x00" * behind), QUOTA).kind is FileKind.PDF
    assert refusal(pdf() + b"\x00" * (behind + 1), "证明.pdf") == CUT_OFF


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (picture()[:-20], "图.png"),
        (picture()[:40] + b"\xff" + picture()[41:], "图.png"),
        (picture()[:8] + PAGE, "图.png"),
        (huge_picture(), "图.png"),
        (picture(FileKind.JPEG)[:30], "图.jpg"),
        (b"\xff\xd8\xff" + PROGRAM, "图.jpg"),
    ],
)
def test_a_picture_that_is_none_is_refused(content: bytes, name: str) -> None:
    assert refusal(content, name) == NO_PICTURE


@pytest.mark.parametrize("kind", [FileKind.PDF, FileKind.JPEG, FileKind.PNG])
def test_what_is_an_archive_as_well_is_refused(kind: FileKind) -> None:
    hidden = archive({"setup.exe": PROGRAM})
    assert refusal(SOUND[kind] + hidden, f"证明.{kind}") == TWO_IN_ONE
    names = archive({f"{number:05}{'x' * 400}": b"" for number in range(2_500)} | {"%%EOF": b""})
    assert refusal(SOUND[kind] + names, f"证明.{kind}") == TWO_IN_ONE


def test_old_and_encrypted_office_files_get_their_own_advice() -> None:
    assert refusal(ole("WordDocument"), "证明.docx") == OLD_OFFICE
    assert refusal(ole(ENCRYPTED.decode("utf-16-le")), "证明.docx") == LOCKED


class Watched(io.BytesIO):
    """Remembers the largest piece that was ever read at once."""

    largest = 0

    def read(self, size: int | None = -1) -> bytes:
        piece = super().read(size)
        self.largest = max(self.largest, len(piece))
        return piece


def test_a_large_file_is_never_read_whole() -> None:
    content = pdf().ljust(5_000_000, b" ") + b"%%EOF"
    watched = Watched(content)
    assert examine_file(SentFile("大.pdf", watched), QUOTA).size == len(content)
    assert 0 < watched.largest <= 100_000


@given(st.sampled_from(list(SOUND.items())), st.data())
def test_a_damaged_file_is_taken_or_refused_in_words(
    sound: tuple[FileKind, bytes], data: st.DataObject
) -> None:
    kind, content = sound
    place = data.draw(st.integers(0, len(content) - 1))
    damaged = content[:place] + data.draw(st.binary(max_size=20)) + content[place + 1 :]
    is_package = content.startswith(ZIP)
    try:
        # Packages without the process around their reader: a hundred of them would take long to start.
        found = (
            kind_of_package(io.BytesIO(damaged))
            if is_package
            else examine_file(upload(damaged, f"证明.{kind}"), QUOTA).kind
        )
        assert found == kind
    except BadInput as refused:
        assert refused.sentence.endswith("。")
