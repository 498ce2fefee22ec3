"""What a journey takes: actions are clicks and keys that activate, not typing or Tab; screens are new addresses."""

from __future__ import annotations

import sys

import pytest
from playwright.sync_api import Frame, Locator, Page


class Steps:
    """Counts actions, and screens: new addresses, the first one too."""

    def __init__(self, page: Page) -> None:
        self.page, self.actions, self.screens = page, 0, 1
        self.address = address_of(page.main_frame)
        page.on("framenavigated", self.see)

    def see(self, frame: Frame) -> None:
        if frame == self.page.main_frame and address_of(frame) != self.address:
            self.address = address_of(frame)
            self.screens += 1

    def activate(self, key: str) -> None:
        self.actions += 1
        self.page.keyboard.press(key)

    def click(self, target: Locator) -> None:
        self.actions += 1
        target.click()

    def print_counted(self, journey: str, capsys: pytest.CaptureFixture[str]) -> None:
        """Print what the journey took, past what pytest keeps to itself."""
        with capsys.disabled():
            sys.stdout.write(f"\n{journey}: {self.actions} actions, {self.screens} screens\n")


def address_of(frame: Frame) -> str:
    """Return where a page is, wherever on it."""
    return frame.url.partition("#")[0]
