"""Whose paper it is: another body's is known as what it is and never published; configured for that body, it is."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from functools import cache
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract import checks, read_record, rules
from extract.bodies import stranger
from extract.build import build
from extract.citations import read_citations
from extract.claims import Answer, Review
from extract.editions import EditionError, editions
from extract.facts import Part2Facts
from extract.form import segment
from extract.record import DecisionRecord, digest
from extract.separate import separate
from extract.texts import place_words, public_texts, whole_words
from ingest.reader import read
from publish import pages
from publish.body import NAMED_BY, SITE, Body, UnknownBody, body
from publish.listing import NotOurs
from publish.pages import render_site
from publish.verify import verify
from tests.command_line import answer_all, every_byte, partone, staffed, state
from tests.pages import below, document
from tests.sample_decisions import PLAIN

PAPERS = Path(__file__).parent / "papers"
BODIES = Path(__file__).parent.parent / "docs" / "bodies"
GLA, COMMISSIONER = BODIES / "gla.toml", BODIES / "commissioner.toml"
Configure = Callable[[Path], Body]


@cache
def record_of(name: str) -> DecisionRecord:
    return read_record(read(PAPERS / f"{name}.pdf"))


def forget() -> None:
    """A body is read once a process; these tests are many installations in one."""
    body.cache_clear()
    pages.templates.cache_clear()


@pytest.fixture(autouse=True)
def configure(monkeypatch: pytest.MonkeyPatch) -> Iterator[Configure]:
    """The installation of a body; without it MOPAC's, whatever the shell says in which the tests run."""

    def named(file: Path) -> Body:
        monkeypatch.setenv(NAMED_BY, str(file))
        forget()
        return body()

    monkeypatch.delenv(NAMED_BY, raising=False)
    forget()
    yield named
    monkeypatch.undo()
    forget()


# Paper, reference, and what is said of it in a register of MOPAC.
OTHERS = [
    (
        "mayoral-decision",
        "MD 9401",
        "This is a Mayoral Decision of the Greater London Authority; this register publishes the decisions of MOPAC.",
    ),
    (
        "director-decision",
        "DD 9402",
        "This is a Director’s Decision of the Greater London Authority; this register publishes the decisions of "
        "MOPAC.",
    ),
    (
        "assistant-director-decision",
        "ADD 943",
        "This is an Assistant Director’s Decision of the Greater London Authority; this register publishes the "
        "decisions of MOPAC.",
    ),
    (
        "commissioner-notice",
        "OPCC 2026 14",
        "This is a decision notice of the Police and Crime Commissioner for Avonmere; this register publishes the "
        "decisions of MOPAC.",
    ),
    (
        "commissioner-notice-part2",
        "OPCC 2026 21",
        "This is a decision notice of the Police and Crime Commissioner for Avonmere; this register publishes the "
        "decisions of MOPAC.",
    ),
]


@pytest.mark.parametrize(("name", "reference", "said"), OTHERS, ids=[row[0] for row in OTHERS])
def test_another_bodys_paper_is_known_as_what_it_is(name: str, reference: str, said: str) -> None:
    record = record_of(name)
    assert record.reference == reference
    assert stranger(record) == said
    assert [found.message for found in checks.find(record) if found.check == "other-body"] == [said]
    assert json.loads((PAPERS / f"{name}.expected.json").read_text(encoding="utf-8"))["sample"]["because"] == [said]


@pytest.mark.parametrize("name", [row[0] for row in OTHERS])
def test_no_answer_opens_another_bodys_paper(name: str) -> None:
    record, now = record_of(name), datetime(2026, 12, 1, tzinfo=UTC)
    answers = tuple(
        Answer(by="Ann", at=now, because="It is public there.", finding=found.id, value=value)
        for found in checks.find(record)
        for value in ["no" if found.asks == "yes-no" else None]
    )
    review = Review(record_digest=digest(record), rules_digest=rules.digest(), answers=answers)
    disclosure = separate(record, rules.propose(record), review)
    assert disclosure.part1 is None
    assert stranger(record) in disclosure.held


@pytest.mark.parametrize("name", [row[0] for row in OTHERS])
def test_the_command_prints_no_word_of_another_bodys_paper(name: str) -> None:
    ran = partone("read", PAPERS / f"{name}.pdf", "--part1")
    assert ran.code == 1
    assert ran.json["state"] == "held"
    words = [passage.text for passage in record_of(name).passages() if passage.kind == "text"]
    assert len(words) > 3
    assert [text for text in words if text in ran.out] == []


def test_a_layout_that_is_not_known_is_held_whole(configure: Configure) -> None:
    """A letterhead and a reference do not make a form, in no register."""
    for file in (SITE / "body.toml", GLA, COMMISSIONER):
        configure(file)
        record = record_of("commissioner-log")
        assert (record.form, record.body, record.reference, record.passages()) == (None, None, None, ())
        assert "form-unknown" in {found.check for found in checks.find(record)}
        assert separate(record, rules.propose(record)).part1 is None


# Installation, paper, whether it publishes it.
OURS = [
    (None, "plain", True),
    (None, "mayoral-decision", False),
    (GLA, "mayoral-decision", True),
    (GLA, "director-decision", True),
    (GLA, "assistant-director-decision", True),
    (GLA, "plain", False),
    (GLA, "commissioner-notice", False),
    (COMMISSIONER, "commissioner-notice", True),
    (COMMISSIONER, "commissioner-notice-part2", True),
    (COMMISSIONER, "plain", False),
    (COMMISSIONER, "director-decision", False),
]


@pytest.mark.parametrize(("file", "name", "published"), OURS)
def test_each_register_publishes_the_papers_of_its_own_body(
    configure: Configure, file: Path | None, name: str, published: bool
) -> None:
    if file:
        configure(file)
    record = record_of(name)
    disclosure = separate(record, rules.propose(record))
    assert (stranger(record) is None) == published
    assert (disclosure.part1 is not None) == published
    if disclosure.part1:
        assert body().is_named(disclosure.part1.body)
        assert disclosure.part1.body_name == body().name


def told(tmp_path: Path, file: Path, **changes: str) -> Path:
    """A configuration with some of its lines written anew, or left out where the new value is empty."""
    lines = file.read_text(encoding="utf-8").splitlines()
    for key, value in changes.items():
        lines = [line for line in lines if not line.startswith(f"{key} =")]
        lines += [f"{key} = {value}"] if value else []
    new = tmp_path / "our-body.toml"
    new.write_text("\n".join(lines), encoding="utf-8")
    return new


def test_a_commissioners_notice_is_not_another_commissioners(configure: Configure, tmp_path: Path) -> None:
    configure(told(tmp_path, COMMISSIONER, name='"Police and Crime Commissioner for Westhaven"', short_name='"WPCC"'))
    said = stranger(record_of("commissioner-notice"))
    assert said == (
        "This is a decision notice of the Police and Crime Commissioner for Avonmere; this register publishes the "
        "decisions of WPCC."
    )
    assert separate(record_of("commissioner-notice"), rules.propose(record_of("commissioner-notice"))).part1 is None


def test_a_notice_whose_letterhead_names_nobody_is_nobodys(configure: Configure) -> None:
    configure(COMMISSIONER)
    record = record_of("commissioner-notice").model_copy(update={"body": None})
    assert stranger(record) is not None
    assert separate(record, rules.propose(record)).part1 is None


def test_a_form_that_is_not_listed_is_held_in_its_own_body_too(configure: Configure, tmp_path: Path) -> None:
    configure(told(tmp_path, GLA, forms='["gla-md"]'))
    assert stranger(record_of("mayoral-decision")) is None
    said = stranger(record_of("director-decision"))
    assert said == (
        "This is a Director’s Decision of the Greater London Authority, a form that this register does not publish."
    )
    assert separate(record_of("director-decision"), rules.propose(record_of("director-decision"))).part1 is None


@given(
    form=st.sampled_from([edition.id for edition in editions()]),
    named=st.sampled_from(["MOPAC", "GLA", "PCC", "Police and Crime Commissioner for Avonmere", "", None]),
    forms=st.lists(st.sampled_from(["*", "mopac-*", "gla-*", "gla-md", "pcc-*", "nothing"]), max_size=3),
)
def test_nothing_is_ours_that_is_not_both_named_and_listed(form: str, named: str | None, forms: list[str]) -> None:
    """Whatever else a configuration says, no list of forms takes in another body, and no name another form."""
    ours = Body.model_validate({**tomllib.loads((SITE / "body.toml").read_text("utf-8")), "forms": tuple(forms)})
    record = record_of("plain").model_copy(update={"form": form, "body": named})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("extract.bodies.body", lambda: ours)
        taken = stranger(record) is None
    listed = "*" in forms or ("mopac-*" in forms and form.startswith("mopac-")) or form in forms
    listed = listed or any(each in forms and form.startswith(each[:-1]) for each in ("gla-*", "pcc-*"))
    assert taken == (named == "MOPAC" and listed)


def test_pages_refuse_another_bodys_decision(configure: Configure, tmp_path: Path) -> None:
    """A shelf from another installation, or from before the configuration changed, publishes nothing."""
    configure(GLA)
    with pytest.raises(NotOurs):
        render_site(tmp_path, (PLAIN,))


# --- from the paper to the public, as the Greater London Authority and as a commissioner ------------------------------


def released(home: Path, *papers: str) -> Path:
    """These papers on their whole way, each answered and approved by two; returns the public site."""
    staffed(home)
    assert partone("ingest", *(PAPERS / f"{name}.pdf" for name in papers), "--by", "Cleo Clerk", home=home).code == 1
    for row in partone("list", "--json", home=home).json["papers"]:
        ref = row["sha256"][:12]
        if "other-body" in {found["check"] for found in partone("check", ref, "--json", home=home).json["findings"]}:
            continue
        answer_all(home, ref, "Ann Reviewer")
        for by in ("Ann Reviewer", "Ben Reviewer"):
            ran = partone("approve", ref, "--by", by, home=home)
            assert ran.code in (0, 1), ran.err
    ran = partone("publish", "--by", "Rae Releaser", home=home)
    assert ran.code == 0, ran.err
    assert verify(home / "public").clean
    return home / "public"


def test_the_gla_publishes_its_own_decisions_in_its_own_words(configure: Configure, tmp_path: Path) -> None:
    configure(GLA)
    site = released(tmp_path, "mayoral-decision", "director-decision", "plain", "commissioner-notice")
    page = (site / "decisions/dd-9402/index.html").read_text(encoding="utf-8")
    assert '<h2 id="recommendations">Decision</h2>' in page
    assert "Recommendation" not in page
    assert "Executive Director, Communities and Skills" in page
    assert "Rosalind Okwuosa" not in page  # the director's name, printed beside the office
    assert "Decisions of the <span>Mayor of London</span>" in (site / "index.html").read_text(encoding="utf-8")
    stub = json.loads((site / "decisions/md-9401/index.json").read_text(encoding="utf-8"))
    assert (stub["schema"], stub["deferral"]["until"]) == ("partone/stub/1", "2027-01-29")
    assert sorted(
        folder.name for folder in (site / "decisions").iterdir() if "-" in folder.name and folder.name[0].isalpha()
    ) == [
        "dd-9402",
        "md-9401",
    ]
    built = every_byte(site)
    for words in ("MOPAC", "Policing", "Healthcare in Police Custody", "Youth Clubs"):
        assert words.encode() not in built
    assert {state(tmp_path, "PCD 9001"), state(tmp_path, "OPCC 2026 14")} == {"held"}


def test_a_commissioner_publishes_notices_and_no_word_of_the_restricted_report(
    configure: Configure, tmp_path: Path
) -> None:
    configure(COMMISSIONER)
    site = released(tmp_path, "commissioner-notice", "commissioner-notice-part2", "director-decision")
    page = (site / "decisions/opcc-2026-14/index.html").read_text(encoding="utf-8")
    assert "Police and Crime Commissioner for Avonmere" in page
    assert (site / "decisions/opcc-2026-21/index.html").exists()
    built = every_byte(site)
    facts = json.loads((PAPERS / "commissioner-notice-part2.expected.json").read_text(encoding="utf-8"))
    for words in ("Brackenhurst", "Pellew", "61,400", "told in error", *facts["withheld"]["texts"]):
        assert words.encode() not in built
    for words in ("MOPAC", "Mayor", "Evening Classes"):
        assert words.encode() not in built


# --- what is under a Part 2 heading, or behind a second paper, is public on none of these forms -----------------------

OPENINGS = {
    "gla-md": (
        "*REQUEST FOR MAYORAL DECISION – MD2345",
        "*Title: Street trees",
        "*Executive Summary:",
        "The decision in short.",
        "*Decision:",
        "The Mayor:",
        "1. approves the planting of trees.",
        "*Mayor of London",
        "The above request has my approval.",
        "*PART I - NON-CONFIDENTIAL FACTS AND ADVICE TO THE MAYOR",
        "*Decision required – supporting report",
    ),
    "gla-dd": (
        "*REQUEST FOR DIRECTOR DECISION – DD2345",
        "*Title: Street trees",
        "*Executive Summary:",
        "The decision in short.",
        "*Decision:",
        "That the Executive Director approves:",
        "1. the planting of trees.",
        "*AUTHORISING DIRECTOR",
        "It has my approval.",
        "*PART I - NON-CONFIDENTIAL FACTS AND ADVICE",
        "*Decision required – supporting report",
    ),
    "gla-add": (
        "*REQUEST FOR ASSISTANT DIRECTOR DECISION – ADD245",
        "*Title: Street trees",
        "*Executive Summary:",
        "The decision in short.",
        "*Decision:",
        "That the Assistant Director approves:",
        "1. the planting of trees.",
        "*ASSISTANT DIRECTOR / HEAD OF UNIT",
        "It has my approval.",
        "*PART I - NON-CONFIDENTIAL FACTS AND ADVICE",
        "*Decision required – supporting report",
    ),
    "pcc-signed-first": (
        "*Office of the Police and Crime Commissioner for Avonmere",
        "*DECISION NOTICE",
        "Decision reference: OPCC 2026 14",
        "Subject: Street trees",
        "*Executive summary",
        "The decision in short.",
        "*Decision",
        "The Commissioner approves:",
        "1. the planting of trees.",
        "*Police and Crime Commissioner for Avonmere",
        "I approve the above decision.",
        "*Part 1 – Non-confidential facts and advice",
    ),
    "pcc-decision": (
        "*Office of the Police and Crime Commissioner for Avonmere",
        "*DECISION NOTICE",
        "Decision reference: OPCC 2026 14",
        "Subject: Street trees",
        "*Executive summary",
        "The decision in short.",
        "*Decision",
        "The Commissioner approves:",
        "1. the planting of trees.",
        "*Part 1 – Non-confidential facts and advice",
    ),
}
FACTS = ("1. Trees give shade.",)
ENDINGS = {
    "gla": (
        "*Public access to information",
        "This form is published.",
        "*Part 1 - Deferral",
        "Is the publication of Part 1 of this approval to be deferred? NO",
        "*Part 2 – Sensitive information",
        "Only exempt facts belong in the Part 2 form.",
        "Is there a part 2 form – YES",
        "*CHIEF FINANCE OFFICER",
        "The figures are right.",
    ),
    "pcc-signed-first": ("*Public access to information", "This notice is published.", "Is there a Part 2 report? YES"),
    "pcc-decision": (
        "*Public access to information",
        "This notice is published.",
        "Is there a Part 2 report? YES",
        "*Police and Crime Commissioner for Avonmere",
        "I approve the above decision.",
    ),
}
SECRET = "Orrin Zephyr bid nine thousand pounds."
CLOSING = [  # what stands before the secret
    ("*PART 2 – CONFIDENTIAL FACTS AND ADVICE",),
    ("*PART 2 – CONFIDENTIAL FACTS AND ADVICE TO THE MAYOR",),
    ("*PART 2 – RESTRICTED REPORT",),
    ("*Part Two: commercial advice",),
    ("*NOT FOR PUBLICATION",),
    ("OFFICIAL-SENSITIVE",),
    ("*EXEMPT APPENDIX", "*Executive Summary:"),
    ("*REQUEST FOR MAYORAL DECISION – MD2346", "*Title: The bids", "*Executive Summary:"),  # another paper in the file
    ("*DMPC Decision – PCD 1234", "*Title: The bids", "*Executive Summary:"),
    ("*Decision reference: OPCC 2026 15", "Subject: The bids", "*Executive summary"),
]


def printed_on(form: str, *inside: str, after: Sequence[str] = ()) -> DecisionRecord:
    """A paper on one of these forms, with lines inside its Part 1, and after its end on a page of their own."""
    ending = ENDINGS[form if form.startswith("pcc") else "gla"]
    paper = document(below(*OPENINGS[form], *FACTS, *inside, *ending), below(*after, page=2) if after else [])
    return build(paper, segment(paper))


def public_words(record: DecisionRecord) -> str:
    return " ".join(text.text for text in public_texts(record))


@pytest.mark.parametrize("form", OPENINGS)
def test_a_paper_of_these_forms_is_sorted_into_its_places(form: str) -> None:
    record = printed_on(form)
    assert (record.form, record.title, record.part2.exists) == (form, "Street trees", "yes")
    assert [passage.text for passage in record.recommendations if passage.kind == "text"][-1].endswith("of trees.")
    assert "Trees give shade." in public_words(record)


@pytest.mark.parametrize("form", OPENINGS)
@pytest.mark.parametrize("closing", [*CLOSING, ()], ids=[*(lines[0] for lines in CLOSING), "another paper"])
def test_nothing_under_a_part_2_heading_is_public(form: str, closing: tuple[str, ...]) -> None:
    closing = closing or OPENINGS[form][: OPENINGS[form].index("The decision in short.")]
    inside = printed_on(form, *closing, SECRET)
    assert SECRET not in public_words(inside)
    assert SECRET in " ".join(passage.withheld_text.get_secret_value() for passage in inside.withheld_passages)
    assert SECRET not in public_words(printed_on(form, after=(*closing, SECRET)))


OFFICERS = [  # how a director's form prints who decided, and what of it is public
    (("Name: Jane Roe", "Position: Executive Director, Resources"), "Executive Director, Resources"),
    (("Position: Executive Director, Resources", "Name: Jane Roe"), "Executive Director, Resources"),
    (("Name: Jane Roe Position: Executive Director, Resources",), "Executive Director, Resources"),
    (("Position: Executive Director, Resources Name: Jane Roe",), "Executive Director, Resources"),
    (("Name: Jane Roe",), None),
]


@pytest.mark.parametrize("form", ["gla-dd", "gla-add"])
@pytest.mark.parametrize(("lines", "office"), OFFICERS)
def test_of_who_decided_only_the_office_is_public(form: str, lines: tuple[str, ...], office: str | None) -> None:
    opening = OPENINGS[form]
    at = opening.index("It has my approval.") + 1
    printed = (*opening[:at], *lines, "Signature: Jane Roe", "Date: 12/05/2026", *opening[at:], *FACTS)
    paper = document(below(*printed), below(*ENDINGS["gla"], page=2))
    record = build(paper, segment(paper))
    assert (record.form, record.approval.decision_maker) == (form, office)
    assert "Roe" not in public_words(record)


def test_what_a_paper_relies_on_is_looked_for_in_every_bodys_references(configure: Configure) -> None:
    """An earlier decision is cited, and the paper says there are no supporting papers."""
    configure(GLA)
    record = record_of("assistant-director-decision")
    assert "background-papers-none-but-cited" not in {found.check for found in checks.find(record)}
    first, *rest = record.sections
    (said,) = first.passages
    citing = first.model_copy(update={"passages": (said.model_copy(update={"text": "MD9317 approved the first."}),)})
    found = checks.find(record.model_copy(update={"sections": (citing, *rest)}))
    (note,) = [each for each in found if each.check == "background-papers-none-but-cited"]
    assert "MD9317" in note.message


# --- the configuration itself -----------------------------------------------------------------------------------------

WRONG = [  # what is done to the file, what the message names
    ({"short_name": ""}, "short_name"),  # a key left out
    ({"decide": '"Mayor"'}, "decide"),  # a key misspelt
    ({"forms": '"gla-*"'}, "forms"),  # one word where a list stands
    ({"name": "Greater London Authority"}, "not TOML"),  # no quotes
]


@pytest.mark.parametrize(("changes", "named"), WRONG, ids=[named for _, named in WRONG])
def test_a_wrong_configuration_stops_every_command_and_is_named(
    configure: Configure, tmp_path: Path, changes: dict[str, str], named: str
) -> None:
    with pytest.raises(UnknownBody, match=named):
        configure(told(tmp_path, GLA, **changes))
    ran = partone("read", PAPERS / "plain.pdf", "--part1")
    assert ran.code == 2
    assert named in ran.err
    assert ran.out == ""


def test_a_configuration_that_is_not_there_is_not_taken_for_mopac(configure: Configure, tmp_path: Path) -> None:
    with pytest.raises(UnknownBody, match="is not there"):
        configure(tmp_path / "none.toml")


SPELLINGS = [  # as a paper names its body, whether it is the commissioner's of the example
    ("Police and Crime Commissioner for Avonmere", True),
    ("Office of the Police and Crime Commissioner for Avonmere", True),
    ("The Office of the Police & Crime Commissioner for Avonmere", True),
    ("POLICE AND CRIME COMMISSIONER FOR  AVONMERE", True),
    ("Avonmere PCC", True),
    ("Police and Crime Commissioner for Avon", False),
    ("Police and Crime Commissioner for Avonmere and Tarn", False),
    ("Police, Fire and Crime Commissioner for Avonmere", False),
    ("PCC", False),
    ("", False),
    (None, False),
]


@pytest.mark.parametrize(("named", "ours"), SPELLINGS)
def test_a_body_is_known_in_its_usual_spellings_only(configure: Configure, named: str | None, ours: bool) -> None:
    assert configure(COMMISSIONER).is_named(named) == ours


def test_places_are_named_in_the_bodys_words(configure: Configure) -> None:
    assert place_words("recommendation/4") == "In recommendation 4"
    assert whole_words("recommendation") == "All of the recommendations"
    configure(GLA)
    assert place_words("recommendation/4") == "In paragraph 4"
    assert place_words("recommendation_lead") == "In the decision"
    assert whole_words("recommendation") == "All of the decision"


# --- Schedule 12A: for committees of councils, and no form here records a decision of one -----------------------------

COMMITTEE_GROUNDS = [
    "Exempt under paragraph 3 of Part 1 of Schedule 12A to the Local Government Act 1972.",
    "Paragraph 5 of Schedule 12A of the Local Government Act 1972 (legal professional privilege).",
    "Schedule 12A, paragraph 7",
]
HOMES = {"mopac": SITE / "body.toml", "gla": GLA, "pcc": COMMISSIONER}
FORMS = [
    ("mopac", "plain"),
    ("gla", "mayoral-decision"),
    ("gla", "director-decision"),
    ("gla", "assistant-director-decision"),
    ("pcc", "commissioner-notice"),
]


@pytest.mark.parametrize(("home", "name"), FORMS)
@pytest.mark.parametrize("printed", COMMITTEE_GROUNDS)
def test_a_committees_ground_waits_for_a_person_on_every_form(
    configure: Configure, home: str, name: str, printed: str
) -> None:
    configure(HOMES[home])
    part2 = Part2Facts(exists="yes", marking=None, ceases_when="1 May 2027", exemptions=read_citations(printed))
    record = record_of(name).model_copy(update={"part2": part2})
    (ground,) = record.part2.exemptions
    assert (ground.status, ground.key) == ("unresolved", None)
    (found,) = [found for found in checks.find(record) if found.check == "exemption-unresolved"]
    assert found.severity == "needs-person"
    assert "committees of councils" in found.message


@pytest.mark.parametrize("file", sorted(BODIES.glob("*.toml")), ids=lambda file: file.stem)
def test_the_examples_of_the_guide_are_whole(configure: Configure, file: Path) -> None:
    ours = configure(file)
    assert ours.demonstration
    listed = [edition for edition in editions() for pattern in ours.forms if edition.id.startswith(pattern[:-1])]
    assert listed


# What is wrong with a form's file, and what is said of it.
BROKEN_FORMS = [
    ('example = "Executive Summary:"', 'example = "In short"', "summary does not keep to its own examples"),
    ('example = "Executive Summary:"', 'exampel = "Executive Summary:"', "the key 'example' is missing or misspelt"),
    ('id = "mopac-dmpc-decision"', "id = mopac", "cannot be used"),  # no TOML
]


@pytest.mark.parametrize(("printed", "instead", "told"), BROKEN_FORMS)
def test_a_form_that_is_not_whole_is_named_and_no_fault_of_a_paper(
    printed: str, instead: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = "mopac-dmpc-decision.toml"
    source = resources.files("extract").joinpath("forms", name).read_text(encoding="utf-8")
    assert printed in source
    (tmp_path / "forms").mkdir()
    (tmp_path / "forms" / name).write_text(source.replace(printed, instead, 1), encoding="utf-8")
    monkeypatch.setattr(resources, "files", lambda _: tmp_path)
    with pytest.raises(EditionError, match=re.escape(told)) as stopped:
        editions.__wrapped__()
    assert f"extract/forms/{name}" in str(stopped.value)
    assert stopped.value.exit_code == 2
