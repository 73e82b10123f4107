"""A desk for the tests: its people, each with a password, and a browser that is signed in as one of them."""

from __future__ import annotations

import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from fastapi import FastAPI
from fastapi.testclient import TestClient

from review import accounts, people
from review.desk.app import desk
from review.desk.settings import Settings
from review.register import Register
from tests.registers import STAFF

ADDRESS = "http://127.0.0.1"
PASSWORD = "purple otter lantern"
ADMINISTRATOR = "Ida Thorne"


def staffed_desk(register: Register, settings: Settings | None = None, *signing: str) -> FastAPI:
    """A desk over a register with the usual people in it and an administrator; `signing` of them have the password."""
    known = {person.name for person in people.people(register)}
    for name, role in {**STAFF, ADMINISTRATOR: "administrator"}.items():
        if name not in known:
            people.add(register, name, role)
    for name in signing or (*STAFF, ADMINISTRATOR):
        accounts.set_password(register, name, PASSWORD)
    return desk(register, settings or Settings())


def visitor(app: FastAPI) -> TestClient:
    """A browser that has opened nothing yet."""
    return TestClient(app, base_url=ADDRESS, follow_redirects=False, raise_server_exceptions=False)


def token_on(client: TestClient, path: str) -> str:
    """The token that the first form of a page bears."""
    found = re.search(r'name="csrf" value="([^"]+)"', client.get(path).text)
    assert found, f"{path} has no form with a token"
    return found[1]


def signed_client(app: FastAPI, name: str, password: str = PASSWORD) -> TestClient:
    """A browser in which somebody has signed in by the form; `post` it with `token_on(client, page)`."""
    client = visitor(app)
    form = {"csrf": token_on(client, "/sign-in"), "name": name, "password": password}
    answer = client.post("/sign-in", data=form)
    assert answer.status_code == 303, answer.text
    client.headers["X-CSRF-Token"] = token_on(client, "/password")
    return client


@contextmanager
def serving(app: FastAPI) -> Iterator[str]:
    """The desk behind a real server on loopback, for a browser; gives its address."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port = listening.getsockname()[1]
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", access_log=False, server_header=False))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield f"http://127.0.0.1:{port}"
        server.should_exit = True
        thread.join(timeout=20)
