"""The process that prints, which `render_pool` starts with SOCKET SECONDS BYTES.

It takes documents and gives files, one after the other, until the other end of the socket is closed. Pango keeps a
thread that a fork would not take along: a warm process cannot be copied for each document, so it stays for the next.
That thread may still be at work while an interpreter is torn down, and was seen to crash then: it leaves without that.

Texts come from many hands. What sets them has no network, starts no program, gains no privilege, reads nothing but its
programs and fonts, writes nothing but scratch files, and cannot take more memory or processor time than it was given.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import traceback
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import gettempdir
from typing import Any

from app.base.processes.confinement import (
    REACHING_OUT,
    die_with_parent,
    give_up_privileges,
    keep_to_files,
    leave_network,
    program_places,
    refuse_events,
)
from app.printing.formats import PaperSheet, PrintedFile, check_printing, render_document, render_sheet
from app.printing.process_memory import give_back, most_held, most_reserved
from app.printing.rules import DEMAND_FORMATS, DRAFT_FORMATS, FileFormat
from reports.fonts import font_folders
from reports.frozen_text import document_from_json
from reports.model import (
    Chart,
    ChartRow,
    Column,
    DocumentError,
    DocumentNumber,
    Heading,
    Imprint,
    Masthead,
    OfficialDocument,
    Paragraph,
    Signature,
    Table,
)

SCRATCH_BYTES = 64 * 1024**2  # a large table's sheet lies in such a file until it is packed
NEARLY_FULL = 0.75
CONNECTED = (
    "排版进程没有能与网络隔离（{reason}）：系统不允许普通进程另建网络命名空间。程序本身仍不联网；"
    "请让系统管理员允许运行本系统的用户建立用户命名空间（user namespaces）后重新启动。"
)
SEES_FILES = (
    "排版进程没有能与其他文件隔离（{reason}）：这台机器的内核没有 Landlock，或者没有启用。程序本身仍只读字体和模板；"
    "请让系统管理员换用 5.13 以上的内核，并在启动参数 lsm= 中加上 landlock，然后重新启动。"
)


def main(socket: int, seconds: int, memory: int) -> None:
    """Get ready, say so (with what is missing here, if anything), and print until nobody wants anything."""
    connected = leave_the_network()
    die_with_parent()
    give_up_privileges()
    sees_files = hide_files()
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    missing = warm_up()
    give_up_rights()
    gc.disable()  # what a document leaves behind is collected once its files are sent: nobody waits for that
    with Connection(socket) as line, suppress(EOFError, ConnectionError):
        line.send_bytes("\n".join(filter(None, (missing, connected, sees_files))).encode())
        while True:
            request = line.recv_bytes()
            allow_processor(seconds)
            for part in answer_request(request):
                line.send_bytes(part)
            give_back()


def leave_the_network() -> str:
    """Go where there is no network at all; return in words why the kernel does not let us."""
    reason = leave_network()
    return CONNECTED.format(reason=reason) if reason else ""


def hide_files() -> str:
    """Keep to programs and fonts, and to the folder for scratch files; return in words why the kernel does not do that.

    The data of the system, its keys and other processes are not among them.
    """
    reason = keep_to_files(readable_places(), (gettempdir(), os.devnull))
    return SEES_FILES.format(reason=reason) if reason else ""


def readable_places() -> list[str]:
    """Return what printing reads: programs, fonts, which may be links to where they really lie, and their list."""
    home = Path(os.environ.get("HOME") or "/nonexistent")
    caches = Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache")
    shared = (Path(entry) / "fonts" for entry in os.environ.get("XDG_DATA_DIRS", "").split(":") if entry)
    fonts = [*font_folders(), home / ".fonts", home / ".local/share/fonts", *shared, caches / "fontconfig"]
    links = (file for folder in font_folders() for file in folder.rglob("*") if file.is_symlink())
    return [*program_places(), *map(str, (*fonts, *links))]


def give_up_rights() -> None:
    """Give up, for good, what printing needs no more once everything is loaded."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (SCRATCH_BYTES, SCRATCH_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    refuse_events(REACHING_OUT)


def allow_processor(seconds: int) -> None:
    """Let the next document take so much processor time: nobody may be left to end a process that does not end."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + seconds + 1, hard))


def warm_up() -> str:
    """Load every renderer by printing a specimen; return what this machine lacks, in words, or nothing.

    What a draft gets is enough for that: the other PDFs come from the same renderer, and a workbook is written at once.
    """
    try:
        check_printing()
        render_document(specimen_document(), (*DRAFT_FORMATS, *DEMAND_FORMATS))
    except DocumentError as error:
        return str(error)
    gc.collect()
    gc.freeze()
    return ""


def specimen_document() -> OfficialDocument:
    """Return a short document in which every face, a rare hanzi and every sort of block occur."""
    day = date(2026, 1, 5)
    return OfficialDocument(
        title="关于工作情况的报告",
        masthead=Masthead(("示例街道办事处",), DocumentNumber("示", 2026, 1)),
        addressee="示例区人民政府",
        body=(
            Heading(1, "总体情况"),
            Heading(2, "进展"),
            Paragraph("已完成90%，王堃。", head=Heading(3, "进展。")),
            Chart("情况", ("已完成", "滞后"), (ChartRow("甲", (2, 1)),)),
            Table((Column("序号"), Column("举措")), (("1", "走访"),)),
        ),
        signature=Signature(("示例街道办事处",), day),
        imprint=Imprint("示例街道党政办公室", day),
    )


def answer_request(request: bytes) -> list[bytes]:
    """Return what is sent back: a head in JSON, then the bytes of each file that it lists."""
    try:
        wanted = json.loads(request)
        files = files_wanted(wanted)
    except DocumentError as error:
        return [answer_head(refusal=str(error))]
    except Exception as error:
        traceback.print_exc()
        is_too_large = any(isinstance(one, MemoryError) for one in error_chain(error)) or is_nearly_full()
        return [
            answer_head(out_of_memory=True) if is_too_large else answer_head(broken=traceback.format_exc())
        ]
    return [answer_head(files=[file_description(file) for file in files]), *(file.data for file in files)]


def files_wanted(wanted: dict[str, Any]) -> list[PrintedFile]:
    if "sheet" in wanted:
        return [render_sheet(PaperSheet(**wanted["sheet"]))]
    formats = [FileFormat(one) for one in wanted["formats"]]
    return render_document(document_from_json(wanted["document"]), formats)


def error_chain(error: BaseException | None) -> Iterator[BaseException]:
    """Yield an error and those in whose wake it came: libraries wrap what they did not expect."""
    while error is not None:
        yield error
        error = error.__context__


def is_nearly_full() -> bool:
    """Return whether this process came near its limit: without memory, libraries in C fail in ways of their own."""
    limit, _ = resource.getrlimit(resource.RLIMIT_AS)
    return limit != resource.RLIM_INFINITY and most_reserved() > NEARLY_FULL * limit


def answer_head(**values: object) -> bytes:
    """Return the first part of an answer, with the most memory that this process ever held, in bytes."""
    return json.dumps(values | {"peak": most_held()}).encode()


def file_description(file: PrintedFile) -> dict[str, object]:
    """Return what is said of a file before its bytes."""
    return {name: value for name, value in vars(file).items() if name != "data"}
