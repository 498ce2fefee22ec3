"""No file stalls or swells what reads it: each is answered within bounds, with a sentence or with what is in it."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic

import pytest
from click.testing import Result
from flask import Flask

from app.base.errors import BadInput
from app.base.processes.confined_reader import ConfinedReader, ReadingLimits, current_reader
from app.base.tables import sheet_parsing
from app.base.tables.spreadsheets import limits_for, read_csv, read_first_sheet
from app.filing.workbook.reading import open_workbook
from app.uploads.inspection import SentFile, examine_file
from tests.base.hostile_files import (
    DOCUMENTS,
    TABLES,
    WORKBOOKS,
    HostileFile,
    document,
    long_attribute,
    many_entries,
    measured,
)
from tests.clients import Browser, log_in
from tests.uploads.files import QUOTA, SOUND
from tests.world import World

SECONDS = 2
MEMORY = 300 * 1024**2
# For what is looked at in an answer: none takes so long, however busy the machine is.
UNHURRIED = ReadingLimits(60, MEMORY)


@pytest.fixture(autouse=True)
def hurried(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Give each file little, so that what takes much is ended soon."""
    caplog.set_level(logging.CRITICAL)
    bare = Flask("hurried")
    bare.extensions["confined_reader"] = ConfinedReader(ReadingLimits(SECONDS, MEMORY))
    with bare.app_context():
        yield


@pytest.fixture
def unhurried(hurried: None) -> None:
    current_reader().limits = UNHURRIED


def answer_in_time(read: Callable[[], object]) -> str:
    """Return the sentence with which a file is refused, or nothing where it is read."""
    begun, sentence = monotonic(), ""
    try:
        read()
    except BadInput as refusal:
        sentence = refusal.sentence
        assert sentence.endswith("。")
    assert monotonic() - begun < 4 * SECONDS
    return sentence


@pytest.mark.parametrize("hostile", WORKBOOKS, ids=lambda hostile: hostile.name)
def test_no_workbook_stalls_the_reader(hostile: HostileFile) -> None:
    data = hostile.make()
    answer_in_time(lambda: open_workbook(data, ["填报"]))


@pytest.mark.parametrize("hostile", TABLES, ids=lambda hostile: hostile.name)
def test_no_csv_stalls_the_reader(hostile: HostileFile) -> None:
    data = hostile.make()
    assert answer_in_time(lambda: read_csv(data, file="“表”"))


@pytest.mark.parametrize("hostile", DOCUMENTS, ids=lambda hostile: hostile.name)
def test_no_document_stalls_the_reader(hostile: HostileFile) -> None:
    file = io.BytesIO(hostile.make())
    refused = answer_in_time(lambda: examine_file(SentFile("证明.docx", file), QUOTA))
    assert refused or hostile.name == "many objects"


@pytest.mark.parametrize(("kind", "content"), SOUND.items())
def test_no_list_of_entries_behind_a_sound_file_stalls_the_reader(kind: str, content: bytes) -> None:
    file = io.BytesIO(content + many_entries(200_000))
    assert answer_in_time(lambda: examine_file(SentFile(f"证明.{kind}", file), QUOTA))


@pytest.mark.usefixtures("unhurried")
def test_a_field_without_an_end_is_named_by_its_row() -> None:
    data = f'日期,安排\n2026-01-01,放假\n"2026-01-02,{"长" * 140_000}'.encode()
    with pytest.raises(BadInput) as refused:
        read_csv(data, file="“放假.csv”")
    assert refused.value.sentence == (
        "“放假.csv”第 3 行有一格超过 131,072 字，多半是少了一个引号，把后面的行也引了进去。请改正后再试。"
    )


@pytest.mark.usefixtures("unhurried")
def test_the_longest_field_is_read() -> None:
    assert len(read_csv(f'a,"{"长" * 131_072}"'.encode(), file="“表”")[0][1].value_text) == 131_072


@pytest.mark.usefixtures("unhurried")
def test_what_reads_takes_little_memory_and_the_process_of_the_pages_none() -> None:
    data = long_attribute()
    limits = limits_for("“表”", 100)
    arguments = {"names": None, "computed": True, "limits": limits}
    name = sheet_parsing.parse_workbook.__name__
    most = current_reader().call_with_file(
        measured, io.BytesIO(data), module=sheet_parsing.__name__, name=name, arguments=arguments
    )
    assert most < 150 * 1024**2
    Path("/proc/self/clear_refs").write_text("5")  # forget the most that this process ever held
    before = most_held()
    with pytest.raises(BadInput):
        read_first_sheet(data, file="“表”")
    assert most_held() - before < 10 * 1024**2


def most_held() -> int:
    status = Path("/proc/self/status").read_text()
    return int(re.findall(r"VmHWM:\s*(\d+)", status)[0]) * 1024


def upload(browser: Browser, path: str, field: str, data: bytes, name: str) -> tuple[int, str]:
    answer = browser.post(path, data={field: (io.BytesIO(data), name)})
    return answer.status_code, answer.get_data(as_text=True)


def test_every_page_that_takes_a_file_answers_with_a_sentence(app: Flask, world: World) -> None:
    app.extensions["confined_reader"] = ConfinedReader(UNHURRIED)
    filer, office = log_in(app, world, "filer"), log_in(app, world, "office")
    attached = f"/filings/{world.filing(1).id}/attachments"
    for browser, path, field, name, data, words in (
        (filer, "/filings/excel", "file", "填报表.xlsx", long_attribute(), "展开后太大"),
        (office, "/periods/calendar/import", "table", "放假.xlsx", long_attribute(), "展开后太大"),
        (office, "/periods/calendar/import", "table", "放假.csv", b'"' * 400_000, "有一格超过"),
        (
            filer,
            attached,
            "files",
            "证明.docx",
            document({"word/a.docx": many_entries(90_000)}),
            "大得不正常",
        ),
    ):
        status, page = upload(browser, path, field, data, name)
        assert (status, words in page) == (422, True), path


def test_where_too_many_files_are_read_at_once_the_page_says_when_to_try_again(
    app: Flask, world: World
) -> None:
    filer = log_in(app, world, "filer")
    reader = app.extensions["confined_reader"]
    reader.wait_seconds = 0
    with reader.slots, reader.slots:
        status, page = upload(filer, "/filings/excel", "file", WORKBOOKS[1].make(), "填报表.xlsx")
    assert (status, "请过半分钟再试" in page) == (503, True)


TABLES_OF_THE_COMMAND_LINE = (
    ("org", "departments"),
    ("org", "leaders"),
    ("org", "issuers"),
    ("plan", "assign"),
    ("plan", "milestones"),
    ("plan", "indicators"),
)


@pytest.mark.parametrize("command", TABLES_OF_THE_COMMAND_LINE, ids="-".join)
def test_every_table_of_the_command_line_is_refused_in_words(
    app: Flask, world: World, tmp_path: Path, command: tuple[str, str]
) -> None:
    result = run(app, tmp_path, command, "表.xlsx", WORKBOOKS[1].make())
    assert (result.exit_code, "不是可读的 Excel 文件" in result.stderr) == (1, True)


@pytest.mark.parametrize("command", [("plan", "import"), ("report", "lint"), ("org", "leaders")])
def test_a_file_larger_than_any_is_not_read(
    app: Flask, world: World, tmp_path: Path, command: tuple[str, ...]
) -> None:
    path = tmp_path / "大.csv"
    with path.open("wb") as file:
        file.truncate(20_000_001)
    result = app.test_cli_runner().invoke(args=[*command, str(path)])
    assert (result.exit_code, "超过 20 MB" in result.stderr) == (1, True)


def test_a_deep_json_file_is_no_document(app: Flask, world: World, tmp_path: Path) -> None:
    result = run(app, tmp_path, ("report", "lint"), "稿.json", b"[" * 200_000)
    assert (result.exit_code, "不是公文的 JSON 文件" in result.stderr) == (1, True)


def run(app: Flask, folder: Path, command: tuple[str, ...], name: str, data: bytes) -> Result:
    path = folder / name
    path.write_bytes(data)
    return app.test_cli_runner().invoke(args=[*command, str(path)])
