"""Nobody comes in but by signing in, nothing is sent but from the desk’s own pages, and no answer says too much."""

from __future__ import annotations

import json
import logging
import re
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from fastapi.testclient import TestClient
from pydantic import SecretStr

from review import accounts, people, sessions
from review.attempts import BY_NAME
from review.desk import gate
from review.desk.gate import HEADERS, MIB, OPEN
from review.desk.settings import Settings
from review.desk.signed import csrf_of
from review.register import Register
from tests.desks import ADDRESS, ADMINISTRATOR, PASSWORD, serving, signed_client, staffed_desk, token_on, visitor
from tests.registers import PUBLIC, WITHHELD, a_paper

TITLE = "Bicycles"
BEHIND_TLS = Settings(tls="in front", public_name="desk.example.org", proxies=("127.0.0.1",))


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FastAPI]:
    folder = tmp_path_factory.mktemp("desk")
    register = Register.open(folder / "home")
    register.enter(a_paper(folder))
    app = staffed_desk(register)
    with TestClient(app, base_url=ADDRESS):  # the desk is open from here on
        yield app
    register.close()


@pytest.fixture(scope="module")
def releaser(app: FastAPI) -> TestClient:
    return signed_client(app, "Bo Marsh")


def routes(app: FastAPI, method: str) -> list[str]:
    """The address of every route of a method, with our paper's reference where one names a paper."""
    found = [route.path for route in iter_route_contexts(app.routes) if route.path and method in (route.methods or ())]
    return [re.sub(r"{\w+}", "1", path.replace("{ref}", "PCD1572")) for path in found]


def register_of(app: FastAPI) -> Register:
    register: Register = app.state.register
    return register


def log_length(app: FastAPI) -> int:
    return len(register_of(app).log())


def tells_nothing(body: str) -> bool:
    return not any(words in body for words in (PUBLIC, WITHHELD, TITLE, "PCD 1572"))


def test_there_is_no_route_that_is_open_but_those_we_know(app: FastAPI) -> None:
    """A route that is added must be behind the door; one that is not is named here, and has a lock of its own."""
    assert {"/sign-in", "/first", "/healthz", "/metrics", "/oidc/start", "/oidc/back", "/due.ics"} == OPEN
    assert {"/", "/sign-in", "/people", "/password", "/healthz"} <= set(routes(app, "GET"))
    assert [path for path in routes(app, "GET") if path.startswith("/static")] == ["/static/1.woff2"]


def test_no_page_is_reached_without_signing_in(app: FastAPI) -> None:
    client = visitor(app)
    for path in [*routes(app, "GET"), "/nowhere", "/docs", "/openapi.json", "/redoc", "/sign-in/", "/./healthz/x"]:
        if path in OPEN or path.startswith("/static/"):
            continue
        for method in ("GET", "HEAD"):
            answer = client.request(method, path)
            assert answer.status_code == 303, path
            assert answer.headers["location"].startswith("/sign-in?next=/"), path
            assert tells_nothing(answer.text), path
        answer = client.get(path, headers={"Accept": "application/json"})
        assert (answer.status_code, list(answer.json())) == (401, ["problem"]), path
    for path in OPEN:
        assert tells_nothing(client.get(path).text), path


def test_nothing_is_sent_without_signing_in(app: FastAPI) -> None:
    client, before = visitor(app), log_length(app)
    token = token_on(client, "/sign-in")
    for path in [*routes(app, "POST"), "/nowhere"]:
        if path in OPEN:
            continue
        for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS"):
            answer = client.request(method, path, headers={"X-CSRF-Token": token}, json={"name": "Eve"})
            assert answer.status_code == 401, (method, path)
            assert tells_nothing(answer.text)
    assert client.post("/sign-in", files={"name": b"x" * 100}, data={"csrf": token}).status_code == 401
    assert log_length(app) == before


FOREIGN: list[tuple[str, dict[str, str]]] = [
    ("no token", {"X-CSRF-Token": ""}),
    ("a wrong token", {"X-CSRF-Token": "0" * 64}),
    ("a token that is no ASCII", {"X-CSRF-Token": "\udce9".encode("latin-1", "replace").decode()}),
    ("the token of another browser", {"X-CSRF-Token": csrf_of(sessions.new_token())}),
    ("another page", {"Origin": "https://evil.example"}),
    ("a page of the same name on another port", {"Origin": "http://127.0.0.1:9999"}),
    ("a page that hides where it lies", {"Origin": "null"}),
    ("another site, as the browser says", {"Sec-Fetch-Site": "cross-site"}),
    ("a host beside ours", {"Sec-Fetch-Site": "same-site"}),
    ("typed in, which no form is", {"Sec-Fetch-Site": "none"}),
]


@pytest.mark.parametrize(("case", "headers"), FOREIGN)
def test_what_is_not_sent_from_our_own_page_is_refused(
    app: FastAPI, releaser: TestClient, case: str, headers: dict[str, str]
) -> None:
    before = log_length(app)
    for path in routes(app, "POST"):
        answer = releaser.post(path, data={"seen": "1"}, headers=headers)
        assert answer.status_code == 403, (case, path)
        answer = visitor(app).post(path, data={"name": "Ada Lovell"}, headers=headers)
        assert answer.status_code in {401, 403}, (case, path)
    assert log_length(app) == before
    assert releaser.get("/password").status_code == 200  # and nobody was signed out by it


def test_a_form_without_its_token_is_refused_whatever_else_is_right(app: FastAPI) -> None:
    client = signed_client(app, "Bo Marsh")
    del client.headers["X-CSRF-Token"]
    assert client.post("/sign-out").status_code == 403
    assert client.post("/sign-out", data={"csrf": "0" * 64}).status_code == 403
    assert client.post("/sign-out", data={"csrf": token_on(client, "/password")}).status_code == 303
    # The right answer to the wrong browser: the token of somebody who is signed in too.
    other = signed_client(app, "Ada Lovell")
    stolen = {"csrf": token_on(other, "/password"), "name": "Ada Lovell", "password": PASSWORD}
    assert visitor(app).post("/sign-in", data=stolen).status_code == 403


# Who asks for what by hand, without any page having offered it.
CRAFTED: list[tuple[str, str, dict[str, str]]] = [
    ("Cy Pratt", "/papers/PCD1572/approve", {"seen": "1", "version": "0" * 16}),
    ("Cy Pratt", "/papers/PCD1572/withhold", {"seen": "1", "passage": "summary/1", "because": "x"}),
    ("Cy Pratt", "/papers/PCD1572/hold", {"seen": "1", "because": "x"}),
    ("Cy Pratt", "/people", {"name": "Eve", "role": "releaser"}),
    ("Cy Pratt", "/people/role", {"name": "Cy Pratt", "role": "releaser"}),
    ("Bo Marsh", "/people", {"name": "Eve", "role": "releaser"}),
    ("Bo Marsh", "/people/word", {"name": "Ada Lovell"}),
    ("Bo Marsh", "/people/close", {"name": "Ada Lovell"}),
    ("Bo Marsh", "/people/reopen", {"name": "Ada Lovell"}),
    ("Bo Marsh", "/people/subject", {"name": "Ada Lovell", "subject": "s"}),
    (ADMINISTRATOR, "/papers/PCD1572/approve", {"seen": "1", "version": "0" * 16}),
    (ADMINISTRATOR, "/people/role", {"name": ADMINISTRATOR, "role": "releaser"}),
    (ADMINISTRATOR, "/people/close", {"name": ADMINISTRATOR}),
]


@pytest.mark.parametrize(("name", "path", "form"), CRAFTED)
def test_a_request_made_by_hand_does_no_more_than_the_role_may(
    app: FastAPI, name: str, path: str, form: dict[str, str]
) -> None:
    client = signed_client(app, name)
    before = log_length(app)
    answer = client.post(path, data=form)
    assert answer.status_code in {403, 422}, answer.text
    assert tells_nothing(answer.text)
    assert log_length(app) == before


@pytest.mark.parametrize("name", [ADMINISTRATOR, "Cy Pratt"])
def test_who_may_not_read_withheld_text_sees_none_of_it(app: FastAPI, name: str) -> None:
    client = signed_client(app, name)
    for path in routes(app, "GET"):
        answer = client.get(path)
        assert answer.status_code < 500, path
        assert WITHHELD not in answer.text, path
        if name == ADMINISTRATOR:
            assert PUBLIC not in answer.text, path


WAYS_OUT = [
    "/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/static/%2e%2e%2f%2e%2e%2fregister.py",
    "/static//etc/passwd", "/static/%00", "/static/..\\app.py", "/static/", "/static", "/static/templates/frame.html",
    "/papers/../../etc/passwd", "/papers/..%2f..%2fregister.db", "/papers/%2e%2e%2fregister.db", "/papers/%00",
    "/papers/PCD1572%0d%0aSet-Cookie:%20a=b", "/papers/..%5c..%5cregister.db", "//evil.example/", "/%2f%2fevil.example",
    "/papers/" + "a" * 5000,
]  # fmt: skip


@pytest.mark.parametrize("path", WAYS_OUT)
def test_no_path_leads_out_of_the_desk(app: FastAPI, releaser: TestClient, path: str) -> None:
    with serving(app) as address:
        host, port = address.removeprefix("http://").split(":")
        for cookies in ("", f"desk={releaser.cookies['desk']}"):
            with socket.create_connection(
                (host, int(port)), timeout=10
            ) as line:  # a client of ours would tidy the path
                asked = f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\nCookie: {cookies}\r\nConnection: close\r\n\r\n"
                line.sendall(asked.encode("latin-1"))
                answer = b"".join(iter(lambda: line.recv(65536), b""))
            status = int(answer.split()[1])
            assert status in {303, 307, 400, 401, 404, 422}, answer[:200]
            assert b"root:" not in answer
            assert b"SQLite format" not in answer
            assert b"def desk" not in answer
            head = answer.lower().partition(b"\r\n\r\n")[0]
            assert b"\r\nset-cookie: a=b" not in head
            location = re.search(rb"\r\nlocation: ([^\r]*)", head)
            assert location is None or re.match(rb"(http://127\.0\.0\.1:\d+)?/(?!/)", location[1]), location


ANSWERS = [
    "/",
    "/sign-in",
    "/static/frame.css",
    "/static/none.css",
    "/nowhere",
    "/healthz",
    "/password",
    "/static/../x",
]


@pytest.mark.parametrize("path", ANSWERS)
@pytest.mark.parametrize("signed", [False, True])
def test_every_answer_bears_the_headers(app: FastAPI, releaser: TestClient, path: str, signed: bool) -> None:
    client = releaser if signed else visitor(app)
    for answer in (client.get(path), client.put(path), client.get(path, headers={"Host": "evil.example"})):
        for name, value in HEADERS.items():
            assert answer.headers.get_list(name) == [value], (path, name)
        assert "strict-transport-security" not in answer.headers


def test_a_fault_of_ours_is_told_without_its_words(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    register = Register.open(tmp_path / "home")
    app = staffed_desk(register, None, "Bo Marsh")
    client = signed_client(app, "Bo Marsh")
    monkeypatch.setattr("review.desk.doors.page", lambda *_, **__: 1 / 0)
    with caplog.at_level(logging.INFO, "partone.desk.requests"):
        answer = client.get("/password", params={"secret": "Quillfeather"})
    assert answer.status_code == 500
    assert "ZeroDivision" not in answer.text
    assert answer.headers["content-security-policy"] == HEADERS["Content-Security-Policy"]
    assert json.loads(caplog.messages[-1])["fault"] == "ZeroDivisionError"
    assert "Quillfeather" not in caplog.text
    register.close()


HOSTS = [
    ("127.0.0.1", 200), ("127.0.0.1:8571", 200), ("localhost", 200), ("[::1]:80", 200), ("LOCALHOST", 200),
    ("evil.example", 400), ("127.0.0.1.evil.example", 400), ("", 400), ("127.0.0.1@evil.example", 400),
    ("evil.example:127.0.0.1", 400), ("[::1", 400), ("desk.example.org", 400), ("2130706433", 400),
]  # fmt: skip


@pytest.mark.parametrize(("host", "status"), HOSTS)
def test_the_desk_answers_to_its_own_names_alone(app: FastAPI, host: str, status: int) -> None:
    answer = visitor(app).get("/sign-in", headers={"Host": host})
    assert answer.status_code == status
    assert host == "" or "evil" not in answer.text


def test_what_is_too_large_is_not_read(app: FastAPI, releaser: TestClient) -> None:
    read = 0

    def endless() -> Iterator[bytes]:
        nonlocal read
        for _ in range(100):
            read += MIB
            yield b"name=" + b"x" * (MIB - 5)

    form = {"Content-Type": "application/x-www-form-urlencoded"}
    assert releaser.post("/password", content=b"x" * (MIB + 1), headers=form).status_code == 413
    assert releaser.post("/password", content=endless(), headers=form).status_code == 413
    for length in ("99999999999999999999", "-1", "1e3", "0x10"):
        answer = releaser.post("/password", content=b"x", headers={**form, "Content-Length": length})
        assert answer.status_code == 413, length
    larger = "multipart/form-data; boundary=x"
    told = str(201 * MIB)
    answer = releaser.post("/password", content=b"x", headers={"Content-Type": larger, "Content-Length": told})
    assert answer.status_code == 413
    assert releaser.get("/password").status_code == 200


def test_a_body_that_does_not_come_is_not_waited_for(app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "PAUSE", 0.3)
    with serving(app) as address:
        host, port = address.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port)), timeout=10) as line:
            head = f"POST /sign-in HTTP/1.1\r\nHost: {host}:{port}\r\nContent-Length: 1000\r\n"
            line.sendall((head + "Content-Type: application/x-www-form-urlencoded\r\n\r\nname=").encode())
            assert line.recv(65536).startswith(b"HTTP/1.1 408")


NEXT = [
    ("/papers/PCD1572", "/papers/PCD1572"),
    ("/piles/new", "/piles/new"),
    ("", "/"),
    ("https://evil.example/", "/"),
    ("//evil.example/", "/"),
    ("/\\evil.example", "/"),
    ("\\\\evil.example", "/"),
    ("/papers/x\r\nSet-Cookie: a=b", "/"),
    ("/sign-in", "/"),
    ("javascript:alert(1)", "/"),
    ("/papers/PCD1572?secret=1#x", "/papers/PCD1572"),
]


@pytest.mark.parametrize(("asked", "led"), NEXT)
def test_signing_in_leads_to_a_page_of_the_desk(app: FastAPI, asked: str, led: str) -> None:
    client = visitor(app)
    form = {"csrf": token_on(client, "/sign-in"), "name": "Ada Lovell", "password": PASSWORD, "next": asked}
    answer = client.post("/sign-in", data=form)
    assert (answer.status_code, answer.headers["location"]) == (303, led)
    assert "a" not in answer.cookies


def test_a_session_begins_under_a_new_token_and_ends(app: FastAPI) -> None:
    client = visitor(app)
    chosen = sessions.new_token()  # what an attacker could have put there before
    client.cookies.set("desk", chosen, domain="127.0.0.1", path="/")
    form = {"csrf": csrf_of(chosen), "name": "Ada Lovell", "password": PASSWORD}
    assert client.post("/sign-in", data=form).status_code == 303
    given = client.cookies["desk"]
    assert given != chosen
    assert client.get("/password").status_code == 200
    assert client.get("/sign-in").headers["location"] == "/"
    thief = visitor(app)
    thief.cookies.set("desk", chosen)
    assert thief.get("/password").status_code == 303
    out = client.post("/sign-out", data={"csrf": csrf_of(given)})
    assert out.headers["location"] == "/sign-in"
    thief.cookies.set("desk", given)
    assert thief.get("/password").status_code == 303
    assert client.get("/password").status_code == 303


def test_two_cookies_of_the_name_are_none(app: FastAPI, releaser: TestClient) -> None:
    mine = releaser.cookies["desk"]
    for cookies in (f"desk={mine}; desk=other", f"desk=other; desk={mine}"):
        assert visitor(app).get("/password", headers={"Cookie": cookies}).status_code == 303
    assert visitor(app).get("/password", headers={"Cookie": f"x=y; desk={mine}"}).status_code == 200


def test_the_cookie_is_out_of_reach_of_scripts_other_sites_and_plain_pages(app: FastAPI, tmp_path: Path) -> None:
    plain = visitor(app).get("/sign-in").headers["set-cookie"]
    assert re.fullmatch(r"desk=[\w-]{43}; HttpOnly; Path=/; SameSite=lax", plain)
    register = Register.open(tmp_path / "home")
    behind = staffed_desk(register, BEHIND_TLS, "Bo Marsh")
    client = TestClient(behind, base_url="https://desk.example.org", follow_redirects=False)
    page = client.get("/sign-in")
    assert re.fullmatch(r"__Host-desk=[\w-]{43}; HttpOnly; Path=/; SameSite=lax; Secure", page.headers["set-cookie"])
    assert page.headers["strict-transport-security"] == gate.HSTS
    form = {"csrf": token_on(client, "/sign-in"), "name": "Bo Marsh", "password": PASSWORD}
    for origin, status in (("https://evil.example", 403), ("http://desk.example.org", 403)):
        assert client.post("/sign-in", data=form, headers={"Origin": origin}).status_code == status
    assert client.post("/sign-in", data=form, headers={"Origin": "https://desk.example.org"}).status_code == 303
    assert client.get("/password").status_code == 200
    register.close()


def told(client: TestClient, name: str, password: str) -> tuple[int, str]:
    """How a sign-in is answered, without what was typed."""
    form = {"csrf": token_on(client, "/sign-in"), "name": name, "password": password}
    answer = client.post("/sign-in", data=form)
    return answer.status_code, re.sub(r'value="[^"]*"', "", answer.text)


def test_the_answer_never_tells_whether_there_is_such_a_name(tmp_path: Path) -> None:
    register = Register.open(tmp_path / "home")
    app = staffed_desk(register, None, "Ada Lovell", "Bo Marsh", "Ed Fenwick")
    people.close(register, "Ed Fenwick")
    names = {"Ada Lovell": "wrong", "Nobody": "wrong", "Dee Hollis": "wrong", "Ed Fenwick": PASSWORD}  # Dee has none
    for nth in range(BY_NAME + 2):
        answers = [told(visitor(app), name, password) for name, password in names.items()]
        assert len(set(answers)) == 1, nth
        assert answers[0][0] == (401 if nth < BY_NAME else 429)
    assert told(visitor(app), "Ada Lovell", PASSWORD)[0] == 429  # the right one too: else guessing would go on
    assert told(visitor(app), "Bo Marsh", PASSWORD)[0] == 429  # and from here nobody, for a while
    register.close()


def test_a_word_is_no_quicker_to_guess_than_a_password(tmp_path: Path) -> None:
    register = Register.open(tmp_path / "home")
    app = staffed_desk(register, None, "Bo Marsh")
    word = accounts.invite(register, "Ada Lovell")
    client = visitor(app)
    form = {"csrf": token_on(client, "/first"), "password": PASSWORD, "again": PASSWORD}
    for name in ("Ada Lovell", "Nobody"):
        assert client.post("/first", data={**form, "name": name, "word": "AAAA"}).status_code == 401
    assert client.post("/first", data={**form, "name": "Ada Lovell", "word": word, "again": "x"}).status_code == 422
    poor = {"password": "short", "again": "short"}
    assert client.post("/first", data={**form, **poor, "name": "Ada Lovell", "word": word}).status_code == 422
    answer = client.post("/first", data={**form, "name": "Ada Lovell", "word": word})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert client.get("/password").status_code == 200
    for _ in range(BY_NAME):
        client.post("/first", data={"csrf": token_on(visitor(app), "/first")})
        last = visitor(app)
        again = {**form, "csrf": token_on(last, "/first"), "name": "Dee Hollis", "word": "AAAA"}
        assert last.post("/first", data=again).status_code == 401
    assert last.post("/first", data=again).status_code == 429
    register.close()


def test_ones_own_password_is_changed_by_who_knows_it(tmp_path: Path) -> None:
    register = Register.open(tmp_path / "home")
    app = staffed_desk(register, None, "Ada Lovell")
    here, there = signed_client(app, "Ada Lovell"), signed_client(app, "Ada Lovell")
    new = "seven grey herons"
    for old, password, again, status in [
        ("wrong", new, new, 422), (PASSWORD, new, "another one", 422), (PASSWORD, "short", "short", 422),
        (PASSWORD, "Ada Lovell 1", "Ada Lovell 1", 422), (PASSWORD, new, new, 303),
    ]:  # fmt: skip
        answer = here.post("/password", data={"old": old, "password": password, "again": again})
        assert answer.status_code == status, answer.text
        assert PASSWORD not in answer.text
        assert new not in answer.text
    assert here.get("/password").status_code == 200
    assert there.get("/password").status_code == 303  # whoever else sat there under the old one is out
    assert told(visitor(app), "Ada Lovell", PASSWORD)[0] == 401
    signed_client(app, "Ada Lovell", new)
    register.close()


def test_an_administrator_looks_after_people(tmp_path: Path) -> None:
    register = Register.open(tmp_path / "home")
    app = staffed_desk(register, None, ADMINISTRATOR)
    client = signed_client(app, ADMINISTRATOR)
    page = client.post("/people", data={"name": "Eve Marr", "role": "clerk"}).text
    word = re.search(r'<code class="word">([A-Z2-9-]{24})</code>', page)
    assert word
    assert word[1] not in client.get("/people").text  # shown once
    assert client.post("/people", data={"name": "eve  marr", "role": "clerk"}).status_code == 422
    assert client.post("/people", data={"name": "<script>", "role": "chief"}).status_code == 422
    assert client.post("/people/role", data={"name": "Eve Marr", "role": "reviewer"}).headers["location"] == "/people"
    assert client.post("/people/close", data={"name": "Eve Marr"}).status_code == 303
    assert "Closed on" in client.get("/people").text
    assert client.post("/people/word", data={"name": "Eve Marr"}).status_code == 409
    assert client.post("/people/reopen", data={"name": "Eve Marr"}).status_code == 303
    assert client.post("/people/word", data={"name": "Nobody"}).status_code == 404
    assert client.post("/people/subject", data={"name": "Eve Marr", "subject": "s"}).status_code == 422
    entries = [(entry.what, entry.by) for entry in register.log()[-5:]]
    assert entries == [
        (what, ADMINISTRATOR)
        for what in ("person-added", "invited", "person-changed", "person-closed", "person-reopened")
    ]
    assert register.verify_log() == ()
    register.close()


def test_health_says_ok_or_not_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    register = Register.open(tmp_path / "home")
    app = staffed_desk(register, None, "Bo Marsh")
    client = visitor(app)
    assert (client.get("/healthz").status_code, client.get("/healthz").text) == (200, "ok\n")
    monkeypatch.setattr(register, "home", tmp_path / "gone")
    assert (client.get("/healthz").status_code, client.get("/healthz").text) == (503, "not ok\n")
    register.close()


def test_measures_are_counts_for_this_machine_or_the_bearer_of_the_token(app: FastAPI, tmp_path: Path) -> None:
    local = TestClient(app, base_url=ADDRESS, client=("127.0.0.1", 5), follow_redirects=False)
    page = local.get("/metrics")
    assert 'partone_papers{state="' in page.text
    assert 'route="/sign-in"' in page.text
    assert tells_nothing(page.text)
    assert not any(name.lower() in page.text.lower() for name in ("Marsh", "Pratt", "PCD1572"))
    assert visitor(app).get("/metrics").status_code == 403  # not this machine
    assert local.get("/metrics", headers={"X-Forwarded-For": "127.0.0.1"}).status_code == 403
    register = Register.open(tmp_path / "home")
    told = Settings(metrics_token=SecretStr("a-token-of-24-characters"))
    behind = staffed_desk(register, told, "Bo Marsh")
    for bearer, status in (("", 403), ("Bearer wrong", 403), ("Bearer a-token-of-24-characters", 200)):
        assert visitor(behind).get("/metrics", headers={"Authorization": bearer}).status_code == status
    register.close()


def test_a_line_for_each_request_says_no_word_of_it(app: FastAPI, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "partone.desk.requests"):
        client = signed_client(app, "Bo Marsh")
        client.get("/papers/PCD1572", params={"q": "Quillfeather"})
        client.get("/nowhere/Quillfeather")
        told(visitor(app), "Quillfeather", "Quillfeather")
    lines = [json.loads(message) for message in caplog.messages]
    assert all(set(line) <= {"at", "method", "route", "status", "ms", "person", "note", "fault"} for line in lines)
    assert {line["person"] for line in lines} == {None, "bo marsh"}
    assert {"signed-in", "sign-in-failed"} <= {line.get("note") for line in lines}
    assert not any(word in caplog.text for word in ("Quillfeather", "PCD1572", PASSWORD, "q="))
