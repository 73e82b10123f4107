"""Digital signatures for papers: real ones, with a certificate that nobody issued, and the same bytes every time.

The container is built here by hand, so that what reads it (`ingest.cms`) is tested against somebody else's work.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pikepdf
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key
from cryptography.x509.oid import NameOID
from pikepdf import Array, Dictionary, Name, String

KEY = Path(__file__).parent / "sources" / "signing-key.pem"
ROOM = 2000  # bytes kept free for the container
PLACEHOLDER = 1_000_000_000  # as wide as the numbers that are put in its place once they are known
DATA, SIGNED_DATA = "2a864886f70d010701", "2a864886f70d010702"  # object identifiers, as they are written
CONTENT_TYPE, MESSAGE_DIGEST = "2a864886f70d010903", "2a864886f70d010904"
RSA, SHA256 = "2a864886f70d010101", "608648016503040201"
SEQUENCE, SET, OBJECT, INTEGER, OCTETS, NULL = b"\x30", b"\x31", b"\x06", b"\x02", b"\x04", b"\x05\0"
SHELL = b"\xa0"  # what is tagged as the first of its kind


def signature(name: str, day: str) -> Dictionary:
    """The signature of `name` on `day` (DD/MM/YYYY) as it lies in a file before `sealed` fills it in."""
    return Dictionary(
        Type=Name.Sig,
        Filter=Name("/Adobe.PPKLite"),
        SubFilter=Name("/adbe.pkcs7.detached"),
        ByteRange=Array([0, PLACEHOLDER, PLACEHOLDER, PLACEHOLDER]),
        Contents=String(bytes(ROOM)),
        Name=String(name),
        M=String(f"D:{''.join(reversed(day.split('/')))}113000Z"),
    )


def unsealed(value: pikepdf.Object) -> None:
    """Make a signature ready to be signed again, as the file is now."""
    value.ByteRange, value.Contents = Array([0, PLACEHOLDER, PLACEHOLDER, PLACEHOLDER]), String(bytes(ROOM))


def sealed(pdf: bytes, name: str) -> bytes:
    """A file, saved without object streams, with its signature filled in, which is of all bytes but its own."""
    mark = f"[ 0 {PLACEHOLDER} {PLACEHOLDER} {PLACEHOLDER} ]".encode()
    at = pdf.index(mark)
    around = pdf.rindex(b" obj", 0, at), pdf.index(b"endobj", at)
    start = pdf.index(b"/Contents <", *around) + len(b"/Contents ")
    end = pdf.index(b">", start) + 1
    told = f"[ 0 {start} {end} {len(pdf) - end} ]".encode()
    pdf = pdf[:at] + told.ljust(len(mark)) + pdf[at + len(mark) :]
    made = container(pdf[:start] + pdf[end:], name).ljust(ROOM, b"\0")
    return pdf[: start + 1] + made.hex().encode() + pdf[end - 1 :]


def container(signed: bytes, name: str) -> bytes:
    """The signature of some bytes with the one key, and its certificate in this name."""
    key, own = _key(), certificate(name)
    digest = _of(OCTETS, hashlib.sha256(signed).digest())
    attributes = b"".join(
        _of(SEQUENCE, _object(kind), _of(SET, value))
        for kind, value in ((CONTENT_TYPE, _object(DATA)), (MESSAGE_DIGEST, digest))
    )
    value = key.sign(_of(SET, attributes), padding.PKCS1v15(), hashes.SHA256())
    algorithm = _of(SEQUENCE, _object(SHA256), NULL)
    signer = _of(
        SEQUENCE,
        _of(INTEGER, b"\1"),
        _of(SEQUENCE, own.issuer.public_bytes(), _of(INTEGER, own.serial_number.to_bytes(4, "big"))),
        algorithm,
        _of(SHELL, attributes),
        _of(SEQUENCE, _object(RSA), NULL),
        _of(OCTETS, value),
    )
    inner = _of(
        SEQUENCE,
        _of(INTEGER, b"\1"),
        _of(SET, algorithm),
        _of(SEQUENCE, _object(DATA)),
        _of(SHELL, own.public_bytes(Encoding.DER)),
        _of(SET, signer),
    )
    return _of(SEQUENCE, _object(SIGNED_DATA), _of(SHELL, inner))


@cache
def _key() -> rsa.RSAPrivateKey:
    key = load_pem_private_key(KEY.read_bytes(), password=None)
    assert isinstance(key, rsa.RSAPrivateKey)
    return key


@cache
def certificate(name: str) -> x509.Certificate:
    """A certificate that its owner made for themselves."""
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    made = x509.CertificateBuilder(who, who, _key().public_key(), 0x2B2B2B2B)
    made = made.not_valid_before(datetime(2020, 1, 1, tzinfo=UTC)).not_valid_after(datetime(2049, 12, 31, tzinfo=UTC))
    return made.sign(_key(), hashes.SHA256())


def _of(tag: bytes, *parts: bytes) -> bytes:
    """Some parts under a tag, with how long they are."""
    content = b"".join(parts)
    size = len(content)
    wide = b"" if size < 0x80 else size.to_bytes(1 if size < 0x100 else 2, "big")
    return tag + (bytes([0x80 | len(wide)]) + wide if wide else bytes([size])) + content


def _object(identifier: str) -> bytes:
    return _of(OBJECT, bytes.fromhex(identifier))
