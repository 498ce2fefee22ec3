"""Names, limits and sizes."""

from __future__ import annotations

from mimetypes import guess_type

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.uploads.rules import (
    KIB,
    MIB,
    FileKind,
    FileQuota,
    bare_name,
    kind_named,
    name_problem,
    shortened_name,
    size_in_words,
)

QUOTA = FileQuota(file_bytes=2 * MIB, files=3, total_bytes=5 * MIB)


@pytest.mark.parametrize(
    ("sent", "name"),
    [
        ("照片.jpg", "照片.jpg"),
        ("C:\\用户\\桌面\\照片.jpg", "照片.jpg"),
        ("../../etc/照片.jpg", "照片.jpg"),
        ("照\x00片\r\n.jpg", "照片.jpg"),
        ("报告\u202efdp.exe", "报告fdp.exe"),
        ("  照片.jpg. ", "照片.jpg"),
        ("e\u0301tude.pdf", "\u00e9tude.pdf"),
        ("\ud800照片.jpg", "照片.jpg"),
        ("照片 . .", "照片"),
        ("..", ""),
        ("文件夹/", ""),
    ],
)
def test_a_name_loses_folders_and_what_cannot_be_seen(sent: str, name: str) -> None:
    assert bare_name(sent) == name


@given(st.text())
def test_whatever_is_sent_a_name_can_be_stored_and_shown(sent: str) -> None:
    name = bare_name(sent)
    name.encode()
    assert not {"/", "\\", "\n", "\r", "\x00", "\u202e"} & set(name)
    assert bare_name(name) == name


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.PDF", "pdf"),
        ("a.jpg", "jpeg"),
        ("a.JPEG", "jpeg"),
        ("a.exe.png", "png"),
        ("a.pdf.exe", None),
        ("a", None),
    ],
)
def test_the_last_suffix_counts(name: str, kind: str | None) -> None:
    assert kind_named(name) == (None if kind is None else FileKind(kind))


@pytest.mark.parametrize("kind", FileKind)
def test_a_file_is_handed_out_as_what_it_is(kind: FileKind) -> None:
    assert kind.media_type == (guess_type(f"a.{kind.value}")[0] or "application/ofd")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("", "没有扩展名"),
        ("证明", "没有扩展名"),
        (".pdf", "没有扩展名"),
        ("安装.exe", "不能上传 .exe 文件"),
        ("页面.html", "不能上传 .html 文件"),
        ("页面.abcdefghijk", "不能上传 .abcdefghi 文件"),
        ("通知.doc", "旧版格式"),
        ("台账.xls", "旧版格式"),
        ("通知.wps", "旧版格式"),
        ("台账.xlsm", "带宏的文件不能上传"),
        ("资料.zip", "请解压后"),
        ("照片.heic", "转为 JPG"),
        ("长" * 84 + ".pdf", "共 88 字，太长了。请改到 85 个汉字以内"),
    ],
)
def test_a_name_that_cannot_be_taken_is_explained(name: str, words: str) -> None:
    assert words in name_problem(name)


@pytest.mark.parametrize("name", ["证明.pdf", "长" * 83 + "12.pdf", "A.DOCX", "a b (1).jpeg"])
def test_unusual_but_harmless_file_names_are_accepted(name: str) -> None:
    assert name_problem(name) == ""


def test_a_name_in_a_sentence_is_cut_behind_forty_characters() -> None:
    assert [shortened_name("长" * length) for length in (40, 41)] == ["长" * 40, "长" * 38 + "……"]


@pytest.mark.parametrize(
    ("attached", "removed", "words"),
    [
        ([MIB, MIB, 3 * MIB], [], ""),
        ([1] * 4, [], "最多 3 个文件，加上这次就有 4 个"),
        ([MIB, MIB, 3 * MIB + 1], [], "总共不超过 5 MB，加上这次就有 5 MB。请压缩后再上传，或先移除不用的。"),
        ([MIB], [4 * MIB], ""),
        ([MIB], [4 * MIB + 1], "加上这次就有 5 MB，其中已移除的 4 MB 还占着空间（移除 30 天后清理"),
        ([1] * 3, [1] * 12, ""),
        ([1] * 3, [1] * 13, "移除过的文件太多，有 13 个还占着空间"),
    ],
)
def test_a_filing_takes_so_much(attached: list[int], removed: list[int], words: str) -> None:
    problem = QUOTA.excess_problem(attached=attached, removed=removed)
    assert words in problem
    assert bool(words) == bool(problem)


def test_a_quota_names_its_three_limits() -> None:
    assert QUOTA.limits_in_words == "每个不超过 2 MB，最多 3 个、共 5 MB"


@pytest.mark.parametrize(
    ("size", "words"),
    [(1, "1 KB"), (300 * KIB, "300 KB"), (MIB, "1 MB"), (1_500_000, "1.4 MB"), (20 * MIB, "20 MB")],
)
def test_a_size_is_written_in_kb_or_mb(size: int, words: str) -> None:
    assert size_in_words(size) == words
