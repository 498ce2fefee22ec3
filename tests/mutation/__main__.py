"""Plant small faults in rules and operations, one at a time, and say which of them the tests beside them let pass.

    make mutants N=60 SEED=7        python -m tests.mutation --count 60 --seed 7 [folder or module ...]

Rules are the modules that the import contract of the rules names, those of a feature that work only on what they are
given, and the lint; operations are those in which a transaction stands. A fault is noticed when a test fails; what no
test can notice stands, with the reason, in equivalents.txt.
"""

from __future__ import annotations

import ast
import os
import random
import re
import subprocess
import sys
import tomllib
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from app.base.settings.settings import ROOT
from tests.mutation.faults import Fault, faults_of
from tests.speeds import is_slow_place

RULES_CONTRACT = "Rules are pure: they touch neither the database nor Flask"
TRANSACTION = "\n@transaction"
# Where no rule of the office's work stands: what all features stand on, what starts them, reads and writes whole
# databases, and the words and pages of documents, which recorded documents show as a whole.
WITHOUT_RULES = ("base", "web", "wiring", "maintenance", "composition", "printing")
# What a module asks for beyond what it is given: rows, the request, other operations, or the answers to a signal.
ASKED_ELSEWHERE = re.compile(
    r"^(?:from|import) (?:flask|peewee|playhouse|wtforms|app\.web|app\.base\.database)"
    r"|^from \S+ import .*\b(?:queries|signals|operations)\b|^from \S+\.(?:queries|signals|operations) ",
    re.MULTILINE,
)
EQUIVALENTS = Path(__file__).parent / "equivalents.txt"
ENOUGH = 0.95
LONGEST_SECONDS = 1800  # by the clock on the wall: on a busy machine tests take long without being endless
STOPPED = -1
NO_TESTS = 5  # what pytest returns where it has collected none: nothing was noticed


@dataclass(frozen=True)
class Mutant:
    module: str
    number: int
    line: int
    key: str

    def __str__(self) -> str:
        return f"{self.module}:{self.line} [{self.number}] {self.key}"


def mutated_modules() -> list[str]:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    [sources] = [one["source_modules"] for one in contracts if one["name"] == RULES_CONTRACT]
    rules = {path for source in sources for path in modules_of(source)}
    texts = {path: path.read_text(encoding="utf-8") for path in ROOT.glob("app/**/*.py")}
    operations = {path for path, text in texts.items() if TRANSACTION in text}
    given = {path for path, text in texts.items() if is_in_feature(path) and not ASKED_ELSEWHERE.search(text)}
    return sorted(
        str(path.relative_to(ROOT))
        for path in {*rules, *operations, *given, *(ROOT / "reports" / "lint").rglob("*.py")}
        if path.stem not in ("models", "queries") or path in operations
    )


def modules_of(source: str) -> Iterator[Path]:
    place = source.replace(".", "/")
    yield from ROOT.glob(f"{place}.py")
    yield from ROOT.glob(f"{place}/**/*.py")


def is_in_feature(path: Path) -> bool:
    return path.relative_to(ROOT / "app").parts[0] not in WITHOUT_RULES


def mutants_of(module: str) -> list[Mutant]:
    excepted = left_out()
    mutants = (
        Mutant(module, number, fault.line, fault.key) for number, fault in enumerate(faults_in(module))
    )
    return [mutant for mutant in mutants if f"{module} {mutant.key}" not in excepted]


def faults_in(module: str) -> list[Fault]:
    return faults_of(ast.parse((ROOT / module).read_text(encoding="utf-8")))


def left_out() -> set[str]:
    """The faults that no test can notice, each as its module and key."""
    return {line.split("  #")[0] for line in EQUIVALENTS.read_text(encoding="utf-8").splitlines()}


def tests_beside(module: str) -> list[str]:
    """The tests in the folder that mirrors a module's, or the nearest above it, those that import it first.

    Where none has any, all that import it. Who may do what, and to which rows, stands for all operations in one
    table: an operation's line there is a test of it. So are the migrations of a table that stands in the module.
    """
    folder = (ROOT / "tests" / module.removeprefix("app/")).parent
    dotted = module.removesuffix(".py").replace("/", ".")
    package, _, name = dotted.rpartition(".")

    def imports_module(path: Path) -> bool:
        text = path.read_text(encoding="utf-8")
        return f"from {dotted} import" in text or f"from {package} import {name}" in text

    def distance(path: Path) -> tuple[bool, bool, str]:
        return path.stem != f"test_{name}", not imports_module(path), str(path)

    mirrored = [one for one in (folder, *folder.parents) if (ROOT / "tests") in one.parents]
    beside = next((found for one in mirrored if (found := [*one.rglob("test_*.py")])), None) or [
        one for one in ROOT.glob("tests/**/test_*.py") if imports_module(one)
    ]
    text = (ROOT / module).read_text(encoding="utf-8")
    elsewhere = sorted(ROOT.glob("tests/authority/test_*.py")) if TRANSACTION in text else []
    elsewhere += [ROOT / "tests/test_migrations.py"] if "(BaseTable)" in text else []
    return [str(path.relative_to(ROOT)) for path in (*sorted(beside, key=distance), *elsewhere)]


def is_noticed(mutant: Mutant) -> bool:
    tests = tests_beside(mutant.module)
    return run_tests(tests, mutant, slow_too=are_slow(tests)) not in (0, NO_TESTS)


def are_slow(tests: Sequence[str]) -> bool:
    """Whether those nearest to a module are all slow, as for what reads forms of Excel: they are run then."""
    return is_slow_place(tests[0])


def run_tests(tests: Sequence[str], mutant: Mutant | None = None, *, slow_too: bool) -> int:
    """Return what pytest returns; nothing that passes takes as long as what waits for ever.

    What pytest says is shown where no fault is planted.
    """
    command = [sys.executable, "-m", "pytest", *(["-p", "tests.mutation.planting"] if mutant else [])]
    command += [
        "-p",
        "no:cacheprovider",
        "-x",
        "-q",
        "-n0",
        *([] if slow_too else ["-m", "not slow"]),
        *tests,
    ]
    planted = {"MUTANT": f"{mutant.module}:{mutant.number}"} if mutant else {}
    try:
        answer = subprocess.run(
            command,
            cwd=ROOT,
            env=os.environ | planted,
            capture_output=mutant is not None,
            timeout=LONGEST_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return STOPPED
    return answer.returncode


def tests_of_sample(sample: Sequence[Mutant]) -> Iterator[tuple[bool, list[str]]]:
    """Yield the tests beside some mutants' modules: those run without what is slow, and those run with it."""
    beside = [tests_beside(module) for module in sorted({one.module for one in sample})]
    for slow_too in (False, True):
        if tests := {test for one in beside if are_slow(one) is slow_too for test in one}:
            yield slow_too, sorted(tests)


def asked_for() -> Namespace:
    parser = ArgumentParser("python -m tests.mutation")
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--seed", type=int, default=random.randrange(10_000))
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("modules", nargs="*", help="only those under these folders")
    return parser.parse_args()


def main() -> None:
    asked = asked_for()
    modules = [one for one in mutated_modules() if one.startswith(tuple(asked.modules) or "")]
    mutants = [mutant for module in modules for mutant in mutants_of(module)]
    sample = random.Random(asked.seed).sample(mutants, min(asked.count, len(mutants)))
    print(f"SEED={asked.seed}: {len(sample)} of {len(mutants)} faults in {len(modules)} modules", flush=True)
    missed = 0
    for slow_too, tests in tests_of_sample(sample):
        if run_tests(tests, slow_too=slow_too) not in (0, NO_TESTS):
            sys.exit("Their tests fail without a fault, and would notice anything.")
    with ThreadPoolExecutor(asked.processes) as pool:
        for mutant, noticed in zip(sample, pool.map(is_noticed, sample), strict=True):
            missed += not noticed
            print("" if noticed else f"not noticed: {mutant}\n", end="", flush=True)
    share = 1 - missed / len(sample)
    print(f"{len(sample) - missed} of {len(sample)} noticed ({share:.0%}; at least {ENOUGH:.0%} must be)")
    sys.exit(share < ENOUGH)


if __name__ == "__main__":
    main()
