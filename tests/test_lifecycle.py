"""Nothing is approved or public without two different people who may, on the very version the public would read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.claims import Amend, Answer, Finding, Keep, Release, Withhold
from publish.part1 import Deferral
from review.acts import (
    KINDS,
    Approve,
    Claim,
    ConfirmWithdrawal,
    Correct,
    EndDeferral,
    Event,
    Extend,
    Lift,
    Published,
    Reinstate,
    RetractAnswer,
    RetractApproval,
    Said,
    Take,
    Withdraw,
    WithholdWhole,
)
from review.answers import answered, folded
from review.case import Candidate, Facts, Rival, taken_by
from review.lifecycle import TABLE, State, may_act, may_approve, state_of
from review.moves import OPEN_TO
from review.part2_acts import Part2Released, PartRelease, ReExempt, SetCondition
from review.roles import Person, Role, fold
from tests.registers import (
    RULES,
    TODAY,
    amendment,
    answer,
    approval,
    asks_deferral,
    at,
    hold,
    said_of_reviews,
    sha_of,
    withhold,
)

ONE, TWO = sha_of("version one"), sha_of("version two")
FACTS = Facts(form="dmpc-2023", entered_by="Cy Pratt", drafting=("Drafting Officer: Ed Fenwick has drafted this.",))
OPEN = Finding(id="count/1", check="stated-count-differs", severity="needs-person", message="Two are said, five named.")
NOTE = OPEN.model_copy(update={"id": "note/1", "severity": "note", "message": "Worth knowing."})
HIDDEN = OPEN.model_copy(update={"id": "hidden/1", "check": "hidden-content", "message": "White words on page 1."})
UNTIL = TODAY + timedelta(days=30)
DEFERRED = Deferral(answer="yes", reason="Contracts are not signed.", until=UNTIL)

ADA, BO, DEE = approval("Ada Lovell", ONE), approval("Bo Marsh", ONE), approval("Dee Hollis", ONE)
PUBLISHED = Published(ONE, 1, TODAY, "First published")
WITHDRAWN = Withdraw(by="Ada Lovell", at=at(), because="A name in it.")
REINSTATED = Reinstate(by="Bo Marsh", at=at(), because="It was right.")
ENDED = EndDeferral(by="Ada Lovell", at=at(), because="They are signed.", until=UNTIL)
OTHER_END = ENDED.model_copy(update={"until": TODAY})
LATER = Extend(by="Ada Lovell", at=at(), because="They are not signed.", until=UNTIL)
WHOLE = WithholdWhole(by="Bo Marsh", at=at(), because="An operation.", id="whole:1", exemption="FOIA s.24",
                      role="releaser", reference="PCD 9001", decision_maker="The Deputy", signed_on=TODAY)  # fmt: skip
WHOLE_TOO = WHOLE.model_copy(update={"by": "Gil Rowe", "id": "whole:2"})
UNLIKE = WHOLE_TOO.model_copy(update={"decision_maker": "Another"})
HUSHED, HUSHED_TOO = (each.model_copy(update={"existence": True}) for each in (WHOLE, WHOLE_TOO))
LET_GO = Release(by="Ada Lovell", at=at(), because="It ended.", overrules="whole:2")
SECOND = ConfirmWithdrawal(by="Bo Marsh", at=at(), because="It was right.")
SAME = ConfirmWithdrawal(by="ada  lovell", at=at(), because="It was right.")
REPLACING = replace(FACTS, replaced_by=Rival(sha_of("new"), "new.pdf", published=False))
REPLACED = replace(FACTS, replaced_by=Rival(sha_of("new"), "new.pdf", published=True))
BACK = RetractApproval(by="ada  lovell", at=at(), because="Undone.", of=1, digest=ONE)
NOT_HERS = BACK.model_copy(update={"by": "Dee Hollis"})
LIFTED = Lift(by="Bo Marsh", at=at(), because="They agreed.")


def state(*history: Event, findings: tuple[Finding, ...] = (), facts: Facts = FACTS, version: str | None = ONE,
          deferral: Deferral | None = None, today: date = TODAY, obstacles: tuple[str, ...] = ()) -> State:  # fmt: skip
    public = None if version is None else Candidate(version, deferral)
    return state_of(facts, findings, history, public, today, obstacles)


RIVAL = replace(FACTS, rivals=(Rival(sha_of("other"), "other.pdf", published=False),))
CASES: list[tuple[str, State, str, str]] = [
    ("nothing said", state(), "in-review", "Two people must approve this version."),
    ("one approval", state(ADA), "in-review", "Ada Lovell has approved this version. A second person is needed."),
    ("two approvals", state(ADA, BO), "approved", "Approved by Ada Lovell and Bo Marsh."),
    ("the same person twice", state(ADA, ADA), "in-review", "A second person is needed."),
    ("the same person in two spellings", state(ADA, approval("ADA  LOVELL", ONE)), "in-review", "A second person"),
    ("the one who entered it", state(ADA, approval("cy pratt", ONE)), "in-review", "cy pratt entered the paper"),
    ("the one who drafted it", state(ADA, approval("Ed Fenwick", ONE)), "in-review", "names Ed Fenwick as having"),
    ("a clerk", state(ADA, BO.model_copy(update={"role": "clerk"})), "in-review", "Bo Marsh is a clerk"),
    (
        "an earlier version",
        state(ADA, BO, version=TWO),
        "in-review",
        "by Ada Lovell was given on an earlier version.",
    ),
    ("an answer since", state(ADA, answer("Bo Marsh", OPEN.id), BO), "in-review", "given before more was said of the"),
    ("taken back", state(ADA, BO, BACK), "in-review", "Bo Marsh has approved this version. A second person is needed."),
    ("taken back, and why", state(ADA, BACK), "in-review", "An approval by Ada Lovell was taken back."),
    ("taken back and a third", state(ADA, BACK, BO, DEE), "approved", "Approved by Bo Marsh and Dee Hollis."),
    ("taken back and given anew", state(ADA, BO, BACK, ADA), "approved", "Approved by Bo Marsh and Ada Lovell."),
    (
        "taken back by another",
        state(ADA, BO, NOT_HERS),
        "approved",
        "Approved by A",
    ),
    ("of another version", state(ADA, BO, BACK.model_copy(update={"digest": TWO})), "approved", "Approved by Ada"),
    ("taken back before it was given", state(BACK, ADA, BO), "approved", "Approved by Ada Lovell and Bo Marsh."),
    ("open finding", state(ADA, BO, findings=(OPEN,)), "held", "Two are said, five named."),
    ("answered finding", state(ADA, BO, findings=(OPEN.model_copy(update={"answered_by": "Bo"}),)), "approved", "App"),
    ("a note", state(ADA, BO, findings=(NOTE,)), "approved", "Approved by"),
    ("hidden content", state(ADA, BO, findings=(OPEN, HIDDEN)), "quarantined", "White words on page 1."),
    ("unknown form", state(ADA, BO, facts=replace(FACTS, form=None)), "held", "The form was not recognised."),
    ("no Part 1", state(ADA, BO, version=None), "held", "There is no Part 1 that could be published."),
    ("an obstacle", state(ADA, BO, obstacles=("It is a Part 2 alone.",)), "held", "It is a Part 2 alone."),
    ("a hold", state(ADA, BO, hold("Dee Hollis")), "held", "Held by Dee Hollis: The supplier has been asked."),
    ("a hold lifted", state(ADA, BO, hold("Dee Hollis"), LIFTED), "approved", "Approved by"),
    ("a hold after a lift", state(ADA, BO, LIFTED, hold("Dee Hollis")), "held", "Held by Dee Hollis"),
    ("a rival", state(ADA, BO, facts=RIVAL), "held", "Another paper has the same reference: other.pdf"),
    ("a rival of a public paper", state(ADA, BO, PUBLISHED, facts=RIVAL), "published", "Version 1 is public since"),
    ("deferred", state(ADA, BO, deferral=DEFERRED), "deferred", "Publication is deferred until 1 April 2026."),
    ("deferred, unapproved", state(ADA, deferral=DEFERRED), "in-review", "A second person is needed."),
    ("deferred, the day has come", state(ADA, BO, deferral=DEFERRED, today=UNTIL), "deferred", "Say that it is over"),
    ("a deferral that is over", state(ADA, BO, ENDED, deferral=DEFERRED, today=UNTIL), "approved", "Approved by"),
    ("another deferral over", state(ADA, BO, OTHER_END, deferral=DEFERRED, today=UNTIL), "deferred", "Say that it is"),
    ("extended twice", state(LATER, LATER, ADA, BO, deferral=DEFERRED), "deferred", "It was extended 2 times."),
    ("withheld whole", state(WHOLE, WHOLE_TOO), "withheld", "All of Part 1 is withheld by Bo Marsh and Gil Rowe"),
    ("one says whole", state(WHOLE), "held", "A second releaser must say so too, or release whole:1."),
    ("whole, by one twice", state(WHOLE, WHOLE), "held", "A second releaser must say so too"),
    ("whole, one released", state(WHOLE, WHOLE_TOO, LET_GO), "held", "A second releaser must say so too"),
    ("whole, seen unlike", state(WHOLE, UNLIKE), "withheld", "They did not see the same in its place"),
    ("whole, while public", state(ADA, BO, PUBLISHED, WHOLE, WHOLE_TOO), "withheld", "The public reads that it exists"),
    ("whole, whatever is said", state(WHOLE, WHOLE_TOO, hold("Ada Lovell"), ADA), "withheld", "All of Part 1"),
    ("not even its existence", state(HUSHED, HUSHED_TOO), "withheld", "Not even its existence"),
    ("existence by one alone", state(HUSHED, WHOLE_TOO), "withheld", "The public reads that it exists"),
    ("corrected", state(ADA, BO, PUBLISHED, facts=REPLACED), "corrected", "the decision is published from new.pdf"),
    ("being corrected", state(ADA, BO, PUBLISHED, facts=REPLACING), "published", "Version 1 is public since"),
    ("withdrawn, confirmed", state(ADA, BO, PUBLISHED, WITHDRAWN, SECOND), "withdrawn", "Confirmed by Bo Marsh."),
    ("confirmed by the same", state(WITHDRAWN, SAME), "withdrawn", "A second person confirms it within one working"),
    ("deferred without a date", state(ADA, BO, deferral=Deferral(answer="yes")), "held", "no date is given until when"),
    ("not deferred", state(ADA, BO, deferral=Deferral(answer="no", until=UNTIL)), "approved", "Approved by"),
    ("published", state(ADA, BO, PUBLISHED), "published", "Version 1 is public since 2 March 2026."),
    ("changed since", state(ADA, BO, PUBLISHED, version=TWO), "in-review", "Version 1 of 2 March 2026 stays public"),
    ("held since", state(ADA, BO, PUBLISHED, hold("Dee Hollis")), "held", "Version 1 of 2 March 2026 stays public"),
    ("withdrawn", state(ADA, BO, PUBLISHED, WITHDRAWN), "withdrawn", "Withdrawn by Ada Lovell: A name in it."),
    (
        "reinstated",
        state(ADA, BO, PUBLISHED, WITHDRAWN, REINSTATED),
        "in-review",
        "given before the paper was withdrawn.",
    ),
    ("approved anew", state(ADA, BO, PUBLISHED, WITHDRAWN, REINSTATED, ADA, DEE), "approved", "Approved by Ada"),
    ("a release nobody approved", state(PUBLISHED), "in-review", "Two people must approve this version."),
]


@pytest.mark.parametrize(("now", "name", "words"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_the_state_and_its_reasons(now: State, name: str, words: str) -> None:
    assert now.name == name
    assert any(words in reason for reason in now.reasons), now.reasons


def test_every_state_is_reached_and_every_reason_is_a_sentence() -> None:
    assert {case[1].name for case in CASES} == {name for name, _ in TABLE}
    for _, now, _, _ in CASES:
        assert now.reasons
        assert all(reason[0].isupper() or reason[0] in "c" for reason in now.reasons)
        assert all(reason.endswith((".", "?")) for reason in now.reasons), now.reasons


def test_every_claim_has_the_states_it_is_open_in() -> None:
    assert set(KINDS) <= set(OPEN_TO)


def person(name: str, role: Role = "reviewer") -> Person:
    return Person(name, role, "2026-01-01")


MAY_NOT: list[tuple[str, Person, tuple[Event, ...], tuple[Finding, ...], str]] = [
    (
        "a clerk",
        person("Dee Hollis", "clerk"),
        (),
        (),
        "is a clerk; to approve takes a reviewer or releaser.",
    ),
    ("the enterer", person("Cy Pratt"), (), (), "Cy Pratt entered the paper and cannot approve it too."),
    ("the drafter", person("Ed Fenwick"), (), (), "names Ed Fenwick as having drafted it"),
    ("the first again", person("Ada Lovell"), (ADA,), (), "Ada Lovell has already approved this version"),
    ("while held", person("Ada Lovell"), (), (OPEN,), "The paper is held."),
    ("while held, why", person("Ada Lovell"), (), (OPEN,), "Two are said, five named."),
    ("while withdrawn", person("Ada Lovell"), (WITHDRAWN,), (), "The paper is withdrawn."),
    ("a third", person("Dee Hollis"), (ADA, BO), (), "The paper is approved."),
]


@pytest.mark.parametrize(("who", "history", "findings", "words"), [c[1:] for c in MAY_NOT], ids=[c[0] for c in MAY_NOT])
def test_who_may_not_approve_and_why(
    who: Person, history: tuple[Event, ...], findings: tuple[Finding, ...], words: str
) -> None:
    reasons = may_approve(FACTS, findings, history, Candidate(ONE), TODAY, who)
    assert any(words in reason for reason in reasons), reasons


def test_who_may_approve() -> None:
    assert may_approve(FACTS, (), (), Candidate(ONE), TODAY, person("Ada Lovell")) == ()
    assert may_approve(FACTS, (), (ADA,), Candidate(ONE), TODAY, person("Bo Marsh", "releaser")) == ()
    assert may_approve(FACTS, (), (ADA, BO), Candidate(TWO), TODAY, person("Ada Lovell")) == ()


def test_who_may_publish_what() -> None:
    assert may_act("publish", state(ADA, BO), person("Bo Marsh", "releaser")) == ()
    assert "takes a releaser" in may_act("publish", state(ADA, BO), person("Ada Lovell"))[0]
    assert may_act("publish", state(ADA), person("Bo Marsh", "releaser"))[0] == "The paper is in review."


ANSWERS = [
    ("yes-no", "no", True),
    ("yes-no", "YES", True),
    ("yes-no", None, False),
    ("yes-no", "maybe no", False),
    ("date", "2026-04-01", True),
    ("date", "1 April", False),
    ("exemption", "FOIA s.43(2)", True),
    ("exemption", "43 of something", False),
    ("exemption", None, True),
    ("date", None, True),
    (None, None, True),
]


@pytest.mark.parametrize(("asks", "value", "counts"), ANSWERS)
def test_an_answer_counts_if_its_value_can_be_read(asks: str | None, value: str | None, counts: bool) -> None:
    finding = OPEN.model_copy(update={"asks": asks})
    said = Said(1, answer("Ada Lovell", finding.id, value), ONE, RULES)
    (seen,) = answered((finding,), folded((said,), ONE, RULES))
    assert seen.answered_by == ("Ada Lovell" if counts else None)


# Laws, over whatever people may say in whatever order

NAMES = ("Ada Lovell", "ADA  lovell", "Bo Marsh", "Dee Hollis", "Cy Pratt", "Ed Fenwick")
ROLES_THERE: tuple[Role, ...] = ("reviewer", "releaser", "reviewer", "clerk")
FINDINGS = (OPEN, asks_deferral(), NOTE)


def public_digest(history: list[Event]) -> str:
    """A stand-in for `separate`: the public version depends on what is withheld, released and answered with a value."""
    withheld = {event.id for event in history if isinstance(event, Withhold)}
    withheld -= {event.overrules for event in history if isinstance(event, Release)}
    values: dict[str, str | None] = {}
    for event in history:
        if isinstance(event, Answer | RetractAnswer):
            values[event.finding] = event.value if isinstance(event, Answer) else None
    return sha_of(f"{sorted(withheld)} {sorted((key, value) for key, value in values.items() if value)}")


often = settings(max_examples=400)  # each is over in a millisecond, and the paths that matter are long

# Approving is what the laws are about, so it is what people here mostly do.
STEPS = (*KINDS, "published", *["approve"] * 12, *["approve an earlier version"] * 3, *["retract-approval"] * 4)


@st.composite
def histories(draw: st.DrawFn) -> list[Event]:
    """What people might do, allowed or not; in most of them the findings are answered to begin with."""
    settled = [answer("Dee Hollis", OPEN.id), answer("Dee Hollis", asks_deferral().id, "no")]
    history: list[Event] = [*settled] if draw(st.sampled_from((True, True, True, False))) else []
    versions = [public_digest(history)]
    for number in range(draw(st.integers(0, 10))):
        name = draw(st.sampled_from(NAMES))
        role: Role = draw(st.sampled_from(ROLES_THERE))
        step = draw(st.sampled_from(STEPS))
        any_version = draw(st.sampled_from(versions))
        steps: dict[str, Event] = {
            "take": Take(by=name, at=at(), because=""),
            "answer": answer(name, draw(st.sampled_from(FINDINGS)).id, draw(st.sampled_from(("yes", "no", None)))),
            "amend": amendment(name, "title", f"Title {number}", "Title"),
            "withhold": withhold(name, f"withheld/{number}"),
            "extend": LATER.model_copy(update={"by": name}),
            "end-deferral": ENDED.model_copy(update={"by": name}),
            "withhold-whole": WHOLE.model_copy(update={"by": name, "id": f"withheld/{number}", "role": role}),
            "correct": Correct(by=name, at=at(), because="", replaces=TWO),
            "confirm": SECOND.model_copy(update={"by": name}),
            "release": Release(by=name, at=at(), because="", overrules=f"withheld/{draw(st.integers(0, 10))}"),
            "hold": hold(name),
            "lift": Lift(by=name, at=at(), because=""),
            "approve": Approve(by=name, at=at(), because="", digest=versions[-1], role=role),
            "retract-answer": RetractAnswer(
                by=name, at=at(), because="", of=number, finding=draw(st.sampled_from(FINDINGS)).id
            ),
            "retract-approval": RetractApproval(
                by=draw(st.sampled_from([e.by for e in history if isinstance(e, Approve)] or [name])),
                at=at(),
                because="",
                of=number,
                digest=draw(st.sampled_from((versions[-1], any_version))),
            ),
            "approve an earlier version": Approve(by=name, at=at(), because="", digest=any_version, role=role),
            "withdraw": Withdraw(by=name, at=at(), because=""),
            "reinstate": Reinstate(by=name, at=at(), because=""),
            "published": Published(any_version, number + 1, TODAY, ""),
            **said_of_reviews(name, f"withheld/{number}"),
        }
        history.append(steps[step])
        versions.append(public_digest(history))
    return history


def state_after(history: list[Event], deferral: Deferral | None = None, today: date = TODAY) -> State:
    said = [Said(n, event, ONE, RULES) for n, event in enumerate(history) if not isinstance(event, Published)]
    findings = answered(FINDINGS, folded(said, ONE, RULES))
    return state_of(FACTS, findings, history, Candidate(public_digest(history), deferral), today)


def ends_approvals(event: Event) -> bool:
    of_places = isinstance(event, Withdraw | Answer | Amend | Withhold | Release | Keep)
    of_places = of_places or isinstance(event, Extend | Correct | WithholdWhole | RetractAnswer)
    return of_places or isinstance(event, SetCondition | ReExempt | PartRelease | Part2Released)


def two_eligible(history: list[Event]) -> bool:
    """The law written down a second time, in its own words, without the code under test."""
    current = public_digest(history)
    approvers: set[str] = set()
    for event in history:
        if ends_approvals(event):
            approvers.clear()
        if isinstance(event, Approve) and event.digest == current and event.role in ("reviewer", "releaser"):
            approvers.add(" ".join(event.by.lower().split()))
        if isinstance(event, RetractApproval) and event.digest == current:
            approvers.discard(" ".join(event.by.lower().split()))
    return len(approvers - {"cy pratt", "ed fenwick"}) >= 2


DEFERRALS = st.sampled_from((None, DEFERRED, Deferral(answer="yes"), Deferral(answer="no")))


@often
@given(histories(), DEFERRALS)
def test_no_path_leads_to_the_public_without_two_eligible_people_on_one_version(
    history: list[Event], deferral: Deferral | None
) -> None:
    now = state_after(history, deferral)
    if now.name in ("approved", "deferred", "published"):
        assert two_eligible(history)
    if now.name == "in-review":
        assert not two_eligible(history)


@often
@given(histories(), st.sampled_from(NAMES))
def test_whatever_changes_the_version_leaves_every_approval_behind(history: list[Event], name: str) -> None:
    changed: list[Event] = [*history, withhold(name, "withheld/new")]
    assert public_digest(changed) != public_digest(history)
    assert state_after(changed).name not in ("approved", "deferred", "published")


@often
@given(histories(), st.sampled_from(NAMES), st.booleans())
def test_whatever_is_taken_back_publishes_nothing_that_waited(history: list[Event], name: str, answered: bool) -> None:
    """An answer, or an approval of the version as it is: of what was not approved before, nothing is after it."""
    back = RetractAnswer(by=name, at=at(), because="", of=1, finding=OPEN.id)
    approved = RetractApproval(by=name, at=at(), because="", of=1, digest=public_digest(history))
    after = state_after([*history, back if answered else approved]).name
    assert after not in ("approved", "deferred", "published") or (not answered and two_eligible([*history, approved]))
    if after in ("approved", "published"):
        assert state_after(history).name == after, "taking back leads nowhere forward"


@given(histories(), st.sampled_from(NAMES))
def test_one_person_withdraws_at_once_and_one_hold_holds(history: list[Event], name: str) -> None:
    assert state_after([*history, Withdraw(by=name, at=at(), because="")]).name == "withdrawn"
    held = state_after([*history, hold(name)]).name
    assert held in ("held", "withdrawn", "withheld")


@often
@given(histories(), st.sampled_from(NAMES), st.booleans())
def test_who_has_a_paper_changes_nothing_of_where_it_stands(history: list[Event], name: str, back: bool) -> None:
    taken: list[Event] = [*history, Take(by=name, at=at(), because="", back=back)]
    assert state_after(taken) == state_after(history)
    assert taken_by(taken) == (None if back else name)


@often
@given(histories(), st.sampled_from(NAMES))
def test_a_paper_that_was_withdrawn_comes_back_without_its_approvals(history: list[Event], name: str) -> None:
    back = [*history, Withdraw(by=name, at=at(), because=""), Reinstate(by=name, at=at(), because="")]
    assert state_after(back).name in ("held", "in-review")


@often
@given(histories(), DEFERRALS)
def test_deferred_text_is_never_approved_before_its_day(history: list[Event], deferral: Deferral | None) -> None:
    now = state_after(history, deferral)
    if deferral is not None and deferral.answer == "yes":
        assert now.name != "approved"
    said_over = [n for n, event in enumerate(history) if isinstance(event, EndDeferral)]
    gone = [n for n, event in enumerate(history) if isinstance(event, Withdraw)]
    if state_after(history, DEFERRED, UNTIL).name == "approved":
        assert max(said_over) > max(gone, default=-1), "a day that comes publishes nothing by itself"


@often
@given(histories(), st.sampled_from(NAMES))
def test_what_comes_back_to_the_same_words_still_needs_new_approvals(history: list[Event], name: str) -> None:
    there_and_back: list[Event] = [
        *history,
        withhold(name, "withheld/new"),
        Release(by=name, at=at(), because="", overrules="withheld/new"),
    ]
    assert public_digest(there_and_back) == public_digest(history)
    assert state_after(there_and_back).name not in ("approved", "deferred", "published")


UNRELATED: list[Claim] = [
    answer("Ada Lovell", OPEN.id),
    answer("Bo Marsh", asks_deferral().id, "no"),
    withhold("Dee Hollis", "withheld/1"),
    withhold("Dee Hollis", "withheld/2"),
    Release(by="Bo Marsh", at=at(), because="", overrules="rule/1"),
]
APPROVALS = (
    approval("Ada Lovell", ONE),
    approval("Bo Marsh", ONE),
    approval("Cy Pratt", ONE),
    approval("Bo Marsh", TWO),
)


@given(st.permutations(UNRELATED), st.permutations(APPROVALS), st.integers(0, 5), st.integers(0, 4))
def test_the_order_of_unrelated_claims_does_not_matter(
    said: list[Claim], approvals: list[Approve], left_out: int, missing: int
) -> None:
    """What is said of the text in any order, then the approvals in any order."""
    kept: list[Event] = [claim for claim in said if claim not in UNRELATED[left_out : left_out + 1]]
    given_then = [claim for claim in approvals if claim not in APPROVALS[missing : missing + 1]]
    final = public_digest(kept)
    named = [claim.model_copy(update={"digest": final if claim.digest == ONE else TWO}) for claim in given_then]
    first = state_after([*kept, *named])
    second = state_after([*sorted(kept, key=repr), *sorted(named, key=repr)])
    assert first.name == second.name
    if first.name == "held":
        assert set(first.reasons) == set(second.reasons)


@often
@given(histories())
def test_the_same_approvals_again_add_nothing(history: list[Event]) -> None:
    ends = [n for n, event in enumerate(history) if ends_approvals(event)]
    since = history[max(ends, default=-1) + 1 :]
    back = {(fold(event.by), event.digest) for event in since if isinstance(event, RetractApproval)}
    given_then = [event for event in since if isinstance(event, Approve)]
    again = [event for event in given_then if (fold(event.by), event.digest) not in back]
    otherwise_spelt = [claim.model_copy(update={"by": claim.by.upper().replace(" ", "  ")}) for claim in again]
    assert state_after([*history, *again, *otherwise_spelt]).name == state_after(history).name


def test_every_order_of_two_approvers_and_a_bystander_is_the_same() -> None:
    names = {state(*order).name for order in permutations((ADA, BO, approval("Cy Pratt", ONE)))}
    assert names == {"approved"}
    assert len({fold(name) for name in NAMES}) == 5
