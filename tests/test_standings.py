"""The quick list says of every paper what a whole look at it says, whatever anybody did before."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import func, select, update

from extract import rules
from extract.claims import Answer, Release, Span, Withhold
from extract.record import DecisionRecord
from publish.part1 import Version
from review import office, standings
from review.acts import Approve, Claim, Hold, Lift, Reinstate, Withdraw
from review.dossier import Dossier
from review.due import Dates, dates_of
from review.errors import RegisterError
from review.intake import NewPaper
from review.register import Register
from review.standings import Standings
from review.tables import candidates
from review.told_to_clerks import SILENT, told_to_clerks
from tests.registers import PUBLIC, a_record, asks_deferral, at, staffed

pytest_plugins = ["tests.postgres"]
FORM = "mopac-dmpc-decision"
DAY = date(2026, 3, 2)
# Each with its content, its references and the answer to its deferral question; three are one another's rivals.
PAPERS = {
    "plain": (b"%PDF one", ("PCD 1",), "no"),
    "twin": (b"%PDF two", ("PCD 1", "PCD 2"), "no"),
    "third": (b"%PDF three", ("PCD 2",), "no"),
    "asked": (b"%PDF four", ("PCD 4",), "undetermined"),
    "deferred": (b"%PDF five", ("PCD 5",), "yes"),
}
WHO = st.sampled_from(("Ada Lovell", "Bo Marsh", "Dee Hollis"))
WHICH = st.sampled_from(tuple(PAPERS))


def read(name: str, *references: str) -> DecisionRecord:
    content, usual, answer = PAPERS[name]
    first, *more = references or usual
    record = a_record(content, f"{name}.pdf", first, *more)
    until = DAY + timedelta(days=20) if answer == "yes" else None
    deferral = record.deferral.model_copy(update={"answer": answer, "until": until, "reason": "A tender is open."})
    asked = record.executive_summary[0].model_copy(update={"id": "recommendation/1"})
    return record.model_copy(update={"form": FORM, "deferral": deferral, "recommendations": (asked,)})


def enter(register: Register, folder: Path, name: str, *references: str) -> str:
    file = folder / f"{name}.pdf"
    file.write_bytes(PAPERS[name][0])
    record = read(name, *references)
    findings = (asks_deferral(),) if record.deferral.answer == "undetermined" else ()
    return register.enter(NewPaper(file, record, rules.digest(), findings)).paper.sha256


def withheld(place: Span, name: str, who: str) -> Withhold:
    ground = "FOIA s.43(2)"
    return Withhold(by=who, at=at(), because="Harm.", id=name, place=place, exemption=ground, next_review=DAY)


def states(register: Register, day: date) -> list[tuple[str, object]]:
    return [(view.dossier.paper.sha256, view.state) for view in office.views(register, day)]


def dates(register: Register, day: date) -> list[Dates]:
    return [dates_of(view) for view in office.views(register, day)]


def listed(quick: Standings, day: date) -> list[tuple[str, object]]:
    return [(standing.sha256, standing.state) for standing in quick.of(day)]


class Officers(RuleBasedStateMachine):
    """Several people at work on papers of which some bear the same reference, in any order, over several days."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.home = Path(self.folder.name)
        self.register = staffed(Register.open(self.home / "home"))
        self.quick = Standings(self.register)
        self.named = 0

    def teardown(self) -> None:
        self.register.close()
        self.folder.cleanup()

    @initialize()
    def come_in(self) -> None:
        self.papers = {name: enter(self.register, self.home, name) for name in PAPERS}

    def say(self, name: str, claim: Claim) -> None:
        view = office.look(self.register, self.papers[name], DAY)
        with suppress(RegisterError):  # what the register refuses changes nothing
            office.write(self.register, view, claim)

    @rule(name=WHICH, who=WHO)
    def approve(self, name: str, who: str) -> None:
        view = office.look(self.register, self.papers[name], DAY)
        if view.candidate:
            version = view.candidate.digest
            self.say(name, Approve(by=who, at=at(), because="", digest=version, role="reviewer"))

    @rule(name=WHICH, what=st.sampled_from((Hold, Lift, Withdraw, Reinstate)), who=WHO)
    def keep_back(self, name: str, what: type[Hold | Lift | Withdraw | Reinstate], who: str) -> None:
        self.say(name, what(by=who, at=at(), because="Because."))

    @rule(name=WHICH, start=st.integers(0, len(PUBLIC) - 10), who=WHO)
    def withhold(self, name: str, start: int, who: str) -> None:
        self.named += 1
        place = Span(passage="summary/1", start=start, end=start + 10)
        self.say(name, withheld(place, f"withheld/{self.named}", who))

    @rule(name=WHICH, number=st.integers(1, 5), who=WHO)
    def release(self, name: str, number: int, who: str) -> None:
        self.say(name, Release(by=who, at=at(), because="No harm now.", overrules=f"withheld/{number}"))

    @rule(name=WHICH, reference=st.sampled_from(("PCD 1", "PCD 2", "PCD 77")), who=WHO)
    def correct_the_reference(self, name: str, reference: str, who: str) -> None:
        with suppress(RegisterError):
            office.amend(self.register, self.papers[name], "reference", reference, who, "The page says so.")

    @rule(name=WHICH, value=st.sampled_from(("no", "yes 2026-03-10")), who=WHO)
    def answer(self, name: str, value: str, who: str) -> None:
        said = Answer(by=who, at=at(), because="I asked.", finding=asks_deferral().id, value=value)
        self.say(name, said)

    @rule(name=WHICH, references=st.sampled_from(((), ("PCD 1",), ("PCD 9", "PCD 2"))))
    def read_again(self, name: str, references: tuple[str, ...]) -> None:
        enter(self.register, self.home, name, *references)

    @rule()
    def publish(self) -> None:
        for view in office.views(self.register, DAY):
            if view.state.name == "approved" and view.candidate:
                sha = view.dossier.paper.sha256
                number = len(self.register.versions(sha)) + 1
                version = Version(
                    number=number, published_on=DAY, note="First published.", digest=view.candidate.digest
                )
                self.register.record_release("0" * 64, [(sha, version)])

    @rule()
    def start_anew(self) -> None:
        self.quick = Standings(self.register)

    @invariant()
    def the_quick_list_is_the_whole_look(self) -> None:
        for day in (DAY, DAY + timedelta(days=30)):
            assert listed(self.quick, day) == states(self.register, day)
            assert [standing.dates for standing in self.quick.of(day)] == dates(self.register, day)


Officers.TestCase.settings = settings(max_examples=10, stateful_step_count=15, deadline=None)
TestTheQuickListIsTheWholeLook = Officers.TestCase


@pytest.fixture
def register(tmp_path: Path, database_url: str | None) -> Iterator[Register]:
    register = staffed(Register.open(tmp_path / "home", database_url))
    yield register
    register.close()


def test_a_paper_is_split_once_and_others_than_it_are_not_split_again(
    register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []

    def counted(register: Register, dossier: Dossier, day: date | None = None) -> office.View:
        made.append(dossier.paper.file_name)
        return office.view_of(register, dossier, day)

    monkeypatch.setattr(standings, "view_of", counted)
    shas = {name: enter(register, tmp_path, name) for name in PAPERS}
    quick = Standings(register)
    for _ in range(3):
        quick.of(DAY)
    assert sorted(made) == sorted(f"{name}.pdf" for name in PAPERS)
    made.clear()
    Standings(register).of(DAY)  # somebody starts the desk again
    office.take(register, shas["plain"], "Ada Lovell")
    assert listed(quick, DAY) == states(register, DAY)
    assert made == []  # who has a paper changes no word of what the public would read
    office.answer(register, shas["asked"], asks_deferral().id, "Ada Lovell", "I asked.", "no")
    assert listed(quick, DAY) == states(register, DAY)
    assert made == ["asked.pdf"]


def test_a_row_of_other_code_or_of_an_earlier_revision_counts_for_nothing(
    register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sha = enter(register, tmp_path, "plain")
    Standings(register).of(DAY)
    with register.writing() as connection:
        kept = standings.SPLIT.validate_json(connection.execute(select(candidates.c.body)).scalar() or "")
        stale = replace(kept, public=None, obstacles=("It was so once.",))
        connection.execute(update(candidates).values(body=standings.SPLIT.dump_json(stale).decode()))
    assert Standings(register).of(DAY)[0].state.reasons == ("It was so once.",)  # the row is what was used
    office.hold(register, sha, "Ada Lovell", "Wait.")
    office.lift(register, sha, "Ada Lovell", "Go on.")
    monkeypatch.setattr(standings, "_code", lambda: "the code of tomorrow")
    assert listed(Standings(register), DAY) == states(register, DAY)
    with register.reading() as connection:
        assert connection.execute(select(func.count()).select_from(candidates)).scalar() == 1


def test_rows_that_somebody_dropped_are_made_again(register: Register, tmp_path: Path) -> None:
    enter(register, tmp_path, "plain")
    Standings(register).of(DAY)
    with register.writing() as connection:
        connection.execute(candidates.delete())
    assert listed(Standings(register), DAY) == states(register, DAY)


def test_a_title_is_shown_without_what_is_withheld_in_it(register: Register, tmp_path: Path) -> None:
    sha = enter(register, tmp_path, "plain")
    place = Span(passage="title", start=0, end=8)
    office.write(register, office.look(register, sha), withheld(place, "withheld/1", "Ada Lovell"))
    standing = Standings(register).of(DAY)[0]
    assert standing.public_title == "[withheld] – purchase £249k"
    assert standing.title == "Bicycles – purchase £249k"


def test_an_empty_register_has_no_papers_and_a_first_one_is_seen(register: Register, tmp_path: Path) -> None:
    quick = Standings(register)
    assert quick.of(DAY) == ()
    enter(register, tmp_path, "plain")
    assert [standing.name for standing in quick.of(DAY)] == ["PCD 1"]


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        # What officers write is not told, who wrote it is.
        ("Held by Ada Lovell: Ms Quince: is she a witness? Held by Bo.", "Held by Ada Lovell."),
        ("Withdrawn by Bo Marsh: It names Ms Quince.\nTwice.", "Withdrawn by Bo Marsh."),
        ("All of Part 1 is withheld by Bo Marsh and Gil Rowe, FOIA s.24: Quince.",
         "All of Part 1 is withheld by Bo Marsh and Gil Rowe, FOIA s.24."),
        # A file may be called anything, and so may a reference that somebody corrected.
        ("Another paper has the same reference: Quince dismissed.pdf (0123456789ab). Withdraw the wrong one.",
         "Another paper has the same reference: 0123456789ab."),
        ("It corrects Quince, but bears another reference.", "It corrects another paper, but bears another reference."),
        # Who drafted a paper stands in it.
        ("An approval does not count: The paper names Quince as having drafted it, and a drafter cannot approve.",
         "An approval does not count."),
        ("Words that are withheld in paragraph 1.2 also stand in the title (title). Withhold them there too, or x.",
         "Words that are withheld in paragraph 1.2 also stand in the title."),
        ("Two people must approve this version.", "Two people must approve this version."),
        ("The paper has no title.", "The paper has no title."),
        # Whatever has no row: also what only begins like one.
        ("Ms Quince must be heard first.", SILENT),
        ("The paper has no title. Ms Quince does.", SILENT),
        ("Approved by Ada and Bo: Quince.", SILENT),
    ],
)  # fmt: skip
def test_who_reads_no_paper_is_told_what_a_row_allows(reason: str, told: str) -> None:
    assert told_to_clerks((), (reason,)) == ((told, None),)


def test_every_reason_of_these_papers_has_a_row_of_its_own(register: Register, tmp_path: Path) -> None:
    """A reason without one is safe, but tells nobody anything: here each kind that is usual must be told."""
    enter(register, tmp_path, "plain")
    for standing in Standings(register).of(DAY):
        assert SILENT not in dict(told_to_clerks(standing.open_findings, standing.state.reasons))
