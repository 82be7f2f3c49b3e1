"""What every test of a page needs: screens, following a link until its page is there, and whether everybody can use it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, ViewportSize

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
SIZES: dict[str, ViewportSize] = {"phone": {"width": 390, "height": 844}, "laptop": {"width": 1366, "height": 768}}


def follow(what: Locator) -> None:
    """Click a link or send a form, and wait until the page that it leads to is whole.

    A click returns before the browser has left the page. What is read next would be of the page before, or of one that is
    just going, unless it is waited for.
    """
    with what.page.expect_navigation():
        what.click()


def stop_time(page: Page) -> None:
    """Let time stand still in a page but where a test lets some pass: then it does not matter how quick the computer is.

    The test has installed the page's clock; ``page.clock.resume()`` lets time flow again.
    """
    page.clock.pause_at(page.evaluate("Date.now()") / 1000 + 1)


def complaints(page: Page) -> list[tuple[str, str]]:
    """Return what axe finds, the rule and where, and how far the page is wider than its screen if it is."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: dict[str, Any] = page.evaluate("axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'best-practice']})")
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    beside = [("outside the screen", f"{wide} px")] if wide > 0 else []
    return [(v["id"], v["nodes"][0]["html"][:120]) for v in found["violations"]] + beside
