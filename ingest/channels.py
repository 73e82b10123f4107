"""Where in a PDF words may stand that its pages do not show, as rows: the way there, and what is harmless on it.

The first row whose way fits is the one that counts, and the last fits everything, so that a place nobody thought of is
asked about too. Each kind has an example in `tests/test_inspect.py`; officers read of them in docs/officers.md.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Channel:
    """One kind of place: the ways that lead there, the shapes that tell nothing there, and what an officer is told."""

    kind: str
    ways: str
    harmless: tuple[str, ...]
    detail: str
    pattern: re.Pattern[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "pattern", re.compile(self.ways))


METADATA = "The file's properties say something that no page shows."
BOOKMARK = "A bookmark or the name of a place in the file says something that no page shows."
STRUCTURE = "What a screen reader is told says something that no page shows."
COMMENT = "A comment hangs on the page and is no part of its print."
FORM = "A field of a form says something that the page does not show."
LINK = "A link leads to an address that is neither printed nor a public web page."
LAYER = "The name of a layer says something that no page shows."
FILE = "A link leads to a file that the paper does not name."
SIGNATURE = "A digital signature says more than the page."
FONT = "A font of the file says something that no page shows."
COLOUR = "A colour profile says more than colours."
PICTURE = "A picture carries words beside its pixels."

# What is private by its nature or found by another way is looked at there.
ELSEWHERE = (
    r"/(JS|XFA)(/|$)|/StructTreeRoot.*/ActualText$|/Encrypt/(O|U|OE|UE|Perms)$|/EF/"
    r"|/AcroForm/Fields.*/V/(Contents|Cert|Name)$|/Annots/V/(Contents|Cert|Name)$|/Resources(/\w+)*/ColorSpace|/ColorSpace$"
)

CHANNELS = tuple(
    Channel(*row)
    for row in (
        ("", ELSEWHERE, (), ""),
        ("metadata", r"^/Info/(Creation|Mod)Date$|^/Info/SourceModified$", ("date",), METADATA),
        ("metadata", r"^/Info/(Producer|Creator)$", ("program",), METADATA),
        ("metadata", r"^/Info/Author$", ("author", "program", "label"), METADATA),
        ("metadata", r"^/Info/(Title|Subject|Keywords)$", ("title", "label", "words"), METADATA),
        ("sensitivity-label", r"^/Info/MSIP_Label_\S+$", (), METADATA),
        ("metadata", r"^/Info/", ("date", "flag", "digest", "program"), METADATA),
        ("metadata", r"^/(Trailer|Tables)/ID$", ("digest",), METADATA),
        ("bookmark", r"/Outlines(/\w+)*/Title$", ("title", "label"), BOOKMARK),
        ("bookmark", r"/Dests(/|$)|/(D|Dest)$", ("identifier",), BOOKMARK),
        ("page-label", r"/PageLabels/", ("label",), "The name of a page says something that no page shows."),
        ("other-text", r"/Lang$", ("language",), "The file names a language that there is not."),
        ("structure-text", r"/StructTreeRoot.*/(ID|Headers)$|/IDTree", ("identifier",), STRUCTURE),
        ("structure-text", r"/StructTreeRoot/Namespaces/NS$", ("namespace",), STRUCTURE),
        ("structure-text", r"/StructTreeRoot|/(Alt|ActualText|E)$", ("description", "label", "words"), STRUCTURE),
        ("layer-name", r"/OCProperties|/Properties/", ("label", "program", "language"), LAYER),
        ("link", r"/(URI|Base)$", ("web",), LINK),
        ("link", r"/A(/Next)*/(F|UF|Win|Unix|Mac|P|O)(/|$)", (), FILE),
        ("application-data", r"/PieceInfo/.*LastModified$", ("date",), ""),
        ("application-data", r"/PieceInfo", (), "A program keeps its own words in the file."),
        ("comment", r"/Annots(/Popup|/IRT)*/(M|CreationDate)$", ("date",), COMMENT),
        ("comment", r"/Annots(/Popup|/IRT)*/(NM|Subj)$", ("identifier", "digest", "label"), COMMENT),
        ("form", r"/V/(M|Reason|Location|ContactInfo)$", ("date", "author"), SIGNATURE),
        ("form", r"/(Annots|Fields)(/\w+)*/(DA|DS)$|/AcroForm/DA$", ("look",), FORM),
        ("form", r"/Fields(/\w+)*/T$", ("identifier", "description", "label"), FORM),
        ("form", r"/Annots(/\w+)*/(V|DV|Opt|TU|TM|MK/CA|MK/RC|MK/AC)$", ("description", "date", "label"), FORM),
        ("comment", r"/Annots(/\w+)*/(Contents|T)$", ("identifier", "description", "label", "web", "words"), COMMENT),
        ("comment", r"/Annots", ("description",), COMMENT),
        ("form", r"/AcroForm", ("description",), FORM),
        ("font-text", r"/CIDSystemInfo/", ("collection",), FONT),
        ("font-text", r"/FontDescriptor/CharSet$", ("glyphs",), FONT),
        ("font-text", r"/FontDescriptor/FontFamily$", ("family",), FONT),
        ("font-text", r"/Font/|/FontDescriptor", (), FONT),
        ("colour-profile", r"/OutputIntents|/ColorSpace|/Separation", ("colour", "language"), COLOUR),
        ("picture-metadata", r"/XObject(/\w+)*/", ("identifier",), PICTURE),
        ("script", r"/JavaScript", ("identifier",), "The PDF does something when it is opened or used (JavaScript)."),
        ("attachment", r"/EmbeddedFiles|/AF(/|$)|/Collection|/FS/", (), "Another file is attached to the PDF."),
        ("orphan", r"^/Lost", (), "The file holds something that no part of it leads to."),
        ("other-text", r"/LastModified$", ("date",), "The file says something that no page shows."),
        ("other-text", r"", (), "The file says something that no page shows."),
    )
)  # fmt: skip


def channel_of(way: str) -> Channel:
    """The row that a way belongs to."""
    return next(channel for channel in CHANNELS if channel.pattern.search(way))
