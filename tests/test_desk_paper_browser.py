"""The page of one paper in a real browser: words withheld by mouse, by keyboard and by a box; keys; drafts; axe."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from extract.reading import read_file
from extract.texts import public_texts
from review import office
from review.desk import drawings
from review.intake import NewPaper
from review.register import Register
from tests.browsing import look_over, sign_in
from tests.desks import serving, staffed_desk

PAPER = Path(__file__).parent / "papers" / "identifiers.pdf"
ASKED = {"harm": "It would help a burglar.", "public-interest-test": "Nobody else needs it."}

pytestmark = pytest.mark.needs("chromium")


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    opened = Register.open(tmp_path_factory.mktemp("desk") / "home")
    read = read_file(PAPER)
    opened.enter(NewPaper(PAPER, read.record, read.rules_digest, read.findings))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def address(register: Register) -> Iterator[str]:
    drawings.warm()
    with serving(staffed_desk(register, None, "Ada Lovell")) as found:
        yield found


@pytest.fixture(scope="module")
def signed(browser: Browser, address: str) -> Any:
    """The cookies of somebody who has signed in."""
    page = browser.new_page()
    sign_in(page, address, "Ada Lovell")
    expect(page.locator(".person")).to_have_text("Ada Lovell")
    return page.context.storage_state()


@pytest.fixture
def page(browser: Browser, address: str, signed: Any) -> Iterator[Page]:
    context = browser.new_context(base_url=address, storage_state=signed, viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    wrong: list[str] = []
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    yield opened
    assert not wrong
    context.close()


def text_of(register: Register, place: str) -> str:
    record = office.look(register, "PCD 9010").record
    return next(text.text for text in public_texts(record) if text.place == place)


def on_a_ground(page: Page) -> None:
    """Pick law enforcement by its key, say what it asks for, and send."""
    expect(page.locator("dialog[open] form")).to_be_visible()
    page.keyboard.press("e")
    for need, said in ASKED.items():
        page.fill(f"#evidence-{need}", said)
    page.fill("#because", "It would help offenders.")
    page.click("dialog button.main")
    expect(page.locator("#done")).to_contain_text("Withheld.")


def public(page: Page) -> str:
    page.goto("/papers/pcd-9010?view=public")
    return page.locator(".public").inner_text()


def test_words_selected_with_the_mouse_vanish_from_the_public_view(page: Page, register: Register) -> None:
    assert "missing child" in public(page)
    page.goto("/papers/pcd-9010?tab=passages&select=passage:1/1.2&page=2")
    start = text_of(register, "1/1.2").index("missing child")
    spots = page.locator('[data-place="1/1.2"]').evaluate(
        """(place, at) => at.map((offset) => {
            const walker = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
            let node, left = offset;
            while ((node = walker.nextNode()) && left > node.length) left -= node.length;
            const range = document.createRange(); range.setStart(node, left); range.setEnd(node, left);
            const box = range.getBoundingClientRect(); return [box.x, box.y + box.height / 2];
        })""",
        [start, start + len("missing child")],
    )
    page.mouse.move(*spots[0])
    page.mouse.down()
    page.mouse.move(*spots[1], steps=5)
    page.mouse.up()
    expect(page.locator("#picked-words")).to_have_text("missing child")
    page.keyboard.press("w")
    on_a_ground(page)
    assert "missing child" not in public(page)


def test_words_selected_with_the_keyboard_alone_vanish_too(page: Page, register: Register) -> None:
    page.goto("/papers/pcd-9010?tab=passages&select=passage:3/3.1&page=2")
    words = text_of(register, "3/3.1").split()[1:3]
    page.locator('[data-place="3/3.1"]').focus()
    for key in ("ArrowRight", "ArrowRight", "Shift+ArrowRight"):
        page.keyboard.press(key)
    expect(page.locator("#spoken")).to_have_text(f"Selected: {' '.join(words)}")
    page.keyboard.press("w")
    on_a_ground(page)
    assert " ".join(words) not in public(page)


def test_a_box_dragged_round_words_withholds_them(page: Page, register: Register) -> None:
    page.goto("/papers/pcd-9010?page=2")
    area = page.locator('#overlay a[aria-label="Passage 5.1"] rect').bounding_box()
    assert area
    page.mouse.move(area["x"] - 4, area["y"] - 2)
    page.mouse.down()
    page.mouse.move(area["x"] + area["width"] + 4, area["y"] + area["height"] + 2, steps=6)
    page.mouse.up()
    expect(page.locator("dialog .quoted")).to_contain_text("repairer")
    on_a_ground(page)
    assert text_of(register, "5/5.1") not in public(page)


def test_keys_lead_everywhere_and_are_off_while_typing(page: Page) -> None:
    page.goto("/papers/pcd-9010")
    for key, view in (("2", "public"), ("3", "difference"), ("1", None)):
        page.keyboard.press(key)
        page.wait_for_url(re.compile(f"view={view}" if view else r"/papers/pcd-9010$"))
    page.keyboard.press("]")
    page.wait_for_url(re.compile("page=2"))
    page.keyboard.press("j")
    page.wait_for_url(re.compile("select=finding"))
    expect(page.locator(".finding.chosen")).to_be_visible()
    page.keyboard.press("h")
    expect(page.locator("dialog[open] textarea")).to_be_focused()
    page.keyboard.type("123 h j w")
    expect(page.locator("dialog[open] textarea")).to_have_value("123 h j w")
    page.keyboard.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)
    page.wait_for_load_state("networkidle")
    page.keyboard.press("?")
    expect(page.locator("dialog[open] .all-keys")).to_be_visible()
    page.locator("#keys-on").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("2")
    page.reload()
    page.keyboard.press("2")
    expect(page.locator(".looks [aria-current]")).to_contain_text("Original")


def test_focus_returns_to_where_a_dialog_was_opened(page: Page) -> None:
    page.goto("/papers/pcd-9010")
    page.get_by_role("link", name="Hold", exact=False).last.focus()
    page.keyboard.press("Enter")
    expect(page.locator("dialog[open]")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Hold", exact=False).last).to_be_focused()


def test_a_reload_loses_no_word_and_sending_ends_the_draft(page: Page) -> None:
    page.goto("/papers/pcd-9010")
    page.locator("[data-answer]").first.fill("It is an office")
    page.reload()
    expect(page.locator("[data-answer]").first).to_have_value("It is an office")
    page.locator("[data-answer]").first.press("Control+Enter")
    expect(page.locator("#done")).to_contain_text("saved")
    expect(page.locator(".chosen [data-answer]")).to_be_focused()  # the script has run
    assert not page.evaluate("Object.values(sessionStorage).some((kept) => kept.includes('It is an office'))")


def test_without_script_the_same_forms_do_it(browser: Browser, address: str, signed: Any, register: Register) -> None:
    context = browser.new_context(base_url=address, storage_state=signed, java_script_enabled=False)
    page = context.new_page()
    page.goto("/papers/pcd-9010?tab=passages&page=2")
    page.get_by_role("link", name="7.1", exact=True).click()
    page.locator(".chosen").get_by_role("link", name="Withhold 7.1").click()
    page.check('input[value="FOIA s.42"]')
    page.fill("#evidence-basis", "Advice.")
    page.fill("#evidence-public-interest-test", "Candour.")
    page.fill("#because", "It is advice.")
    page.click("button.main")
    expect(page.locator("#done")).to_contain_text("Withheld.")
    assert any(span.place == "7/7.1" for span in office.look(register, "PCD 9010").disclosure.part2.spans)
    context.close()


SCREENS = (
    "?page=2", "?page=2&tab=passages&select=passage:1/1.2", "?tab=fields&select=field:title", "?view=public",
    "?view=difference", "/withhold?place=1/1.2", "/hold", "/withdraw", "/amend?field=title", "/state",
)  # fmt: skip


@pytest.mark.parametrize(("width", "colours"), [(1280, "light"), (1280, "dark"), (390, "dark"), (320, "light")])
def test_axe_finds_nothing_and_nothing_overflows(
    browser: Browser, address: str, signed: Any, width: int, colours: Any
) -> None:
    context = browser.new_context(
        base_url=address, storage_state=signed, viewport={"width": width, "height": 900}, color_scheme=colours
    )
    page = context.new_page()
    for screen in SCREENS:
        page.goto(f"/papers/pcd-9010{screen}")
        look_over(page, screen)
    page.goto("/papers/pcd-9010?page=2&tab=passages&select=passage:1/1.2")
    page.locator(".chosen [data-withhold]").click()
    expect(page.locator("dialog[open] form")).to_be_visible()
    look_over(page, "the dialog")
    context.close()
