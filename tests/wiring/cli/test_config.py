"""`flask config` and what every program says of settings that are wrong."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from app.base.settings.reading import ENV_FILE, ENVIRONMENT, declared_settings
from app.base.settings.settings import ROOT, Settings

NAMES = [declared.setting.name for declared in declared_settings(Settings)]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project folder of its own, for there lies the .env file."""
    folder = tmp_path_factory.mktemp("project")
    for name in ("app", "reports", "migrations"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("templates", "static", "fonts"):
        (folder / name).symlink_to(ROOT / name)
    shutil.copy(ROOT / "wsgi.py", folder)
    (folder / ".env").write_text(
        "INSTANCE_DIR=data\nPORT=x\nLIGHT_RED=3 # 太小\nSMTP_URL=smtp://u:geheim@mail\n"
    )
    return folder


@pytest.fixture
def run_command(project: Path, tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    def run_command(*command: str, folder: Path = project, **given: str) -> subprocess.CompletedProcess[str]:
        environment = {name: value for name, value in os.environ.items() if name not in NAMES}
        return subprocess.run(
            command,
            cwd=folder,
            env=environment | given,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    return run_command


@pytest.mark.parametrize(
    ("command", "code"),
    [
        ("flask --app wsgi db upgrade", 1),
        ("flask --app wsgi run", 4),
        ("gunicorn wsgi:app --bind=127.0.0.1:0 --no-control-socket", 4),
        ("gunicorn wsgi:app --bind=127.0.0.1:0 --no-control-socket --preload", 4),
        ("huey_consumer app.wiring.worker.huey", 4),
    ],
)
def test_every_program_ends_with_the_sentences(
    run_command: Callable[..., subprocess.CompletedProcess[str]], project: Path, command: str, code: int
) -> None:
    ended = run_command(*command.split())
    assert ended.returncode == code
    assert [name for name in ("PORT", "LIGHT_RED", "MAIL_FROM") if name in ended.stderr] == [
        "PORT",
        "LIGHT_RED",
        "MAIL_FROM",
    ]
    assert "Traceback" not in ended.stderr
    assert not (project / "data").exists()


def test_config_check_shows_every_setting_and_where_it_comes_from(
    run_command: Callable[..., subprocess.CompletedProcess[str]], project: Path
) -> None:
    checked = run_command(
        "flask", "--app", "wsgi", "config", "check", SITE_NAME="示例街道", SECRET_KEY="k" * 20
    )
    assert checked.returncode == 1
    lines = dict(line.split(" = ") for line in checked.stdout.splitlines())
    assert list(lines) == NAMES
    assert lines["INSTANCE_DIR"].startswith(f"{project / 'data'}（{ENV_FILE}；")
    assert lines["SITE_NAME"].startswith(f"示例街道（{ENVIRONMENT}；")
    assert lines["LIGHT_YELLOW"].startswith("5（默认；")
    assert "geheim" not in checked.stdout + checked.stderr
    assert "k" * 20 not in checked.stdout
    corrected = run_command(
        "flask", "--app", "wsgi", "config", "get", "PORT", PORT="80", LIGHT_RED="20", MAIL_FROM="a@b"
    )
    assert (corrected.returncode, corrected.stdout) == (0, "80\n")


def test_an_env_file_in_another_encoding_is_reported_by_the_command_line(
    run_command: Callable[..., subprocess.CompletedProcess[str]], project: Path
) -> None:
    kept = (project / ".env").read_text()
    try:
        (project / ".env").write_bytes("SITE_NAME=示例街道\n".encode("gb18030"))
        checked = run_command("flask", "--app", "wsgi", "config", "check", FLASK_SKIP_DOTENV="1")
    finally:
        (project / ".env").write_text(kept)
    assert checked.returncode == 1
    assert "不是 UTF-8 编码" in checked.stderr
    assert "Traceback" not in checked.stderr


@pytest.mark.parametrize("command", ["report lint", "plan import --dry-run"])
def test_what_only_reads_a_file_leaves_nothing_behind(
    run_command: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path, command: str
) -> None:
    (tmp_path / "instance").mkdir()
    right = {"INSTANCE_DIR": str(tmp_path / "instance"), "PORT": "", "LIGHT_RED": "", "SMTP_URL": ""}
    plan = str(ROOT / "plans" / "2026-work-plan.txt")
    ended = run_command("flask", "--app", "wsgi", *command.split(), plan, folder=ROOT, **right)
    assert ended.stdout and "Traceback" not in ended.stderr
    assert list((tmp_path / "instance").iterdir()) == []
