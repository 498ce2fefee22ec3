"""What benchmarks are to keep to: targets in words beside the figures, and an exit status that tells who did not."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass
class Targets:
    """The targets of a run, and which of them were missed."""

    missed: list[str] = field(default_factory=list)

    def at_most(self, limit: float, value: float, what: str, unit: str = "") -> str:
        """Return a target in words, to stand behind its figure; where the figure is above it, note what was missed."""
        target = f"target ≤ {limit:g} {unit}".rstrip()
        if value <= limit:
            return target
        self.missed.append(f"{what}: {value:.3g} {unit}".rstrip() + f", {target}")
        return f"{target}, missed"

    def at_least(self, limit: float, value: float, what: str, unit: str = "") -> str:
        """Return a target in words; where the figure is below it, note what was missed."""
        target = f"target ≥ {limit:g} {unit}".rstrip()
        if value >= limit:
            return target
        self.missed.append(f"{what}: {value:.3g} {unit}".rstrip() + f", {target}")
        return f"{target}, missed"

    def leave(self) -> None:
        """End the program: with status 1, naming them, where targets were missed."""
        if self.missed:
            sys.exit("\n".join(("\nMissed:", *self.missed)))


Benchmark = Callable[[Targets], None]


def as_program(benchmark: Benchmark) -> None:
    """Run one benchmark as a program of its own."""
    targets = Targets()
    benchmark(targets)
    targets.leave()
