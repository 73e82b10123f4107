"""The benchmark of reading runs, and says what it promises to say; how fast is no question for a test."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from benchmarks.engines import has_docling

ROOT = Path(__file__).resolve().parent.parent
PROMISED = (
    "cpu_ratio_pdfium_text",
    "cpu_ratio_pdfplumber",
    "record_cpu_ms_per_page",
    "hidden_cpu_ms_per_page",
    "rss_mib",
    "two_workers_of_control",
    "pages_per_second_two_workers",
    "help_s",
)


def test_the_benchmark_of_reading_runs_on_one_paper() -> None:
    paper = ROOT / "tests" / "papers" / "plain.pdf"
    command = [sys.executable, "-m", "benchmarks.read", "--json", "--rounds", "1", str(paper)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True)
    figures = json.loads(done.stdout)
    assert all(figures[name] > 0 for name in PROMISED)
    assert (figures["cpu_ratio_docling_parse"] == "not installed") is not has_docling()
