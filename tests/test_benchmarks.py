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


def test_a_slip_is_put_in_and_noticed() -> None:
    """The command that counts slips nobody notices: one that its tests notice, small as it is run here."""
    command = [sys.executable, "-m", "benchmarks.mutants", "extract/redaction.py"]
    options = ["--tests", "tests/test_redaction.py", "--only", "1"]
    ran = subprocess.run([*command, *options], cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert (ran.returncode, ran.stdout) == (0, "extract/redaction.py: 1 slips tried, 1 noticed, 0 not.\n"), ran.stderr
