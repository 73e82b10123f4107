"""What people withheld in a decision is looked for in the paper that corrects it: a new file brings nothing along."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from extract.claims import Span
from extract.texts import public_texts
from review import office, people, withholding
from review.carried import CHECK
from review.errors import NotAllowed
from review.register import Register
from review.standings import Standings
from review.view import View
from tests.registers import staffed
from tests.test_moves import put_in, release

ADA, BO, CY = "Ada Lovell", "Bo Marsh", "Cy Pratt"
GROUND = "FOIA s.43(2)"
FIRST, SECOND = b"%PDF-1.7 first", b"%PDF-1.7 second"


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    register = staffed(Register.open(tmp_path / "home"))
    yield register
    register.close()


def asked(view: View) -> list[str]:
    """The places where something stands that was withheld before, as far as nobody has answered for them."""
    return [f.passage or f.field or "" for f in view.dossier.findings if f.check == CHECK and not f.answered_by]


def settle(register: Register, sha: str) -> None:
    """Answer what the sample itself asks about."""
    for finding in office.look(register, sha).dossier.findings:
        if finding.severity != "note" and not finding.answered_by and finding.check != CHECK:
            office.answer(register, sha, finding.id, ADA, "Asked.")


def chosen(register: Register, sha: str, place: str, words: str) -> Span:
    """Some words of a place."""
    texts = {text.place: text.text for text in public_texts(office.look(register, sha).record)}
    at = texts[place].index(words)
    return Span(passage=place, start=at, end=at + len(words))


def corrected(register: Register, place: str, *several: str) -> tuple[str, str]:
    """A decision that is public without some words of a place, or all of it, and a paper that corrects it."""
    old = put_in(register, FIRST, CY)
    settle(register, old)
    spans = [chosen(register, old, place, words) for words in several] or [Span(passage=place)]
    withholding.withhold_spans(register, old, spans, GROUND, ADA, "It would cause harm.")
    for name in (ADA, BO):
        office.approve(register, old, name)
    release(register, office.today())
    new = put_in(register, SECOND, CY)
    office.correct(register, old, new, CY, "A date was wrong.")
    settle(register, new)
    return old, new


FIRM = "Ashdown Custody Care Limited"
BIDS = "scored highest on quality"


def test_what_was_withheld_holds_its_correction_until_a_person_has_looked(register: Register) -> None:
    old, new = corrected(register, "2/2.2", BIDS)
    view = office.look(register, new)
    assert (view.state.name, asked(view)) == ("held", ["2/2.2"])
    (finding,) = (f for f in view.dossier.findings if f.check == CHECK)
    assert (finding.severity, BIDS in finding.message) == ("blocks", False)
    with pytest.raises(NotAllowed):
        office.approve(register, new, ADA)
    assert release(register, office.today()).keys() == {"pcd-9001"}
    assert office.look(register, old).state.name == "published"
    office.answer(register, new, finding.id, ADA, "The bidder has published it.")
    for name in (ADA, BO):
        office.approve(register, new, name)


def test_withholding_it_there_too_settles_it(register: Register) -> None:
    _, new = corrected(register, "2/2.2", BIDS)
    spans = [chosen(register, new, "2/2.2", BIDS)]
    withholding.withhold_spans(register, new, spans, GROUND, BO, "It would cause harm.")
    assert office.look(register, new).state.name == "in-review"


def test_an_answer_is_given_to_one_text(register: Register) -> None:
    _, new = corrected(register, "2/2.2", BIDS)
    (name,) = (f.id for f in office.look(register, new).dossier.findings if f.check == CHECK)
    office.answer(register, new, name, ADA, "The bidder has published it.")
    office.amend(register, new, "2/2.2", f"Their bid {BIDS}, and no other did.", BO, "As the new paper says.")
    assert asked(office.look(register, new)) == ["2/2.2"]


# Where something is withheld and the words, none for all of it; what the new paper says, and where; what is asked.
AGAIN = [
    ("recommendation/1", [FIRM], None, ["recommendation/1"]),
    # in another place, and in other letters
    (
        "recommendation/1",
        [FIRM],
        ("1/1.3", "It is with ASHDOWN-CUSTODY care limited now."),
        ["recommendation/1", "1/1.3"],
    ),
    # a name in part, in another place
    ("recommendation/1", [FIRM], ("1/1.3", "It is with Ashdown now."), ["recommendation/1", "1/1.3"]),
    # all of a passage, as it was
    ("2/2.2", [], None, ["2/2.2"]),
    # all of a passage, of which one sentence comes again in another
    (
        "2/2.2",
        [],
        ("1/1.3", "Then four bids were received and all four met the clinical standard."),
        ["1/1.3", "2/2.2"],
    ),
    # what the public paper says too is no news
    ("3/3.1", [], ("3/3.1", "It costs £14.220m."), []),
    # the place says something else
    ("2/2.2", [BIDS], ("2/2.2", "Nobody knows."), []),
]


@pytest.mark.parametrize(("place", "words", "says", "places"), AGAIN)
def test_it_is_looked_for_wherever_and_however_it_is_written(
    register: Register, place: str, words: list[str], says: tuple[str, str] | None, places: list[str]
) -> None:
    _, new = corrected(register, place, *words)
    if says:
        office.amend(register, new, *says, BO, "As the new paper says.")
    assert sorted(asked(office.look(register, new))) == sorted(places)


def test_what_was_let_go_before_is_not_asked_about_and_what_is_withheld_later_is(register: Register) -> None:
    old, new = corrected(register, "2/2.2", BIDS)
    standings = Standings(register)

    def listed() -> list[str]:
        (told,) = (each for each in standings.of(office.today()) if each.sha256 == new)
        return [f.passage or "" for f in told.open_findings if f.check == CHECK]

    assert listed() == ["2/2.2"]
    claims = [claim.id for claim in office.look(register, old).dossier.review.withholds]
    withholding.release_all(register, old, claims, BO, "It is public.")
    assert (asked(office.look(register, new)), listed()) == ([], [])
    withholding.withhold_spans(register, old, [Span(passage="5/5.1")], GROUND, ADA, "It would cause harm.")
    assert (asked(office.look(register, new)), listed()) == (["5/5.1"], ["5/5.1"])


def test_a_decision_that_is_withheld_whole_holds_its_correction(register: Register) -> None:
    old, new = corrected(register, "2/2.2", BIDS)
    people.add(register, "Gil Rowe", "releaser")
    for name in (BO, "Gil Rowe"):
        office.withhold_whole(register, old, GROUND, name, "It would cause harm.")
    assert asked(office.look(register, new)) == ["2/2.2", "source"]
