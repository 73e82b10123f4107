"""The one room of typst, run as a process of its own: papers come in as JSON, PDFs go out.

A process, because typst works in threads, which a publisher that is forked would wait for in vain; and because what
hangs or crashes over one paper then ends this process and nothing else. It knows nothing of ours but what it is given:
`{template, fonts, papers}` on standard input, where each paper is a JSON document in a string. Each PDF is written as
eight bytes of length and itself.
"""

from __future__ import annotations

import json
import sys

import typst


def main() -> None:
    """Prints what standard input asks for. A paper reaches the template as data alone, never as a part of it."""
    asked = json.load(sys.stdin)
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[asked["fonts"]])
    compiler, template = typst.Compiler(font_paths=fonts), asked["template"].encode()
    for paper in asked["papers"]:
        made = compiler.compile(input=template, format="pdf", pdf_standards=["ua-1"], sys_inputs={"paper": paper})
        if not isinstance(made, bytes):
            sys.exit("typst made something else than one file")
        sys.stdout.buffer.write(len(made).to_bytes(8) + made)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
