"""Ticks, crosses and boxes that are set as letters, by what they look like in the font that prints them.

Word processors print a tick as a letter of a symbol font: the letter ü in Wingdings is a tick. Where the file says what
such a letter stands for, it is a private number beginning with F0; where it does not, it is the letter itself.
"""

from __future__ import annotations

from typing import Literal

from ingest.document import Word

Glyph = Literal["tick", "cross", "empty box", "ticked box"]

EVERYWHERE: dict[str, Glyph] = {
    **dict.fromkeys("✓✔√🗸", "tick"),
    **dict.fromkeys("✗✘✕✖×", "cross"),
    **dict.fromkeys("☐□▢❏❑❒⬜", "empty box"),
    **dict.fromkeys("☑☒✅🗹🗷🗵", "ticked box"),
}
# Font: its letters by number.
SYMBOLS: dict[str, dict[int, Glyph]] = {
    "wingdings": {
        0xFC: "tick",
        0xFB: "cross",
        0x6F: "empty box",
        0x71: "empty box",
        0x72: "empty box",
        0xA8: "empty box",
        0xFE: "ticked box",
        0xFD: "ticked box",
        0x78: "ticked box",
    },
    "wingdings2": {
        0x50: "tick",
        0x4F: "cross",
        0xA3: "empty box",
        0x51: "ticked box",
        0x52: "ticked box",
        0x53: "ticked box",
        0x54: "ticked box",
    },
    "symbol": {0xD6: "tick", 0xB4: "cross"},
    "zapfdingbats": {
        **dict.fromkeys((0x33, 0x34), "tick"),
        **dict.fromkeys((0x35, 0x36, 0x37, 0x38), "cross"),
        **dict.fromkeys((0x6F, 0x70, 0x71, 0x72), "empty box"),
    },
    "webdings": {0x61: "tick", 0x72: "cross", 0x63: "empty box"},
}
PRIVATE = 0xF000  # where the letters of symbol fonts are put


def glyph_of(word: Word) -> Glyph | None:
    """What a single letter shows, where that is a tick, a cross or a box."""
    text = word.text.strip(".,;:()[]")
    if len(text) != 1:
        return None
    if text in EVERYWHERE:
        return EVERYWHERE[text]
    number, font = ord(text), "".join(c for c in word.font.lower() if c.isalnum())
    letters = SYMBOLS["wingdings2"] if font.startswith("wingdings2") else None
    letters = letters or next((table for name, table in SYMBOLS.items() if font.startswith(name)), None)
    if letters is None:  # a font under another name; its private letters are nearly always those of Wingdings
        return SYMBOLS["wingdings"].get(number - PRIVATE)
    return letters.get(number - PRIVATE if number >= PRIVATE else number)
