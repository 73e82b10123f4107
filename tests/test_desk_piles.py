"""The piles, releases and the log on the screen: listed, found, taken, published; with script and without."""

from __future__ import annotations

import fcntl
import re
import subprocess
import threading
import time
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Browser, Page

from extract import rules
from review import office
from review.desk import piles as piles_on_screen
from review.intake import NewPaper
from review.register import Register
from tests.browsing import DROP, look_over, sign_in
from tests.desks import serving, signed_client, staffed_desk
from tests.registers import a_record, asks_deferral

PAPERS = Path(__file__).resolve().parent / "papers"
FORM = "mopac-dmpc-decision"
SIGNING = ("Ada Lovell", "Bo Marsh", "Cy Pratt", "Dee Hollis")


def enter(register: Register, folder: Path, number: int, *, asks: bool = False, title: str = "Bicycles") -> str:
    """One paper: nothing is wrong with it, or its deferral question is open."""
    content = f"%PDF-1.7 {number}".encode()
    file = folder / f"{number}.pdf"
    file.write_bytes(content)
    record = a_record(content, file.name, f"PCD {number}")
    deferral = record.deferral.model_copy(update={"answer": "undetermined" if asks else "no"})
    asked = record.executive_summary[0].model_copy(update={"id": "recommendation/1"})
    told: dict[str, object] = {
        "form": FORM,
        "deferral": deferral,
        "title": f"{title} {number}",
        "recommendations": (asked,),
    }
    told |= {"part2": record.part2.model_copy(update={"exists": "no"}), "withheld_passages": ()}
    record = record.model_copy(update=told)
    findings = (asks_deferral(),) if asks else ()
    return register.enter(NewPaper(file, record, rules.digest(), findings)).paper.sha256


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    folder = tmp_path_factory.mktemp("desk")
    register = Register.open(folder / "home")
    for number in range(1, 5):
        enter(register, folder, number)
    for number in range(5, 8):
        enter(register, folder, number, asks=True, title="<b>Vans</b> & cars")
    staffed_desk(register, None, *SIGNING)
    office.approve(register, "PCD 1", "Ada Lovell")
    office.approve(register, "PCD 1", "Bo Marsh")
    office.approve(register, "PCD 2", "Ada Lovell")
    office.hold(register, "PCD 7", "Ada Lovell", "The supplier Quillfeather has been asked.")
    yield register
    register.close()


@pytest.fixture(scope="module")
def app(register: Register) -> Any:
    return staffed_desk(register, None, *SIGNING)


@pytest.fixture(scope="module")
def officer(app: Any) -> TestClient:
    return signed_client(app, "Bo Marsh")


@pytest.fixture(scope="module")
def clerk(app: Any) -> TestClient:
    return signed_client(app, "Cy Pratt")


def refs(page: str) -> list[str]:
    return re.findall(r'class="ref" href="[^"]*">([^<]+)', page)


# The pile → the papers in it.
LISTED = {
    "": ["PCD 5", "PCD 6"],
    "piles/ready": ["PCD 2", "PCD 3", "PCD 4"],
    "piles/held": ["PCD 7"],
    "piles/approved": ["PCD 1"],
    "piles/my-second": ["PCD 2"],
    "piles/deferred": [],
}


@pytest.mark.parametrize("path", LISTED)
def test_a_pile_lists_its_papers(path: str, officer: TestClient) -> None:
    page = officer.get(f"/{path}")
    assert page.status_code == 200
    assert sorted(refs(page.text)) == LISTED[path]


# What is typed → where it leads.
FOUND = {"PCD 3": True, "pcd-3": True, "PCD3": True, "vans": False, "PCD 99": False}


@pytest.mark.parametrize("words", FOUND)
def test_a_reference_in_any_spelling_opens_its_paper_and_words_are_looked_for(
    words: str, officer: TestClient, register: Register
) -> None:
    answer = officer.post("/find", data={"q": words})
    if FOUND[words]:
        assert answer.status_code == 303
        assert answer.headers["location"] == f"/papers/{register.find('PCD 3').sha256[:12]}"
    else:
        assert refs(answer.text) == (["PCD 5", "PCD 6", "PCD 7"] if words == "vans" else [])


def test_what_is_looked_for_stands_in_no_address(officer: TestClient) -> None:
    assert officer.get("/find", params={"q": "vans"}).headers["location"] == "/", "nothing asks for it in an address"
    form = re.search(r"<form class=.find.[^>]*>", officer.get("/").text)
    assert form
    assert 'method="post"' in form[0]
    assert "vans" not in str(officer.post("/find", data={"q": "vans"}).url)


def test_what_papers_print_is_text_on_the_page(officer: TestClient) -> None:
    page = officer.get("/").text
    assert "&lt;b&gt;Vans&lt;/b&gt; &amp; cars 5" in page
    assert "<b>" not in page


def test_a_clerk_reads_no_words_of_officers_or_findings(clerk: TestClient) -> None:
    for path in ("/piles/held", "/piles/needs-a-person", "/piles/new"):
        page = clerk.get(path).text
        assert "Quillfeather" not in page
        assert "struck out" not in page
    assert "Held by Ada Lovell." in clerk.get("/piles/held").text


def test_a_paper_is_taken_and_put_back(clerk: TestClient, register: Register) -> None:
    sha = register.find("PCD 6").sha256
    answer = clerk.post("/take", data={"paper": sha, "lay_in": "needs-a-person"})
    assert answer.headers["location"] == f"/piles/needs-a-person#p-{sha[:12]}"
    assert register.dossier(sha).taken_by == "Cy Pratt"
    assert refs(clerk.get("/piles/mine").text) == ["PCD 6"]
    clerk.post("/take", data={"paper": sha, "back": "true"})
    assert register.dossier(sha).taken_by is None


def test_a_long_pile_is_shown_a_page_at_a_time(officer: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(piles_on_screen, "ON_A_PAGE", 2)
    first, second = (officer.get(f"/piles/ready?at={at}").text for at in (1, 2))
    assert (len(refs(first)), len(refs(second))) == (2, 1)
    assert "Page 1 of 2" in first
    assert "/piles/ready?at=2" in first
    assert refs(officer.get("/piles/ready?at=99").text) == refs(second)
    assert officer.get("/piles/ready?order=newest").status_code == 200
    assert officer.get("/piles/none").status_code == 404


def test_the_log_tells_who_did_what_to_which_paper(officer: TestClient) -> None:
    page = officer.get("/log").text
    assert "Approved a public version" in page
    of_one = officer.get("/log", params={"paper": "pcd2", "person": "Ada Lovell"}).text
    assert refs(of_one) == ["PCD 2"]
    assert "No paper here is called “PCD 99”." in officer.get("/log", params={"paper": "PCD 99"}).text
    assert "Quillfeather" not in page


def test_the_log_is_verified_at_the_desk(officer: TestClient, register: Register) -> None:
    assert "The log is whole" in officer.post("/log/verify").text
    original = register.original(register.find("PCD 4").sha256)
    content = original.read_bytes()
    original.chmod(0o600)
    original.write_bytes(b"%PDF-1.7 another")
    assert "Not all is as it was written." in officer.post("/log/verify").text
    original.write_bytes(content)


def test_only_a_releaser_publishes(app: Any, clerk: TestClient) -> None:
    assert clerk.post("/releases").status_code == 403
    reviewer = signed_client(app, "Ada Lovell")
    assert reviewer.post("/releases").status_code == 403
    assert ">Publish<" not in reviewer.get("/releases").text


def test_a_release_is_made_and_its_certificate_can_be_printed(
    officer: TestClient, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on, run = threading.Event(), subprocess.run
    monkeypatch.setattr(subprocess, "run", lambda *words, **how: (go_on.wait(60), run(*words, **how))[1])
    before = officer.get("/releases").text
    assert refs(before) == ["PCD 1"]
    assert "Goes public for the first time." in before
    assert officer.post("/releases").status_code == 303
    assert "data-at-work" in officer.get("/releases").text
    assert officer.post("/releases").status_code == 409  # one at a time
    go_on.set()
    latest = time.monotonic() + 120
    while "data-at-work" in (page := officer.get("/releases").text) and time.monotonic() < latest:
        time.sleep(0.1)
    assert "are public since" in page
    assert "Nothing would change in public." in page
    (released,) = register.releases()
    assert released.by == "Bo Marsh"
    certificate = officer.get(f"/releases/{released.n}").text
    public = officer.get(f"/releases/{released.n}?copy=public").text
    for text in (certificate, public):
        assert "PCD 1" in text
        assert "Release certificate 1" in text
    assert "Ada Lovell, " in certificate
    assert "Ada Lovell" not in public
    assert "Reviewer, " in public
    as_data = officer.get(f"/releases/{released.n}/certificate.json").json()
    assert as_data["digest"] == released.certificate_digest
    assert officer.get("/releases/99999").status_code == 404


def test_a_release_that_cannot_be_proven_says_so_and_changes_nothing(officer: TestClient, register: Register) -> None:
    site = (register.home / "public").resolve()
    with (register.home / ".publishing").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # somebody else publishes
        officer.post("/releases")
        latest = time.monotonic() + 120
        while "data-at-work" in (page := officer.get("/releases").text) and time.monotonic() < latest:
            time.sleep(0.3)
    assert "Not released. The public site is unchanged." in page
    assert "Somebody is publishing already." in page
    assert (register.home / "public").resolve() == site


@pytest.fixture(scope="module")
def address(app: Any) -> Iterator[str]:
    with serving(app) as address:
        yield address


@contextmanager
def signed_page(browser: Browser, address: str, **how: Any) -> Iterator[Page]:
    context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}} | how)
    page = context.new_page()
    sign_in(page, address, "Dee Hollis")
    yield page
    context.close()


def await_paper(page: Page, register: Register, name: str) -> None:
    """Until a file that was sent is a paper of the register."""
    latest = time.monotonic() + 90
    while name not in {paper.file_name for paper in register.papers()}:
        assert time.monotonic() < latest, f"{name} was not read"
        page.wait_for_timeout(100)


@pytest.mark.needs("chromium")
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (390, "light"), (320, "light")])
def test_axe_finds_nothing_and_nothing_overflows(browser: Browser, address: str, width: int, scheme: Any) -> None:
    with signed_page(browser, address, viewport={"width": width, "height": 900}, color_scheme=scheme) as page:
        for path in ("/", "/piles/ready", "/piles/deferred", "/find/vans", "/releases", "/log", "/incoming"):
            page.goto(f"{address}{path}")
            look_over(page, path)


@pytest.mark.needs("chromium")
def test_keys_walk_the_list_find_and_take(browser: Browser, address: str, register: Register) -> None:
    with signed_page(browser, address) as page:
        page.goto(f"{address}/piles/ready")
        page.keyboard.press("j")
        page.keyboard.press("j")
        page.keyboard.press("k")
        focused = page.evaluate("document.activeElement.textContent")
        assert focused == refs(page.content())[0]
        with page.expect_navigation():
            page.keyboard.press("t")
        assert register.dossier(register.find(focused).sha256).taken_by == "Dee Hollis"
        page.keyboard.press("/")
        assert page.evaluate("document.activeElement.id") == "find"
        page.keyboard.type("jk")
        assert page.input_value("#find") == "jk"


@pytest.mark.needs("chromium")
@pytest.mark.parametrize("script", [True, False])
def test_papers_are_sent_with_script_and_without(
    browser: Browser, address: str, register: Register, tmp_path: Path, script: bool
) -> None:
    copy = tmp_path / f"{'with' if script else 'without'}.pdf"
    copy.write_bytes((PAPERS / "plain.pdf").read_bytes() + f"\n%{script}\n".encode())
    notes = tmp_path / f"notes-{script}.txt"
    notes.write_text("Dear all")
    with signed_page(browser, address, java_script_enabled=script) as page:
        page.set_input_files("#files", [copy, notes])
        if not script:
            page.click("text=Put them in")
        await_paper(page, register, copy.name)
        if not script:
            page.goto(f"{address}/incoming")
        page.wait_for_selector(f"text={notes.name} could not be read.")
        page.wait_for_selector("text=/All \\d+ files? done/")
        if script:
            page.click(".notice.stop button")
            page.wait_for_selector(f"text={notes.name} could not be read.", state="detached")


@pytest.mark.needs("chromium")
def test_papers_are_dropped_anywhere(browser: Browser, address: str, register: Register) -> None:
    with signed_page(browser, address) as page:
        page.evaluate(DROP, [["dropped.pdf", b64encode((PAPERS / "letter.pdf").read_bytes()).decode()]])
        await_paper(page, register, "dropped.pdf")
