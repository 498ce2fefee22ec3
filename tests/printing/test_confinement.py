"""What the process that prints can reach: its programs, its fonts, its scratch files, and nothing else."""

from __future__ import annotations

import json
import os
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.base.processes.landlock import SCOPES_SINCE
from app.base.settings.settings import ROOT
from app.printing import render_pool
from app.printing.render_pool import RenderLimits, RenderPool, no_heartbeat
from app.printing.render_process import specimen_document
from app.printing.rules import FileFormat
from reports.model import DocumentError
from tests.processes import landlock_version

# A process that answers a document by telling what of a list of attempts, each a line of Python, it succeeded in.
TELLS = """
import ctypes, json, os, socket, sys
from pathlib import Path
from app.printing import render_process
from reports.model import DocumentError
libc = ctypes.CDLL(None, use_errno=True)

def connects(family, address):
    # Past Python, which refuses by itself.
    handle = libc.socket(family, socket.SOCK_STREAM, 0)
    return libc.connect(handle, address, len(address)) == 0

def told(document, formats):
    done = []
    for line in json.loads(ATTEMPTS):
        try:
            if eval(line) is not False:
                done.append(line)
        except OSError:
            pass
    raise DocumentError(json.dumps(done))

render_process.warm_up = lambda: ""
render_process.render_document = told
render_process.main(*map(int, sys.argv[1:]))
"""

UNAWARE = """
import errno, os, sys
from app.base.processes import confinement
from app.printing import render_process

def restrict_process(readable, writable):
    raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))

confinement.restrict_process = restrict_process
render_process.main(*map(int, sys.argv[1:]))
"""


@pytest.fixture
def instance(tmp_path: Path) -> Path:
    """A folder of data as the system makes it."""
    folder = tmp_path / "instance"
    (folder / "attachments").mkdir(parents=True)
    for name in ("secret-key", "work-plan.db", "queue.db", "attachments/1"):
        (folder / name).write_text("nobody else's business")
    return folder


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening


def succeeded(attempts: list[str], monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return which attempts a rendering process succeeds in, as soon as it has a document."""
    program = f"ATTEMPTS = {json.dumps(attempts)!r}\n{TELLS}"
    monkeypatch.setattr(render_pool, "PROGRAM", (sys.executable, "-P", "-c", program))
    room = RenderPool()
    try:
        with pytest.raises(DocumentError) as refused:
            room.render_document(specimen_document(), (FileFormat.PDF,), no_heartbeat)
    finally:
        room.close_pool()
    done: list[str] = json.loads(str(refused.value))
    return done


def attempts_on(instance: Path, port: int) -> list[str]:
    """Return what nothing that prints may succeed in."""
    this = f"/proc/{os.getpid()}"
    return [
        *(f"Path({str(file)!r}).read_bytes()" for file in instance.rglob("*") if file.is_file()),
        f"os.listdir({str(instance)!r})",
        f"Path({str(instance)!r}, 'new').write_text('')",
        f"open({str(ROOT / 'README.md')!r}, 'a').close() is None",
        f"Path({str(ROOT / 'README.md')!r}).read_text()",
        "Path('/etc/passwd').read_text()",
        f"Path('{this}/environ').read_bytes()",
        f"Path('{this}/maps').read_text()",
        f"os.symlink({str(instance)!r}, 'link') or os.listdir('link')",
        "libc.system(b'true') == 0",
        f"connects({int(socket.AF_INET)}, {address_of(port)!r})",
    ]


def test_it_sees_no_file_but_its_own_and_reaches_nobody(
    instance: Path,
    listener: socket.socket,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    version, name = landlock_version(), f"\0work-plan-{os.getpid()}"
    reaching = [f"connects({int(socket.AF_UNIX)}, {abstract_address(name)!r})", f"os.kill({os.getpid()}, 0)"]
    own = ["Path('own').write_text('1') and Path('own').unlink()", "Path('/proc/self/status').read_text()"]
    attempts = [*attempts_on(instance, listener.getsockname()[1]), *reaching, *own]

    with socket.socket(socket.AF_UNIX) as abstract:
        abstract.bind(name)
        abstract.listen()
        done = succeeded(attempts, monkeypatch)

    if not version:
        assert "没有能与其他文件隔离" in caplog.text
        pytest.skip("this kernel has no Landlock; that is said")
    assert done == [*([] if version >= SCOPES_SINCE else reaching), *own]


def address_of(port: int) -> bytes:
    """Return struct sockaddr_in for a port of this machine."""
    return (
        int(socket.AF_INET).to_bytes(2, sys.byteorder)
        + port.to_bytes(2, "big")
        + socket.inet_aton("127.0.0.1")
        + bytes(8)
    )


def abstract_address(name: str) -> bytes:
    """Return struct sockaddr_un for a name that is no file."""
    return int(socket.AF_UNIX).to_bytes(2, sys.byteorder) + name.encode()


def test_where_the_kernel_hides_no_files_the_log_says_so_and_it_prints(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(render_pool, "PROGRAM", (sys.executable, "-P", "-c", UNAWARE))
    room = RenderPool(RenderLimits())
    try:
        (file,) = room.render_document(specimen_document(), (FileFormat.PDF,), no_heartbeat)
    finally:
        room.close_pool()
    assert file.pages == 2
    assert "排版进程没有能与其他文件隔离（Function not implemented）" in caplog.text
    assert "请让系统管理员" in caplog.text


def test_the_real_one_has_no_privileges_no_secrets_and_no_handle_of_its_worker(
    instance: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_KEY", "nobody else's business")
    monkeypatch.setenv("DATABASE_URL", "postgresql://user:secret@host/name")
    with (instance / "work-plan.db").open("rb") as database:
        os.set_inheritable(database.fileno(), True)
        room = RenderPool()
        room.warm_up()
        [one] = room.idle
        process = Path(f"/proc/{one.process.pid}")
        status = dict(line.split(":\t", 1) for line in (process / "status").read_text().splitlines())
        held = {str(handle.readlink()) for handle in (process / "fd").iterdir()}
        environment = (process / "environ").read_bytes()
        folder = (process / "cwd").readlink()
        scratch = one.scratch.path
        room.close_pool()
    assert (status["NoNewPrivs"], int(status["CapEff"], 16), int(status["CapPrm"], 16)) == ("1", 0, 0)
    assert not {handle for handle in held if handle.startswith(str(instance))}
    assert b"SECRET_KEY" not in environment
    assert b"DATABASE_URL" not in environment
    assert folder == scratch
