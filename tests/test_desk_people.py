"""The doors and the people's page in a real browser: accessible, whole at every width, usable by keyboard alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from review import accounts, people
from review.register import Register
from tests.browsing import look_over
from tests.desks import ADMINISTRATOR, PASSWORD, serving, staffed_desk

pytestmark = pytest.mark.needs("chromium")

PAGES = {"sign-in": "/sign-in", "first": "/first", "password": "/password", "people": "/people", "gone": "/nowhere"}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    register = Register.open(tmp_path_factory.mktemp("desk") / "home")
    app = staffed_desk(register, None, ADMINISTRATOR, "Ada Lovell")
    accounts.invite(register, "Bo Marsh", by=ADMINISTRATOR)
    people.close(register, "Dee Hollis", by=ADMINISTRATOR)
    with serving(app) as address:
        yield address
    register.close()


def signed(browser: Browser, address: str, width: int, scheme: str) -> Page:
    """A browser that is signed in as the administrator, by the keyboard alone; whatever it complains of fails."""
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]  # "light" or "dark"
    page = context.new_page()
    page.on("console", lambda message: complain(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: complain(str(error)))
    page.goto(f"{address}/people")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.get_by_label("Your name").focus()
    page.keyboard.type(ADMINISTRATOR.lower())
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}/people")
    return page


def complain(words: str) -> None:
    if "status of 404" in words:  # of the page that is not there, which is looked at too
        return
    raise AssertionError(f"The browser says: {words}")


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (390, "dark"), (320, "light")])
def test_the_doors_and_the_people_are_accessible_at_every_width(
    browser: Browser, address: str, width: int, scheme: str, tmp_path: Path
) -> None:
    page = signed(browser, address, width, scheme)
    anybody = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme).new_page()  # type: ignore[arg-type]  # as above
    for name, path in PAGES.items():
        shown = anybody if name in {"sign-in", "first"} else page
        shown.goto(address + path)
        if name == "people":
            shown.locator("summary").first.click()
        look_over(shown, name)
        shown.screenshot(path=str(tmp_path / f"{name}.png"), full_page=True)
    page.context.close()
    anybody.context.close()


def test_an_administrator_adds_a_person_who_sets_a_password_and_signs_in(browser: Browser, address: str) -> None:
    page = signed(browser, address, 1280, "light")
    page.get_by_label("Name, as they sign").fill("Noor Patel")
    page.get_by_label("Reviewer").check()
    page.get_by_role("button", name="Add and make their word").click()
    word = page.locator("code.word").inner_text()
    assert re.fullmatch(r"[A-Z2-9]{4}(-[A-Z2-9]{4}){4}", word)
    theirs = browser.new_context().new_page()
    theirs.goto(f"{address}/sign-in")
    theirs.get_by_role("link", name="Set your password").click()
    for label, value in [("Your name", "noor patel"), ("One-time word", word)]:
        theirs.get_by_label(label).fill(value)
    theirs.get_by_label("New password", exact=True).fill("noor patel 12")
    theirs.get_by_label("The new password again").fill("noor patel 12")
    theirs.get_by_role("button", name="Set password").click()
    assert "little more than your own name" in theirs.get_by_role("alert").inner_text()
    assert theirs.get_by_label("Your name").input_value() == "noor patel"
    theirs.get_by_label("One-time word").fill(word)
    theirs.get_by_label("New password", exact=True).fill("seven grey herons")
    theirs.get_by_label("The new password again").fill("seven grey herons")
    theirs.get_by_role("button", name="Set password").click()
    theirs.get_by_text("Noor Patel").wait_for()
    assert not theirs.get_by_role("link", name="People").count()
    # The administrator takes the role away: the session ends at once.
    page.goto(f"{address}/people")
    row = page.locator("li", has_text="Noor Patel")
    row.locator("summary").click()
    row.get_by_label("Role").select_option("clerk")
    row.get_by_role("button", name="Change role").click()
    page.wait_for_url(f"{address}/people")
    theirs.goto(f"{address}/password")
    assert theirs.url.startswith(f"{address}/sign-in")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(f"{address}/sign-in")
    page.go_back()
    assert "Noor Patel" not in page.content()
    page.context.close()
    theirs.context.close()
