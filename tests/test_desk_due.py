"""What is due on the screen: overdue first, the act beside it, a feed with a key of its own, no word of a paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Literal

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from playwright.sync_api import Browser

from review import office, people, sessions, sunset
from review.agenda import Task
from review.calendar import read
from review.desk import due as desk_due
from review.desk.signed import csrf_of
from review.due import Due
from review.register import Register
from tests.browsing import look_over
from tests.components import needs
from tests.desks import ADDRESS, ADMINISTRATOR, serving, staffed_desk, visitor
from tests.registers import PUBLIC, TODAY, WITHHELD, a_paper, said_of_reviews, sha_of, withhold

NAME = "Bo Marsh"
DAY = date(2026, 11, 23)


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FastAPI]:
    for module in (office, sunset):
        monkeypatch.setattr(module, "today", lambda: DAY)
    register = Register.open(tmp_path / "home")
    app = staffed_desk(register, None, "Ada Lovell")
    sha = register.enter(a_paper(tmp_path)).paper.sha256
    register.add_claim(sha, withhold("Ada Lovell", "withheld/1"), 1)
    with TestClient(app, base_url=ADDRESS):  # the desk is open from here on
        yield app
    register.close()


def signed_in(app: FastAPI, name: str) -> TestClient:
    """A browser in which somebody has signed in; how they do that is tried elsewhere."""
    client, token = visitor(app), sessions.begin(register_of(app), name)
    client.cookies.set("desk", token)
    client.headers["X-CSRF-Token"] = csrf_of(token)
    return client


def register_of(app: FastAPI) -> Register:
    register: Register = app.state.register
    return register


def short(app: FastAPI) -> str:
    return register_of(app).find("PCD 1572").sha256[:12]


def seen(app: FastAPI) -> int:
    return register_of(app).find("PCD 1572").revision


def plain(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_it_is_listed_with_what_to_do_and_a_way_to_it(app: FastAPI) -> None:
    page = signed_in(app, NAME).get("/due?within=366")
    assert page.status_code == 200
    words = plain(page.text)
    assert "2 things overdue, 1 to come" in words, words
    assert "should have been public by 6 March 2026. See what keeps it back." in words
    assert f'href="/papers/{short(app)}"' in page.text
    assert f'href="/due/{short(app)}"' in page.text
    assert WITHHELD not in page.text
    assert PUBLIC not in page.text
    assert "<title>What is due" in page.text


def test_a_clerk_sees_the_list_and_is_offered_no_review(app: FastAPI) -> None:
    clerk = signed_in(app, "Cy Pratt")
    page = clerk.get("/due?within=366")
    assert page.status_code == 200
    assert f'href="/due/{short(app)}"' not in page.text
    for path in (f"/due/{short(app)}",):
        assert clerk.get(path).status_code == 403
    refused = clerk.post(
        f"/due/{short(app)}/outcome", data={"seen": seen(app), "because": "x", "comes_to": "part2-released"}
    )
    assert refused.status_code == 403


@pytest.mark.parametrize("within", ["0", "31", "all", "-1", "9" * 50])
def test_another_span_than_those_offered_is_not_understood(app: FastAPI, within: str) -> None:
    assert signed_in(app, NAME).get(f"/due?within={within}").status_code == 422


# The feed


def made(client: TestClient) -> str:
    answer = client.post("/due/feed")
    assert answer.status_code == 200
    found = re.search(r'value="(http://127\.0\.0\.1/due\.ics\?key=[\w-]{43})"', answer.text)
    assert found, plain(answer.text)
    return found[1]


def test_the_feed_needs_its_key_and_nothing_else(app: FastAPI) -> None:
    address = made(signed_in(app, NAME))
    anybody = visitor(app)
    feed = anybody.get(address)
    assert feed.status_code == 200
    assert feed.headers["content-type"] == "text/calendar; charset=utf-8"
    assert feed.headers["cache-control"] == "no-store"
    entries = read(feed.content)
    assert {summary for _, _, summary in entries} >= {"PCD 1572: publish"}
    for words in (PUBLIC, WITHHELD, "Bicycles", "Lovell", "Marsh"):
        assert words not in feed.text
    key = address.rpartition("=")[2]
    for wrong in ("", "?key=", "?key=x", f"?key={key[:-1]}", f"?key={key}x", f"?key={key.swapcase()}", "?key=%00"):
        assert anybody.get(f"/due.ics{wrong}").status_code == 404
    assert anybody.get("/due").status_code == 303, "the key opens no page"
    assert anybody.get(f"/due?key={key}").status_code == 303


def test_a_new_key_ends_the_one_before_and_it_can_be_ended(app: FastAPI) -> None:
    client, anybody = signed_in(app, NAME), visitor(app)
    first, second = made(client), made(client)
    assert [anybody.get(address).status_code for address in (first, second)] == [404, 200]
    other = made(signed_in(app, "Ada Lovell"))
    assert client.post("/due/feed/end").status_code == 303
    assert [anybody.get(address).status_code for address in (second, other)] == [404, 200]
    assert "Your address was made on" not in client.get("/due").text
    register = register_of(app)
    with register.reading() as connection:
        kept = str(connection.exec_driver_sql("SELECT * FROM feeds").all()) + str(register.log())
    assert not any(address.rpartition("=")[2] in kept for address in (first, second, other))
    assert register.verify_log() == ()


def test_whose_account_is_closed_has_no_feed(app: FastAPI) -> None:
    address = made(signed_in(app, NAME))
    people.close(register_of(app), NAME, by=ADMINISTRATOR)
    assert visitor(app).get(address).status_code == 404


# A second look, by its forms


def post(app: FastAPI, client: TestClient, act: str, **form: Any) -> int:
    data = {"seen": seen(app), "because": "I have looked.", **form}
    status: int = client.post(f"/due/{short(app)}/{act}", data=data).status_code
    return status


def ahead(days: int) -> str:
    return (office.today() + timedelta(days=days)).isoformat()


def test_a_review_from_the_condition_to_its_outcome(app: FastAPI) -> None:
    client = signed_in(app, "Ada Lovell")
    page = client.get(f"/due/{short(app)}")
    assert page.status_code == 200
    assert "Say when it is looked at again" in page.text
    assert WITHHELD not in page.text
    events = "the contract is signed\n\n  the bidders   are told \n"
    assert post(app, client, "condition", events=events, combinator="all", backstop=ahead(60)) == 303
    words = plain(client.get(f"/due/{short(app)}").text)
    assert "It has happened: the bidders are told" in words
    today = office.today().isoformat()
    for event in ("event-1", "event-2"):
        assert post(app, client, "occurred", event=event, on=today, evidence="A notice.") == 303
    assert "To be looked at now" in client.get(f"/due/{short(app)}").text
    kept = {"exemption": ["FOIA s.43(2)", "FOIA s.42"], "review_on": ahead(200)}
    assert post(app, client, "outcome", comes_to="re-exempt", **kept) == 303
    assert post(app, client, "foi", received_on=today) == 303
    assert post(app, client, "outcome", comes_to="part-release", **kept) == 303
    assert "Released in part" in client.get(f"/due/{short(app)}").text
    assert post(app, client, "outcome", comes_to="part2-released") == 303
    assert post(app, client, "keep", review_on=ahead(100)) == 303
    kinds = [type(claim).__name__ for claim in register_of(app).claims(register_of(app).find("PCD 1572").sha256)]
    assert kinds == ["Withhold", "SetCondition", "Occurred", "Occurred", "ReExempt", "FoiRequest", "PartRelease",
                     "Part2Released", "Keep"]  # fmt: skip


REFUSED: list[tuple[str, dict[str, Any], int]] = [
    ("outcome", {"comes_to": "re-exempt", "exemption": "FOIA s.43(2)"}, 422),  # until when?
    ("outcome", {"comes_to": "re-exempt", "review_on": "2099-01-01"}, 422),  # on what ground?
    ("outcome", {"comes_to": "re-exempt", "review_on": "2020-01-01", "exemption": "FOIA s.43(2)"}, 422),  # not ahead
    ("outcome", {"comes_to": "published"}, 422),  # there is no such outcome
    ("outcome", {"comes_to": "part2-released", "because": " "}, 422),  # no reason
    ("outcome", {"comes_to": "part2-released", "seen": 1}, 409),  # made from an earlier revision
    ("occurred", {"event": "event-1", "on": "2026-01-01", "evidence": "A notice."}, 404),  # nothing is awaited
    ("condition", {"backstop": "2020-01-01"}, 422),  # not ahead
    ("condition", {"backstop": "soon"}, 422),  # no day
    ("keep", {"review_on": "2020-01-01"}, 422),
    ("keep", {"review_on": "2099-01-01", "seen": 1}, 409),
    ("foi", {"received_on": "2099-01-01"}, 422),
]


@pytest.mark.parametrize(("act", "form", "status"), REFUSED)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    app: FastAPI, act: str, form: dict[str, Any], status: int
) -> None:
    client = signed_in(app, "Ada Lovell")
    before = register_of(app).claims(register_of(app).find("PCD 1572").sha256)
    assert post(app, client, act, **form) == status
    assert register_of(app).claims(register_of(app).find("PCD 1572").sha256) == before


def test_a_form_without_its_token_does_nothing(app: FastAPI) -> None:
    client = signed_in(app, "Ada Lovell")
    del client.headers["X-CSRF-Token"]
    for path in ("/due/feed", "/due/feed/end", f"/due/{short(app)}/keep", f"/due/{short(app)}/outcome"):
        assert client.post(path, data={"seen": seen(app), "because": "x"}).status_code == 403


def test_what_is_not_there_is_not_found(app: FastAPI) -> None:
    client = signed_in(app, NAME)
    assert client.get("/due/0123456789ab").status_code == 404
    assert client.get("/due/..%2f..%2fetc").status_code == 404


# Weeks


def test_tasks_are_laid_out_overdue_first_then_by_week() -> None:
    days = [-40, -1, 0, 6, 7, 30]  # TODAY is a Monday
    tasks = [
        Task(sha_of(str(n)), f"PCD {n}", Due("review", TODAY + timedelta(days=n), "Look.", overdue=n < 0)) for n in days
    ]
    laid = desk_due.weeks(tasks, {sha_of("0"): "Bicycles"}, TODAY)
    assert [(week.heading, len(week.entries)) for week in laid] == [
        ("Overdue", 2), ("This week", 2), ("Next week", 1), ("Week of 30 March 2026", 1)
    ]  # fmt: skip
    assert [entry.when for week in laid for entry in week.entries] == [
        "40 days ago", "yesterday", "today", "in 6 days", "in 7 days", "in 30 days"
    ]  # fmt: skip
    assert laid[1].entries[0].title == "Bicycles"


def test_a_list_that_nobody_would_read_is_cut_and_says_so() -> None:
    many = [
        Task(sha_of(str(n)), f"PCD {n}", Due("review", date(2026, 1, 1), "Look.", overdue=True)) for n in range(250)
    ]
    (week,) = desk_due.weeks(many, {}, TODAY)
    assert (len(week.entries), week.more) == (100, 150)


# In a browser


@needs("chromium")
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark"), (320, "light")])
def test_its_pages_are_for_everybody(
    app: FastAPI, browser: Browser, width: int, scheme: Literal["light", "dark"]
) -> None:
    register = register_of(app)
    for claim in list(said_of_reviews("Ada Lovell").values())[:3]:
        register.add_claim(register.find("PCD 1572").sha256, claim, seen(app))
    with serving(app) as address:
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
        context.add_cookies([{"name": "desk", "value": sessions.begin(register, NAME), "url": address}])
        page = context.new_page()
        for path in ("/due?within=366", f"/due/{short(app)}"):
            page.goto(address + path)
            for fold in page.locator("details").all():
                fold.evaluate("fold => { fold.open = true }")
            look_over(page, path)
        page.goto(f"{address}/due")
        page.click("text=Make an address")
        assert page.input_value("#address").startswith(f"{address}/due.ics?key=")
        context.close()
