"""One real browser for the tests of screens: asks nobody else, is signed in by the form, looked over by axe."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from tests.components import COMPONENTS
from tests.desks import PASSWORD

QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--lang=en-GB",
]  # fmt: skip
WCAG = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}}
PATIENCE = 60_000  # milliseconds that a browser waits for what must come: two cores may be busy with other tests

# Puts files on the page as somebody does who drops them there.
DROP = """async (files) => {
  const moved = new DataTransfer();
  for (const [name, body] of files) {
    const bytes = Uint8Array.from(atob(body), (letter) => letter.charCodeAt(0));
    moved.items.add(new File([bytes], name, { type: "application/pdf" }));
  }
  for (const what of ["dragenter", "dragover", "drop"])
    document.body.dispatchEvent(new DragEvent(what, { bubbles: true, cancelable: true, dataTransfer: moved }));
}"""


@contextmanager
def quiet_browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        program = COMPONENTS["chromium"].path()
        running = playwright.chromium.launch(executable_path=program, args=QUIET)
        yield running
        running.close()


def sign_in(page: Page, address: str, name: str) -> None:
    """Sign in by the form and wait until the page behind it is whole: its styles are there, its script has run."""
    page.context.set_default_timeout(PATIENCE)
    page.goto(f"{address}/sign-in")
    page.get_by_label("Your name").fill(name)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}/", wait_until="load")


def is_small(page: Page, target: list[str]) -> bool:
    """Whether a target is too small where the whole of it is in view.

    Where a list happens to be scrolled, its first or last line is cut by the edge of the list, and axe measures what is
    left of it. How far it is scrolled depends on the machine's fonts; how large the target is does not.
    """
    page.locator(target[0]).evaluate("(it) => it.scrollIntoView({ block: 'center', behavior: 'instant' })")
    only = {"runOnly": {"type": "rule", "values": ["target-size"]}}
    again = Axe().run(page, options=only).response["violations"]
    return any(node["target"] == target for rule in again for node in rule["nodes"])


def look_over(page: Page, screen: str) -> None:
    """Axe finds nothing on the screen as it stands, and nothing runs off its side."""
    found = Axe().run(page, options=WCAG).response["violations"]
    said = [
        f"{screen}: {rule['id']}: {node['html'][:200]}"
        for rule in found
        for node in rule["nodes"]
        if rule["id"] != "target-size" or is_small(page, node["target"])
    ]
    assert not said, "\n".join(said)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{screen} runs off the side"
