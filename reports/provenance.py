"""What the bytes of a file depend on beside the document: our own program, the libraries, the fonts.

The same document gives the same bytes as long as all of these are the same; where one has changed, so may the bytes.
"""

import hashlib
import zlib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from weasyprint.text.ffi import pango

from reports.fonts import find_fonts

FOLDER = Path(__file__).parent
OWN_SUFFIXES = {".py", ".css", ".html", ".svg"}
OWN_NAME = "排版程序"
PACKAGES = {
    "pdf": ("WeasyPrint", "pydyf", "fonttools", "tinycss2", "tinyhtml5", "cssselect2"),
    "docx": ("python-docx", "lxml", "Pillow"),
    "xlsx": ("openpyxl", "lxml"),
}
DIGITS = 12  # of a SHA-256 in hexadecimal: enough to tell two files apart


@lru_cache
def made_with(suffix: str) -> str:
    """Return what a file of this ending (pdf, docx, xlsx) is made with: one thing a line, its version or hash last."""
    lines = [*own_program(), *library_versions(suffix)]
    return "\n".join(lines if suffix == "xlsx" else [*lines, *font_digests()])


def own_program() -> Iterator[str]:
    """Yield the hash over everything in this package."""
    files = sorted(path for path in FOLDER.rglob("*") if path.suffix in OWN_SUFFIXES)
    yield f"{OWN_NAME} {digest_of_files(files)}"


def library_versions(suffix: str) -> Iterator[str]:
    for name in PACKAGES[suffix]:
        yield f"{name} {version(name)}"
    if suffix == "pdf":
        major, rest = divmod(pango.pango_version(), 10_000)
        yield f"Pango {major}.{rest // 100}.{rest % 100}"
    yield f"zlib {zlib.ZLIB_RUNTIME_VERSION}"


def font_digests() -> Iterator[str]:
    """Yield every font file that documents are set in; a Word file's line breaks and head are measured with them."""
    for path in find_fonts().paths:
        yield f"{path.name} {digest_of_files([path])}"


def digest_of_files(files: Iterable[Path]) -> str:
    """Return the beginning of the SHA-256 over some files."""
    total = hashlib.sha256()
    for path in files:
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()[:DIGITS]
