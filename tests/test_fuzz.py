"""Spoilt papers, the same in every run: nothing crashes the command, hangs, is published or shows what is withheld.

`python -m benchmarks.fuzz --minutes 60` looks for as long as one likes; a seed that fell there belongs into FELL here.
"""

from __future__ import annotations

from itertools import chain
from math import inf
from pathlib import Path

import pytest

from benchmarks import fuzz
from benchmarks.fuzz import Original, Seen, judge, originals, read_some, through_the_command
from benchmarks.mutations import WAYS, spoilt
from extract.reading import read_whole
from ingest.apart import Refused
from tests.copies import PAPERS

SEEDS = 12  # of each test; the same in every run, however fast the machine is
SECRETIVE = ("part2-in-same-file", "badly-redacted")

# Seeds that once fell, on the sample papers of that day.
FELL: tuple[int, ...] = ()


@pytest.fixture(scope="module")
def papers() -> tuple[Original, ...]:
    return originals([PAPERS / f"{name}.pdf" for name in (*SECRETIVE, "plain", "identifiers", "letter")])


def test_a_seed_spoils_a_paper_in_one_way_only(papers: tuple[Original, ...]) -> None:
    whole = [paper.data for paper in papers]
    made = [spoilt(seed, whole) for seed in range(20)]
    assert made == [spoilt(seed, whole) for seed in range(20)]
    assert len({data for _, _, data in made}) > 18
    assert len({way.__name__ for way in WAYS}) == len(WAYS)


def test_spoilt_papers_cost_no_more_than_themselves(papers: tuple[Original, ...]) -> None:
    seen = Seen()
    read_some(seen, chain(FELL, range(1, 1 + SEEDS)), papers, inf, 2)
    assert not seen.failures
    assert seen.fates["held"] + seen.fates["public"]  # many are read all the same


def test_a_spoilt_paper_shows_nothing_that_the_whole_one_withholds(papers: tuple[Original, ...]) -> None:
    secretive = [paper for paper in papers if Path(paper.name).stem in SECRETIVE]
    assert all(paper.withheld for paper in secretive)
    seen = Seen()
    read_some(seen, iter(range(5000, 5000 + SEEDS)), secretive, inf, 2)
    assert not seen.failures


def test_spoilt_papers_go_through_the_command_and_nothing_goes_out(papers: tuple[Original, ...]) -> None:
    seen = Seen()
    through_the_command(seen, range(9000, 9008), papers, single=1)
    assert not seen.failures
    assert seen.fates["partone publish"] == 1


def test_what_must_not_happen_is_seen(papers: tuple[Original, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    """The judge itself: a withheld word in public, a traceback, a published paper."""
    public = next(paper for paper in papers if paper.name == "plain.pdf")
    reading = read_whole(public.name, public.data)
    assert reading.public
    words = reading.public.executive_summary[0]
    assert words.kind == "text"
    run = fuzz._plain(" ".join(words.public_text.split()[:4]))
    seen = Seen()
    judge(seen, 1, "flipped", Original("plain.pdf", b"", frozenset({run})), reading, 1)
    assert len(seen.failures) == 1
    judge(seen, 2, "flipped", public, Refused("2.pdf", "Reading it made the reader stop.", ""), 1)
    assert (len(seen.failures), len(seen.contained)) == (1, 1)
    _, wrong = fuzz.command("no-such-verb")
    assert wrong is not None
    assert "ended with 2" in wrong
    monkeypatch.setattr(fuzz, "IN_A_FOLDER", 0)
    assert fuzz.command("doctor")[1] == "it did not end"
