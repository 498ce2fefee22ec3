"""The rendering process, started by `render_pool` with SOCKET SECONDS BYTES. It receives documents and sends files
until the socket is closed.

Pango keeps a thread that does not survive a fork, so a warm process cannot be copied for each document and is reused
instead. That thread may crash while the interpreter shuts down, so the process exits without shutting it down.

Documents contain text from many people. The process has no network, starts no program, gains no privilege, reads only
its programs and fonts, writes only scratch files, and cannot take more memory or processor time than it was given.
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
    """Prepare, report what is missing on this machine, if anything, and render until the socket is closed."""
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
    """Move to a namespace without any network; return in words why the kernel refuses, or ""."""
    reason = leave_network()
    return CONNECTED.format(reason=reason) if reason else ""


def hide_files() -> str:
    """Keep only programs, fonts and the scratch folder accessible; return in words why the kernel refuses, or "".

    Data, keys and other processes of the system are out of reach then.
    """
    reason = keep_to_files(readable_places(), (gettempdir(), os.devnull))
    return SEES_FILES.format(reason=reason) if reason else ""


def readable_places() -> list[str]:
    """Return what rendering reads: programs, fonts (with the targets of links), and the list of fonts."""
    home = Path(os.environ.get("HOME") or "/nonexistent")
    caches = Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache")
    shared = (Path(entry) / "fonts" for entry in os.environ.get("XDG_DATA_DIRS", "").split(":") if entry)
    fonts = [*font_folders(), home / ".fonts", home / ".local/share/fonts", *shared, caches / "fontconfig"]
    links = (file for folder in font_folders() for file in folder.rglob("*") if file.is_symlink())
    return [*program_places(), *map(str, (*fonts, *links))]


def give_up_rights() -> None:
    """Give up, for good, all privileges that rendering no longer needs once everything is loaded."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (SCRATCH_BYTES, SCRATCH_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    refuse_events(REACHING_OUT)


def allow_processor(seconds: int) -> None:
    """Allow the next document so much processor time, in case nobody is left to end the process."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + seconds + 1, hard))


def warm_up() -> str:
    """Load every renderer by rendering a specimen; return in words what this machine lacks, or "".

    The formats of a draft are enough: the other PDFs use the same renderer, and a workbook needs no warming up.
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
    """Return a short document with every face, a rare hanzi and every kind of block."""
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
    """Return the answer: a head in JSON, then the bytes of each file that it lists."""
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
    """Yield an error and its causes, since libraries wrap errors they did not expect."""
    while error is not None:
        yield error
        error = error.__context__


def is_nearly_full() -> bool:
    """Return whether this process came near its memory limit, where C libraries fail in unpredictable ways."""
    limit, _ = resource.getrlimit(resource.RLIMIT_AS)
    return limit != resource.RLIM_INFINITY and most_reserved() > NEARLY_FULL * limit


def answer_head(**values: object) -> bytes:
    """Return the head of an answer, with the peak memory of this process in bytes."""
    return json.dumps(values | {"peak": most_held()}).encode()


def file_description(file: PrintedFile) -> dict[str, object]:
    """Return the description of a file in the head."""
    return {name: value for name, value in vars(file).items() if name != "data"}
