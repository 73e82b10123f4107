"""The page of one paper: what it shows to whom, and what each act on it writes, refuses and keeps."""

from __future__ import annotations

import html
import itertools
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from extract.claims import Span
from extract.exemptions import load as load_exemptions
from extract.pointed import places_of_span, pointed_at
from extract.reading import Reading, read_file
from extract.texts import public_texts
from ingest.apart import Refused
from ingest.document import Box
from ingest.laid import laid_apart
from publish.part1 import Version
from review import office
from review.acts import NEVER_STALE, RetractAnswer
from review.desk import aims, differing, grounds, panels
from review.desk.app import desk as make_desk
from review.desk.places import Where, short
from review.desk.settings import Settings
from review.desk.sheet import sheet_of
from review.intake import NewPaper
from review.office import View
from review.register import Register
from review.standings import Standings
from review.told_to_clerks import told_to_clerks
from tests.desks import signed_client, staffed_desk, visitor

PAPERS = Path(__file__).parent / "papers"
A4 = (595.0, 842.0)
WHO = ("Ada Lovell", "Dee Hollis", "Bo Marsh", "Cy Pratt", "Ida Thorne")
COMMERCIAL = {
    "exemption": "FOIA s.43(2)", "because": "It would harm a supplier.", "evidence-harm": "The day rates.",
    "evidence-public-interest-test": "The market is open again in March.", "review_on": "2099-02-01",
}  # fmt: skip


@cache
def reading(name: str) -> Reading:
    return read_file(PAPERS / f"{name}.pdf")


def entered(register: Register, name: str, by: str | None = "Cy Pratt") -> str:
    """A paper of the sample folder in the register; the answer is its reference."""
    read = reading(name)
    register.enter(NewPaper(PAPERS / f"{name}.pdf", read.record, read.rules_digest, read.findings, entered_by=by))
    return read.record.reference or read.record.source.sha256[:12]


@dataclass(frozen=True)
class Furnished:
    """A home with two papers, a desk's people, and what the browsers of some of them know once they are signed in."""

    home: Path
    plain: str
    marked: str
    browsers: dict[str, tuple[dict[str, str], str]]


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Furnished:
    """Made once: a password takes its time, as it should."""
    home = tmp_path_factory.mktemp("furnished") / "home"
    register = Register.open(home)
    app = staffed_desk(register, None, *WHO)
    plain, marked = entered(register, "consistent"), entered(register, "identifiers")
    clients = {name: signed_client(app, name) for name in WHO}
    browsers = {name: (dict(client.cookies), client.headers["X-CSRF-Token"]) for name, client in clients.items()}
    register.close()
    return Furnished(home, plain, marked, browsers)


class Desk:
    """A desk over a home of its own, and browsers signed in at it."""

    def __init__(self, home: Path, furnished: Furnished) -> None:
        shutil.copytree(furnished.home, home)
        self.register = Register.open(home)
        self.app = make_desk(self.register, Settings())
        self.plain, self.marked, self.known = furnished.plain, furnished.marked, furnished.browsers

    def as_(self, name: str) -> TestClient:
        client = visitor(self.app)
        cookies, token = self.known[name]
        client.cookies.update(cookies)
        client.headers["X-CSRF-Token"] = token
        return client

    def look(self, ref: str | None = None) -> View:
        return office.look(self.register, ref or self.plain)

    def do(self, who: str, deed: str, ref: str | None = None, /, **said: str) -> Any:
        ref = ref or self.plain
        seen = {"seen": str(self.look(ref).dossier.paper.revision)}
        return self.as_(who).post(f"/papers/{ref}/{deed}", data={**seen, **said})

    def undo(self, who: str, which: str = "", ref: str | None = None) -> Any:
        """Press the button at the foot whose words hold these, as a browser without script does."""
        shown = self.as_(who).get(f"/papers/{ref or self.plain}").text
        forms = re.findall(r'action="(/papers/[^"]+/undo)">(.*?)<button class="link">Undo ([^<]*)<', shown)
        (form,) = [each for each in forms if which in each[2]]
        said = {name: html.unescape(value) for name, value in re.findall(r'name="(\w+)" value="([^"]*)"', form[1])}
        assert said.keys() == {"csrf", "seen", "takes", "back"}
        client = self.as_(who)
        del client.headers["X-CSRF-Token"]  # the form bears its own
        return client.post(form[0], data=said)

    def last(self, ref: str | None = None) -> int:
        """The number in the log of what was said last of a paper."""
        return self.look(ref).dossier.said[-1].n

    def ready(self) -> None:
        """Every question about the plain paper answered."""
        for finding in self.look().dossier.findings:
            if finding.severity != "note" and not finding.answered_by:
                assert self.do("Ada Lovell", "answer", finding=finding.id, because="Seen.").status_code == 303


@pytest.fixture
def desk(tmp_path: Path, furnished: Furnished) -> Iterator[Desk]:
    made = Desk(tmp_path / "home", furnished)
    yield made
    made.register.close()


PAGES = ("", "?page=2", "?tab=fields", "?tab=passages&select=passage:1/1.2", "?view=public", "?view=difference")
STEPS = ("withhold?place=1/1.2", "withhold?name=1", "hold", "lift", "withdraw", "release?claim=x", "amend?field=title")


@pytest.mark.parametrize("asked", [*PAGES, *(f"/{step}" for step in STEPS), "/state", "/hidden", "/pages/1.png"])
def test_who_reviews_sees_the_paper_and_nobody_keeps_it(desk: Desk, asked: str) -> None:
    shown = desk.as_("Ada Lovell").get(f"/papers/{desk.marked}{asked}")
    assert shown.status_code == 200
    assert "no-store" in shown.headers["cache-control"]
    assert not re.search(r"\sstyle=|<script>|\son\w+=", shown.text) or asked == "/pages/1.png"


@pytest.mark.parametrize("name", ["Cy Pratt", "Ida Thorne"])
@pytest.mark.parametrize("asked", [*PAGES, *(f"/{step}" for step in STEPS), "/state", "/hidden", "/pages/1.png"])
def test_who_only_puts_papers_in_sees_none_of_their_text(desk: Desk, name: str, asked: str) -> None:
    shown = desk.as_(name).get(f"/papers/{desk.marked}{asked}")
    record = desk.look(desk.marked).record
    assert shown.status_code in ((200, 403) if asked in PAGES else (403,))
    for text in public_texts(record):  # the title they know from their lists, less what is withheld in it
        assert text.place == "title" or len(text.text) < 12 or text.text not in shown.text
    assert "Brathwaite" not in shown.text, "a finding quotes the name it asks about"


def test_a_clerk_reads_on_the_page_what_the_list_says_and_puts_a_paper_back(desk: Desk) -> None:
    clerk = desk.as_("Cy Pratt")
    line = next(each for each in Standings(desk.register).of(office.today()) if each.reference == desk.marked)
    told = [why if page is None else f"{why[:-1]} (page {page})." for why, page in told_to_clerks(
        line.open_findings, line.state.reasons)]  # fmt: skip
    assert len(told) > 1, "the case is empty"
    page = html.unescape(clerk.get(f"/papers/{desk.marked}").text)
    assert re.findall(r"<li>([^<]*)</li>", page)[-len(told) :] == told
    assert line.public_title
    assert line.public_title in page
    assert "Take it" in page
    assert "Put it back" not in page
    clerk.post(f"/papers/{desk.marked}/take")
    assert "Put it back" in clerk.get(f"/papers/{desk.marked}").text
    clerk.post(f"/papers/{desk.marked}/take", data={"put": "back"})
    assert desk.look(desk.marked).dossier.taken_by is None


@pytest.mark.parametrize(
    "asked",
    [
        "?page=999999",
        "?page=-1",
        "?page=x",
        "?view=nothing",
        "?tab=../../x",
        "?select=passage:%00",
        "?select=field:a[9]",
    ],
)
def test_an_address_that_means_nothing_shows_the_paper(desk: Desk, asked: str) -> None:
    assert desk.as_("Ada Lovell").get(f"/papers/{desk.plain}{asked}").status_code == 200


def test_titles_and_addresses_hold_no_words_of_the_paper(desk: Desk) -> None:
    for asked in PAGES:
        shown = desk.as_("Ada Lovell").get(f"/papers/{desk.marked}{asked}").text
        title = re.search(r"<title>(.*?)</title>", shown)
        assert title
        assert title[1].startswith(desk.marked)
        assert "Repair Scheme" not in title[1]


def test_an_answer_leads_to_the_next_question_and_is_shown_with_who_gave_it(desk: Desk) -> None:
    first, second = [f for f in desk.look(desk.marked).dossier.findings if f.severity != "note"][:2]
    gone = desk.do("Ada Lovell", "answer", desk.marked, finding=first.id, because="It is an office.")
    assert gone.status_code == 303
    assert panels.anchor("finding", second.id) in gone.headers["location"]
    shown = desk.as_("Ada Lovell").get(f"/papers/{desk.marked}").text
    assert "It is an office." in shown
    assert "Ada Lovell," in shown


WITHHOLDINGS = [
    ({"place": "1/1.2"}, "a whole passage"),
    ({"span": "1/1.2:0-5"}, "exact characters"),
    ({"place": "1/1.2", "words": "Odalys"}, "words that are typed"),
    ({"name": "Odalys Brathwaite-Quince"}, "a name wherever it stands"),
]


@pytest.mark.parametrize(("aim", "what"), WITHHOLDINGS, ids=[what for _, what in WITHHOLDINGS])
def test_what_is_withheld_leaves_the_public_view(desk: Desk, aim: dict[str, str], what: str) -> None:
    before = desk.look(desk.marked)
    gone = desk.do("Ada Lovell", "withhold", desk.marked, **COMMERCIAL, **aim)
    assert gone.status_code == 303, (what, gone.text)
    view = desk.look(desk.marked)
    claims = view.dossier.review.withholds
    assert claims
    assert all(claim.by == "Ada Lovell" and claim.evidence["harm"] == "The day rates." for claim in claims)
    fresh = [s for s in view.disclosure.part2.spans if any(name.startswith("person:") for name in s.claims)]
    assert fresh, what
    assert view.dossier.paper.revision > before.dossier.paper.revision
    public = desk.as_("Ada Lovell").get(f"/papers/{desk.marked}?view=public").text
    assert "commercial interests" in public
    assert "The day rates." not in public, "what a ground asks for is never public"


LACKING = [
    ({"exemption": ""}, "ground"),  # none chosen
    ({"evidence-harm": ""}, "Say whose interests"),  # the ground asks for the harm
    ({"evidence-public-interest-test": " "}, "public interest"),  # and for the test
    ({"because": ""}, "Say why"),  # the public is told something
    ({"review_on": "2020-01-01"}, "lie ahead"),  # a day that is over
    ({"review_on": "soon"}, "no day"),
    ({"exemption": "FOIA s.35"}, "cannot withhold under"),  # not one this body has
    ({"span": "1/1.2:5-5"}, "did not arrive whole"),
    ({"span": "1/1.2:0-99999"}, "no such words"),  # the server counts the letters
    ({"span": "9/9.9:0-3"}, "no such words"),
]


@pytest.mark.parametrize(("instead", "said"), LACKING)
def test_withholding_says_what_it_lacks_and_keeps_every_word(desk: Desk, instead: dict[str, str], said: str) -> None:
    form = {**COMMERCIAL, "span": "1/1.2:0-5", **instead}
    answer = desk.do("Ada Lovell", "withhold", desk.marked, **form)
    assert answer.status_code in (404, 422)
    if form["span"] == "1/1.2:0-5":
        assert said in answer.text
        for name in ("because", "evidence-harm"):
            assert form[name] in answer.text
    assert not desk.look(desk.marked).dossier.review.withholds


@pytest.mark.parametrize("deed", ["answer", "withhold", "hold", "amend", "approve", "lift"])
def test_somebody_who_was_slower_writes_nothing_and_loses_no_word(desk: Desk, deed: str) -> None:
    old = desk.look().dossier.paper.revision
    desk.ready()
    said = {
        "answer": {"finding": desk.look().dossier.findings[0].id, "because": "Typed in vain?"},
        "withhold": {**COMMERCIAL, "place": "1/1.1", "because": "Typed in vain?"},
        "hold": {"because": "Typed in vain?"},
        "amend": {"field": "title", "value": "Other", "because": "Typed in vain?"},
        "approve": {"version": "0" * 16, "because": ""},
        "lift": {"because": "Typed in vain?"},
    }[deed]
    log = len(desk.register.log())
    answer = desk.do("Dee Hollis", deed, seen=str(old), **said)
    if deed == "hold":  # it only keeps something back, and so is never too late
        assert answer.status_code == 303
        return
    assert answer.status_code == 409
    assert deed == "approve" or "Typed in vain?" in answer.text
    assert len(desk.register.log()) == log


CRAFTED = [("answer", {"finding": "x", "because": "y"}), ("withhold", COMMERCIAL | {"place": "1/1.1"}),
           ("approve", {"version": "0" * 16}), ("hold", {"because": "y"}), ("release", {"claim": "x", "because": "y"}),
           ("withdraw", {"because": "y", "sure": "yes"}), ("amend", {"field": "title", "value": "y", "because": "y"}),
           ("undo", {"takes": "1"})]  # fmt: skip


@pytest.mark.parametrize(("deed", "said"), CRAFTED)
@pytest.mark.parametrize("name", ["Cy Pratt", "Ida Thorne"])
def test_a_crafted_request_of_a_clerk_does_nothing(desk: Desk, name: str, deed: str, said: dict[str, str]) -> None:
    log = len(desk.register.log())
    assert desk.do(name, deed, **said).status_code == 403
    assert len(desk.register.log()) == log


def test_two_people_approve_the_version_they_were_shown(desk: Desk) -> None:
    desk.ready()
    shown = desk.as_("Ada Lovell").get(f"/papers/{desk.plain}").text
    version = re.search(r'name="version" value="([0-9a-f]{16})"', shown)
    assert version
    assert f"Approve {version[1][:4]} {version[1][4:8]}" in shown
    assert desk.do("Ada Lovell", "approve", version="f" * 16).status_code == 409
    assert desk.do("Ada Lovell", "approve", version=version[1]).status_code == 303
    again = desk.as_("Ada Lovell").get(f"/papers/{desk.plain}").text
    assert "already approved" in again
    assert 'name="version"' not in again
    assert desk.do("Ada Lovell", "approve", version=version[1]).status_code == 403
    warned = desk.as_("Dee Hollis").get(f"/papers/{desk.plain}/withhold?place=1/1.1").text
    assert "Ada Lovell’s approval lapses" in warned
    assert desk.do("Dee Hollis", "approve", version=version[1]).status_code == 303
    assert desk.look().state.name == "approved"


def test_withdrawing_asks_twice_and_ends_every_approval(desk: Desk) -> None:
    assert desk.do("Ada Lovell", "withdraw", because="Wrong paper.").status_code == 422
    assert desk.look().state.name != "withdrawn"
    assert desk.do("Ada Lovell", "withdraw", because="Wrong paper.", sure="yes").status_code == 303
    assert desk.look().state.name == "withdrawn"
    assert desk.do("Ada Lovell", "reinstate", because="It was right.").status_code == 303
    assert desk.look().state.name != "withdrawn"


def withdrawn_by_dee(desk: Desk) -> None:
    office.withdraw(desk.register, desk.plain, "Dee Hollis", "Wrong paper.")


MOVES: dict[str, tuple[str, Callable[[Desk], object], dict[str, str]]] = {
    "confirm": ("Ada Lovell", withdrawn_by_dee, {"because": "It was right."}),
    "extend": ("Ada Lovell", Desk.ready, {"because": "Not signed yet.", "until": "2099-02-01"}),
    "withhold-whole": ("Bo Marsh", Desk.ready, {"because": "Security.", "exemption": "FOIA s.24", "sure": "yes"}),
}


@pytest.mark.parametrize("deed", MOVES)
def test_a_move_is_refused_without_all_it_asks_and_done_with_it(desk: Desk, deed: str) -> None:
    who, before, said = MOVES[deed]
    before(desk)
    log = len(desk.register.log())
    for lacking in said:
        assert desk.do(who, deed, **{**said, lacking: ""}).status_code == 422, lacking
    assert desk.do("Cy Pratt", deed, **said).status_code == 403
    if deed not in NEVER_STALE:  # what only keeps something back is never too late
        late = desk.do(who, deed, seen="999", **said)
        assert late.status_code == 409
        assert said["because"] in late.text, "no typed word is lost"
    assert len(desk.register.log()) == log
    gone = desk.do(who, deed, **said)
    assert gone.status_code == 303, gone.text
    assert len(desk.register.log()) == log + 1


def test_undo_is_a_claim_that_overrules_and_says_what_it_did(desk: Desk) -> None:
    desk.do("Ada Lovell", "withhold", **COMMERCIAL, place="1/1.1")
    theirs = desk.do("Dee Hollis", "undo", takes=str(desk.last()))
    assert theirs.status_code == 403, "what somebody else did is theirs to undo"
    assert "Ada Lovell did that, so only Ada Lovell can take it back." in theirs.text
    gone = desk.undo("Ada Lovell")
    assert gone.status_code == 303
    assert "undone-withholding" in gone.headers["location"]
    assert "released again" in desk.as_("Ada Lovell").get(gone.headers["location"]).text
    assert not desk.look().disclosure.part2.spans
    gone = desk.undo("Ada Lovell")  # the release is undone by withholding again, on the same ground
    assert "undone-releasing" in gone.headers["location"]
    assert [span.place for span in desk.look().disclosure.part2.spans] == ["1/1.1"]
    desk.do("Ada Lovell", "hold", because="Ask the drafter.")
    assert "undone-hold" in desk.undo("Ada Lovell").headers["location"]
    assert not any("Held by" in reason for reason in desk.look().state.reasons)
    desk.do("Ada Lovell", "amend", field="title", value="Another title", because="Misread.")
    assert desk.look().record.title == "Another title"
    assert "undone-correction" in desk.undo("Ada Lovell").headers["location"]
    assert desk.look().record.title != "Another title"


def first_answer(desk: Desk) -> str:
    """The first question about the plain paper, answered by Ada Lovell."""
    asked = next(f for f in desk.look().dossier.findings if f.severity != "note" and not f.answered_by)
    assert desk.do("Ada Lovell", "answer", finding=asked.id, because="Seen.").status_code == 303
    return asked.id


def approved_by(desk: Desk, *names: str) -> None:
    desk.ready()
    for name in names:
        office.approve(desk.register, desk.plain, name)


def test_a_first_answer_is_taken_back_and_both_are_kept(desk: Desk) -> None:
    asked = first_answer(desk)
    log = len(desk.register.log())
    gone = desk.undo("Ada Lovell", "your answer")
    assert "undone-first-answer" in gone.headers["location"]
    assert "the question is open again" in desk.as_("Ada Lovell").get(gone.headers["location"]).text
    (finding,) = [f for f in desk.look().dossier.findings if f.id == asked]
    assert finding.answered_by is None
    assert desk.look().state.name == "held"
    answered, back = desk.register.log(desk.look().record.source.sha256)[-2:]
    assert (answered.what, back.what, back.by) == ("answer", "retract-answer", "Ada Lovell")
    assert len(desk.register.log()) == log + 1
    claim = desk.look().dossier.claims[-1]
    assert isinstance(claim, RetractAnswer)
    assert (claim.of, claim.finding) == (answered.n, asked), "it says what it takes back"
    assert "You took your answer back. Answer again." in desk.as_("Ada Lovell").get(f"/papers/{desk.plain}").text


def test_of_two_answers_the_one_before_counts_again_until_it_is_taken_back_as_well(desk: Desk) -> None:
    asked = first_answer(desk)
    desk.do("Ada Lovell", "answer", finding=asked, because="Seen again.")
    assert "undone-answer" in desk.undo("Ada Lovell").headers["location"]
    (answer,) = [each for each in desk.look().dossier.review.answers if each.finding == asked]
    assert answer.because == "Seen."
    assert "undone-first-answer" in desk.undo("Ada Lovell").headers["location"]
    assert asked not in {each.finding for each in desk.look().dossier.review.answers}
    desk.do("Ada Lovell", "answer", finding=asked, because="Seen once more.")
    assert "undone-first-answer" in desk.undo("Ada Lovell").headers["location"], "what was taken back does not return"


def test_an_answer_about_names_is_taken_back_with_all_that_it_withheld(desk: Desk) -> None:
    asked = next(f.id for f in desk.look(desk.marked).dossier.findings if "Leighton Varga" in f.message)
    before = {(span.place, span.start) for span in desk.look(desk.marked).disclosure.part2.spans}
    kept = {**COMMERCIAL, "place": "1/1.1", "because": "A junior officer."}  # in the same words, and no part of it
    assert desk.do("Ada Lovell", "withhold", desk.marked, **kept).status_code == 303
    said = {"finding": asked, "because": "A junior officer.", "exemption": "FOIA s.40(2)"}
    assert desk.do("Ada Lovell", "withhold", desk.marked, **said).status_code == 303
    assert desk.look(desk.marked).dossier.claims[-1].value == "withhold"  # type: ignore[union-attr]  # it is an answer
    gone = desk.undo("Ada Lovell", "withholding the names", desk.marked)
    assert "undone-names" in gone.headers["location"]
    view = desk.look(desk.marked)
    assert {(span.place, span.start) for span in view.disclosure.part2.spans} - before == {("1/1.1", 0)}
    assert {f.id: f.answered_by for f in view.dossier.findings}[asked] is None
    assert view.state.name in ("held", "quarantined"), "nothing goes out before the question is answered"
    assert view.dossier.claims[-1].by == "Ada Lovell"


def test_undoing_an_answer_that_let_names_go_withholds_them_again_and_never_only_says_so(desk: Desk) -> None:
    asked = next(f.id for f in desk.look(desk.marked).dossier.findings if "Leighton Varga" in f.message)

    def kept() -> set[tuple[str, int, int]]:
        return {(span.place, span.start, span.end) for span in desk.look(desk.marked).disclosure.part2.spans}

    bare = kept()
    said = {"finding": asked, "because": "A junior officer.", "exemption": "FOIA s.40(2)"}
    assert desk.do("Ada Lovell", "withhold", desk.marked, **said).status_code == 303
    names = kept()
    assert names > bare
    for claim in desk.look(desk.marked).dossier.review.withholds:
        office.release(desk.register, desk.marked, claim.id, "Ada Lovell", "He acts in public.")
    desk.do("Ada Lovell", "answer", desk.marked, finding=asked, because="He acts in public.")
    assert kept() == bare
    assert "undone-answer" in desk.undo("Ada Lovell", "your answer", desk.marked).headers["location"]
    assert kept() == names
    assert "undone-answer" in desk.undo("Ada Lovell", "withholding the names", desk.marked).headers["location"]
    assert kept() == bare


# What happened since, and what is left of the approvals once the first person has taken theirs back.
APPROVED: list[tuple[str, tuple[str, ...], Callable[[Desk], object], str, str]] = [
    ("it alone", ("Ada Lovell",), Desk.look, "in-review", "Two people must approve this version."),
    ("another approved too", ("Ada Lovell", "Dee Hollis"), Desk.look, "in-review", "Dee Hollis has approved"),
    ("it is held", ("Ada Lovell", "Dee Hollis"),
     lambda desk: office.hold(desk.register, desk.plain, "Bo Marsh", "Wait."), "held", "Held by Bo Marsh"),
    ("taken by another", ("Ada Lovell", "Dee Hollis"),
     lambda desk: office.take(desk.register, desk.plain, "Bo Marsh"), "in-review", "Dee Hollis has approved"),
]  # fmt: skip


@pytest.mark.parametrize(("names", "since", "name", "words"), [c[1:] for c in APPROVED], ids=[c[0] for c in APPROVED])
def test_an_approval_is_taken_back_by_who_gave_it_alone(
    desk: Desk, names: tuple[str, ...], since: Callable[[Desk], object], name: str, words: str
) -> None:
    approved_by(desk, *names)
    number = next(said.n for said in desk.look().dossier.said if said.claim.because == "Approved.")
    since(desk)
    log = len(desk.register.log())
    assert desk.do("Bo Marsh", "undo", takes=str(number)).status_code == 403
    assert len(desk.register.log()) == log
    assert "undone-approval" in desk.undo("Ada Lovell", "your approval").headers["location"]
    state = desk.look().state
    assert state.name == name
    assert any(words in reason for reason in state.reasons), state.reasons
    assert not any("Approved by" in reason for reason in state.reasons)
    assert desk.do("Ada Lovell", "undo", takes=str(number)).status_code == 409, "once is enough"
    assert len(desk.register.log()) == log + 1
    if name == "in-review":
        office.approve(desk.register, desk.plain, "Ada Lovell")
        assert desk.look().state.name == ("approved" if len(names) > 1 else "in-review")


def answered_anew(desk: Desk) -> object:
    asked = desk.look().dossier.review.answers[0].finding
    return office.answer(desk.register, desk.plain, asked, "Dee Hollis", "No, otherwise.")


def public_now(desk: Desk) -> object:
    """A release makes the version public; no site is built."""
    public = desk.look().candidate
    assert public
    on = office.today()
    version = Version(number=1, published_on=on, note="First published.", digest=public.digest)
    return desk.register.record_release("0" * 64, [(desk.look().record.source.sha256, version)])


# What somebody prepared on a page, what happened meanwhile, and what they are told: never is anything overwritten.
TOO_LATE: list[tuple[str, Callable[[Desk], object], Callable[[Desk], object], str]] = [
    ("the answer was given anew", first_answer, answered_anew, "Dee Hollis has acted since."),
    ("it was held", first_answer, lambda desk: office.hold(desk.register, desk.plain, "Dee Hollis", "Wait."),
     "Dee Hollis has acted since."),
    ("they did more themselves", first_answer, lambda desk: office.take(desk.register, desk.plain, "Ada Lovell"),
     "You have done something else here since"),
    ("more was said of the text", lambda desk: approved_by(desk, "Ada Lovell", "Bo Marsh"), answered_anew,
     "Dee Hollis has acted since."),
    ("it is public", lambda desk: approved_by(desk, "Bo Marsh", "Ada Lovell"), public_now,
     "It has been published since. Withdraw the paper"),
    ("it was withdrawn", lambda desk: approved_by(desk, "Bo Marsh", "Ada Lovell"),
     lambda desk: office.withdraw(desk.register, desk.plain, "Dee Hollis", "Wrong paper."), "Dee Hollis has acted"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "meanwhile", "words"), [c[1:] for c in TOO_LATE], ids=[c[0] for c in TOO_LATE])
def test_an_undo_that_comes_too_late_is_a_conflict_in_words(
    desk: Desk, before: Callable[[Desk], object], meanwhile: Callable[[Desk], object], words: str
) -> None:
    before(desk)
    mine = [said.n for said in desk.look().dossier.said if said.claim.by == "Ada Lovell"][-1]
    seen = str(desk.look().dossier.paper.revision)
    meanwhile(desk)
    log = len(desk.register.log())
    late = desk.do("Ada Lovell", "undo", seen=seen, takes=str(mine))
    assert late.status_code == 409
    assert words in html.unescape(late.text)
    assert len(desk.register.log()) == log


def test_a_page_from_before_a_hold_takes_no_approval_back(desk: Desk) -> None:
    approved_by(desk, "Ada Lovell")
    seen, number = str(desk.look().dossier.paper.revision), str(desk.last())
    office.hold(desk.register, desk.plain, "Dee Hollis", "Wait.")
    late = desk.do("Ada Lovell", "undo", seen=seen, takes=number)
    assert (late.status_code, "since you looked at it" in late.text) == (409, True)
    assert desk.do("Ada Lovell", "undo", takes=number).status_code == 303, "having looked again, it is theirs to do"


def test_a_correction_keeps_the_reading_of_the_machine_beside_it(desk: Desk) -> None:
    read = desk.look().record.title
    assert desk.do("Ada Lovell", "amend", field="title", value="Another title", because="Misread.").status_code == 303
    shown = desk.as_("Ada Lovell").get(f"/papers/{desk.plain}?tab=fields").text
    assert "Another title" in shown
    assert f"The machine read: {read}".replace("'", "&#39;") in shown
    assert desk.do("Ada Lovell", "amend", field="no.such", value="x", because="y").status_code in (404, 422)


def test_a_form_leads_back_to_its_own_paper_and_nowhere_else(desk: Desk) -> None:
    for back in ("https://example.org/", "//example.org", "/papers/other", "javascript:alert(1)"):
        gone = desk.do("Ada Lovell", "take", back=back)
        assert gone.headers["location"].startswith("/papers/pcd-9081?")


def test_every_word_of_a_page_is_found_by_its_place_and_back(desk: Desk) -> None:
    """The law of pointing: what lies in the boxes of a span is that span."""
    record = desk.look(desk.marked).record
    document = laid_apart(desk.register.original(record.source.sha256))
    assert not isinstance(document, Refused)
    texts = {text.place: text.text for text in public_texts(record)}
    for page in range(1, record.source.pages + 1):
        found = pointed_at(record, document, page, Box(0, 0, 2000, 2000))
        assert not found.unsure
        for span in found.spans:
            assert span.start is not None
            assert span.end is not None
            places = places_of_span(record, document, span.passage, span.start, span.end)
            again = [
                each for place in places for each in pointed_at(record, document, place.page, Box(*place.box)).spans
            ]
            letters = {n for s in again if s.passage == span.passage for n in range(s.start or 0, s.end or 0)}
            wanted = {n for n in range(span.start, span.end) if texts[span.passage][n].isalnum()}
            assert wanted <= letters


def test_a_dragged_box_holds_the_words_that_lie_in_it(desk: Desk) -> None:
    view = desk.look(desk.marked)
    span = next(s for s in view.disclosure.part2.spans if s.place == "1/1.2")
    document = laid_apart(desk.register.original(view.record.source.sha256))
    assert not isinstance(document, Refused)
    place = places_of_span(view.record, document, span.place, span.start, span.end)[0]
    box = ",".join(f"{edge:.1f}" for edge in place.box)
    shown = desk.as_("Ada Lovell").get(f"/papers/{desk.marked}/withhold?page={place.page}&box={box}").text
    assert f'name="span" value="1/1.2:{span.start}-{span.end}"' in shown
    for wrong in ("1,2,3", "a,b,c,d", "0,0,1,1"):
        answer = desk.as_("Ada Lovell").get(f"/papers/{desk.marked}/withhold?page=1&box={wrong}")
        assert answer.status_code in (404, 422)


def test_each_box_bears_a_word(desk: Desk) -> None:
    view = desk.look(desk.marked)
    boxes = [box for page in (1, 2, 3) for box in sheet_of(view, Where("x", page=page), A4, None).boxes]
    assert {"withheld", "asked"} <= {word for box in boxes for word in box.label.split(", ")}
    assert all(box.label and box.width > 0 and box.height > 0 for box in boxes)
    chosen = sheet_of(view, Where("x", page=2, select="passage:1/1.2"), A4, None)
    assert any("selected" in box.label for box in chosen.boxes)


def test_the_difference_folds_what_is_the_same(desk: Desk) -> None:
    view = desk.look(desk.marked)
    rows = differing.difference(view)
    texts = {text.place: text.text for text in public_texts(view.record)}
    for row in rows:
        if row.place in texts:
            assert "".join(piece.words for piece in row.original) == texts[row.place]
            assert row.same == (not any(piece.why for piece in row.original))
    runs = differing.runs(rows)
    assert sum(len(run.rows) for run in runs) == len(rows)
    assert all(one.number is not None or other.number is not None for one, other in itertools.pairwise(runs))
    assert any(row.left_out for row in rows), "declarations are never public"


def test_every_ground_that_can_be_picked_says_what_it_needs() -> None:
    keys = [choice.key for choice in grounds.common()] + [c.key for _, found in grounds.others() for c in found]
    assert len(keys) == len(set(keys))
    usable = {row.key for row in load_exemptions().rows if not row.unavailable and not row.key.startswith("Order")}
    assert set(keys) == usable
    for key in keys:
        row = load_exemptions().get(key)
        assert row is not None
        lacking = {need.key for need in grounds.missing(key, {})}
        assert ("public-interest-test" in lacking) == row.requires_public_interest_test
        assert ("qualified-person" in lacking) == row.requires_qualified_person


@pytest.mark.parametrize(
    ("place", "name"),
    [("2/2.2.9", "2.2.9"), ("recommendation/4", "Recommendation 4"), ("2/heading", "Heading 2"), ("title", "Title"),
     ("2/t1/r0/c1", "2: table 1, row 0, column 2"), ("8/p1", "8: ¶ 1"), ("summary/3.a", "Summary 3.a")],
)  # fmt: skip
def test_places_have_short_names(place: str, name: str) -> None:
    assert short(place) == name


def test_a_span_arrives_whole_or_not_at_all() -> None:
    assert aims.span_of("2/2.1:3-9") == Span(passage="2/2.1", start=3, end=9)
    assert aims.span_of("2/2.1") == Span(passage="2/2.1")
    assert aims.said(aims.span_of("2/2.1:3-9")) == "2/2.1:3-9"
