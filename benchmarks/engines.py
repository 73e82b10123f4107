"""One way to read papers, in a process of its own: a round for each line it is sent, and what the round took.

    python -m benchmarks.engines ENGINE PAPER …

What reads in the same process shares its heap, its caches and its peak memory, so each engine has its own.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

DOCLING = "docling_parse.pdf_parser"  # a peer, and nothing of ours needs it: measured where somebody has it
Work = Callable[[Path], object]


def bare_text() -> Work:
    """The least any reader on PDFium can do: its text, without places."""
    import pypdfium2

    def read(path: Path) -> None:
        paper = pypdfium2.PdfDocument(path)
        for page in paper:
            page.get_textpage().get_text_range()
        paper.close()

    return read


def record() -> Work:
    """A complete record as JSON, as a reading process makes it, but for the search for hidden content."""
    from extract import read_record
    from ingest.reader import read_bytes

    return lambda path: read_record(read_bytes(path.name, path.read_bytes(), search=False)).model_dump_json()


def hidden() -> Work:
    """The search for what no reader sees."""
    from ingest import covered, hidden, inside, pdf, structure

    def search(path: Path) -> None:
        data = path.read_bytes()
        with pdf.opened(path.name, data) as paper:
            for index in range(pdf.page_count(paper)):
                hidden.unseen_words(paper, index)
                list(covered.covered_pictures(paper, index + 1, 0))
            pages = tuple(pdf.read_pages(paper))
        list(structure.beside_the_pages(data))
        list(inside.inside_the_file(path.name, data, pages))

    return search


def worker() -> Work:
    """All that a reading process does: record, hidden content, findings, and what would be public."""
    from extract.reading import read_whole

    return lambda path: read_whole(path.name, path.read_bytes())


def pdfplumber() -> Work:
    """Words and ruled tables by pdfplumber."""
    import pdfplumber

    def read(path: Path) -> None:
        with pdfplumber.open(path) as paper:
            for page in paper.pages:
                page.extract_words()
                page.find_tables()

    return read


def docling() -> Work:
    """Characters, words and lines by docling-parse, where it is installed."""
    parser = importlib.import_module(DOCLING).DoclingPdfParser(loglevel="fatal")

    def read(path: Path) -> None:
        for _, page in parser.load(str(path)).iterate_pages():
            list(page.iterate_cells(unit_type="word"))

    return read


def counting() -> Work:
    """Nothing but the processor: what two processes at once can do at the moment."""
    return lambda _: sum(range(1_000_000))


ENGINES: dict[str, Callable[[], Work]] = {
    one.__name__: one for one in (bare_text, record, hidden, worker, pdfplumber, docling, counting)
}


def has_docling() -> bool:
    """Whether docling-parse can be measured too; it is not among what we install."""
    return importlib.util.find_spec(DOCLING.partition(".")[0]) is not None


def forget() -> None:
    """Empty what remembers texts it has seen: another paper has others. What is loaded once for all stays."""
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] in ("ingest", "extract", "publish"):
            for value in list(vars(module).values()):
                if hasattr(value, "cache_parameters") and value.cache_parameters()["maxsize"] is not None:
                    value.cache_clear()


def main() -> None:
    """Answer each line with a round over the papers: seconds of the processor and of the clock, and peak memory."""
    engine, *papers = sys.argv[1:]
    work, paths = ENGINES[engine](), [Path(paper) for paper in papers]
    for _ in sys.stdin:
        forget()
        cpu, wall = time.process_time(), time.perf_counter()
        for path in paths:
            work(path)
        cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        sys.stdout.write(json.dumps({"cpu": cpu, "wall": wall, "rss_mib": peak}) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
