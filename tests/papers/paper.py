"""One sample paper as its source file states it: what is printed, and the facts a reader of the print should find.

Both come from the same TOML, so the expected facts never depend on any reader of PDFs.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
SOURCES = HERE / "sources"
FORM = "mopac-dmpc-decision"
ANSWERS = {"YES": "no", "NO": "yes", "": "undetermined"}  # the word that is struck out, and what then stands

Toml = dict[str, Any]


BLANK: Toml = {
    "kind": "form",  # "part2" is a Part 2 form by itself, "letter" no form that is known
    "form": FORM,  # the id of its edition
    "template": "form.typ",  # what sets it; a file of the same stem (.toml) has that form's fixed words
    "finish": [],  # what is done to the printed PDF, by the names of `finishing.py`
    "answered": "print",  # how: words struck out and ticks in print, else by a pen, in fields, with boxes
    "scanned": False,
    "planted": [],
    "part2": {"exists": "no"},
    "unticked": [],
    "notes": {},
    "interests_text": None,
    "expected": {},  # facts that differ from what the rest of the source says, table by table
    "unsaid": [],  # facts that the paper leaves open, by their paths ("deferral.reason")
}


BARE: Toml = {"summary": [], "recommendation": [], "sections": [], "officer": "", "chief_executive_signed_on": ""}


def names(**said: Any) -> list[str]:
    """The sample papers in the order of their file names; with `kind="form", scanned=False` those that say just so."""
    every = sorted(path.stem for path in SOURCES.glob("*.toml"))
    return [name for name in every if not said or said.items() <= {key: load(name)[key] for key in said}.items()]


def load(name: str) -> Toml:
    """A paper's source with its form's fixed words and usual layout filled in where it has none of its own."""
    paper = _toml(SOURCES / f"{name}.toml")
    templates = dict.fromkeys(("form.typ", paper.get("template", "form.typ")))
    whole: Toml = BLANK | {"layout": {}}
    for words in (*(_toml((HERE / each).with_suffix(".toml")) for each in templates), paper):
        whole = whole | words | {"layout": whole["layout"] | words.get("layout", {})}
    return whole | {"covered": [words for kind, words, _ in whole["planted"] if kind == "covered"]}


def _toml(path: Path) -> Toml:
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def iso(day: str) -> str | None:
    """A printed DD/MM/YYYY as ISO 8601; None where nothing is printed."""
    return datetime.strptime(day, "%d/%m/%Y").date().isoformat() if day else None


def passages(paper: Toml, block: str, rows: list[list[str]]) -> Iterator[Toml]:
    """The passages of one block, each with its id, number, level and words.

    A row is [number, words] or [number, italic lead-in, words]; the number is "1.1", "a", "(iv)", "-" for a bullet,
    "-o" for another one, "" for none, or "table" with the name of one of the paper's tables. Each ">" before a letter
    or a bullet puts it one list deeper. "[^name]" in the words is a footnote, whose words are under `notes`.
    """
    depth, unnumbered, tables = 0, 0, 0
    path: list[str] = []
    for number, *words in rows:
        if number == "table":
            tables += 1
            yield {
                "kind": "table",
                "id": f"{block}/t{tables}",
                "figures": [],
                "caption": None,
                **paper["tables"][words[0]],
            }
            continue
        passage = {"kind": "text", "lead_in": words[0] if len(words) > 1 else None, "words": words[-1]}
        bare = number.lstrip(">")
        below = len(number) - len(bare)
        if bare == "" or bare[0] in "-–":
            unnumbered += 1
            label = bare.removeprefix("-") or "•" if bare else None
            level = depth + 1 + below if bare else 1
            yield passage | {"id": f"{block}/p{unnumbered}", "number": None, "level": level, "label": label}
        elif bare[0].isdigit():
            path, depth = [bare], bare.count(".") + (0 if block.isdigit() else 1)
            label = bare + paper["layout"]["dot"]
            yield passage | {"id": f"{block}/{bare}", "number": bare, "level": depth, "label": label}
        else:
            letter = bare.strip("().")
            path = [*path[: below + (1 if depth else 0)], letter]
            label = bare if bare != letter else bare + paper["layout"]["letter"]
            level = depth + 1 + below
            yield passage | {"id": f"{block}/{'.'.join(path)}", "number": letter, "level": level, "label": label}


def _block(order: int, section: Toml) -> str:
    """What the ids of a section's passages begin with: its number, or its place where it has none."""
    return str(section.get("number", order))


def declarations(paper: Toml) -> list[Toml]:
    return [
        {
            "topic": topic,
            "statement": statement.replace("{officer}", paper["officer"]),
            "ticked": topic not in paper["unticked"],
        }
        for topic, statement in paper["declarations"]
    ]


def printed(paper: Toml) -> Toml:
    """All that `form.typ` prints of a paper."""
    if paper["kind"] == "letter":
        return paper | {"document_title": paper["subject"]}
    part2, confidential = paper["part2"], paper.get("confidential")
    paper = BARE | paper if paper["kind"] == "part2" else paper
    return paper | {
        "document_title": f"DMPC Decision – {paper['reference_as_printed']}",
        "executive_summary": list(passages(paper, "summary", paper["summary"])),
        "recommendations": list(passages(paper, "recommendation", paper["recommendation"])),
        "sections": [
            {"number": None} | section | {"passages": list(passages(paper, _block(n, section), section["passages"]))}
            for n, section in enumerate(paper["sections"], 1)
        ],
        "part2": {
            "name": None,
            "ceases_when": None,
            **part2,
            "printed": part2["exists"].upper(),
            "grounds": [ground["as_printed"] for ground in part2.get("exemptions", [])],
        },
        "declarations": declarations(paper),
        "chief_executive": {
            "statement": paper["chief_executive_statement"],
            "signed_on": paper["chief_executive_signed_on"],
        },
        "confidential": confidential
        and confidential | {"passages": list(passages(paper, "part2", confidential["passages"]))},
    }


NOTED = re.compile(r"\[\^(\w+)\]")


def without_marks(words: Any) -> Any:
    """Words, or rows of them, without the marks of their footnotes."""
    return NOTED.sub("", words) if isinstance(words, str) else [without_marks(each) for each in words]


def footnotes(paper: Toml, shown: Toml) -> Iterator[Toml]:
    """The footnotes in the order in which they are named, each with the first passage that names it."""
    said = [
        (block["id"], text)
        for part in ("executive_summary", "recommendations")
        for block in shown[part]
        for text in _texts(block)
    ]
    for order, section in enumerate(shown["sections"], 1):
        said.append((f"{_block(order, section)}/heading", section["heading"]))
        said += [(block["id"], text) for block in section["passages"] for text in _texts(block)]
    named = [(name, place) for place, text in said for name in NOTED.findall(text)]
    for order, (name, passage) in enumerate(named, 1):
        note = {"id": f"footnote/{order}", "mark": str(order), "text": paper["notes"][name], "passage": passage}
        yield note | ({"mark": "*" * order} if paper["layout"]["notes"] == "*" else {})


def _texts(block: Toml) -> list[str]:
    if block["kind"] == "text":
        return [block["words"]]
    return [block["caption"] or "", *block["header"], *(cell for row in block["rows"] for cell in row)]


def fact(passage: Toml) -> Toml:
    """A passage as the private record has it, without page and boxes."""
    if passage["kind"] == "table":
        told = {key: passage[key] for key in ("id", "kind", "caption", "header", "rows")}
        return told | {key: without_marks(told[key]) for key in ("caption", "header", "rows") if told[key]}
    lead = {"lead_in": passage["lead_in"]} if passage["lead_in"] else {}
    text = " ".join(filter(None, (passage["lead_in"], without_marks(passage["words"]))))
    return {"id": passage["id"], "number": passage["number"], "level": passage["level"], "text": text} | lead


def expected(paper: Toml, file_name: str) -> Toml:
    """The facts of a paper, named as the private record names them, and under `sample` what the paper is for."""
    facts = _with(_facts(paper, file_name), paper["expected"])
    for path in paper["unsaid"]:
        *tables, name = path.split(".")
        table = facts
        for each in tables:
            table = table[each]
        table[name] = None
    return facts


def _with(facts: Toml, told: Toml) -> Toml:
    """`facts` with what is told about them put in their place, table by table."""
    both = {key: _with(facts[key], told[key]) for key in told if isinstance(facts.get(key), dict)}
    return facts | told | both


def _facts(paper: Toml, file_name: str) -> Toml:
    sample = {key: paper[key] for key in ("shows", "verdict", "because", "scanned")}
    sample["planted"] = [dict(zip(("kind", "text", "passage"), row, strict=True)) for row in paper["planted"]]
    if paper["kind"] == "letter":
        return {"file_name": file_name, "body": None, "form": None, "reference": None, "title": None, "sample": sample}
    shown = printed(paper)
    withheld: Toml = {"heading": None, "marking": None, "pages": [], "texts": []}
    if shown["confidential"]:
        secret = shown["confidential"]
        withheld = {key: secret[key] for key in ("heading", "marking", "pages")}
        withheld["texts"] = [fact(passage)["text"] for passage in secret["passages"]]
    if paper["kind"] == "part2":
        nothing: Toml = {
            "reference": None,
            "title": None,
            "executive_summary": [],
            "recommendations": [],
            "sections": [],
        }
        about = {"file_name": file_name, "body": paper["body"], "form": paper["form"]}
        return about | nothing | {"awards": [], "amounts": [], "withheld": withheld, "sample": sample}
    part2, deferral = paper["part2"], paper["deferral"]
    return {
        "file_name": file_name,
        "body": paper["body"],
        "form": paper["form"],
        "reference": re.sub(r"^PCD ?", "PCD ", paper["reference_as_printed"]),
        "reference_as_printed": paper["reference_as_printed"],
        "title": paper["title"],
        "executive_summary": [fact(passage) for passage in shown["executive_summary"]],
        "recommendation_lead": paper["lead"],
        "recommendations": [fact(passage) for passage in shown["recommendations"]],
        "approval": {
            "decision_maker": paper["decision_maker"],
            "interests": paper["interests"],
            "interests_text": paper["interests_text"],
            "approved": True,
            "signature": "image",
            "signed_on": iso(paper["signed_on"]),
        },
        "sections": [
            section
            | {
                "heading": without_marks(section["heading"]),
                "passages": [fact(passage) for passage in section["passages"]],
            }
            for section in shown["sections"]
        ],
        **({"footnotes": list(footnotes(paper, shown))} if paper["notes"] else {}),
        "part2": {
            "exists": part2["exists"],
            "marking": part2.get("marking"),
            "ceases_when": part2.get("ceases_when"),
            "exemptions": part2.get("exemptions", []),
        },
        "deferral": {
            "answer": ANSWERS[deferral["struck"]],
            "reason": deferral["reason"] or None,
            "until": iso(deferral["until"]),
        },
        "declarations": shown["declarations"],
        "chief_executive": {
            "statement": paper["chief_executive_statement"],
            "signature": "image",
            "signed_on": iso(paper["chief_executive_signed_on"]),
        },
        "awards": [
            {
                "framework": None,
                "value": None,
                "currency": "GBP",
                "term": None,
                "extension_options": None,
                "total_after": None,
                **award,
            }
            for award in paper.get("awards", [])
        ],
        "amounts": [
            {
                "as_printed": as_printed,
                "value": value or None,  # "" where no figure can be read
                "currency": "GBP",
                "approximate": as_printed.startswith(("c.", "about", "approximately")),
                "passage": passage,
            }
            for passage, as_printed, value in paper["amounts"]
        ],
        "withheld": withheld,
        "sample": sample,
    }


def slips(facts: Toml) -> list[str]:
    """Where a source contradicts itself: a pound sign that no amount states, or a stated text that is not printed."""
    if facts["form"] is None:
        return []
    blocks = [
        *facts["executive_summary"],
        *facts["recommendations"],
        *(passage for section in facts["sections"] for passage in section["passages"]),
        *facts.get("footnotes", ()),
    ]
    texts = {passage["id"]: passage["text"] for passage in blocks if "text" in passage}
    stated = [(amount["passage"], amount["as_printed"]) for amount in facts["amounts"]]
    planted = [(secret["passage"], secret["text"]) for secret in facts["sample"]["planted"]]
    awarded = [
        (award["recommendation"], award[key])
        for award in facts["awards"]
        for key in ("supplier", "purpose", "framework", "term", "extension_options")
        if award[key]
    ]
    absent = [
        f"{place} does not say {words!r}"
        for place, words in (*stated, *planted, *awarded)
        if words not in texts.get(place, "")
    ]
    pounds = Counter(place for place, _ in stated)
    return absent + [
        f"{place} names another amount" for place, text in texts.items() if text.count("£") != pounds[place]
    ]
