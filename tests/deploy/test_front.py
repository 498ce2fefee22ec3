"""`make serve` as it stands in an office: not root, behind its own front, over TLS, with senders as slow as can be."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from http.client import HTTPConnection, HTTPMessage
from pathlib import Path

import pytest
from gunicorn.http.parser import _DRAIN_MAX_BYTES as DRAINED_BYTES
from playwright.sync_api import Browser, expect

from app.base.settings.settings import ROOT
from tests.base.files.test_private_files import open_to_others
from tests.concurrency.service import free_ports
from tests.databases import SqliteFiles
from tests.deploy.fronted import FrontedSystem, SecureVisitor, fronted
from tests.deploy.supervised import command_of, descendants_of
from tests.processes import wait_until
from tests.world import PASSWORD

SLOW_SENDERS = 20
WORDS = "三季度走访企业57家，形成线索21条。"
A_YEAR = "max-age=31536000; includeSubDomains"


@pytest.fixture(scope="module")
def system(sqlite: SqliteFiles) -> Iterator[FrontedSystem]:
    with fronted(sqlite.world, sqlite.folder / "world") as system:
        yield system
        errors = [line for line in system.log.splitlines() if '"level":"error"' in line]
        assert all("web.socket" in line for line in errors), errors  # of the process that a test kills
        # The rendering process gives up all privileges, and then cannot read a Python that lies in root's folder.
        is_readable = all(folder.stat().st_mode & 0o001 for folder in Path(sys.base_prefix).parents)
        assert not is_readable or "Traceback" not in system.log, system.log


def test_no_process_runs_as_root(system: FrontedSystem) -> None:
    processes = descendants_of(system.supervisor.pid)
    owners = [line for process in processes for line in status_of(process) if line.startswith("Uid")]
    assert len(owners) >= 5
    assert "0" not in {user for line in owners for user in line.split()[1:]}


def test_every_process_writes_for_its_own_user_alone(system: FrontedSystem) -> None:
    processes = descendants_of(system.supervisor.pid)
    lines = [line for process in processes for line in status_of(process) if line.startswith("Umask")]
    assert lines.count("Umask:\t0077") >= 5
    assert open_to_others(system.instance) == {}


def status_of(process: int) -> list[str]:
    """Return what Linux tells of a process, nothing of one that is gone."""
    try:
        return Path(f"/proc/{process}/status").read_text().splitlines()
    except FileNotFoundError:
        return []


def test_the_front_ends_tls_and_says_so_for_subdomains_too(system: FrontedSystem) -> None:
    _, headers, _ = system.ask("/login")
    assert headers.get_all("Strict-Transport-Security") == [A_YEAR]
    assert headers["Set-Cookie"].startswith("__Host-session=")
    assert {"Secure", "HttpOnly"} <= set(headers["Set-Cookie"].split("; "))
    stranger = system.connect(trust=ssl.create_default_context())
    with closing(stranger), pytest.raises(ssl.SSLCertVerificationError):
        stranger.request("GET", "/login")


def test_plain_http_is_sent_on(system: FrontedSystem) -> None:
    with closing(HTTPConnection("localhost", system.port)) as connection:
        connection.request("GET", "/filings?period=2026Q3")
        answer = connection.getresponse()
    assert answer.status in (301, 308)
    assert answer.headers["Location"] == f"https://{system.host}/filings?period=2026Q3"


def test_a_wrong_host_is_reported_and_named_in_the_log(system: FrontedSystem) -> None:
    status, _, text = system.ask("/login", Host="plan.example")
    assert (status, "本系统不应答这个网址" in text) == (400, True)
    assert "'plan.example'" in system.log


def test_the_fronts_log_holds_nothing_that_is_typed_or_lets_anybody_in(system: FrontedSystem) -> None:
    visitor = system.visitor("office")
    visitor.get("/filings?period=secret-query")
    log = (system.instance / "logs" / "front.log").read_text()
    assert '"uri":"/filings"' in log and '"status":303' in log
    secrets = [morsel.coded_value for morsel in visitor.cookies.values()]
    assert secrets
    assert not [secret for secret in ("secret-query", PASSWORD, visitor.token, *secrets) if secret in log]


def test_a_filer_works_in_a_real_browser_over_tls(system: FrontedSystem, chromium: Browser) -> None:
    context = chromium.new_context(ignore_https_errors=True, locale="zh-CN")
    page = context.new_page()
    page.goto(f"http://{system.host}/filings")
    assert page.url.startswith(f"https://{system.host}/login")
    page.get_by_label("用户名").fill(system.world.users["filer"].username)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.get_by_role("link", name="夯实招商基础").first.click()
    page.get_by_label("进展情况").fill(WORDS)
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("已保存").first).to_be_visible()
    page.reload()
    expect(page.get_by_label("进展情况")).to_have_value(WORDS)
    cookies = context.cookies()
    assert "__Host-session" in {cookie["name"] for cookie in cookies}
    for cookie in cookies:
        assert cookie["name"].startswith("__Host-") and cookie["secure"] and cookie["httpOnly"], cookie
    context.close()
    seen = (system.instance / "logs").glob("access-*.log")
    assert f" {system.world.users['filer'].account_id} POST /filings/" in "".join(map(Path.read_text, seen))


@pytest.mark.parametrize("header", ["Content-Length: 90000000", "Transfer-Encoding: chunked"])
def test_what_is_sent_without_a_log_in_is_refused_before_it_comes(system: FrontedSystem, header: str) -> None:
    with system.open_socket() as sender:
        sender.sendall(f"POST /filings/1 HTTP/1.1\r\nHost: {system.host}\r\n{header}\r\n\r\n".encode())
        assert sender.recv(100).startswith(b"HTTP/1.1 401 ")


SEND = """async (lengths) => {
  const found = [];
  for (const length of lengths) {
    const answer = await fetch("/filings/1", { method: "POST", body: "a".repeat(length) });
    found.push(answer.status, (await answer.text()).includes("请重新登录"));
  }
  return found;
}"""


def test_what_is_sent_whole_without_a_log_in_is_refused_in_words(
    system: FrontedSystem, chromium: Browser
) -> None:
    """A sender still writing when the web process closes the connection would read that the system is down."""
    (limit,) = re.findall(r"Content-Length (\S+)", (ROOT / "deploy" / "Caddyfile").read_text())
    assert re.search(limit, "59999") and not re.search(limit, str(DRAINED_BYTES))
    context = chromium.new_context(ignore_https_errors=True)
    page = context.new_page()
    page.goto(f"https://{system.host}/login")
    context.clear_cookies()
    answers = page.evaluate(SEND, [DRAINED_BYTES, 99_999] * 20)
    context.close()
    assert answers == [401, True] * 40


def own_filing(visitor: SecureVisitor) -> int:
    """Return the number of a filing that a visitor's task list leads to."""
    found = re.search(r'href="/filings/(\d+)"', visitor.get("/filings").text)
    assert found
    return int(found[1])


def test_slow_senders_hold_nobody_up(system: FrontedSystem) -> None:
    visitor = system.visitor("filer")
    filing = own_filing(visitor)
    head = (
        f"POST /filings/{filing} HTTP/1.1\r\nHost: {system.host}\r\nCookie: {visitor.cookie_header}\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 50000\r\n\r\nprogress="
    )
    with ExitStack() as senders:
        for _ in range(SLOW_SENDERS):
            senders.enter_context(system.open_socket()).sendall(head.encode())
        time.sleep(0.5)  # until all stand where they stand
        # Held up, the visitor would give up before the front does with them.
        assert visitor.get("/filings").status == 200


def test_an_upload_as_large_as_is_taken_arrives(system: FrontedSystem) -> None:
    visitor = system.visitor("filer")
    path = f"/filings/{own_filing(visitor)}/attachments"
    status, headers, _ = upload(system, visitor, path, "files", bytes(10_000_000))
    assert (status, headers["Location"]) == (303, path)


def test_the_front_takes_from_every_page_what_the_page_takes(system: FrontedSystem) -> None:
    """What is too large for a page is refused in that page's words, not in those of the front."""
    office = system.visitor("office")
    status, _, text = upload(system, office, "/lint", "file", bytes(6_000_000))
    assert status == 422 and "a.pdf" in text, text
    status, _, text = upload(system, office, "/plan/new", "file", bytes(21_000_000))
    assert status == 413 and "计划文本不会这么大" in text, text


def upload(
    system: FrontedSystem, visitor: SecureVisitor, path: str, name: str, content: bytes
) -> tuple[int, HTTPMessage, str]:
    """Send a file in a field; return status, headers and text of the answer."""
    boundary, file = "7d1f", b"%PDF-1.7\n" + content + b"\n%%EOF\n"
    field = f'--{boundary}\r\nContent-Disposition: form-data; name="{{}}"{{}}\r\n\r\n'
    body = (
        field.format("csrf_token", "").encode()
        + visitor.token.encode()
        + b"\r\n"
        + field.format(name, '; filename="a.pdf"').encode()
        + file
        + f"\r\n--{boundary}--\r\n".encode()
    )
    headers = {"Cookie": visitor.cookie_header, "Content-Type": f"multipart/form-data; boundary={boundary}"}
    with closing(system.connect()) as connection:
        connection.request("POST", path, body, headers)
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read().decode()


def test_a_certificate_of_ones_own_and_a_port_for_plain_http(system: FrontedSystem, tmp_path: Path) -> None:
    issued = system.instance / "front" / "certificates" / "local" / "localhost"
    shutil.copytree(issued, tmp_path / "a certificate")
    port, plain_port = free_ports(2)
    given = {
        "INSTANCE_DIR": str(tmp_path / "instance"),
        "PORT": str(port),
        "HTTP_PORT": str(plain_port),
        "TLS_CERTIFICATE": str(tmp_path / "a certificate" / "localhost.crt"),
        "TLS_KEY": str(tmp_path / "a certificate" / "localhost.key"),
    }
    command = [sys.executable, "deploy/front.py"]
    with subprocess.Popen(command, cwd=ROOT, env=os.environ | given, stderr=subprocess.DEVNULL) as front:
        try:
            wait_until(lambda: is_open(plain_port) and is_open(port), "the front does not answer")
            with closing(HTTPConnection("localhost", plain_port)) as connection:
                connection.request("GET", "/filings?period=2026Q3")
                location = connection.getresponse().headers["Location"]
            assert location == f"https://localhost:{port}/filings?period=2026Q3"
            plain = socket.create_connection(("localhost", port))
            with system.trust.wrap_socket(plain, server_hostname="localhost") as encrypted:
                assert encrypted.version() == "TLSv1.3"
        finally:
            front.terminate()


def is_open(port: int) -> bool:
    try:
        socket.create_connection(("localhost", port)).close()
    except OSError:
        return False
    return True


def test_requests_wait_while_the_web_process_is_started_again(system: FrontedSystem) -> None:
    family = descendants_of(system.supervisor.pid)
    (web, *_) = [process for process in family if "gunicorn" in command_of(process)]
    os.kill(web, signal.SIGKILL)
    status, _, text = system.ask("/login")
    assert status == 200, text
