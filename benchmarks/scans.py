"""How well scans are read: born-digital papers put through a copier, and what comes back against what was printed.

    python -m benchmarks.scans [PAPER …] [--json]

Each paper is copied in its own way: turned by up to a degree and a half, at 150, 200 or 300 dots to an inch, soft, grey
and grainy. A scan that is named together with the paper it was made from (`SCAN.pdf=PAPER.pdf`) is compared as it is.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import random
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import cycle
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image, ImageChops, ImageFilter

from extract import read_record
from extract.record import DecisionRecord, Passage
from ingest.document import Document
from ingest.limits import Limits
from ingest.ocr import engine
from ingest.reader import read

PAPERS = Path(__file__).resolve().parent.parent / "tests" / "papers"
COPIED = ("plain", "settled-award", "deferred-until-date", "deferral-left-open", "part2-in-same-file", "long")
WAYS = ((0.0, 200), (0.7, 200), (-1.5, 200), (1.5, 150), (-0.6, 300), (0.4, 150))  # degrees, dots to an inch
PATIENT = Limits(seconds=3600)
QUALITY = 60  # of the JPEG in which a copier sends a page
FIELDS = ("reference", "approved", "signed", "deferral", "part2", "grounds", "awards", "amounts", "chief_executive")


def copied(paper: Path, turned: float, dpi: int, pages: Sequence[int] = ()) -> bytes:
    """A paper, or some of its pages (from 1), as a copier gives them back; the same each time."""
    chance = random.Random(f"{paper.stem} {turned} {dpi}")
    printed = pypdfium2.PdfDocument(paper)
    sheets = [
        _grainy(printed[number - 1].render(scale=dpi / 72, grayscale=True).to_pil(), turned, chance)
        for number in pages or range(1, len(printed) + 1)
    ]
    printed.close()
    file = io.BytesIO()
    sheets[0].save(file, "PDF", resolution=dpi, save_all=True, append_images=sheets[1:], quality=QUALITY)
    return file.getvalue()


def _grainy(sheet: Image.Image, turned: float, chance: random.Random) -> Image.Image:
    sheet = sheet.rotate(-turned, resample=Image.Resampling.BICUBIC, fillcolor=255)
    sheet = sheet.filter(ImageFilter.GaussianBlur(0.6)).point([int(v * 0.9 + 14) for v in range(256)])
    grain = Image.frombytes("L", sheet.size, chance.randbytes(sheet.width * sheet.height))
    grain = grain.filter(ImageFilter.GaussianBlur(1.1)).point([128 + (v - 128) // 8 for v in range(256)])
    return ImageChops.add(sheet, grain, scale=1, offset=-128)


@dataclass(frozen=True)
class Compared:
    """One scan against its print: counts of what there was and what was read right, and which fields differ."""

    name: str
    pages: int
    words: int
    wrong: int
    numbers: int
    numbers_read: int
    ticks: int
    ticks_read: int
    differing: tuple[str, ...]
    cpu_s: float


def compare(name: str, printed: Path, scan: Path) -> Compared:
    """Read both and compare."""
    want = read(printed, PATIENT)
    before = _cpu()
    got = read(scan, PATIENT)
    spent = _cpu() - before
    one, other = read_record(want), read_record(got)
    steps = SequenceMatcher(None, words_of(want), words_of(got), autojunk=False).get_opcodes()
    wrong = sum(max(b - a, d - c) for kind, a, b, c, d in steps if kind != "equal")
    ticks = [row.ticked for row in one.declarations], [row.ticked for row in other.declarations]
    facts, read_facts = facts_of(one), facts_of(other)
    return Compared(
        name=name,
        pages=len(want.pages),
        words=len(words_of(want)),
        wrong=wrong,
        numbers=len(numbers_of(one)),
        numbers_read=_shared(numbers_of(one), numbers_of(other)),
        ticks=len(ticks[0]),
        ticks_read=sum(a == b for a, b in zip(*ticks, strict=False)),
        differing=tuple(field for field in FIELDS if facts[field] != read_facts[field]),
        cpu_s=round(spent, 1),
    )


def _cpu() -> float:
    """CPU seconds of this process and of the engines it has run."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def words_of(document: Document) -> list[str]:
    """Every word of a paper, with straight quotes: an engine prints all of them bent."""
    straight = str.maketrans("‘’“”", "''\"\"")
    return [word for page in document.pages for line in page.lines for word in line.text.translate(straight).split()]


def numbers_of(record: DecisionRecord) -> list[str]:
    """The number of every numbered passage, in order."""
    return [p.number for p in record.passages() if isinstance(p, Passage) and p.number]


def _shared(want: Sequence[str], got: Sequence[str]) -> int:
    return sum(block.size for block in SequenceMatcher(None, want, got, autojunk=False).get_matching_blocks())


def facts_of(record: DecisionRecord) -> dict[str, Any]:
    """The facts that must come out the same, by name."""
    return {
        "reference": record.reference,
        "approved": record.approval.approved,
        "signed": (record.approval.signature, record.approval.signed_on),
        "deferral": (record.deferral.answer, record.deferral.until),
        "part2": (record.part2.exists, record.part2.withheld.pages),
        "grounds": [ground.key for ground in record.part2.exemptions],
        "awards": [(award.recommendation, award.kind, award.value, award.total_after) for award in record.awards],
        "amounts": [(amount.passage, amount.value) for amount in record.amounts],
        "chief_executive": (record.chief_executive.signature, record.chief_executive.signed_on),
    }


def measure(given: Iterable[str]) -> Iterator[Compared]:
    """Each paper copied in its way and compared; `SCAN.pdf=PAPER.pdf` is compared as it is."""
    ways = cycle(WAYS)
    for each in given:
        scan, _, printed = each.rpartition("=")
        if scan:
            yield compare(Path(scan).stem, Path(printed), Path(scan))
            continue
        turned, dpi = next(ways)
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "scan.pdf"
            file.write_bytes(copied(Path(printed), turned, dpi))
            yield compare(f"{Path(printed).stem}, {turned}° at {dpi} dpi", Path(printed), file)


def figures(scans: Sequence[Compared]) -> dict[str, Any]:
    """What came of all of them together, and of each."""

    def share(right: str, whole: str) -> float:
        count = sum(getattr(scan, whole) for scan in scans)
        return round(100 * sum(getattr(scan, right) for scan in scans) / count, 2) if count else 100.0

    return {
        "engine": engine(),
        "scans": len(scans),
        "pages": sum(scan.pages for scan in scans),
        "words_wrong_percent": share("wrong", "words"),
        "numbers_percent": share("numbers_read", "numbers"),
        "ticks_percent": share("ticks_read", "ticks"),
        "fields_percent": round(100 - 100 * sum(len(scan.differing) for scan in scans) / len(FIELDS) / len(scans), 2),
        "cpu_s_per_page": round(sum(scan.cpu_s for scan in scans) / sum(scan.pages for scan in scans), 2),
        "each": [
            {
                "scan": scan.name,
                "words_wrong_percent": round(100 * scan.wrong / scan.words, 2),
                "numbers": f"{scan.numbers_read}/{scan.numbers}",
                "ticks": f"{scan.ticks_read}/{scan.ticks}",
                "differing": list(scan.differing),
            }
            for scan in scans
        ],
    }


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks.scans", description=__doc__)
    asked.add_argument("papers", nargs="*", help="PDFs, or SCAN.pdf=PAPER.pdf; six sample papers where none is named")
    asked.add_argument("--json", action="store_true", help="print one JSON document")
    told = asked.parse_args()
    found = figures(tuple(measure(told.papers or [str(PAPERS / f"{name}.pdf") for name in COPIED])))
    if told.json:
        sys.stdout.write(json.dumps(found, indent=2, ensure_ascii=False) + "\n")
        return
    for name, value in found.items():
        if name != "each":
            sys.stdout.write(f"{name:24} {value}\n")
    for scan in found["each"]:
        sys.stdout.write("  " + ", ".join(f"{key} {value}" for key, value in scan.items()) + "\n")


if __name__ == "__main__":
    main()
