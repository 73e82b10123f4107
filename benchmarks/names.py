"""How many names of people the rules find, of each origin and in each setting, and how often they cry wolf.

    python -m benchmarks.names [--each N] [--json]

Every name stands in a small paper of its own; found means that the whole of it is in a question that a person must
answer. What sentences without a name bring up is counted beside it, those kept aside while rules were made apart.
"""

from __future__ import annotations

import argparse
import json
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from time import process_time
from typing import Any, NamedTuple

from extract.facts import Approval, ChiefExecutive, DeferralFacts, Part2Facts, Source
from extract.joining import join
from extract.name_runs import Rule
from extract.people import Named, Person, named_in
from extract.record import DecisionRecord, Passage, Section, TablePassage
from extract.texts import public_texts

SETTINGS = ("running text", "table cell", "upper case", "after a line break")
EACH = 80  # names of each origin
BESIDE = ("The budget is held by the Strategic Finance Team and was set in April.", "Training is given to all users.")


class Case(NamedTuple):
    """One name in one setting, as the blocks of a section."""

    origin: str
    setting: str
    name: str
    blocks: tuple[Passage | TablePassage, ...]


@cache
def material() -> dict[str, Any]:
    """The names and the sentences, as their file has them."""
    return tomllib.loads(Path(__file__).with_name("names.toml").read_text(encoding="utf-8"))


def names(origin: str, each: int = EACH) -> Iterator[str]:
    """So many names of one origin, no two alike: each given name with ever other family names."""
    words = material()["origin"][origin]
    given, family = words["given"].split(), words["family"].split()
    for n in range(min(each, len(given) * len(family))):
        one, other = given[n % len(given)], family[(n + n // len(given)) % len(family)]
        ordered = (other, one) if words.get("order") == "family first" else (one, other)
        yield " ".join(ordered).replace(".", " ")


def cases(origin: str, each: int = EACH) -> Iterator[Case]:
    """Each name of an origin in all four settings, with sentences and cells in turn."""
    said, cells = material()["sentences"], material()["cells"]
    for n, name in enumerate(names(origin, each)):
        running = said["running"][n % len(said["running"])].format(name)
        yield Case(origin, SETTINGS[0], name, (_passage("2/2.1", running),))
        posted = cells["with_post"][n % len(cells["with_post"])].format(name)
        head = cells["heads"][n % len(cells["heads"])]
        table = TablePassage(
            id="2/t1", caption=None, page=1, boxes=(),
            header=tuple(cell.format(head) for cell in cells["header"]),
            rows=(("Estate", "None", "£10k"), tuple(cell.format(join(posted.split("\n"))) for cell in cells["row"])),
        )  # fmt: skip
        yield Case(origin, SETTINGS[1], name, (table,))
        upper = said["upper"][n % len(said["upper"])].format(name.upper())
        yield Case(origin, SETTINGS[2], name.upper(), (_passage("2/2.1", upper),))
        lines = said["broken"][n % len(said["broken"])].format(_broken(name) if n % 4 == 3 else name)
        yield Case(origin, SETTINGS[3], name, (_passage("2/2.1", join(lines.split("\n"))),))


def _broken(name: str) -> str:
    """A name with the end of a line in it: behind its hyphen, or between two of its words."""
    return name.replace("-", "-\n", 1) if "-" in name else name.replace(" ", "\n", 1)


def _passage(place: str, text: str) -> Passage:
    return Passage(id=place, number=place.partition("/")[2], level=1, text=text, page=1, boxes=())


def paper(*blocks: Passage | TablePassage, beside: Sequence[str] = ()) -> DecisionRecord:
    """A paper that says this, and a little beside it that names nobody."""
    others = tuple(_passage(f"1/1.{n}", text) for n, text in enumerate((*BESIDE, *beside), 1))
    return DecisionRecord(
        source=Source(sha256="0" * 64, file_name="paper.pdf", pages=1),
        body="MOPAC", form="mopac-dmpc-decision", reference="PCD 9001", reference_as_printed="PCD9001", title="Radios",
        approval=Approval(
            decision_maker="Deputy Mayor for Policing and Crime", interests="none", interests_text=None, approved=True,
            signature="image", signed_on=date(2024, 5, 14),
        ),
        sections=(
            Section(number="1", heading="Introduction and background", passages=others),
            Section(number="2", heading="Issues for consideration", passages=blocks),
        ),
        part2=Part2Facts(exists="no", marking=None, ceases_when=None, exemptions=()),
        deferral=DeferralFacts(answer="no", reason=None, until=None),
        chief_executive=ChiefExecutive(statement=None, signature="image", signed_on=None),
    )  # fmt: skip


def asked(named: Named) -> tuple[Person, ...]:
    """What a person must answer; a bare word that nobody knows is only a note."""
    return (*named.people, *named.possible)


def found(case: Case) -> tuple[bool, list[tuple[Rule, bool]]]:
    """Whether the whole name is asked about; and what is asked, by its rule and whether it is part of the name."""
    nobody = [text for kept in material()["nobody"].values() for text in kept]
    turn = sum(map(ord, case.name))
    record = paper(*case.blocks, beside=(nobody[turn % len(nobody)], nobody[turn * 7 % len(nobody)]))
    texts = {text.place: text.text for text in public_texts(record)}
    where = next(place for place, text in texts.items() if case.name in text)
    start = texts[where].index(case.name)
    end = start + len(case.name)
    every = [(person.rule, mention) for person in asked(named_in(record)) for mention in person.mentions]
    covered = {at for _, m in every if m.place == where for at in range(m.start, m.end)}
    whole = all(at in covered for at in range(start, end) if case.name[at - start].isalpha())
    right = [(rule, m.place == where and m.start < end and start < m.end) for rule, m in every]
    return whole, right


def alarms(sentences: Sequence[str]) -> tuple[int, list[str]]:
    """How many words there are in sentences that name nobody, and what is taken for a name in them."""
    wrong = [person.name for text in sentences for person in asked(named_in(paper(_passage("2/2.1", text))))]
    return sum(len(text.split()) for text in sentences), wrong


def measure(each: int = EACH) -> dict[str, Any]:
    """All figures: recall by origin and setting, the gap between origins, precision by rule, alarms without a name."""
    began = process_time()
    hits: Counter[tuple[str, str]] = Counter()
    asked_of: Counter[tuple[str, str]] = Counter()
    right: Counter[str] = Counter()
    all_of: Counter[str] = Counter()
    missed: list[str] = []
    for origin in material()["origin"]:
        for case in cases(origin, each):
            whole, rules = found(case)
            asked_of[case.origin, case.setting] += 1
            hits[case.origin, case.setting] += whole
            if not whole:
                missed.append(f"{case.origin}, {case.setting}: {case.name}")
            for rule, part in rules:
                all_of[rule] += 1
                right[rule] += part
    recall = {
        origin: sum(hits[origin, s] for s in SETTINGS) / sum(asked_of[origin, s] for s in SETTINGS)
        for origin in material()["origin"]
    }
    return {
        "names": sum(len(set(names(origin, each))) for origin in recall),
        "recall": {origin: round(share, 4) for origin, share in recall.items()},
        "recall_by_setting": {
            s: round(sum(hits[o, s] for o in recall) / sum(asked_of[o, s] for o in recall), 4) for s in SETTINGS
        },
        "gap": round(max(recall.values()) - min(recall.values()), 4),
        "precision": {rule: round(right[rule] / count, 4) for rule, count in sorted(all_of.items())},
        "asked": dict(sorted(all_of.items())),
        "without_a_name": {
            kind: {"words": words, "taken_for_names": wrong}
            for kind, (words, wrong) in ((k, alarms(v)) for k, v in material()["nobody"].items())
        },
        "missed": missed,
        "cpu_s": round(process_time() - began, 2),
    }


def main() -> None:
    """Print the figures, as a table or as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--each", type=int, default=EACH, help="names of each origin")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    figures = measure(given.each)
    if given.json:
        print(json.dumps(figures, indent=1, ensure_ascii=False))
        return
    print(f"{figures['names']} names in {len(SETTINGS)} settings; gap between origins {figures['gap']:.4f}")
    for kind in ("recall", "recall_by_setting", "precision"):
        print(f"\n{kind.replace('_', ' ')}")
        for name, share in figures[kind].items():
            print(f"  {name:<20} {share:.4f}")
    for kind, told in figures["without_a_name"].items():
        print(f"\n{kind.replace('_', ' ')}: {len(told['taken_for_names'])} in {told['words']} words that name nobody")


if __name__ == "__main__":
    main()
