"""Which face each role of an official document is set in, and whether it can print what is asked of it.

The licensed faces of Chinese offices come first where they are found, in the fonts folder or installed; the
open Fandol faces stand in for them. Behind each stand a Noto face for the rare characters of names and places, and
Hanazono's for those outside of the common planes (GB 18030-2022).
"""

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from weasyprint.text import ffi

from reports.font_files import FontFace, faces_in, installed_files, open_face
from reports.model import DocumentError

DEFAULT_FOLDER = Path(__file__).resolve().parent.parent / "fonts"


class FontError(DocumentError):
    """A font is missing, or a character that no font has; the message is a Chinese sentence."""


class FontRole(StrEnum):
    """What a face is for; the value is the name of our own under which style sheets know it."""

    TITLE = "gongwen-title"
    TEXT = "gongwen-text"
    LEVEL1 = "gongwen-level1"
    LEVEL2 = "gongwen-level2"
    FOLIO = "gongwen-folio"


# Names by which the faces are looked for; the first found is taken (5.2.2, 7.2.4, 7.3.1, 7.3.3, 7.5).
NAMES = {
    FontRole.TITLE: (
        "方正小标宋简体",
        "方正小标宋_GBK",
        "FZXiaoBiaoSong-B05S",
        "FZXiaoBiaoSong-B05",
        "FandolSong-Bold",
    ),
    FontRole.TEXT: (
        "仿宋_GB2312",
        "FangSong_GB2312",
        "方正仿宋_GBK",
        "仿宋",
        "FangSong",
        "FandolFang-Regular",
    ),
    FontRole.LEVEL1: ("黑体", "SimHei", "方正黑体_GBK", "FandolHei-Regular"),
    FontRole.LEVEL2: ("楷体_GB2312", "KaiTi_GB2312", "方正楷体_GBK", "楷体", "KaiTi", "FandolKai-Regular"),
    FontRole.FOLIO: ("宋体", "SimSun", "方正书宋_GBK", "FandolSong-Regular"),
}
CHINESE_NAMES = {
    FontRole.TITLE: "小标宋体",
    FontRole.TEXT: "仿宋体",
    FontRole.LEVEL1: "黑体",
    FontRole.LEVEL2: "楷体",
    FontRole.FOLIO: "宋体",
}
FALLBACK_PACKAGE = "pylopdf_fonts_zh_cn"
SERIF_FALLBACK = "NotoSerifSC-Regular.otf"
SANS_FALLBACK = "NotoSansSC-Regular.otf"
# Looked for by name like the official ones, and done without where they are not there.
# Only hanzi are taken from them: they have signs too, such as faces that smile, which no official document prints.
RARE_FACES = ("SimSun-ExtB", "SimSun-ExtG", "HanaMinA", "HanaMinB")


HANZI = re.compile(r"[\u2e80-\u2fdf\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


# Hanzi that fill their squares, by which the faces are held against each other.
USUAL_HANZI = "国王明高建佳善道"


@lru_cache
def ink_of_hanzi(face: FontFace) -> tuple[float, float] | None:
    """How high the hanzi of a face are, and where their middle lies above the baseline (ems); None without these."""
    if not face.characters.issuperset(USUAL_HANZI):
        return None
    inks = [face.ink_of_character(character) for character in USUAL_HANZI]
    bottom, top = (sum(edges) / len(inks) for edges in zip(*inks, strict=True))
    return top - bottom, (top + bottom) / 2


@dataclass(frozen=True)
class FontFamily:
    """The face of a role, the one behind it, and those for rare hanzi, in the order in which they are asked."""

    role: FontRole
    main: FontFace
    spare: FontFace
    rare: tuple[FontFace, ...] = ()

    @property
    def is_stand_in(self) -> bool:
        """Whether the open face stands in for the licensed ones, none of which was found."""
        return NAMES[self.role][-1] in self.main.names

    def face_for(self, character: str) -> FontFace:
        """The face that prints a character. Raises FontError when none has it."""
        for candidate in (self.main, self.spare, *(self.rare if HANZI.match(character) else ())):
            if character in candidate.characters:
                return candidate
        raise FontError(
            f"字符“{character}”（U+{ord(character):04X}）在{CHINESE_NAMES[self.role]}及其后备字体中都没有，"
            "无法打印；请改用别的字，或把含有这个字的字体放入字体文件夹。"
        )

    def rare_characters(self, text: str) -> dict[str, FontFace]:
        """The characters of a text that a spare face must print, each with it. Raises FontError as `face_for` does."""
        return {character: self.face_for(character) for character in sorted(set(text) - self.main.characters)}

    def fit_to_main(self, face: FontFace) -> tuple[float, float]:
        """By how much a face behind the main one is set larger, and how far higher (in its own ems), to stand beside
        its hanzi as high and on one line with them. A face without usual hanzi stands as the one before it.
        """
        measured, main = self.measured_face(face), ink_of_hanzi(self.main)
        known = ink_of_hanzi(measured) if measured else None
        if main is None or known is None:
            return 1.0, 0.0
        (main_height, main_middle), (height, middle) = main, known
        scale = main_height / height
        return scale, main_middle / scale - middle

    def measured_face(self, face: FontFace) -> FontFace | None:
        """The face that tells how a face draws usual hanzi: it does itself, or for one without them the one before."""
        faces = (face, *(self.rare if face in self.rare else ()))
        return next((one for one in faces if ink_of_hanzi(one)), None)

    def text_width(self, text: str) -> float:
        """The width of a text in ems."""
        return sum(self.face_for(character).advance_width(character) for character in text)

    def ink_of_text(self, text: str) -> tuple[float, float]:
        """Bottom and top of a text's ink, in ems upwards from the baseline."""
        bottoms, tops = zip(
            *(self.face_for(character).ink_of_character(character) for character in text), strict=True
        )
        return min(bottoms), max(tops)


@dataclass(frozen=True)
class FontBook:
    families: tuple[FontFamily, ...]

    def __getitem__(self, role: FontRole) -> FontFamily:
        return next(family for family in self.families if family.role is role)

    @property
    def main_faces(self) -> dict[str, FontFace]:
        """The faces of the roles by the names under which style sheets know them."""
        return {str(family.role): family.main for family in self.families}

    @property
    def spare_faces(self) -> set[FontFace]:
        """The faces behind them."""
        return {face for family in self.families for face in (family.spare, *family.rare)}

    @property
    def rare_faces(self) -> tuple[FontFace, ...]:
        """The faces of rare hanzi: the same behind every role."""
        return self.families[0].rare

    @property
    def paths(self) -> list[Path]:
        """The files of all faces, in a fixed order."""
        return sorted({face.path for face in (*self.main_faces.values(), *self.spare_faces)})


def font_folders(own: Path | None = None) -> tuple[Path, ...]:
    """Return where faces are looked for: in the office's own folder, then in that of this program.

    own: where it is not given, the one of which this process was told (FONTS_DIR).
    """
    named = os.environ.get("FONTS_DIR")
    own = own or (Path(named) if named else None)
    return (own, DEFAULT_FOLDER) if own else (DEFAULT_FOLDER,)


@lru_cache
def find_fonts(*folders: Path) -> FontBook:
    """Find a face for every role in the folders, those of `font_folders()` without any, or installed on this machine.

    Raises FontError, naming the first font that is missing.
    """
    folders = folders or font_folders()
    faces = {
        name: found for folder in reversed(folders) for found in faces_in(folder) for name in found.names
    }
    return FontBook(tuple(_find_family(role, faces, folders) for role in FontRole))


def _find_family(role: FontRole, in_folders: dict[str, FontFace], folders: tuple[Path, ...]) -> FontFamily:
    if (main := _named_face(NAMES[role], in_folders)) is None:
        raise FontError(
            f"缺少{CHINESE_NAMES[role]}：字体文件夹 {'、'.join(map(str, folders))} 和系统中都没有 "
            f"{'、'.join(NAMES[role])}；请放入其中一种字体后重试。"
        )
    common = _fallback_face(SANS_FALLBACK if role is FontRole.LEVEL1 else SERIF_FALLBACK)
    rare = (_named_face((name,), in_folders) for name in RARE_FACES)
    return FontFamily(role, main, common, tuple(face for face in rare if face))


def _named_face(names: Sequence[str], in_folders: dict[str, FontFace]) -> FontFace | None:
    """The face of the first of these names that is found in the folders or on this machine."""
    for name in names:
        if name in in_folders:
            return in_folders[name]
        if name in installed_files():
            return open_face(installed_files()[name])
    return None


def _fallback_face(file: str) -> FontFace:
    package = find_spec(FALLBACK_PACKAGE)
    if package is None or package.origin is None:
        raise FontError(f"缺少后备字体：没有安装 Python 包 {FALLBACK_PACKAGE}，请按 requirements.txt 安装。")
    return open_face(Path(package.origin).parent / file)


def require_font_subsetter() -> None:
    """Check for the library that embeds fonts quickly. Raises FontError when the system lacks it.

    Without it WeasyPrint takes ten times as long to write a document.
    """
    if ffi.harfbuzz_subset is None:
        raise FontError(
            "系统缺少 libharfbuzz-subset，生成公文会很慢且可能失败；"
            "请安装该系统库（Debian、Ubuntu 上为 libharfbuzz-subset0）后重新启动。"
        )
