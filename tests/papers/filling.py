"""How a printed paper is filled in: with a pen, in the fields of a form, and with digital signatures.

Where to write is found by pdfplumber, which reads PDFs in another way than the code that is tested. All bytes are the
same every time.
"""

from __future__ import annotations

import io
import math
import random
from collections.abc import Callable
from typing import Any

import pdfplumber
import pikepdf
from pikepdf import Array, Dictionary, Name, String

from tests.papers.paper import Toml
from tests.papers.sealing import sealed, signature

Points = list[tuple[float, float]]
BOX = 10.0  # points: the side of a box to tick
TICK_COLUMN = 1.7 * 72 / 2.54  # points: from the right margin to the middle of the column of ticks
SIGNATORIES = {"decision-maker": "Imelda Quarshie", "chief-executive": "Aurelio Penhaligon"}  # invented


class Paper:
    """A printed paper: where its words stand, and the pages to write on."""

    def __init__(self, pdf: bytes, paper: Toml) -> None:
        self.words = pdfplumber.open(io.BytesIO(pdf))
        self.file = pikepdf.open(io.BytesIO(pdf))
        self.paper = paper
        self.high = float(self.words.pages[0].height)

    def find(self, words: str, after: str = "") -> tuple[int, dict[str, Any]]:
        """Page (from 0) and place of the first such words, or the first behind others."""
        begun = not after
        for number, page in enumerate(self.words.pages):
            top = -1.0
            if not begun and (found := page.search(after, regex=False)):
                begun, top = True, found[0]["top"]
            here = [place for place in page.search(words, regex=False) if place["top"] > top] if begun else []
            if here:
                return number, here[0]
        raise SystemExit(f"there is no {words!r} on the paper")

    def draw(self, number: int, drawn: str) -> None:
        self.file.pages[number].contents_add(f"\nq {drawn}Q\n".encode())

    def saved(self, **how: Any) -> bytes:
        kept = io.BytesIO()
        self.file.save(kept, deterministic_id=True, **how)
        return kept.getvalue()


def stroke(points: Points, high: float, width: float = 1.1) -> str:
    """A line through some points, as ink of a pen."""
    (x, y), *rest = points
    lines = "".join(f"{x:.2f} {high - y:.2f} l " for x, y in rest)
    return f"{width} w 1 J 1 j 0.05 0.1 0.35 RG {x:.2f} {high - y:.2f} m {lines}S "


def ring(x0: float, top: float, x1: float, bottom: float) -> Points:
    x, y, a, b = (x0 + x1) / 2, (top + bottom) / 2, (x1 - x0) / 2 + 4, (bottom - top) / 2 + 3
    steps = [2.2 * math.pi * n / 48 for n in range(49)]
    return [(x + a * (1 + 0.05 * math.sin(3 * t)) * math.cos(t), y + b * math.sin(t)) for t in steps]


def pen(pdf: bytes, paper: Toml) -> bytes:
    """A ring around the word that stands and two lines across the other, ticks in the cells, and two signatures."""
    sheet = Paper(pdf, paper)
    number, asked = sheet.find("YES/NO")
    letters = asked["chars"]
    places = {"YES": letters[:3], "NO": letters[4:]}
    for word, chars in places.items():
        x0, x1, top, bottom = chars[0]["x0"], chars[-1]["x1"], asked["top"] + 2, asked["bottom"] - 1
        if word != paper["deferral"]["struck"]:
            sheet.draw(number, stroke(ring(x0, top, x1, bottom), sheet.high))
        else:
            sheet.draw(number, stroke([(x0 - 1, top), (x1 + 1, bottom)], sheet.high))
            sheet.draw(number, stroke([(x0 - 1, bottom), (x1 + 1, top)], sheet.high))
    for n, (topic, _) in enumerate(paper["declarations"]):
        if topic not in paper["unticked"]:
            number, place = sheet.find(topic + paper["layout"]["topic_colon"], after="ORIGINATING OFFICER DECLARATION")
            x, y = _tick_column(sheet), place["bottom"] + 4
            sheet.draw(number, stroke([(x - 5, y - 6), (x - 1, y + n % 3), (x + 8, y - 14)], sheet.high))
    for signatory, (number, place) in zip(
        SIGNATORIES, (sheet.find("Signature"), _last(sheet, "Signature")), strict=True
    ):
        sheet.draw(number, stroke(_scrawl(signatory, place["x0"] + 4, place["bottom"] + 22), sheet.high))
    return sheet.saved()


def _tick_column(sheet: Paper) -> float:
    margin: float = sheet.paper["layout"]["margin"] * 72 / 2.54
    return 595.28 - margin - TICK_COLUMN


def _last(sheet: Paper, words: str) -> tuple[int, dict[str, Any]]:
    found = [(n, place) for n, page in enumerate(sheet.words.pages) for place in page.search(words, regex=False)]
    return found[-1]


def _scrawl(name: str, x: float, y: float) -> Points:
    """A made-up signature: loops that grow smaller."""
    r = random.Random(name)
    loops, high = r.uniform(6, 9), r.uniform(9, 13)
    steps = [n / 160 for n in range(161)]
    return [
        (
            x + 105 * t + 5 * math.sin(2 * math.pi * loops * t),
            y + high * (1 - 0.6 * t) * math.cos(2.2 * math.pi * loops * t),
        )
        for t in steps
    ]


class Form:
    """The fields that are put on a paper."""

    def __init__(self, sheet: Paper) -> None:
        self.sheet, self.file = sheet, sheet.file
        fonts = {
            f"/{key}": self.file.make_indirect(
                Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name(f"/{name}"))
            )
            for key, name in (("Helv", "Helvetica"), ("ZaDb", "ZapfDingbats"))
        }
        fonts["/Helv"].Encoding = Name.WinAnsiEncoding
        self.fonts = Dictionary(Font=Dictionary(fonts))
        self.fields: list[pikepdf.Object] = []
        self.file.Root.AcroForm = self.file.make_indirect(
            Dictionary(Fields=Array(), DR=self.fonts, DA=String("/Helv 10 Tf 0 g"))
        )

    def look(self, wide: float, high: float, drawn: str) -> pikepdf.Object:
        """The picture of a field."""
        return self.file.make_stream(
            drawn.encode("cp1252"),
            Type=Name.XObject,
            Subtype=Name.Form,
            BBox=Array([0, 0, round(wide, 2), round(high, 2)]),
            Resources=self.fonts,
        )

    def widget(self, number: int, x0: float, top: float, x1: float, bottom: float, **said: Any) -> pikepdf.Object:
        """A field where a page shows it."""
        page = self.file.pages[number].obj
        rect = Array([round(edge, 2) for edge in (x0, self.sheet.high - bottom, x1, self.sheet.high - top)])
        known = {"Type": Name.Annot, "Subtype": Name.Widget, "F": 4, "Rect": rect, "P": page, **said}
        made = self.file.make_indirect(Dictionary({f"/{key}": value for key, value in known.items()}))
        page.Annots = Array([*page.get("/Annots", ()), made])
        return made

    def done(self) -> None:
        self.file.Root.AcroForm.Fields = Array(self.fields)

    def text(self, name: str, value: str, number: int, x0: float, top: float, wide: float, lines: int = 1) -> None:
        """A text that was typed, over one line or several."""
        high = 14.0 * lines
        rows = [""]
        for word in value.split():
            rows = [*rows[:-1], f"{rows[-1]} {word}".strip()] if len(rows[-1] + word) < wide / 5.2 else [*rows, word]
        shown = "".join(f"1 0 0 1 2 {high - 10.5 - 12 * n:.2f} Tm ({_escaped(row)}) Tj " for n, row in enumerate(rows))
        look = self.look(wide, high, f"/Tx BMC q BT /Helv 10 Tf 0 g {shown}ET Q EMC")
        more = {"Ff": 4096} if lines > 1 else {}
        said = {"FT": Name.Tx, "T": String(name), "V": String(value), "DA": String("/Helv 10 Tf 0 g"), **more}
        self.fields.append(self.widget(number, x0, top, x0 + wide, top + high, AP=Dictionary(N=look), **said))

    def box(self, number: int, x: float, middle: float, state: str, on: bool, **said: Any) -> pikepdf.Object:
        """A box to tick; `state` is its name for being ticked."""
        frame = f"0.7 w 0.5 0.5 {BOX - 1} {BOX - 1} re S "
        ticked = self.look(BOX, BOX, f"q {frame}BT /ZaDb 9 Tf 0 g 1.6 1.9 Td (4) Tj ET Q")  # a tick
        looks = Dictionary({f"/{state}": ticked, "/Off": self.look(BOX, BOX, f"q {frame}Q")})
        shown = Name(f"/{state}") if on else Name.Off
        top = middle - BOX / 2
        return self.widget(number, x, top, x + BOX, top + BOX, AS=shown, AP=Dictionary(N=looks), **said)


def _escaped(words: str) -> str:
    return words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def fields(pdf: bytes, paper: Toml) -> bytes:
    """The answers of the tail in the fields of a form: two round boxes, two texts, and a box for each declaration."""
    sheet = Paper(pdf, paper)
    form = Form(sheet)
    answer = {"YES": "No", "NO": "Yes", "": "Off"}[paper["deferral"]["struck"]]
    group = sheet.file.make_indirect(
        Dictionary(FT=Name.Btn, Ff=1 << 15, T=String("deferred"), V=Name(f"/{answer}"), Kids=Array())
    )
    for word, words in (("Yes", "deferred? Yes"), ("No", "deferred? Yes No")):
        number, place = sheet.find(words)
        middle = (place["top"] + place["bottom"]) / 2
        group.Kids.append(form.box(number, place["x1"] + 3, middle, word, word == answer, Parent=group))
    form.fields.append(group)
    for name, label, lines in (("reason", "If yes, for what reason:", 2), ("until", "Until what date:", 1)):
        number, place = sheet.find(label)
        form.text(name, paper["deferral"][name], number, place["x1"] + 4, place["top"] - 1, 290, lines)
    for topic, _ in paper["declarations"]:
        number, place = sheet.find(topic + paper["layout"]["topic_colon"], after="ORIGINATING OFFICER DECLARATION")
        on = topic not in paper["unticked"]
        said = {"FT": Name.Btn, "T": String(topic), "V": Name.Yes if on else Name.Off}
        form.fields.append(form.box(number, _tick_column(sheet) - BOX / 2, place["bottom"] + 6, "Yes", on, **said))
    form.done()
    return sheet.saved()


def digital(pdf: bytes, paper: Toml) -> bytes:
    """The decision maker's block signed digitally: all bytes of the file, with a certificate that nobody issued."""
    sheet = Paper(pdf, paper)
    form = Form(sheet)
    name = SIGNATORIES["decision-maker"]
    number, place = sheet.find("Signature")
    signed = sheet.file.make_indirect(signature(name, paper["signed_on"]))
    look = form.look(190, 30, f"q BT /Helv 9 Tf 0 g 2 18 Td (Digitally signed by {name}) Tj ET Q")
    x, top = place["x0"], place["bottom"] + 4
    said = {"FT": Name.Sig, "T": String("decision-maker"), "V": signed, "AP": Dictionary(N=look)}
    form.fields.append(form.widget(number, x, top, x + 190, top + 30, **said))
    form.done()
    sheet.file.Root.AcroForm.SigFlags = 3
    return sealed(sheet.saved(object_stream_mode=pikepdf.ObjectStreamMode.disable), name)


FILLINGS: dict[str, Callable[[bytes, Toml], bytes]] = {"pen": pen, "fields": fields, "digital": digital}
