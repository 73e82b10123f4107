"""Signing in by an OpenID provider, against a real one in a process of its own on loopback."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from pydantic import SecretStr

from review import accounts, people
from review.desk.oidc import Flow, ProviderFailed, endpoint
from review.desk.settings import Oidc, Settings
from review.register import Register
from tests.desks import ADMINISTRATOR, staffed_desk, visitor

USERS = [
    {"sub": "s-ada", "email": "ada@example.org", "email_verified": True},
    {"sub": "s-eve", "email": "ada@example.org", "email_verified": False},  # says so; nobody has looked
    {"sub": "s-late", "email": "Ada@Example.org", "email_verified": True},  # another who has the address later
    {"sub": "s-bo", "email": "bo@example.org", "email_verified": True},
]
CLIENT = "partone-desk"


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words = [word for user in USERS for word in ("--user-claims", json.dumps(user))]
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port), "-n", "true", *words]
    address = f"http://127.0.0.1:{port}"
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as provider:
        try:
            for _ in range(300):
                try:
                    httpx.get(f"{address}/.well-known/openid-configuration").raise_for_status()
                    break
                except httpx.HTTPError:
                    time.sleep(0.1)
            else:
                pytest.fail("The provider did not start.")
            yield address
        finally:
            provider.terminate()


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    register = Register.open(tmp_path / "home")
    yield register
    register.close()


def app_for(register: Register, issuer: str, **more: object) -> FastAPI:
    oidc = Oidc.model_validate({"issuer": issuer, "client_id": CLIENT, "client_secret": SecretStr("s"), **more})
    return staffed_desk(register, Settings(oidc=oidc), "Bo Marsh")


def authorise(address: str, subject: str) -> str:
    """Sign in at the provider as a subject; the address it sends the browser back to, without its host."""
    answer = httpx.post(address, data={"sub": subject})
    assert answer.status_code in {302, 303}, answer.text
    back = urlsplit(answer.headers["location"])
    return f"{back.path}?{back.query}"


def sign_in(client: TestClient, subject: str, onward: str = "/") -> httpx.Response:
    start = client.get("/oidc/start", params={"next": onward})
    assert start.status_code == 303
    answer: httpx.Response = client.get(authorise(start.headers["location"], subject))
    return answer


def test_a_bound_subject_signs_in_as_the_person_it_is(register: Register, issuer: str) -> None:
    app = app_for(register, issuer)
    client = visitor(app)
    assert "Sign in with" in client.get("/sign-in").text
    assert sign_in(client, "s-ada").status_code == 401  # nobody here yet, and nobody is made of it
    assert len(people.people(register)) == 6
    accounts.bind(register, "Ada Lovell", issuer, "s-ada", by=ADMINISTRATOR)
    answer = sign_in(client, "s-ada", "/papers/PCD1572")
    assert (answer.status_code, answer.headers["location"]) == (303, "/papers/PCD1572")
    assert "Ada Lovell, reviewer" in client.get("/password").text
    people.close(register, "Ada Lovell")
    assert client.get("/password").status_code == 303
    assert sign_in(visitor(app), "s-ada").status_code == 401
    assert register.verify_log() == ()


def test_the_way_to_the_provider_bears_state_nonce_and_pkce_and_leads_nowhere_else(
    register: Register, issuer: str
) -> None:
    client = visitor(app_for(register, issuer))
    first, second = (client.get("/oidc/start").headers["location"] for _ in range(2))
    asked = {key: value[0] for key, value in parse_qs(urlsplit(first).query).items()}
    assert first.startswith(issuer)
    assert asked["redirect_uri"] == "http://127.0.0.1/oidc/back"
    assert asked["code_challenge_method"] == "S256"
    assert (asked["response_type"], asked["scope"], asked["client_id"]) == ("code", "openid", CLIENT)
    flow = Flow(client.cookies["desk-way"].strip('"').partition(".")[0])
    again = {key: value[0] for key, value in parse_qs(urlsplit(second).query).items()}
    assert (again["state"], again["nonce"]) == (flow.state, flow.nonce)
    for key in ("state", "nonce", "code_challenge"):
        assert asked[key] != again[key]
        assert len(asked[key]) == 43
    assert len({flow.state, flow.nonce, flow.verifier, flow.token}) == 4


def test_what_comes_back_must_belong_to_this_browser(register: Register, issuer: str) -> None:
    app = app_for(register, issuer)
    accounts.bind(register, "Ada Lovell", issuer, "s-ada")
    mine, other = visitor(app), visitor(app)
    back = authorise(mine.get("/oidc/start").headers["location"], "s-ada")
    other.get("/oidc/start")
    code, state = (parse_qs(urlsplit(back).query)[key][0] for key in ("code", "state"))
    refused = [
        visitor(app).get(back),  # a browser that never began: somebody was sent another's code
        other.get(back),  # one that began another flow
        mine.get("/oidc/back", params={"code": code, "state": "x"}),
    ]
    assert [answer.status_code for answer in refused] == [401] * 3
    start = mine.get("/oidc/start")  # the refusal ended that flow; its code is worth nothing in the next
    state = parse_qs(urlsplit(start.headers["location"]).query)["state"][0]
    assert mine.get("/oidc/back", params={"code": code, "state": state}).status_code == 401  # its nonce is another
    for asked in ({}, {"error": "access_denied"}, {"code": "x" * 2001, "state": state}, {"code": "", "state": state}):
        assert mine.get("/oidc/back", params=asked).status_code in {401, 422}
    assert sign_in(mine, "s-ada").status_code == 303
    assert mine.get(back).status_code == 401  # once


def test_a_code_is_good_once(register: Register, issuer: str) -> None:
    app = app_for(register, issuer)
    accounts.bind(register, "Ada Lovell", issuer, "s-ada")
    client = visitor(app)
    back = authorise(client.get("/oidc/start").headers["location"], "s-ada")
    way = client.cookies["desk-way"]
    assert client.get(back).status_code == 303
    again = visitor(app)
    again.cookies.set("desk-way", way)
    assert again.get(back).status_code == 401


# The claims of the subject, the addresses that the settings know, and whom it signs in as.
BY_EMAIL = [
    ("s-ada", "Ada Lovell"),
    ("s-eve", None),  # the provider has not verified it
    ("s-late", "Ada Lovell"),  # in any case
    ("s-bo", None),  # nobody said whose that is
]


@pytest.mark.parametrize(("subject", "name"), BY_EMAIL)
def test_a_verified_address_binds_where_the_settings_say_whose_it_is(
    register: Register, issuer: str, subject: str, name: str | None
) -> None:
    app = app_for(register, issuer, person="email", emails={"ADA@example.org": "ada lovell", "x@example.org": "Nobody"})
    answer = sign_in(visitor(app), subject)
    assert answer.status_code == (303 if name else 401)
    found = accounts.of_subject(register, issuer, subject)
    assert (found.name if found else None) == name
    assert register.verify_log() == ()


def test_an_address_that_passes_to_somebody_else_signs_nobody_in(register: Register, issuer: str) -> None:
    app = app_for(register, issuer, person="email", emails={"ada@example.org": "Ada Lovell"})
    assert sign_in(visitor(app), "s-ada").status_code == 303
    assert sign_in(visitor(app), "s-late").status_code == 401
    assert sign_in(visitor(app), "s-ada").status_code == 303


def test_a_provider_that_is_another_or_away_signs_nobody_in(register: Register, issuer: str) -> None:
    elsewhere = issuer.replace("127.0.0.1", "localhost")  # it calls itself by another name
    for gone in (elsewhere + "/", "http://127.0.0.1:9/"):
        client = visitor(app_for(register, gone))
        answer = client.get("/oidc/start")
        assert answer.status_code == 502
        assert "did not work" in answer.text
        assert client.get("/oidc/back", params={"code": "c", "state": "s"}).status_code == 401
    assert visitor(staffed_desk(register, None, "Bo Marsh")).get("/oidc/start").status_code == 404


# Where the provider would have us go, and whether we do.
PLACES = [
    ("https://login.example.org", "https://login.example.org/token", True),
    ("https://login.example.org", "https://keys.example.net/", True),
    ("https://login.example.org", "http://login.example.org/token", False),
    ("https://login.example.org", "file:///etc/passwd", False),
    ("http://127.0.0.1:5000", "http://127.0.0.1:5000/token", True),
    ("http://127.0.0.1:5000", "http://127.0.0.1:50001/token", False),
]


@pytest.mark.parametrize(("at", "place", "goes"), PLACES)
def test_only_https_is_spoken_but_on_this_machine(at: str, place: str, goes: bool) -> None:
    oidc = Oidc(issuer=at, client_id="x", client_secret=SecretStr("s"))
    if goes:
        assert endpoint({"token_endpoint": place}, "token_endpoint", oidc) == place
    else:
        with pytest.raises(ProviderFailed, match="without TLS"):
            endpoint({"token_endpoint": place}, "token_endpoint", oidc)


def test_a_provider_elsewhere_must_speak_https() -> None:
    with pytest.raises(ValueError, match=re.escape("must begin with https://")):
        Oidc(issuer="http://login.example.org", client_id="x", client_secret=SecretStr("s"))
