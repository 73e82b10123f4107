"""What is sent to the desk is kept before it is acknowledged, then read; whoever is killed loses none of it."""

from __future__ import annotations

import io
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import httpx
import pytest
from fastapi.testclient import TestClient

from ingest.limits import DEFAULT
from review import accounts
from review.incoming import MOST_WAITING, Incoming
from review.reader import Reader
from review.register import Register
from tests.desks import PASSWORD, signed_client, staffed_desk
from tests.registers import staffed

ROOT = Path(__file__).resolve().parent.parent
PAPERS = ROOT / "tests" / "papers"
PLAIN = (PAPERS / "plain.pdf").read_bytes()
IN_PART = {"X-Part": "incoming"}


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    register = Register.open(tmp_path / "home")
    yield register
    register.close()


@pytest.fixture
def clerk(register: Register) -> TestClient:
    """A clerk at a desk whose reader does not work yet: what is sent stays where it is."""
    return signed_client(staffed_desk(register, None, "Cy Pratt", "Ada Lovell"), "Cy Pratt")


def sent(*files: tuple[str, bytes]) -> list[tuple[str, tuple[str, bytes, str]]]:
    return [("files", (name, content, "application/pdf")) for name, content in files]


def read_all(register: Register, seconds: float = 90) -> Reader:
    """Let a reader work until nothing waits."""
    incoming = Incoming(register.home)
    with Reader(register, incoming, workers=1).at_work() as reader:
        latest = time.monotonic() + seconds
        while incoming.waiting() and time.monotonic() < latest:
            time.sleep(0.05)
    assert incoming.waiting() == ()
    return reader


def test_what_is_acknowledged_lies_whole_on_the_disk_under_a_name_of_our_own(
    clerk: TestClient, register: Register
) -> None:
    answer = clerk.post("/incoming", files=sent(("PCD 9001.pdf", PLAIN), ("b.pdf", b"%PDF-1.7 b")))
    assert answer.status_code == 303
    one, two = Incoming(register.home).waiting()
    assert (one.file_name, one.by, two.file_name) == ("PCD 9001.pdf", "Cy Pratt", "b.pdf")
    kept = Incoming(register.home).file(one)
    assert kept.read_bytes() == PLAIN
    assert re.fullmatch(r"[0-9a-f]{16}-[0-9a-f]{16}\.pdf", kept.name)
    assert kept.stat().st_mode & 0o077 == 0
    assert kept.parent.stat().st_mode & 0o077 == 0


# The name a file is sent under → the name it is shown under. None is ever used as a path.
NAMES = {
    "../../register.db": "register.db",
    "..\\..\\evil.pdf": "evil.pdf",
    "/etc/passwd": "passwd",
    "<script>alert(1)<i>.pdf": "<script>alert(1)<i>.pdf",
    "a\x1b[31mb.pdf": "a\\x1b[31mb.pdf",
    "..": "..",
    "é \U0001f600.pdf": "é \U0001f600.pdf",
    "x" * 500: "x" * 200,
}


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_shown_and_never_used_as_a_path(name: str, tmp_path: Path) -> None:
    incoming = Incoming(tmp_path)
    kept = incoming.keep(name, io.BytesIO(b"%PDF-1.7"), "Cy Pratt")
    assert kept.file_name == NAMES[name]
    assert {file.parent for file in tmp_path.rglob("*.pdf")} == {tmp_path / "incoming"}
    refused = incoming.keep(name, io.BytesIO(b"no pdf"), "Cy Pratt")
    assert incoming.refused() == (refused,)
    assert {path.parent.name for path in tmp_path.rglob("*") if path.is_file()} == {"incoming", "refused"}


def test_a_hostile_name_is_text_on_the_page(clerk: TestClient) -> None:
    page = clerk.post(
        "/incoming", files=sent(("<img src=x>.pdf", b"no pdf")), headers=IN_PART, follow_redirects=True
    ).text
    assert "&lt;img src=x&gt;.pdf could not be read." in page
    assert "<img" not in page


# What is sent → what is said of it.
REFUSED = {
    "a text": (b"Dear all", "It is no PDF, whatever it is called."),
    "nothing": (b"", "It is no PDF, whatever it is called."),
    "a PDF that begins too late": (b" " * 1024 + b"%PDF-1.7", "It is no PDF, whatever it is called."),
    "far too much": (b"%PDF-1.7" + b" " * (DEFAULT.megabytes * 1_000_000), "It is larger than 100 MB."),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_paper_is_refused_at_once_and_not_kept(case: str, tmp_path: Path) -> None:
    content, reason = REFUSED[case]
    incoming = Incoming(tmp_path)
    kept = incoming.keep("a.pdf", io.BytesIO(content), "Cy Pratt")
    assert kept.refused is not None
    assert kept.refused.startswith(reason)
    assert incoming.waiting() == ()
    assert sum(path.stat().st_size for path in tmp_path.rglob("*") if path.is_file()) < 1000


def test_more_than_the_reader_can_do_is_refused(tmp_path: Path) -> None:
    incoming = Incoming(tmp_path)
    for number in range(MOST_WAITING):
        (incoming.folder / f"{number:016x}-{number:016x}.pdf").touch()
    kept = incoming.keep("a.pdf", io.BytesIO(PLAIN), "Cy Pratt")
    assert kept.refused == "1,000 papers wait already. Send it when these are read."


def test_what_was_sent_is_read_into_the_register_under_its_own_name(clerk: TestClient, register: Register) -> None:
    clerk.post("/incoming", files=sent(("PCD9001.pdf", PLAIN), ("again.pdf", PLAIN), ("bad.pdf", b"%PDF-1.7 bad")))
    reader = read_all(register)
    (paper,) = register.papers()
    assert (paper.name, paper.file_name, paper.entered_by) == ("PCD 9001", "PCD9001.pdf", "Cy Pratt")
    assert dict(reader.count) == {"person": 1, "known": 1, "refused": 1}
    (refused,) = Incoming(register.home).refused()
    assert (refused.file_name, refused.by) == ("bad.pdf", "Cy Pratt")
    assert refused.refused
    assert [path.name for path in (register.home / "incoming").glob("*-*")] == []


def test_a_file_that_could_not_be_read_stays_until_somebody_dismisses_it(clerk: TestClient, register: Register) -> None:
    clerk.post("/incoming", files=sent(("bad.pdf", b"%PDF-1.7 bad")))
    read_all(register)
    (refused,) = Incoming(register.home).refused()
    assert "bad.pdf could not be read." in clerk.get("/").text
    for name in ("0" * 33, "..%2F..%2Fregister", refused.id.replace("-", "/")):
        assert clerk.post(f"/incoming/{name}/dismiss").status_code == 404
    assert clerk.post(f"/incoming/{refused.id}/dismiss").status_code == 303
    assert Incoming(register.home).refused() == ()
    assert clerk.post(f"/incoming/{refused.id}/dismiss").status_code == 404
    assert list((register.home / "incoming").rglob("*.pdf")) == []


def test_a_clerk_is_told_of_their_own_files_alone(register: Register) -> None:
    app = staffed_desk(register, None, "Cy Pratt", "Ada Lovell")
    clerk, officer = signed_client(app, "Cy Pratt"), signed_client(app, "Ada Lovell")
    officer.post("/incoming", files=sent(("The case of Odalys Quince.pdf", b"no pdf")))
    (refused,) = Incoming(register.home).refused()
    assert "Odalys" in officer.get("/").text
    assert "Odalys" not in clerk.get("/").text
    assert clerk.post(f"/incoming/{refused.id}/dismiss").status_code == 404


def test_who_may_not_enter_papers_sends_none(register: Register) -> None:
    client = signed_client(staffed_desk(register), "Ida Thorne")
    assert client.post("/incoming", files=sent(("a.pdf", PLAIN))).status_code == 403
    assert Incoming(register.home).waiting() == ()


def test_half_a_file_of_a_desk_that_was_killed_is_swept_away_and_no_whole_one(tmp_path: Path) -> None:
    incoming = Incoming(tmp_path)
    kept = incoming.keep("a.pdf", io.BytesIO(PLAIN), "Cy Pratt")
    half, note = incoming.folder / ".0-0.part", incoming.folder / "1-1.json"
    for path in (half, note):
        path.write_text("half")
    incoming.sweep()
    assert half.exists()  # somebody may still be sending it
    for path in (half, note, incoming.file(kept)):
        os.utime(path, (0, 0))
    incoming.sweep()
    assert not half.exists()
    assert not note.exists()
    assert incoming.waiting() == (kept,)


@contextmanager
def started(home: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A desk in a process of its own; its address is told once it is open."""
    program = f"""
import socket, uvicorn
from pathlib import Path
from review.register import Register
from review.desk.app import desk
from review.desk.settings import Settings
listening = socket.socket(); listening.bind(("127.0.0.1", 0))
print(listening.getsockname()[1], flush=True)
server = uvicorn.Server(uvicorn.Config(desk(Register.open(Path({str(home)!r})), Settings()), log_level="error"))
server.run(sockets=[listening])
"""
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout
        try:
            yield process, f"http://127.0.0.1:{process.stdout.readline().strip()}"
        finally:
            process.terminate()
            process.wait(timeout=30)


def signed(address: str) -> httpx.Client:
    client = httpx.Client(base_url=address, timeout=30)
    for _ in range(200):
        try:
            token = re.search(r'name="csrf" value="([^"]+)"', client.get("/sign-in").text)
            break
        except httpx.TransportError:
            time.sleep(0.1)
    assert token
    client.post("/sign-in", data={"csrf": token[1], "name": "Cy Pratt", "password": PASSWORD})
    found = re.search(r'name="csrf" value="([^"]+)"', client.get("/password").text)
    assert found
    client.headers["X-CSRF-Token"] = found[1]
    return client


def test_a_desk_that_is_killed_while_it_reads_loses_nothing_that_it_acknowledged(tmp_path: Path) -> None:
    home = tmp_path / "home"
    register = staffed(Register.open(home))
    accounts.set_password(register, "Cy Pratt", PASSWORD)
    papers = [PAPERS / f"{name}.pdf" for name in ("plain", "long", "tables", "bulleted", "deep-lists", "footnotes")]
    acknowledged = []
    with started(home) as (process, address), closing(signed(address)) as client:
        for paper in papers:
            answer = client.post("/incoming", files=sent((paper.name, paper.read_bytes())))
            if answer.status_code == 303:
                acknowledged.append(paper.name)
            if len(acknowledged) == 4:
                time.sleep(0.5)  # by now it reads
                process.send_signal(signal.SIGKILL)
                break
    there = {paper.file_name for paper in register.papers()}
    waiting = {each.file_name for each in Incoming(home).waiting()}
    assert there | waiting == set(acknowledged)
    assert waiting  # or it was killed too late to say anything
    with started(home) as (_, address), closing(signed(address)) as client:
        for _ in range(600):
            if not Incoming(home).waiting():
                break
            time.sleep(0.1)
        assert 'data-waiting="0"' in client.get("/incoming").text
    assert {paper.file_name for paper in register.papers()} == set(acknowledged)
    assert register.verify_log() == ()
    assert Incoming(home).refused() == ()
    register.close()
