"""The life of Part 1, tried by any people in any order on a real register: every step seen is a row of the table."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from extract import checks, rules
from extract.claims import Answer
from ingest.errors import PartOneError
from publish.part1 import Part1, Stub
from publish.shelf import lay, take
from review import office, people, retracting, withholding
from review.acts import KINDS, Approve, Published, RetractApproval, Withdraw, kind_of
from review.errors import Conflict, NotAllowed, NotFound, RegisterError
from review.intake import NewPaper
from review.lifecycle import TABLE
from review.moves import ALL, ENDS_APPROVALS, MOVES, OPEN_TO, StateName, is_a_move
from review.register import Register
from review.roles import MAY, ROLES
from review.shelving import Shown, to_show
from tests.registers import sha_of
from tests.test_publication import record_of

STAFF = {"Ada Lovell": "reviewer", "Bo Marsh": "releaser", "Cy Pratt": "clerk", "Dee Hollis": "reviewer",
         "Gil Rowe": "releaser"}  # fmt: skip
NAMES = st.sampled_from(tuple(STAFF))


def put_in(register: Register, content: bytes, by: str) -> str:
    """A paper that says what the sample says, from a file of its own."""
    file = register.home.parent / f"{hashlib.sha256(content).hexdigest()[:6]}.pdf"
    file.write_bytes(content)
    source = record_of("plain").source
    known = {"sha256": hashlib.sha256(content).hexdigest(), "file_name": file.name}
    record = record_of("plain").model_copy(update={"source": source.model_copy(update=known)})
    new = NewPaper(file, record, rules.digest(), checks.find(record), entered_by=by)
    return register.enter(new).paper.sha256


def release(register: Register, day: date) -> dict[str, Shown]:
    """What a release on that day would make public, put on record; no site is built."""
    views = office.views(register, day)
    shown = to_show(register.home, views, day)
    lay(register.home / "shelf", [each.entry for each in shown])
    fresh = [(each.paper, each.fresh) for each in shown if each.fresh]
    if fresh:
        register.record_release(sha_of("certificate"), fresh)
    return {each.entry.slug: each for each in shown}


class Office(RuleBasedStateMachine):
    """People do whatever they like, allowed or not, to a paper and to its corrections."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.register = Register.open(Path(self.folder.name) / "home")
        for name, role in STAFF.items():
            people.add(self.register, name, role)
        self.papers: list[str] = []
        self.addresses: set[str] = set()
        self.known: dict[str, StateName] = {}

    @initialize()
    def enter(self) -> None:
        self.papers.append(put_in(self.register, b"%PDF-1.7 first", "Cy Pratt"))
        self.known = self.states()
        assert is_a_move("enter", None, self.known[self.papers[0]])

    def states(self) -> dict[str, StateName]:
        return {sha: office.look(self.register, sha).state.name for sha in self.papers}

    def do(self, act: str, *arguments: object, **more: object) -> None:
        """Try a step on the latest paper, and hold what is seen of it against the table."""
        before, latest = self.known, self.papers[-1]
        verb = getattr(retracting if act.startswith("retract-") else office, act.replace("-", "_"))
        try:
            verb(self.register, latest, *arguments, **more)
        except PartOneError:
            assert self.states() == before, "what is refused changes nothing"
            return
        self.known = self.states()
        for sha, after in self.known.items():
            row = act if sha == latest else "another paper"
            assert is_a_move(row, before[sha], after), (row, before[sha], after)

    @rule(by=NAMES)
    def answer(self, by: str) -> None:
        for finding in office.look(self.register, self.papers[-1]).dossier.findings:
            if finding.severity != "note" and not finding.answered_by:
                self.do("answer", finding.id, by, "Asked.", {"yes-no": "no"}.get(finding.asks or ""))

    @rule(one=NAMES, other=NAMES)
    def approve(self, one: str, other: str) -> None:
        self.do("approve", one)
        self.do("approve", other)

    @rule(by=NAMES, nth=st.integers(0, 3))
    def retract_approval(self, by: str, nth: int) -> None:
        """One of the latest approvals, whose ever it was."""
        said = [each for each in self.register.dossier(self.papers[-1]).said if isinstance(each.claim, Approve)]
        if given := said[-1 - nth :][:1]:
            self.do("retract-approval", given[0].n, by, "Undone.")

    @rule(by=NAMES)
    def retract_answer(self, by: str) -> None:
        said = [each for each in self.register.dossier(self.papers[-1]).said if isinstance(each.claim, Answer)]
        if said:
            self.do("retract-answer", said[-1].n, by, "Undone.")

    @rule(by=NAMES)
    def hold(self, by: str) -> None:
        self.do("hold", by, "Wait.")

    @rule(by=NAMES)
    def lift(self, by: str) -> None:
        self.do("lift", by, "Go on.")

    @rule(by=NAMES)
    def withdraw(self, by: str) -> None:
        self.do("withdraw", by, "A name in it.")

    @rule(by=NAMES)
    def confirm(self, by: str) -> None:
        self.do("confirm", by, "It was right.")

    @rule(by=NAMES)
    def reinstate(self, by: str) -> None:
        self.do("reinstate", by, "It is clean.")

    @rule(by=NAMES, number=st.integers(1, 3))
    def amend(self, by: str, number: int) -> None:
        self.do("amend", "title", f"Another title {number}", by, "Misread.")

    @rule(by=NAMES, days=st.sampled_from((0, 30)))
    def extend(self, by: str, days: int) -> None:
        self.do("extend", office.today() + timedelta(days), by, "Not signed yet.")

    @rule(by=NAMES)
    def end_deferral(self, by: str) -> None:
        self.do("end-deferral", by, "They are signed.")

    @rule(one=NAMES, other=NAMES)
    def withhold_whole(self, one: str, other: str) -> None:
        self.do("withhold-whole", "FOIA s.24", one, "An operation.")
        self.do("withhold-whole", "FOIA s.24", other, "An operation.")

    @rule(by=NAMES)
    def let_go(self, by: str) -> None:
        for event in office.look(self.register, self.papers[-1]).dossier.claims:
            if kind_of(event) == "withhold-whole":
                self.do("release", event.id, by, "It ended.")  # type: ignore[union-attr]  # its kind says so

    @rule(by=NAMES)
    def take(self, by: str) -> None:
        self.do("take", by)

    @precondition(lambda self: len(self.papers) < 3)
    @rule(by=NAMES)
    def correct(self, by: str) -> None:
        before, old = self.known, self.papers[-1]
        with suppress(PartOneError):
            new = put_in(self.register, f"%PDF-1.7 correction {len(self.papers)}".encode(), by)
            try:
                office.correct(self.register, old, new, by, "The annex was another.")
            except PartOneError:
                office.withdraw(self.register, new, "Ada Lovell", "Not wanted.")
            else:
                self.papers.append(new)
        self.known = self.states()
        for sha, after in self.known.items():
            assert is_a_move("correct" if sha not in before else "another paper", before.get(sha, "in-review"), after)

    @rule(days=st.sampled_from((0, 0, 40)))
    def publish(self, days: int) -> None:
        before, day = self.known, office.today() + timedelta(days)
        shown = release(self.register, day)
        assert self.addresses <= shown.keys(), "an address never disappears"
        self.addresses |= shown.keys()
        for each in shown.values():
            decision = each.entry.decision
            deferral = decision.deferral
            if deferral.answer == "yes" and deferral.until and deferral.until > day:
                assert isinstance(decision, Stub), "only the stub before its day"
            if isinstance(decision, Part1):
                numbers = [version.number for version in decision.versions]
                assert numbers == list(range(1, len(numbers) + 1)), "versions strictly rise"
        self.known = self.states()
        for sha, after in self.known.items():
            assert (
                after == before[sha]
                or is_a_move("publish", before[sha], after)
                or (is_a_move("another paper", before[sha], after))
            ), (before[sha], after)

    @invariant()
    def nothing_is_public_without_two_others_on_that_digest(self) -> None:
        for sha in self.papers:
            dossier = self.register.dossier(sha)
            given: dict[str, set[str]] = {}
            for event in dossier.history:
                if isinstance(event, Published):
                    assert len(given.get(event.digest, set()) - {dossier.paper.entered_by}) >= 2
                elif isinstance(event, Withdraw) or kind_of(event) in ENDS_APPROVALS:
                    given = {}
                elif isinstance(event, RetractApproval):
                    given.get(event.digest, set()).discard(event.by)
                elif isinstance(event, Approve):
                    given.setdefault(event.digest, set()).add(event.by)

    def teardown(self) -> None:
        assert self.register.verify_log(read_originals=False) == ()
        self.register.close()
        self.folder.cleanup()


TestOffice = Office.TestCase
TestOffice.settings = settings(max_examples=8, stateful_step_count=20, deadline=None)


# The table itself


def test_the_table_knows_every_state_and_every_kind_of_claim() -> None:
    assert {name for name, _ in TABLE} == ALL
    assert set(KINDS) <= set(OPEN_TO)
    assert {move.act for move in MOVES if move.ends_approvals} <= set(KINDS)
    assert all(MAY[role] for role in ROLES)
    assert not {move.act for move in MOVES if move.ends_approvals and move.at_once}


def test_the_officers_guide_prints_the_table() -> None:
    guide = (Path(__file__).parent.parent / "docs" / "officers.md").read_text(encoding="utf-8")
    for move in MOVES:
        if move.by:
            assert f"| `{move.act}` | {', '.join(sorted(move.by))} | {move.people} | {move.evidence} |" in guide


# One story each


@pytest.fixture
def desk(tmp_path: Path) -> Register:
    register = Register.open(tmp_path / "home")
    for name, role in STAFF.items():
        people.add(register, name, role)
    return register


def out(register: Register, sha: str) -> dict[str, Shown]:
    """Two people approve a paper, and it goes out."""
    for finding in office.look(register, sha).dossier.findings:
        if finding.severity != "note" and not finding.answered_by:
            office.answer(register, sha, finding.id, "Ada Lovell", "Asked.")
    for name in ("Ada Lovell", "Bo Marsh"):
        office.approve(register, sha, name)
    return release(register, office.today())


def test_a_corrected_paper_becomes_the_next_version_at_the_same_address(desk: Register) -> None:
    old = put_in(desk, b"%PDF-1.7 first", "Cy Pratt")
    first = out(desk, old)
    new = put_in(desk, b"%PDF-1.7 second", "Cy Pratt")
    assert "Another paper has the same reference" in " ".join(office.look(desk, new).state.reasons)
    view = office.correct(desk, old, new, "Ada Lovell", "The annex was another.")
    assert not view.dossier.facts.rivals
    assert not office.look(desk, old).dossier.facts.rivals
    assert office.look(desk, old).state.name == "published", "what is public stays until the correction is"
    assert release(desk, office.today()).keys() == first.keys()
    reference = office.look(desk, old).dossier.paper.reference or ""
    assert desk.public(reference) == old, "a leak is withdrawn by its reference, whatever else bears it"
    office.amend(desk, new, "title", "Healthcare in custody", "Ada Lovell", "As the new paper says.")
    (shown,) = out(desk, new).values()
    decision = shown.entry.decision
    assert isinstance(decision, Part1)
    assert shown.paper == new
    assert shown.entry.slug in first
    assert [(v.number, v.note) for v in decision.versions] == [
        (1, "First published."),
        (2, "Corrected by a new paper."),
    ]
    assert office.look(desk, old).state.name == "corrected"
    with pytest.raises(Conflict, match="Work on that one"):
        office.hold(desk, old, "Ada Lovell", "Wait.")
    office.withdraw(desk, new, "Ada Lovell", "A name in it.")
    (kept,) = release(desk, office.today()).values()
    assert isinstance(kept.entry.decision, Stub)
    assert kept.entry.decision.why == "withdrawn", "the old version does not come back"
    assert kept.entry.slug in first
    assert desk.verify_log() == ()


REFUSED = [
    ("never public", False, b"%PDF-1.7 second", NotFound, "ever public"),
    ("itself", True, b"%PDF-1.7 first", Conflict, "correct itself"),
]


@pytest.mark.parametrize(
    ("published", "content", "error", "words"), [c[1:] for c in REFUSED], ids=[c[0] for c in REFUSED]
)
def test_what_cannot_be_a_correction_is_refused(
    desk: Register, published: bool, content: bytes, error: type[Exception], words: str
) -> None:
    old = put_in(desk, b"%PDF-1.7 first", "Cy Pratt")
    if published:
        out(desk, old)
    new = put_in(desk, content, "Cy Pratt")
    with pytest.raises(error, match=words):
        office.correct(desk, old, new, "Ada Lovell", "The annex was another.")


def test_a_withdrawn_decision_keeps_its_address_and_a_second_person_confirms(desk: Register) -> None:
    sha = put_in(desk, b"%PDF-1.7 first", "Cy Pratt")
    out(desk, sha)
    office.withdraw(desk, sha, "Ada Lovell", "A name in it.")
    for _ in range(2):  # the release after next knows it still
        (shown,) = release(desk, office.today()).values()
        stub = shown.entry.decision
        assert isinstance(stub, Stub)
        assert (stub.why, stub.public_title, stub.since) == ("withdrawn", None, office.today())
    with pytest.raises(NotAllowed, match="a second person confirms"):
        office.confirm(desk, sha, "Ada Lovell", "It was right.")
    assert "Confirmed by Dee Hollis." in office.confirm(desk, sha, "Dee Hollis", "It was right.").state.reasons
    office.reinstate(desk, sha, "Dee Hollis", "The name may be public.")
    assert release(desk, office.today()).keys() == {"pcd-9001"}
    (shown,) = out(desk, sha).values()
    assert isinstance(shown.entry.decision, Part1)
    assert [version.note for version in shown.entry.decision.versions] == ["First published.", "Published again."]


def test_a_day_that_comes_publishes_nothing_and_an_extension_is_a_new_decision(desk: Register) -> None:
    sha, today = put_in(desk, b"%PDF-1.7 first", "Cy Pratt"), office.today()
    office.extend(desk, sha, today + timedelta(20), "Ada Lovell", "Not signed yet.")
    assert isinstance(out(desk, sha)["pcd-9001"].entry.decision, Stub)
    with pytest.raises(Conflict, match="has not ended"):
        office.end_deferral(desk, sha, "Ada Lovell", "Over.")
    later = office.views(desk, today + timedelta(21))[0]
    assert later.state.name == "deferred"
    assert "extended once. Say that it is over" in later.state.reasons[0]
    view = office.extend(desk, sha, today, "Ada Lovell", "They are signed after all.")
    assert view.state.name != "deferred", "two people look at a new day"
    (kept,) = release(desk, today).values()
    assert isinstance(kept.entry.decision, Stub)
    assert kept.entry.decision.deferral.until == today + timedelta(20), "the approved stub stays until then"
    assert isinstance(out(desk, sha)["pcd-9001"].entry.decision, Stub), "its day has come, and nobody has said so"
    assert office.end_deferral(desk, sha, "Ada Lovell", "Over.").state.name == "approved"
    assert isinstance(release(desk, today)["pcd-9001"].entry.decision, Part1)
    with pytest.raises(RegisterError, match="must lie ahead"):
        office.extend(desk, sha, today - timedelta(1), "Ada Lovell", "No.")


def test_a_deferral_of_more_than_twelve_months_blocks(desk: Register) -> None:
    sha = put_in(desk, b"%PDF-1.7 first", "Cy Pratt")
    view = office.extend(desk, sha, office.today() + timedelta(500), "Ada Lovell", "Not signed yet.")
    long = [finding for finding in view.dossier.findings if finding.check == "deferral-long"]
    assert [finding.severity for finding in long] == ["blocks"]


def test_all_of_part_1_is_withheld_by_two_releasers_and_stays_so_until_one_is_released(desk: Register) -> None:
    sha = put_in(desk, b"%PDF-1.7 first", "Cy Pratt")
    out(desk, sha)
    with pytest.raises(NotAllowed, match="takes a releaser"):
        office.withhold_whole(desk, sha, "FOIA s.24", "Ada Lovell", "An operation.")
    office.withhold_whole(desk, sha, "FOIA s.24", "Bo Marsh", "An operation.")
    with pytest.raises(NotAllowed, match="has said so already"):
        office.withhold_whole(desk, sha, "FOIA s.24", "bo  marsh", "An operation.")
    view = office.withhold_whole(desk, sha, "FOIA s.24", "Gil Rowe", "An operation.")
    assert view.state.name == "withheld"
    place = view.record.sections[0].passages[0].id
    withholding.withhold(desk, sha, place, "FOIA s.43(2)", "Ada Lovell", "It would harm the bidders.")
    (shown,) = release(desk, office.today()).values()
    stub = shown.entry.decision
    assert isinstance(stub, Stub)
    assert (stub.why, stub.public_title, stub.ground.key if stub.ground else None) == ("withheld", None, "FOIA s.24")
    assert "An operation" not in stub.model_dump_json()
    whole = [claim for claim in office.look(desk, sha).dossier.claims if kind_of(claim) == "withhold-whole"]
    view = office.release(desk, sha, whole[0].id, "Ada Lovell", "It has ended.")  # type: ignore[union-attr]  # its kind
    assert view.state.name == "held"


def test_the_address_of_a_public_decision_is_not_corrected_away(desk: Register) -> None:
    sha = put_in(desk, b"%PDF-1.7 first", "Cy Pratt")
    out(desk, sha)
    (desk.home / "public" / "decisions" / "pcd-9001").mkdir(parents=True)
    with pytest.raises(Conflict, match="an address never disappears"):
        office.amend(desk, sha, "reference", "PCD 9002", "Ada Lovell", "Misread.")
    assert {entry.slug for entry in take(desk.home / "shelf")} == {"pcd-9001"}
