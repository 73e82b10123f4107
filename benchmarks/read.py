"""What reading costs, against PDFium's bare text and pdfplumber's words and tables, in the same run.

    python -m benchmarks.read [PAPER …] [--json]

CPU seconds, the median of several rounds, each engine in turn within a round, so that a busy machine slows all alike.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pdfplumber
import pypdfium2

from extract import read_record
from ingest import hidden, pdf, tables
from ingest.document import Document

PAPERS = Path(__file__).resolve().parent.parent / "tests" / "papers"
ROUNDS = 7


def born_digital() -> list[Path]:
    """The sample papers on a form that is known, without the scans."""
    facts = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(PAPERS.glob("*.expected.json"))]
    return [PAPERS / paper["file_name"] for paper in facts if paper["form"] and not paper["sample"]["scanned"]]


def bare_text(path: Path) -> None:
    """The least any reader on PDFium can do: its text, without places."""
    paper = pypdfium2.PdfDocument(path)
    for page in paper:
        page.get_textpage().get_text_range()
    paper.close()


def plumber(path: Path) -> None:
    """Words and ruled tables by pdfplumber."""
    with pdfplumber.open(path) as paper:
        for page in paper.pages:
            page.extract_words()
            page.find_tables()


def document_of(path: Path) -> Document:
    """What `partone` reads, without the search for hidden text, which is timed by itself."""
    data = path.read_bytes()
    with pdf.opened(path.name, data) as paper:
        pages = tuple(pdf.read_pages(paper))
    return Document(path.name, "0" * 64, pages, tables.find_tables(pages, data))


def record(path: Path) -> None:
    """A complete record as JSON."""
    read_record(document_of(path)).model_dump_json()


def search_hidden(path: Path) -> None:
    """The search for text that no reader sees."""
    with pdf.opened(path.name, path.read_bytes()) as paper:
        for index in range(pdf.page_count(paper)):
            hidden.unseen_words(paper, index)


def cpu(work: Callable[[Path], object], papers: list[Path]) -> float:
    """CPU seconds of one round."""
    before = time.process_time()
    for path in papers:
        work(path)
    return time.process_time() - before


def help_seconds() -> float:
    """Wall seconds until `partone --help` has answered."""
    before = time.perf_counter()
    subprocess.run([sys.executable, "-m", "partone", "--help"], capture_output=True, check=True)
    return time.perf_counter() - before


def measure(papers: list[Path]) -> dict[str, float]:
    """All figures of one run."""
    engines: dict[str, Callable[[Path], object]] = {
        "bare_text": bare_text,
        "record": record,
        "hidden": search_hidden,
        "pdfplumber": plumber,
    }
    taken: dict[str, list[float]] = {name: [] for name in engines}
    for number in range(ROUNDS + 1):
        for name, work in engines.items():
            seconds = cpu(work, papers)
            if number:  # the first round loads what is loaded once
                taken[name].append(seconds)
    middle = {name: statistics.median(values) for name, values in taken.items()}
    count = 0
    for path in papers:
        paper = pypdfium2.PdfDocument(path)
        count += len(paper)
        paper.close()
    return {
        "papers": len(papers),
        "pages": count,
        "cpu_ratio_pdfium_text": round(middle["record"] / middle["bare_text"], 2),
        "cpu_ratio_pdfplumber": round(middle["pdfplumber"] / middle["record"], 2),
        "record_cpu_ms_per_page": round(1000 * middle["record"] / count, 2),
        "hidden_cpu_ms_per_page": round(1000 * middle["hidden"] / count, 2),
        "rss_mib": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
        "help_s": round(statistics.median(help_seconds() for _ in range(3)), 3),
    }


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks.read", description=__doc__)
    asked.add_argument("papers", nargs="*", type=Path, help="PDFs; the sample papers where none is named")
    asked.add_argument("--json", action="store_true", help="print one JSON document")
    told = asked.parse_args()
    papers = told.papers or born_digital()
    figures = measure(papers)
    if told.json:
        sys.stdout.write(json.dumps(figures, indent=2) + "\n")
    else:
        for name, value in figures.items():
            sys.stdout.write(f"{name:24} {value}\n")


if __name__ == "__main__":
    main()
