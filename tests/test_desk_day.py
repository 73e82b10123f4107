"""A whole day at the desk, in a real browser, on real papers, with a real server, on both databases.

A clerk drops five papers; an officer answers, withholds words with the mouse and with the keyboard; a second person
approves; the site is published; weeks later an exemption falls due; a wrong paper is withdrawn. On SQLite the screens
are kept as pictures for the guides with `pytest --golden`.
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine
from playwright.sync_api import Browser, Locator, Page, expect

from review.register import Register
from tests.browsing import DROP, look_over, sign_in
from tests.desks import serving, staffed_desk

pytest_plugins = ["tests.postgres"]
pytestmark = pytest.mark.needs("chromium")

PAPERS = Path(__file__).parent / "papers"
DROPPED = ("plain", "settled-award", "badly-redacted", "deferral-left-open", "two-references")
PICTURES = Path(__file__).parent.parent / "docs" / "pictures"
CLERK, FIRST, SECOND = "Cy Pratt", "Ada Lovell", "Bo Marsh"
Look = Callable[[Page, str], None]


@contextmanager
def seat(browser: Browser, address: str, name: str) -> Iterator[Page]:
    """Somebody signed in at the desk, in a browser of their own that complains of nothing and asks nobody else."""
    complaints: list[str] = []
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB", timezone_id="Europe/London")
    page = context.new_page()
    page.on("console", lambda said: complaints.append(f"{said.type}: {said.text}") if said.type == "error" else None)
    page.on("pageerror", lambda fault: complaints.append(str(fault)))
    page.on("request", lambda asked: None if asked.url.startswith((address, "data:")) else complaints.append(asked.url))
    sign_in(page, address, name)
    yield page
    context.close()
    assert not complaints


@pytest.fixture
def look(request: pytest.FixtureRequest, database_url: str | None) -> Look:
    """Look a screen over: axe finds nothing, wide and narrow; with `--golden` it becomes a picture of the guides."""

    def looked_over(page: Page, name: str) -> None:
        if database_url is not None:
            return  # the same screens as on SQLite: what another database shows on them is what the day itself asks
        page.wait_for_load_state("load")  # with its style sheets
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 900})
            look_over(page, f"{name} at {width}")
        page.set_viewport_size({"width": 1280, "height": 900})
        if request.config.getoption("--golden"):
            page.wait_for_load_state("networkidle")
            page.screenshot(path=PICTURES / f"desk-{name}.png")

    return looked_over


def row(page: Page, reference: str) -> Locator:
    return page.locator("[data-row]", has_text=reference)


def answer_all(page: Page, address: str, reference: str) -> None:
    """Answer every open finding, each where it stands."""
    page.goto(f"{address}/papers/{reference}")
    while (forms := page.locator("form.answering")).count():
        form = forms.first
        if form.locator("input[name=value][value=no]").count():
            form.locator("input[name=value][value=no]").check()
        form.get_by_label("Your answer").fill("Seen, and right as it is.")
        with page.expect_navigation():
            form.get_by_role("button", name="Save and next").click()


def withhold_open_step(page: Page, because: str, review_on: str) -> None:
    """Fill in the step that asks for the ground, which stands open: its key is C."""
    step = page.locator("#dialog [data-step], #dialog form.withholding").first
    step.wait_for()
    page.keyboard.press("c")
    for asked in page.locator("#dialog textarea[name^=evidence-]:visible").all():
        asked.fill("Rivals could price against it until the framework is let again.")
    page.locator("#dialog textarea[name=because]").fill(because)
    page.locator("#dialog input[name=review_on]").fill(review_on)
    with page.expect_navigation():
        page.locator("#dialog button.main").click()


def approve(page: Page, address: str, reference: str) -> None:
    page.goto(f"{address}/papers/{reference}")
    with page.expect_navigation():
        page.get_by_role("button", name=re.compile("^Approve ")).click()


def publish(page: Page, address: str) -> None:
    page.goto(f"{address}/releases")
    with page.expect_navigation():
        page.get_by_role("button", name="Publish").click()
    # The page is loaded again by its own script until it is done.
    expect(page.locator("main:has(.notice.ok):not(:has([data-at-work]))")).to_be_visible(timeout=120_000)


def test_a_day_at_the_desk(browser: Browser, tmp_path: Path, database_url: str | None, look: Look) -> None:
    with time_machine.travel(datetime(2026, 11, 23, 9, 0, tzinfo=UTC)) as clock:
        register = Register.open(tmp_path / "home", database_url)
        with serving(staffed_desk(register)) as address:
            with seat(browser, address, CLERK) as page:
                drop_five(page, look)
            with seat(browser, address, FIRST) as page:
                told_withheld = review(page, address, look)
                approve(page, address, "PCD9001")
                expect(page.get_by_role("button", name=re.compile("^Approve "))).to_have_count(0)
                expect(page.locator(".bar-foot")).to_contain_text("already approved")
                approve(page, address, "PCD9009")
            with seat(browser, address, SECOND) as page:
                approve(page, address, "PCD9009")
                approve(page, address, "PCD9001")
                look(page, "approved")
                publish(page, address)
                look(page, "release")
                decision = tmp_path / "home" / "public" / "decisions" / "pcd-9001"
                public = (decision / "index.html").read_text(encoding="utf-8")
                for words in told_withheld:
                    assert words not in public
                    assert words.encode() not in b"".join(file.read_bytes() for file in decision.rglob("*.json"))
                page.goto(f"{address}/releases")
                page.get_by_role("link", name=re.compile("Release ")).first.click()
                look(page, "certificate")
            clock.move_to(datetime(2027, 3, 2, 9, 0, tzinfo=UTC))
            with seat(browser, address, SECOND) as page:
                page.goto(f"{address}/due")
                expect(page.locator("main")).to_contain_text("PCD 9001")
                overdue = page.locator("tr", has_text="PCD 9001").filter(has_text="1 March 2027")
                expect(overdue.first).to_be_visible()
                look(page, "due")
                withdraw(page, address)
                publish(page, address)
            site = tmp_path / "home" / "public"
            tombstone = (site / "decisions" / "pcd-9009" / "index.html").read_text(encoding="utf-8")
            assert "withdrawn" in tombstone.lower()
            assert "Language Services" not in tombstone
            assert "pcd-9009" not in json.dumps(sorted(p.name for p in site.rglob("*.pdf")))
            assert not register.verify_log()
        register.close()


def drop_five(page: Page, look: Look) -> None:
    """A clerk drops five papers on the page; each is read, and one is quarantined."""
    files = [[f"{name}.pdf", b64encode((PAPERS / f"{name}.pdf").read_bytes()).decode()] for name in DROPPED]
    page.evaluate(DROP, files)
    expect(page.locator(".reading-words")).to_contain_text("All 5 files done", timeout=120_000)
    page.reload()
    expect(page.get_by_role("link", name=re.compile("Quarantined"))).to_contain_text("1")
    expect(page.locator("[data-row]")).to_have_count(4)
    look(page, "piles")
    page.get_by_role("link", name=re.compile("Quarantined")).click()
    expect(row(page, "PCD 9006")).to_contain_text("Hidden content")


def review(page: Page, address: str, look: Look) -> tuple[str, str]:
    """An officer answers what is asked, and withholds two spans: one with the mouse, one with the keyboard alone."""
    page.goto(f"{address}/papers/PCD9001")
    look(page, "paper")
    answer_all(page, address, "PCD9001")
    answer_all(page, address, "PCD9009")
    page.goto(f"{address}/papers/PCD9001?tab=passages")
    by_mouse, by_keys = (page.locator(f"[data-place='{place}']") for place in ("2/2.2", "2/2.3"))
    first = drag_over_some_words(page, by_mouse)
    page.keyboard.press("w")
    page.locator("#dialog form.withholding").wait_for()
    look(page, "withhold")
    withhold_open_step(page, "It would harm a supplier who has yet to bid again.", "2027-03-01")
    page.goto(f"{address}/papers/PCD9001?tab=passages")
    by_keys.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    for _ in range(3):
        page.keyboard.press("Shift+ArrowRight")
    expect(page.locator("#picked-words")).to_have_text(re.compile(r"^(\S+ ){3}\S+$"))
    second = page.locator("#picked-words").inner_text()
    page.keyboard.press("w")
    withhold_open_step(page, "It would harm a supplier who has yet to bid again.", "2027-03-01")
    page.goto(f"{address}/papers/PCD9001?view=public")
    look(page, "public")
    seen = page.locator("main").inner_text()
    assert len(first) > 8
    assert len(second) > 8
    assert first not in seen
    assert second not in seen
    page.goto(f"{address}/papers/PCD9001?view=difference")
    look(page, "difference")
    expect(page.locator("main")).to_contain_text(first)
    answer_all(page, address, "PCD9001")
    return first, second


def drag_over_some_words(page: Page, passage: Locator) -> str:
    """Select words of a passage with the mouse, from a little after its beginning to the middle of its first line."""
    passage.scroll_into_view_if_needed()
    box = passage.bounding_box()
    assert box
    page.mouse.move(box["x"] + 60, box["y"] + 12)
    page.mouse.down()
    page.mouse.move(box["x"] + 300, box["y"] + 12, steps=5)
    page.mouse.up()
    expect(page.locator("#picked")).to_be_visible()
    return page.locator("#picked-words").inner_text()


def withdraw(page: Page, address: str) -> None:
    """Take a wrong paper out of the public site, alone and at once."""
    page.goto(f"{address}/papers/PCD9009")
    page.get_by_role("link", name="Withdraw").click()
    step = page.locator("#dialog form")
    step.locator("textarea").first.fill("It is the wrong paper. Incident 2027-001.")
    for box in step.locator("input[type=checkbox]").all():
        box.check()
    with page.expect_navigation():
        step.locator("button").first.click()
    expect(page.locator("main")).to_contain_text("ithdrawn")
