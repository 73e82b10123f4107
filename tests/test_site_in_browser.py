"""The built site in a real browser: accessible, whole at every width, silent towards everyone else, usable by keyboard.

Each kind of page is opened wide, narrow and very narrow, light and dark, with scripts and without.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from publish import words
from publish.pages import render_site
from publish.shell import build_shell, shipped
from tests.browsing import look_over
from tests.sample_decisions import DEFERRED, LONG, MARKUP, SAMPLES, TWO_MARKS, UNRESOLVED

KINDS = {
    "home": "",
    "list": "decisions/",
    "year": "decisions/2024/",
    "month": f"decisions/{LONG.signed_on:%Y-%m}/",
    "suppliers": "suppliers/",
    "supplier": f"suppliers/{words.supplier_address(words.suppliers(LONG)[0])}/",
    "ground": "withheld/for-law-enforcement/",
    "decision": f"decisions/{LONG.slug}/",
    "two marks": f"decisions/{TWO_MARKS.slug}/",
    "markup": f"decisions/{MARKUP.slug}/",
    "unresolved": f"decisions/{UNRESOLVED.slug}/",
    "stub": f"decisions/{DEFERRED.slug}/",
    "withheld": "withheld/",
    "about": "about/",
    "accessibility": "accessibility/",
    "404": "404.html",
}

pytestmark = pytest.mark.needs("chromium")
every_kind = pytest.mark.parametrize("kind", KINDS)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    shell, out = tmp_path_factory.mktemp("shell"), tmp_path_factory.mktemp("site")
    build_shell(shell)
    files = {name: (shell / name).read_bytes() for name in shipped(shell)} | render_site(shell, SAMPLES)
    for name, content in files.items():
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_bytes(content)
    return out


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (the name is the library's)
        """Says nothing: the test says what went wrong."""


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


@contextmanager
def opened(browser: Browser, address: str, kind: str, width: int = 1280, **more: Any) -> Iterator[Page]:
    """A page in a context of its own; anything the browser complains about, or asks of another host, fails."""
    complaints: list[str] = []
    context = browser.new_context(viewport={"width": width, "height": 900}, **more)
    page = context.new_page()
    page.on("console", lambda message: complaints.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda asked: None if asked.url.startswith(address) else complaints.append(asked.url))
    page.on("response", lambda answer: None if answer.ok else complaints.append(f"{answer.status} {answer.url}"))
    page.goto(address + KINDS.get(kind, kind))
    yield page
    context.close()
    assert not complaints


@every_kind
@pytest.mark.parametrize(("width", "colours"), [(1280, "light"), (390, "dark")])
def test_axe_finds_nothing(browser: Browser, address: str, kind: str, width: int, colours: Any) -> None:
    with opened(browser, address, kind, width, color_scheme=colours) as page:
        look_over(page, kind)


@every_kind
def test_nothing_runs_off_the_side(browser: Browser, address: str, kind: str) -> None:
    with opened(browser, address, kind) as page:
        for width in (1280, 960, 640, 390, 320):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width


@every_kind
def test_the_first_tab_stop_leads_past_the_menu_to_the_content(browser: Browser, address: str, kind: str) -> None:
    with opened(browser, address, kind) as page:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
        assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "content"
        assert page.locator("main h1").count() == 1


@every_kind
def test_a_page_reads_the_same_without_scripts(browser: Browser, address: str, kind: str) -> None:
    with opened(browser, address, kind) as page:
        with_scripts = page.locator("main").inner_text()
        form = page.locator("main form.find")
        typed = form.inner_text() if form.count() else ""
    with opened(browser, address, kind, java_script_enabled=False) as page:
        without = page.locator("main").inner_text()
        assert page.locator("form.find:visible, button.theme:visible").count() == 0, "nothing that cannot work"
    assert with_scripts.replace(typed, "").split() == without.split()


@pytest.mark.parametrize("typed", ["PCD 9004", "pcd9004", " PCD-9004 ", "9004"])
def test_a_reference_in_any_spelling_opens_its_decision(browser: Browser, address: str, typed: str) -> None:
    with opened(browser, address, "home") as page:
        for decision in ("", "decisions/pcd-9004/"):  # the form of the home page, then the one in the masthead
            page.goto(address + decision)
            page.locator("form.find input").fill(typed)
            page.locator("form.find input").press("Enter")
            page.wait_for_url(f"{address}decisions/pcd-9004/")


def test_a_reference_that_is_not_here_is_said_in_place(browser: Browser, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(address)
    page.get_by_label("Open a decision").fill("PCD 9999")
    page.get_by_role("button", name="Open").click()
    status = page.locator("form.find [role=status]")
    status.filter(has_text="No decision has the reference PCD 9999.").wait_for()
    assert page.url == address
    context.close()


def test_the_switch_of_colours_is_remembered_and_can_be_turned_back(browser: Browser, address: str) -> None:
    with opened(browser, address, "home", color_scheme="light") as page:
        switch = page.get_by_role("button", name="Dark colours")
        paper = "getComputedStyle(document.body).backgroundColor"
        assert page.evaluate(paper) == "rgb(255, 255, 255)"
        switch.click()
        assert switch.get_attribute("aria-pressed") == "true"
        page.goto(address + KINDS["decision"])
        assert page.evaluate(paper) == "rgb(15, 24, 25)"
        page.get_by_role("button", name="Dark colours").click()
        assert page.evaluate(paper) == "rgb(255, 255, 255)"


def test_every_mark_in_running_text_has_one_width(browser: Browser, address: str) -> None:
    widths = set()
    for kind in ("decision", "two marks"):
        with opened(browser, address, kind) as page:
            marks = page.locator(".para .mark").all()
            widths |= {round(box["width"], 1) for mark in marks if (box := mark.bounding_box())}
    assert len(widths) == 1
    assert abs(widths.pop() - 17.5 * 15.75) < 1


def test_a_mark_says_its_ground_and_which_reason_it_is(browser: Browser, address: str) -> None:
    with opened(browser, address, "decision") as page:
        mark = page.get_by_role("link", name=re.compile(r"^Withheld: law enforcement ?, reason 1 of 3$"))
        mark.click()
        assert page.url.endswith("#withheld-1")
        page.get_by_role("link", name="In paragraph 2.2.3.3").click()
        assert page.url.endswith("#mark-1")


def test_links_and_buttons_are_large_enough_to_hit(browser: Browser, address: str) -> None:
    small = """() => [...document.querySelectorAll('.para > a.n, nav a, button, summary')]
        .filter(e => e.offsetParent && getComputedStyle(e).visibility === 'visible')
        .map(e => [e.textContent.trim(), e.getBoundingClientRect()])
        .filter(([, r]) => r.width && (r.width < 23.9 || r.height < 23.9))
        .map(([t, r]) => `${t} ${r.width}x${r.height}`)"""
    for kind in ("home", "decision", "withheld"):
        with opened(browser, address, kind, 390) as page:
            assert page.evaluate(small) == []


def test_colours_of_the_readers_own_choosing_keep_border_and_words(browser: Browser, address: str) -> None:
    with opened(browser, address, "decision", forced_colors="active") as page:
        mark = page.locator(".para .mark").first
        assert mark.evaluate("e => getComputedStyle(e).borderTopStyle") == "solid"
        assert "Withheld: law enforcement" in mark.inner_text()


def test_on_paper_there_is_no_navigation_and_every_mark_is_kept(browser: Browser, address: str) -> None:
    with opened(browser, address, "decision") as page:
        page.emulate_media(media="print")
        assert page.locator(".masthead, .tabs, aside nav, details.contents, .foot").locator("visible=true").count() == 0
        assert page.locator(".para .mark").locator("visible=true").count() == 2
        assert page.locator(".whole").is_visible()
        assert page.locator("tfoot").evaluate("e => getComputedStyle(e).display") == "table-row-group"
