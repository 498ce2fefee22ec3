"""All sample documents, kinds and forms, written as DOCX and printed by LibreOffice once in a run of the tests."""

import fcntl
import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from reports.docx import render_docx
from tests.reports.docx.kinds import KINDS
from tests.reports.docx.libreoffice import print_all
from tests.reports.docx.samples import DOCUMENTS, EXTREMES, MATRIX

EVERYTHING = DOCUMENTS | KINDS | MATRIX | EXTREMES


class Written(dict[str, bytes]):
    """DOCX files by name, each written when it is first asked for."""

    def __missing__(self, name: str) -> bytes:
        self[name] = render_docx(EVERYTHING[name])
        return self[name]


@pytest.fixture(scope="session")
def written() -> Mapping[str, bytes]:
    """The sample documents, kinds and forms as DOCX, by name."""
    return Written()


@pytest.fixture(scope="session")
def printed(written: Mapping[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """The same, printed to PDF: by whichever test process comes first, for all of them."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "printed"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "done").exists():
            print_all({name: written[name] for name in EVERYTHING}, folder)
            (folder / "done").touch()
    return {name: _pdf(folder, name) for name in EVERYTHING}


def _pdf(folder: Path, name: str) -> bytes:
    return (folder / f"{name}.pdf").read_bytes()
