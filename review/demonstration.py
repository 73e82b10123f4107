"""The whole way on the sample papers, in a throw-away home: read, split, answered, approved by two, published, proven.

The demonstration officers answer what a person must, as real ones would; what blocks a paper they leave alone, so that
the end shows papers held and why.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from ingest.errors import PartOneError
from publish.verify import verify
from review import console, inbox, office, people, rows, withholding
from review.inbox import Taken
from review.office import today
from review.publication import Outcome, publish
from review.register import Register
from review.standings import Standing, Standings

PAPERS = Path(__file__).resolve().parent.parent / "tests" / "papers"
BUILD = Path("build")
HOME = BUILD / "demo"
CLERK, REVIEWER, RELEASER = "Demonstration Clerk", "Demonstration Reviewer", "Demonstration Releaser"
BECAUSE = "Demonstration: an officer would read the place and say so here."

# What a demonstration officer withholds by hand, so that pages show it: paper, place, words, ground, published reason.
BY_HAND = (
    ("PCD 9002", "2/2.2.2.1", None, "FOIA s.31(1)(a)", "It would show where the service is weak."),
    ("PCD 9010", "1/1.2", "Mrs Odalys Brathwaite-Quince", "FOIA s.40(2)", "It names a member of the public."),
    ("PCD 9010", "1/1.2", "27 Pelican Row, London", "FOIA s.40(2)", "It is a home address."),
    ("PCD 9010", "2/2.4", "PC Leighton Varga", "FOIA s.40(2)", "It names a junior officer."),
)


def demonstrate(serve: bool, port: int, as_json: bool) -> None:
    """Go the whole way and print what came of it; with `serve`, show the site on 127.0.0.1 until stopped."""
    papers = sorted(PAPERS.glob("*.pdf"))
    if not papers:
        raise PartOneError(f"There are no sample papers in {PAPERS}. Run the demo from a clone of the project.")
    register = _fresh()
    try:
        for name, role in ((CLERK, "clerk"), (REVIEWER, "reviewer"), (RELEASER, "releaser")):
            people.add(register, name, role)
        console.say(f"Reading {len(papers)} sample papers …")
        with inbox.readers() as (executor, at_once), console.progress("Reading", len(papers)) as step:
            taken = []
            for each in inbox.ingest(register, papers, executor, at_once, CLERK):
                taken.append(each)
                step()
        _review(register, taken)
        console.say("Building and proving the site …")
        outcome = publish(register, by=RELEASER)
        verdict = verify(outcome.site)
        _link(outcome.site)
        _show(Standings(register).of(today()), outcome, as_json)
        if not verdict.clean:
            raise PartOneError("The released site could not be proven again.")
    finally:
        register.close()
    if serve:
        _serve(outcome.site, port)


def _fresh() -> Register:
    """A new home; one that an earlier demonstration left is removed."""
    if HOME.exists():
        if not (HOME / "register.db").exists():
            raise PartOneError(f"{HOME} is not a demonstration's. Move it away, then run the demo again.")
        shutil.rmtree(HOME)
    return Register.open(HOME)


def _review(register: Register, taken: list[Taken]) -> None:
    for each in taken:
        if each.sha256 is None:
            continue
        view = office.look(register, each.sha256)
        if any(f.severity == "blocks" for f in view.dossier.findings) or view.disclosure.part1 is None:
            continue
        for paper, place, words, ground, because in BY_HAND:
            if paper == view.dossier.paper.name:
                when = _in_half_a_year()
                withholding.withhold(register, each.sha256, place, ground, REVIEWER, because, words, when)
        for finding in view.dossier.findings:
            if finding.severity == "needs-person":
                value = _in_half_a_year().isoformat() if finding.asks == "date" else None
                office.answer(register, each.sha256, finding.id, REVIEWER, BECAUSE, value)
        view = office.look(register, each.sha256)
        if view.state.name == "in-review":
            office.approve(register, each.sha256, REVIEWER)
            office.approve(register, each.sha256, RELEASER)


def _in_half_a_year() -> date:
    return today() + timedelta(days=182)


def _link(site: Path) -> None:
    """`build/public` is the demonstration's site, wherever its home lies."""
    link = BUILD / "public"
    if link.is_symlink() or not link.exists():
        link.unlink(missing_ok=True)
        link.symlink_to(site.resolve(), target_is_directory=True)


def _show(papers: Sequence[Standing], outcome: Outcome, as_json: bool) -> None:
    if as_json:
        console.print_json({"papers": [rows.paper_row(paper) for paper in papers], **rows.outcome_row(outcome)})
        return
    public = [paper for paper in papers if paper.state.name in ("published", "deferred")]
    kept = [paper for paper in papers if paper not in public]
    console.print_papers(public)
    console.say("\nHeld, and why:")
    console.print_papers(kept)
    console.say(f"\nReleased and proven: {outcome.pages} pages in {outcome.site}.")


class SiteHandler(SimpleHTTPRequestHandler):
    """Serves a site as a web server would: an address that is not there gets the site's own page for that."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory) / "404.html"
        if code != HTTPStatus.NOT_FOUND or not page.is_file():
            super().send_error(code, message, explain)
            return
        content = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class names it so
        """Nothing: a demonstration needs no access log."""


def _serve(site: Path, port: int) -> None:
    handler = partial(SiteHandler, directory=str(site.resolve()))
    with ThreadingHTTPServer(("127.0.0.1", port), handler) as server:
        console.say(f"The site is at http://127.0.0.1:{server.server_port}/ (Ctrl-C ends it).")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            console.say("Stopped.")
