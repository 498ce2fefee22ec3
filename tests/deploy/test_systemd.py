"""The units of systemd: sound in its eyes, hardened, and with the commands of the Procfile."""

from __future__ import annotations

import shutil
import subprocess
from configparser import ConfigParser
from pathlib import Path

import pytest

from app.base.settings.settings import ROOT

UNITS = ROOT / "deploy" / "systemd"
PLACE = "/opt/work-plan"
# What a unit runs, by the name of its line in the Procfile.
LINES = {"web": "web-behind-front", "worker": "worker", "front": "front"}
HARDENING = {
    "User": "work-plan",
    "Restart": "always",
    "UMask": "0077",
    "NoNewPrivileges": "yes",
    "ProtectSystem": "strict",
    "ProtectHome": "yes",
    "PrivateTmp": "yes",
    "ReadWritePaths": "/var/lib/work-plan",
    "RestrictAddressFamilies": "AF_UNIX AF_INET AF_INET6",
    "MemoryDenyWriteExecute": "yes",
    "LimitNOFILE": "65536",
    "StateDirectoryMode": "0700",
}


def verify(folder: Path) -> str:
    """Return what systemd finds wrong with the units in a folder."""
    program = shutil.which("systemd-analyze")
    assert program, "没有找到 systemd-analyze：请先运行 make setup-tests"
    command = [
        program,
        "verify",
        "--man=no",
        "--recursive-errors=no",
        *map(str, sorted(folder.glob("*.service"))),
    ]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    return answer.stderr + answer.stdout


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """The units as they are installed where the project lies here: systemd looks for their programs."""
    for unit in UNITS.glob("*.service"):
        (tmp_path / unit.name).write_text(unit.read_text().replace(PLACE, str(ROOT)))
    return tmp_path


def service(name: str) -> dict[str, list[str]]:
    """Return the settings of a unit's service, each with all that it is set to."""
    parser = ConfigParser(strict=False, interpolation=None, dict_type=Gathered, delimiters=("=",))
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(UNITS / f"work-plan-{name}.service")
    return {key: value.split("\n") for key, value in parser["Service"].items()}


class Gathered(dict[str, object]):
    """Keeps every line of a setting that may stand several times."""

    def __setitem__(self, key: str, value: object) -> None:
        if isinstance(value, list) and key in self:
            self[key].extend(value)  # type: ignore[attr-defined]
        else:
            super().__setitem__(key, value)


def test_systemd_finds_nothing_wrong(installed: Path) -> None:
    assert verify(installed) == ""


def test_a_misspelt_setting_is_found(installed: Path) -> None:
    unit = installed / "work-plan-web.service"
    unit.write_text(unit.read_text().replace("ProtectHome=", "ProtectHomes="))
    assert "ProtectHomes" in verify(installed)


@pytest.mark.parametrize("name", LINES)
def test_every_unit_has_the_hardening_options(name: str) -> None:
    settings = service(name)
    assert {key: settings[key][-1] for key in HARDENING} == HARDENING
    needed = "CAP_NET_BIND_SERVICE" if name == "front" else ""
    assert settings["CapabilityBoundingSet"] == [needed]


@pytest.mark.parametrize("name", LINES)
def test_a_unit_runs_what_the_procfile_says(name: str) -> None:
    lines = (ROOT / "Procfile").read_text().splitlines()
    commands = dict(line.split(": ", 1) for line in lines)
    expected = commands[LINES[name]].removesuffix(" $BIND")
    assert service(name)["ExecStart"] == [f"{PLACE}/.venv/bin/{expected}"]


def test_a_start_prepares_the_database_as_make_serve_does() -> None:
    (prepare,) = service("web")["ExecStartPre"]
    assert prepare == f"{PLACE}/.venv/bin/flask --app wsgi service prepare"
    assert '--first "flask --app wsgi service prepare"' in (ROOT / "Makefile").read_text()
