"""Faces for every role, and what happens when one or a character is missing."""

from dataclasses import replace
from pathlib import Path

import pytest
from weasyprint.text import ffi

from reports import fonts
from reports.fonts import FontError, Role, find_fonts, require_font_subsetter
from reports.model import Paragraph
from reports.pdf import render_pdf
from tests.reports import samples


def test_each_role_has_a_face_with_all_of_gb2312() -> None:
    book = find_fonts()
    for role in Role:
        assert len(book[role].main.characters) > 6763


def test_rare_name_characters_are_printed_by_the_face_behind() -> None:
    family = find_fonts()[Role.TEXT]
    assert family.lacks(samples.RARE_NAMES + "国") <= set(samples.RARE_NAMES)


def test_a_character_that_no_face_has_is_named() -> None:
    document = replace(samples.UPWARD, body=(Paragraph("进展顺利😀"),))
    with pytest.raises(FontError, match=r"字符“😀”（U\+1F600）在仿宋体及其后备字体中都没有"):
        render_pdf(document)


def test_a_missing_font_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "installed_files", dict)
    with pytest.raises(FontError, match=r"缺少小标宋体：.*方正小标宋简体.*FandolSong-Bold"):
        find_fonts(tmp_path)


def test_a_licensed_face_in_the_folder_comes_first(tmp_path: Path) -> None:
    default = find_fonts()
    for family in default.families:
        (tmp_path / family.main.path.name).symlink_to(family.main.path)
    assert find_fonts(tmp_path)[Role.TEXT].main.path.parent == tmp_path
    names = fonts.NAMES | {Role.TEXT: ("FandolKai-Regular", *fonts.NAMES[Role.TEXT])}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fonts, "NAMES", names)
        find_fonts.cache_clear()
        assert find_fonts(tmp_path)[Role.TEXT].main.path.name == "FandolKai-Regular.otf"
    find_fonts.cache_clear()


def test_a_missing_subsetter_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    require_font_subsetter()
    monkeypatch.setattr(ffi, "harfbuzz_subset", None)
    with pytest.raises(FontError, match="系统缺少 libharfbuzz-subset"):
        require_font_subsetter()


def test_the_offices_own_folder_comes_first_and_need_not_hold_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (default,) = fonts.font_folders()
    monkeypatch.setenv("FONTS_DIR", str(tmp_path))
    assert fonts.font_folders() == (tmp_path, default)
    own = tmp_path / "own.otf"
    own.write_bytes(find_fonts(default)[Role.TEXT].main.path.read_bytes())
    book = find_fonts(*fonts.font_folders())
    assert book[Role.TEXT].main.path == own
    assert all(family.is_stand_in for family in book.families)
    assert book[Role.TITLE] == find_fonts(default)[Role.TITLE]
