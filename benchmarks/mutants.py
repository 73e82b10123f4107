"""Small slips put into a module one at a time: the tests that guard it must fall for each of them.

    python -m benchmarks.mutants MODULE.py --tests TEST.py … [--where WORDS] [--only N …]

Each slip is tried on a copy of the house; one that no test notices is printed with its line. Some of
those mean the same as before; `docs/threat-model.md` says of each that is left why it does not matter.
A slip may make a loop endless, so tests that take three times the processor's time they take without a slip have
noticed it; the clock is not asked, as a machine that does other things too would then notice every slip.
"""

from __future__ import annotations

import argparse
import ast
import copy
import math
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
COPIED = ("ingest", "extract", "publish", "review", "site", "tests", "benchmarks", "docs")
ALONE = ("partone.py", "mkdocs.yml", "pyproject.toml")
LONGEST = 3600  # seconds of the clock, for tests that only wait
GRACE = 30  # seconds of the processor
SWAPPED: dict[type[ast.AST], type[ast.AST]] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.And: ast.Or, ast.Or: ast.And,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add,
}  # fmt: skip

Change = Callable[[Any], None]  # a node of the kind that it was made for


@dataclass(frozen=True)
class Slip:
    """One change to one node, the `nth` of the tree in the order they are walked."""

    nth: int
    line: int
    what: str
    change: Change


def slips(tree: ast.Module) -> Iterator[Slip]:
    """Every slip of the kinds that people make: a comparison turned, a condition dropped, a value forgotten."""
    for nth, node in enumerate(ast.walk(tree)):
        for what, change in _changes(node):
            yield Slip(nth, getattr(node, "lineno", 0), what, change)


def _changes(node: ast.AST) -> Iterator[tuple[str, Change]]:
    match node:
        case ast.Compare(ops=[first, *_]) if type(first) in SWAPPED:
            yield f"{type(first).__name__} turned", _with_operator
        case ast.BoolOp():
            yield f"{type(node.op).__name__} turned", _with_other_op
            for at in range(len(node.values)):
                yield f"part {at + 1} of a condition left out", _without(at)
        case ast.BinOp() if type(node.op) in SWAPPED:
            yield f"{type(node.op).__name__} turned", _with_other_op
        case ast.UnaryOp(op=ast.Not()):
            yield "not left out", _unnegated
        case ast.If() | ast.IfExp():
            yield "always so", _with_test(True)
            yield "never so", _with_test(False)
        case ast.comprehension(ifs=[_, *_]):
            yield "a filter left out", _unfiltered
        case ast.Return(value=value) if value is not None:
            yield "nothing returned", _nothing_returned
        case ast.Expr(value=ast.Yield() | ast.YieldFrom()) | ast.Expr(value=ast.Call()) | ast.AugAssign() | ast.Raise():
            yield "a step left out", _passed
        case ast.Constant(value=int() as number) if not isinstance(number, bool):
            yield "one more", _with_number(number + 1)


def _with_operator(node: Any) -> None:
    node.ops[0] = SWAPPED[type(node.ops[0])]()


def _with_other_op(node: Any) -> None:
    node.op = SWAPPED[type(node.op)]()


def _without(at: int) -> Change:
    def change(node: Any) -> None:
        node.values[at] = ast.Constant(value=isinstance(node.op, ast.And))

    return change


def _unnegated(node: Any) -> None:
    node.op, node.operand = ast.Not(), ast.UnaryOp(op=ast.Not(), operand=node.operand)


def _with_test(answer: bool) -> Change:
    def change(node: Any) -> None:
        both = ast.Or() if answer else ast.And()  # what is asked may have a name in it that is used below
        node.test = ast.BoolOp(op=both, values=[node.test, ast.Constant(value=answer)])

    return change


def _unfiltered(node: Any) -> None:
    node.ifs = [ast.BoolOp(op=ast.Or(), values=[each, ast.Constant(value=True)]) for each in node.ifs]


def _nothing_returned(node: Any) -> None:
    node.value = ast.Constant(value=None)


def _passed(node: Any) -> None:
    node.__class__ = ast.Pass  # in place, so that no parent need be found
    node.__dict__ = {k: v for k, v in node.__dict__.items() if k.endswith(("lineno", "offset"))}


def _with_number(number: int) -> Change:
    def change(node: Any) -> None:
        node.value = number

    return change


def written(tree: ast.Module, slip: Slip) -> str:
    """The module with the slip in it."""
    tree = copy.deepcopy(tree)
    slip.change(next(node for nth, node in enumerate(ast.walk(tree)) if nth == slip.nth))
    return ast.unparse(ast.fix_missing_locations(tree))


def fall(house: Path, tests: Sequence[str], seconds: int) -> str | None:
    """What the tests end with where one falls or none comes to its end; None where all pass."""
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "-n0", *tests]
    environment = os.environ | {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(house)}
    with tempfile.TemporaryFile("w+") as said:
        run = subprocess.Popen(command, cwd=house, env=environment, stdout=said, stderr=said)
        resource.prlimit(run.pid, resource.RLIMIT_CPU, (seconds, seconds))
        try:
            ended = run.wait(LONGEST)
        except subprocess.TimeoutExpired:
            run.kill()
            ended = run.wait()
        said.seek(0)
        return (said.read()[-2000:] or f"ended with {ended}") if ended else None


def main() -> int:
    """Try every slip; 1 where one of them is not noticed."""
    arguments = argparse.ArgumentParser(prog="python -m benchmarks.mutants", description="Put slips into a module.")
    arguments.add_argument("module", metavar="MODULE.py")
    arguments.add_argument("--tests", nargs="+", required=True, metavar="TEST.py")
    arguments.add_argument("--where", metavar="WORDS", help="only the tests whose names have these, as pytest's -k")
    arguments.add_argument("--only", nargs="+", type=int, metavar="N", help="only these slips, by their number")
    options = arguments.parse_args()
    tree = ast.parse((ROOT / options.module).read_text(encoding="utf-8"))
    tests = [*options.tests, *(("-k", options.where) if options.where else ())]
    tried = [pair for pair in enumerate(slips(tree), start=1) if not options.only or pair[0] in options.only]
    left = 0
    with tempfile.TemporaryDirectory() as temporary:
        house = Path(temporary) / "house"
        for folder in COPIED:
            shutil.copytree(ROOT / folder, house / folder, ignore=shutil.ignore_patterns("__pycache__"))
        for file in ALONE:
            shutil.copy(ROOT / file, house / file)
        if (ROOT.parent / "shared").is_dir():
            (Path(temporary) / "shared").symlink_to(ROOT.parent / "shared")
        if not tried or (why := fall(house, tests, LONGEST)):
            print(f"{why}\nThe tests must pass before a slip is put in." if tried else "There is no such slip.")
            return 2
        spent = resource.getrusage(resource.RUSAGE_CHILDREN)
        seconds = 3 * math.ceil(spent.ru_utime + spent.ru_stime) + GRACE
        for number, slip in tried:
            (house / options.module).write_text(written(tree, slip), encoding="utf-8")
            if not fall(house, tests, seconds):
                left += 1
                print(f"{options.module}, line {slip.line}: not noticed: {slip.what} (--only {number})", flush=True)
    print(f"{options.module}: {len(tried)} slips tried, {len(tried) - left} noticed, {left} not.")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
