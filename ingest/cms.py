"""The container of a digital signature (CMS, RFC 5652): whether it was made with a key, and of which bytes.

Two things must hold. The container names a digest of the bytes, and that is theirs; and one of the certificates that
lie in it has the key with which all this was signed. Who issued that certificate, and whether to trust them, is not
judged: anybody can make one in any name.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat import asn1
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

SIGNED_DATA = "1.2.840.113549.1.7.2"
DETACHED = "1.2.840.113549.1.7.1"  # the content is plain bytes, which lie outside
MESSAGE_DIGEST = "1.2.840.113549.1.9.4"
PSS = "1.2.840.113549.1.1.10"
# Older digests can be forged: two files may have the same.
DIGESTS: Mapping[str, type[hashes.SHA256 | hashes.SHA384 | hashes.SHA512]] = {
    "2.16.840.1.101.3.4.2.1": hashes.SHA256,
    "2.16.840.1.101.3.4.2.2": hashes.SHA384,
    "2.16.840.1.101.3.4.2.3": hashes.SHA512,
}
SET_OF = 0x31
LONG = 0x80  # the bit of a length that is written in several bytes


@asn1.sequence
class Salted:
    """How a signature was padded, where that is said; which it was is tried out."""

    digest: Annotated[asn1.TLV, asn1.Explicit(0)]
    mask: Annotated[asn1.TLV, asn1.Explicit(1)]
    salt: Annotated[int | None, asn1.Explicit(2)]
    trailer: Annotated[int | None, asn1.Explicit(3)]


@asn1.sequence
class Algorithm:
    """How something was digested or signed."""

    name: x509.ObjectIdentifier
    parameters: asn1.Null | Salted | None


@asn1.sequence
class Attribute:
    """One thing that is signed together with the bytes, such as their digest."""

    name: x509.ObjectIdentifier
    values: asn1.SetOf[asn1.TLV]


@asn1.sequence
class Signer:
    """One signature. Whose it says it is goes unread: the certificate whose key fits is the signer's."""

    version: int
    who: asn1.TLV
    digest: Algorithm
    attributes: Annotated[list[Attribute], asn1.Implicit(0)]
    algorithm: Algorithm
    signature: bytes
    unsigned: Annotated[list[asn1.TLV] | None, asn1.Implicit(1)]


@asn1.sequence
class Content:
    """What was signed, where it lies in the container itself."""

    kind: x509.ObjectIdentifier
    content: Annotated[bytes | None, asn1.Explicit(0)]


@asn1.sequence
class SignedData:
    """The signatures and the certificates that go with them."""

    version: int
    digests: asn1.SetOf[asn1.TLV]
    content: Content
    certificates: Annotated[list[x509.Certificate] | None, asn1.Implicit(0)]
    revoked: Annotated[list[asn1.TLV] | None, asn1.Implicit(1)]
    signers: asn1.SetOf[Signer]


@asn1.sequence
class Container:
    """The outermost shell."""

    kind: x509.ObjectIdentifier
    signed: Annotated[SignedData, asn1.Explicit(0)]


def is_signature_of(container: bytes, signed: bytes) -> bool:
    """Whether a container, which zeros may follow, holds one true signature of some bytes."""
    try:
        read = asn1.decode_der(Container, container[: _length(container)])
        (signer,) = read.signed.signers.as_list()
        kinds = read.kind.dotted_string, read.signed.content.kind.dotted_string
        digest = DIGESTS[signer.digest.name.dotted_string]()
        told = [_octets(one) for one in signer.attributes if one.name.dotted_string == MESSAGE_DIGEST]
        hashed = hashes.Hash(digest)
        hashed.update(signed)
        return (
            kinds == (SIGNED_DATA, DETACHED)
            and read.signed.content.content is None
            and told == [hashed.finalize()]
            and any(_fits(one, signer, digest) for one in read.signed.certificates or ())
        )
    except (ValueError, TypeError, LookupError, UnsupportedAlgorithm):
        return False


def _length(container: bytes) -> int:
    """How many bytes the outermost shell says it has."""
    first = container[1]
    wide = first & ~LONG if first & LONG else 0
    return 2 + wide + (int.from_bytes(container[2 : 2 + wide], "big") if wide else first)


def _octets(attribute: Attribute) -> bytes:
    (value,) = attribute.values.as_list()
    return bytes(value.parse(bytes))


def _fits(certificate: x509.Certificate, signer: Signer, digest: hashes.HashAlgorithm) -> bool:
    """Whether the key of a certificate made the signature."""
    every = b"".join(asn1.encode_der(one) for one in signer.attributes)
    signed = _headed(SET_OF, every)  # they are signed as a set, and lie in the container under a tag of its own
    key = certificate.public_key()
    try:
        if isinstance(key, rsa.RSAPublicKey):
            of_salt = padding.PSS(padding.MGF1(digest), padding.PSS.AUTO)
            way = of_salt if signer.algorithm.name.dotted_string == PSS else padding.PKCS1v15()
            key.verify(signer.signature, signed, way, digest)
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signer.signature, signed, ec.ECDSA(digest))
        else:
            return False
    except InvalidSignature:
        return False
    return True


def _headed(tag: int, content: bytes) -> bytes:
    size = len(content)
    wide = (size.bit_length() + 7) // 8
    return bytes([tag, size] if size < LONG else [tag, LONG | wide, *size.to_bytes(wide, "big")]) + content
