"""Bytes that no part of a file accounts for, and objects that nothing leads to, are found with what they say."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Callable

import pikepdf
import pytest
from pikepdf import Dictionary, Name, String

from tests.hiding import SAID, SECRET, SHOWN, Change, changed, hidden, put, stream, zipped
from tests.pages import text


def behind_the_header(data: bytes) -> bytes:
    return data.replace(b"\n1 0 obj", f"\n% {SAID}\n1 0 obj".encode(), 1)


def between(data: bytes) -> bytes:
    return data.replace(b"endobj\n2 0 obj", f"endobj\n{SAID}\n2 0 obj".encode(), 1)


def in_an_object(data: bytes) -> bytes:
    return data.replace(b"1 0 obj\n", f"1 0 obj\n% {SAID}\n".encode(), 1)


def behind_a_stream(data: bytes) -> bytes:
    return data.replace(b"endstream", f"\n{SAID}\nendstream".encode(), 1)


def in_a_trailer(data: bytes) -> bytes:
    return data.replace(b"trailer <<", f"trailer << /Was ({SAID})".encode(), 1)


def as_a_comment_in_a_trailer(data: bytes) -> bytes:
    return data.replace(b"trailer <<", f"trailer << % {SAID}\n".encode(), 1)


def in_no_table(data: bytes) -> bytes:
    return data.replace(b"\nxref", f"\n99 0 obj\n<< /Was ({SAID}) >>\nendobj\nxref".encode(), 1)


def packed_in_no_table(data: bytes) -> bytes:
    inner = zlib.compress(f"BT ({SAID}) Tj ET".encode())
    lost = b"\n99 0 obj\n<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream\nendobj\nxref"
    return data.replace(b"\nxref", lost % (len(inner), inner), 1)


def before(data: bytes) -> bytes:
    return f"{SAID}\n".encode() + data


def behind(data: bytes) -> bytes:
    return data + SAID.encode()


def zipped_behind(data: bytes) -> bytes:
    return data + zipped(SAID.encode(), "a.txt")


def saved_over(data: bytes) -> bytes:
    """The paper saved once more with another page in the place of one that said more."""
    old = changed(None, SHOWN + text(72, 200, SAID))
    number = re.search(rb"/Contents (\d+) 0 R", old)
    assert number
    new = b"%s 0 obj\n<< /Length 0 >>\nstream\n\nendstream\nendobj\n" % number[1]
    begins = re.findall(rb"startxref\s+(\d+)", old)[-1]
    root, size = re.search(rb"/Root (\d+ 0 R)", old), re.search(rb"/Size (\d+)", old)
    assert root
    assert size
    table = b"xref\n%s 1\n%010d 00000 n \ntrailer\n<< /Root %s /Size %s /Prev %s >>\nstartxref\n%d\n%%%%EOF\n"
    return old + new + table % (number[1], len(old), root[1], size[1], begins, len(old) + len(new))


def lost(inner: Change) -> Callable[[bytes], bytes]:
    """An object to which something led, and no longer does."""

    def change(_: bytes) -> bytes:
        whole = changed(inner, object_stream_mode=pikepdf.ObjectStreamMode.disable)
        return re.sub(rb"/Quill \d+ 0 R", lambda found: b" " * len(found[0]), whole)

    return change


def an_object(inside: bytes, number: int = 99, data: bytes = b"") -> bytes:
    body = b"stream\n%s\nendstream\n" % data if data else b""
    return b"\n%d 0 obj\n<< %s /Length %d >>\n%sendobj\n" % (number, inside, len(data), body)


def added(whole: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
    """A further object that the table of the file points to, and nothing else does."""

    def change(data: bytes) -> bytes:
        body, table = data[: data.rindex(b"\nxref")], data[data.rindex(b"\nxref") :]
        size = re.search(rb"/Size (\d+)", table)
        begins = re.search(rb"startxref\s+(\d+)", table)
        assert size
        assert begins
        new = whole(size[1])
        rows = b"xref\n%s 1\n%010d 00000 n \ntrailer" % (size[1], len(body) + 1)
        table = table.replace(b"trailer", rows.removeprefix(b"xref\n"), 1)
        return body + new + table.replace(begins[0], b"startxref\n%d" % (len(body) + len(new) + 1), 1)

    return change


def twice(data: bytes) -> bytes:
    """An object before that of the same number."""
    first = data.index(b"1 0 obj")
    return data[:first] + an_object(b"/Title (%s)" % SAID.encode(), 1).lstrip() + data[first:]


def a_stream_twice(data: bytes) -> bytes:
    first = data.index(b"1 0 obj")
    return data[:first] + an_object(b"", 1, SAID.encode()).lstrip() + data[first:]


def a_key_twice(data: bytes) -> bytes:
    return data.replace(b"/Type /Catalog", b"/Quill (%s) /Quill true /Type /Catalog" % SAID.encode(), 1)


def a_key_twice_in_hex(data: bytes) -> bytes:
    return data.replace(b"/Type /Catalog", b"/Quill <%s> /Quill true /Type /Catalog" % SAID.encode().hex().encode(), 1)


def a_key_of_nothing(data: bytes) -> bytes:
    return data.replace(b"/Type /Catalog", b"/%s null /Type /Catalog" % SAID.replace(" ", "_").encode(), 1)


def a_box_beside_the_file(inside: bytes, held: bytes) -> Callable[[bytes], bytes]:
    return added(lambda number: an_object(inside, int(number), held))


def packed_and_more(data: bytes) -> bytes:
    inner = zlib.compress(SHOWN.encode())
    return changed(
        lambda pdf: put(
            pdf,
            "/Page/Contents",
            pdf.make_stream(inner + SAID.encode(), Filter=Name.FlateDecode),
        ),
        compress_streams=False,
        stream_decode_level=pikepdf.StreamDecodeLevel.none,
    )


def written_and_more(data: bytes) -> bytes:
    return changed(
        lambda pdf: put(
            pdf,
            "/Page/Contents",
            pdf.make_stream(SHOWN.encode().hex().encode() + b">" + SAID.encode(), Filter=Name.ASCIIHexDecode),
        ),
        compress_streams=False,
        stream_decode_level=pikepdf.StreamDecodeLevel.none,
    )


lost_text = lost(lambda pdf: put(pdf, "/Quill", pdf.make_indirect(Dictionary(Was=String(SAID)))))
lost_stream = lost(stream("/Quill", f"BT ({SAID}) Tj ET".encode()))
lost_picture = lost(lambda pdf: put(pdf, "/Quill", pdf.make_stream(SAID.encode(), Subtype=Name.Image)))


BYTES = [
    (before, "before-the-beginning"),
    (behind, "after-the-end"),
    (zipped_behind, "after-the-end"),
    (behind_the_header, "between-objects"),
    (between, "between-objects"),
    (in_an_object, "between-objects"),
    (behind_a_stream, "between-objects"),
    (in_a_trailer, "other-text"),
    (as_a_comment_in_a_trailer, "between-objects"),
    (in_no_table, "orphan"),
    (packed_in_no_table, "orphan"),
    (saved_over, "earlier-revision"),
    (twice, "orphan"),
    (a_stream_twice, "orphan"),
    (a_key_twice, "orphan"),
    (a_key_twice_in_hex, "orphan"),
    (a_box_beside_the_file(b"/S 5", SAID.encode()), "orphan"),
    (a_box_beside_the_file(b"/Type /XRef /W [1 2 1]", SAID.encode()), "orphan"),
    (a_box_beside_the_file(b"/Type /XRef /Was (%s)" % SAID.encode(), b"ab"), "other-text"),
    (a_box_beside_the_file(b"/Type /ObjStm /N 0 /First 0 /Was (%s)" % SAID.encode(), b"  "), "other-text"),
    (packed_and_more, "between-objects"),
    (written_and_more, "between-objects"),
    (lost_text, "orphan"),
    (lost_stream, "orphan"),
    (lost_picture, "orphan"),
]


@pytest.mark.parametrize(("change", "kind"), BYTES, ids=[f"{n}-{kind}" for n, (_, kind) in enumerate(BYTES)])
def test_bytes_that_no_part_of_a_file_accounts_for_are_found(change: Callable[[bytes], bytes], kind: str) -> None:
    plain = changed(None, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    assert hidden(plain) == ()
    found = hidden(change(plain))
    assert any(one.kind == kind and SECRET in one.text for one in found), found


def test_a_text_left_in_a_box_of_objects_is_found() -> None:
    whole = changed(None, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    with pikepdf.open(io.BytesIO(whole)) as pdf:
        (box,) = (
            thing for thing in pdf.objects if isinstance(thing, pikepdf.Stream) and thing.get("/Type") == "/ObjStm"
        )
        assert isinstance(box, pikepdf.Stream)
        said = box.read_bytes() + f" << /Was ({SAID}) >>".encode()
        raw = box.read_raw_bytes()
    packed = zlib.compress(said, 9)
    assert whole.count(raw) == 1
    head, _, tail = whole.partition(raw)
    head = re.sub(rb"/Length %d(?=[^%%]*$)" % len(raw), b"/Length %d" % len(packed), head)
    assert any(SECRET in one.text for one in hidden(head + packed + tail))
