"""The states of saving a filing, as states.js has them, driven without a browser."""

from __future__ import annotations

import json
import os
import shutil
import subprocess

import pytest

from tests.structure.project_files import ROOT

STATES = ROOT / "static" / "src" / "js" / "filing" / "states.js"
DRIVE = """
import * as states from "%s";
const known = Object.values(states).filter((value) => typeof value === "string");
const now = () => known.find((state) => states.isIn(state)) || "absent";
const walks = JSON.parse(process.argv[1]);
const passed = [];
for (const event of walks) { states.happen(event); passed.push(now()); }
console.log(JSON.stringify(passed));
"""


def walk(*events: str) -> list[str]:
    """Return the states that events lead through, one after another, on a page that was just opened."""
    node = shutil.which("node", path=f"{ROOT}/.venv/bin:{os.environ['PATH']}")
    assert node, "没有找到 Node：请先运行 make setup"
    command = [node, "--input-type=module", "--eval", DRIVE % STATES.as_uri(), json.dumps(events)]
    answer = subprocess.run(command, capture_output=True, text=True, check=True)
    states: list[str] = json.loads(answer.stdout)
    return states


@pytest.mark.parametrize(
    ("events", "states"),
    [
        ("opened typed typed sent typed saved", "idle changed changed saving saving idle"),
        ("opened typed sent unanswered typed sent saved", "idle changed saving offline offline saving idle"),
        ("opened sent signedOut typed sent saved", "idle saving signed-out signed-out saving idle"),
        ("opened sent overtaken typed sent saved", "idle saving conflict conflict saving idle"),
        (
            "opened sent refused typed sent handedOver typed",
            "idle saving refused changed saving handed-over handed-over",
        ),
        ("typed sent saved", "absent absent absent"),
        ("opened saved unanswered", "idle idle idle"),
    ],
)
def test_what_happens_leads_from_state_to_state(events: str, states: str) -> None:
    assert walk(*events.split()) == states.split()
