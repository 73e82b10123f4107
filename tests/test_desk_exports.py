"""The tables are offered at the desk to those who review, as files that hold nothing withheld."""

from __future__ import annotations

import io
from collections.abc import Iterator

import openpyxl
import pytest
from fastapi import FastAPI

from review.exports import WHATS
from review.register import Register
from review.sheets import BOM, FORMATS
from tests.desks import signed_client, staffed_desk, visitor
from tests.registers import WITHHELD, a_paper

pytest_plugins = ["tests.postgres"]


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FastAPI]:
    folder = tmp_path_factory.mktemp("exports")
    register = Register.open(folder / "home")
    app = staffed_desk(register)
    register.enter(a_paper(folder, entered_by="Cy Pratt"))
    yield app
    register.close()


@pytest.mark.parametrize("what", WHATS)
@pytest.mark.parametrize("how", FORMATS)
def test_a_reviewer_takes_every_table_away(app: FastAPI, what: str, how: str) -> None:
    answer = signed_client(app, "Ada Lovell").get(f"/exports/{what}.{how}")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-disposition"].startswith(f'attachment; filename="{what}-20')
    assert WITHHELD.encode() not in answer.content
    if (what, how) == ("register", "csv"):
        text = answer.content.decode()
        assert text.startswith(BOM)
        assert "PCD 1572" in text
    if how == "xlsx":
        assert openpyxl.load_workbook(io.BytesIO(answer.content)).sheetnames == [what]


def test_the_page_offers_each_of_them(app: FastAPI) -> None:
    page = signed_client(app, "Bo Marsh").get("/exports").text
    assert all(f'href="/exports/{what}.{how}"' in page for what in WHATS for how in FORMATS)


@pytest.mark.parametrize("path", ["/exports", "/exports/register.csv", "/exports/schedule.xlsx"])
def test_nobody_else_may(app: FastAPI, path: str) -> None:
    assert visitor(app).get(path).status_code == 303
    for name in ("Cy Pratt", "Ida Thorne"):  # a clerk, an administrator
        assert signed_client(app, name).get(path).status_code == 403


@pytest.mark.parametrize("path", ["/exports/papers.csv", "/exports/register.ods", "/exports/..%2Fregister.csv"])
def test_a_table_that_there_is_not_is_said(app: FastAPI, path: str) -> None:
    assert signed_client(app, "Ada Lovell").get(path).status_code == 404
