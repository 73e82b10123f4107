"""The command line as people and scripts meet it: what it prints and its exit code."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from partone import main

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Ran:
    """One command that was run."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def partone(*words: object, home: Path | None = None) -> Ran:
    """Run `partone` with these words, in this process, through the same `main` that the command calls."""
    out, err = io.StringIO(), io.StringIO()
    kept_arguments, kept_home = sys.argv, os.environ.pop("PARTONE_HOME", None)
    sys.argv = ["partone", *map(str, words)]
    if home is not None:
        os.environ["PARTONE_HOME"] = str(home)
    code = 0
    try:
        with redirect_stdout(out), redirect_stderr(err):
            main()
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 0 if ended.code is None else 1
    finally:
        sys.argv = kept_arguments
        os.environ.pop("PARTONE_HOME", None)
        if kept_home is not None:
            os.environ["PARTONE_HOME"] = kept_home
    return Ran(code, out.getvalue(), err.getvalue())


def partone_apart(*words: object, home: Path | None = None, cwd: Path | None = None) -> Ran:
    """The same in a process of its own, as a shell runs it."""
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    environment.pop("PARTONE_HOME", None)
    if home is not None:
        environment["PARTONE_HOME"] = str(home)
    command = [sys.executable, "-m", "partone", *map(str, words)]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=cwd, timeout=600, check=False)
    return Ran(done.returncode, done.stdout, done.stderr)


def staffed(home: Path) -> Path:
    """A home with a clerk, two reviewers and a releaser."""
    for name, role in (
        ("Cleo Clerk", "clerk"),
        ("Ann Reviewer", "reviewer"),
        ("Ben Reviewer", "reviewer"),
        ("Rae Releaser", "releaser"),
    ):
        assert partone("people", "add", name, "--role", role, home=home).code == 0
    return home


def answer_all(home: Path, ref: str, by: str, deferral: str = "no") -> None:
    """Answer every finding that a person must answer, with a value where one is asked for."""
    values = {"yes-no": deferral, "exemption": "FOIA s.43(1) and FOIA s.43(2)", "date": "2027-02-01"}
    for finding in partone("check", ref, "--json", home=home).json["findings"]:
        if finding["severity"] == "note" or finding["answered_by"]:
            continue
        value = ("--value", values[finding["asks"]]) if finding["asks"] else ()
        ran = partone("answer", ref, finding["id"], "--by", by, "--because", "Asked the officer.", *value, home=home)
        assert ran.code == 0, ran.err


def state(home: Path, ref: str) -> str:
    return str(partone("show", ref, "--json", home=home).json["state"])


def every_byte(folder: Path) -> bytes:
    """All that is in a folder, names included."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return b"\0".join(str(path.relative_to(folder)).encode() + b"\0" + path.read_bytes() for path in files)
