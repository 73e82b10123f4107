"""Whatever is sent to whatever route, by somebody who is signed in or by nobody: the desk never breaks.

The requests are made up by schemathesis from the routes as FastAPI describes them; the running desk describes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import schemathesis
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from review.register import Register
from tests.components import IN_CI
from tests.desks import ADDRESS, signed_client, staffed_desk, visitor
from tests.registers import WITHHELD, a_paper

EXAMPLES = 8 if IN_CI else 4  # for each route
ENDS_THE_SESSION = "/sign-out"
REFERENCES = st.sampled_from(["PCD1572", "pcd-1572", "", None, "PCD 9999"])  # None: whatever was made up

hurried = settings(
    max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), derandomize=IN_CI, database=None
)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FastAPI]:
    folder = tmp_path_factory.mktemp("desk")
    register = Register.open(folder / "home")
    register.enter(a_paper(folder))
    app = staffed_desk(register, None, "Bo Marsh")
    with TestClient(app, base_url=ADDRESS):
        yield app
    register.close()


def send(client: TestClient, case: Any, reference: str | None) -> Any:
    """Send what was made up, to our paper where a reference is asked for."""
    if reference is not None and "ref" in (case.path_parameters or {}):
        case.path_parameters["ref"] = reference
    asked = case.as_transport_kwargs(base_url=ADDRESS)
    headers = {
        name: str(value).encode("latin-1", "replace") for name, value in (asked.pop("headers", None) or {}).items()
    }
    asked.pop("cookies", None)
    if isinstance(asked.get("data"), bytes):
        asked["content"] = asked.pop("data")
    return client.request(**asked, headers={name: value for name, value in headers.items() if name.lower() != "host"})


@pytest.mark.parametrize("name", ["Bo Marsh", None])
def test_nothing_that_is_sent_breaks_the_desk(app: FastAPI, name: str | None) -> None:
    answered: set[int] = set()
    described: Any = schemathesis.openapi.from_dict(app.openapi())
    routes = [found.ok() for found in described.get_all_operations()]
    assert len(routes) > 25
    client = signed_client(app, name) if name else visitor(app)
    for route in routes:
        if route.path != ENDS_THE_SESSION:
            answered |= tried(client, route.as_strategy(), whoever=name is None)
            assert name is None or client.get("/password").status_code == 200, f"{route.path} ended the session"
    assert (answered >= {200, 303, 404, 422}) if name else (answered >= {303, 401})


def tried(client: TestClient, cases: st.SearchStrategy[Any], *, whoever: bool) -> set[int]:
    """Send whatever is made up for one route; how it was answered."""
    answered: set[int] = set()

    @hurried
    @given(case=cases, reference=REFERENCES)
    def sends(case: Any, reference: str | None) -> None:
        try:
            answer = send(client, case, reference)
        except (httpx.InvalidURL, UnicodeError):
            return  # no client could send it
        answered.add(answer.status_code)
        assert answer.status_code < 500, (case.method, case.path, answer.text[:300])
        assert not whoever or WITHHELD not in answer.text

    sends()
    return answered
