"""Prints the sample papers: `python -m tests.papers.make_papers [NAME ...] [--check]`.

Each `sources/NAME.toml` becomes NAME.pdf and NAME.expected.json here. The same source gives the same bytes: only the
fonts of pinned packages are used, the clock is not read, and the signatures are drawn from the reference's letters.
`--check` prints into a temporary folder instead and says what differs.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import sys
import tempfile
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

import pypdfium2
import typst
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from tests.papers.finishing import FINISHES
from tests.papers.paper import HERE, Toml, expected, load, names, printed, slips

FONTS = Path(str(files("fontpkg_atkinson_hyperlegible"))) / "files"
SCAN_DPI, SCAN_QUALITY = 200, 34
SCAN_PAGES = """
#set document(date: auto)
#set page(paper: "a4", margin: 0pt)
#for picture in json("pages.json") { page(image(picture, width: 100%, height: 100%, fit: "stretch")) }
"""


def scribble(name: str) -> Image.Image:
    """A made-up signature for `name`: a run of loops that fades to the right, and a flourish beneath."""
    r, large = random.Random(name), 4
    image = Image.new("L", (440 * large, 130 * large), 255)
    loop, height, lean, start = r.uniform(6, 9), r.uniform(24, 34), r.uniform(10, 20), r.uniform(0, 6)
    steps = [i / 400 for i in range(401)]
    name_line = [
        (
            30 + 300 * t + lean * math.sin(2 * math.pi * loop * t + start),
            60 + height * (1 - 0.7 * t) * math.cos(2.2 * math.pi * loop * t),
        )
        for t in steps
    ]
    flourish = [(24 + 390 * t, 108 - 22 * t + 5 * math.sin(6 * t + start)) for t in steps]
    draw = ImageDraw.Draw(image)
    for line in (name_line, flourish):
        draw.line([(round(x * large), round(y * large)) for x, y in line], fill=30, width=3 * large, joint="curve")
    return image.reduce(large)


def compiled(folder: Path, source: Path, day: str, tags: bool) -> bytes:
    """The PDF that `source` makes of the files in `folder`, as if at noon of `day` (DD/MM/YYYY)."""
    noon = datetime.strptime(day, "%d/%m/%Y").replace(hour=12, tzinfo=UTC)
    return typst.compile(
        source, root=folder, font_paths=[FONTS], ignore_system_fonts=True, format="pdf", timestamp=noon, pdf_tags=tags
    )


def print_form(paper: Toml) -> bytes:
    """A paper as the office's word processor prints it."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        (folder / "paper.json").write_text(json.dumps(printed(paper)), encoding="utf-8")
        for signatory in ("decision-maker", "chief-executive"):
            scribble(f"{signatory} {paper.get('reference_as_printed')}").save(folder / f"{signatory}.png")
        for template in HERE.glob("*.typ"):  # all, so that one may import from another
            (folder / template.name).write_bytes(template.read_bytes())
        return compiled(folder, folder / paper["template"], paper["signed_on"], paper["layout"]["tags"])


def crooked(page: Image.Image, r: random.Random) -> Image.Image:
    """A page as a copier sees it: slightly turned, soft, grey and grainy."""
    page = page.rotate(r.uniform(-0.7, 0.7), resample=Image.Resampling.BICUBIC, fillcolor=255)
    page = page.filter(ImageFilter.GaussianBlur(0.6)).point([int(v * 0.9 + 14) for v in range(256)])
    grain = Image.frombytes("L", page.size, r.randbytes(page.width * page.height))
    grain = grain.filter(ImageFilter.GaussianBlur(1.1)).point([128 + (v - 128) // 8 for v in range(256)])
    return ImageChops.add(page, grain, scale=1, offset=-128)


def scan(pdf: bytes, name: str, day: str) -> bytes:
    """The same pages as grey pictures without a letter of text."""
    r = random.Random(name)
    with tempfile.TemporaryDirectory() as temporary:
        folder, pictures = Path(temporary), []
        document = pypdfium2.PdfDocument(pdf)
        for number, page in enumerate(document, start=1):
            picture = page.render(scale=SCAN_DPI / 72, grayscale=True).to_pil()
            pictures.append(f"page{number}.jpg")
            crooked(picture, r).save(folder / pictures[-1], quality=SCAN_QUALITY, dpi=(SCAN_DPI, SCAN_DPI))
        document.close()
        (folder / "pages.json").write_text(json.dumps(pictures), encoding="utf-8")
        source = folder / "scan.typ"
        source.write_text(SCAN_PAGES, encoding="utf-8")
        return compiled(folder, source, day, tags=False)


def make(name: str, folder: Path) -> None:
    """Writes NAME.pdf and NAME.expected.json into `folder`."""
    paper = load(name)
    facts = expected(paper, f"{name}.pdf")
    if wrong := slips(facts):
        raise SystemExit(f"{name}.toml contradicts itself: {'; '.join(wrong)}")
    pdf = print_form(paper)
    if paper["scanned"]:
        pdf = scan(pdf, name, paper["signed_on"])
    for finish in paper["finish"]:
        pdf = FINISHES[finish](pdf, paper)
    (folder / f"{name}.pdf").write_bytes(pdf)
    (folder / f"{name}.expected.json").write_text(
        json.dumps(facts, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )


def stale(chosen: list[str]) -> list[str]:
    """The committed files that their sources would no longer print byte for byte."""
    with tempfile.TemporaryDirectory() as temporary:
        folder, differing = Path(temporary), []
        for name in chosen:
            make(name, folder)
            for file in (f"{name}.pdf", f"{name}.expected.json"):
                there = HERE / file
                if not there.exists() or there.read_bytes() != (folder / file).read_bytes():
                    differing.append(file)
        return differing


def main() -> int:
    arguments = argparse.ArgumentParser(
        prog="python -m tests.papers.make_papers", description="Print the sample papers."
    )
    arguments.add_argument("names", nargs="*", metavar="NAME", help="only these papers; all without any")
    arguments.add_argument("--check", action="store_true", help="say which committed files differ, and write none")
    options = arguments.parse_args()
    chosen = options.names or names()
    if unknown := sorted(set(chosen) - set(names())):
        arguments.error(f"no such paper: {', '.join(unknown)}; there are {', '.join(names())}")
    if options.check:
        differing = stale(chosen)
        print("\n".join(f"differs: {file}" for file in differing) or "all as their sources print them")
        return 1 if differing else 0
    for name in chosen:
        make(name, HERE)
        print(HERE / f"{name}.pdf")
    return 0


if __name__ == "__main__":
    sys.exit(main())
