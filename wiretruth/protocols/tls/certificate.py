"""The names in a certificate, out of strict DER (RFC 5280, X.690): subjectAltName, and the common name where there is none."""

from typing import NamedTuple

from wiretruth.model.frames import Fault
from wiretruth.octets import printable

MAX_NAMES = 64
"""Names kept of one certificate: those of large providers name a hundred hosts, and the mail host is among the first."""

WHERE = "certificate"

_SEQUENCE, _SET, _OID, _OCTETS = 0x30, 0x31, 0x06, 0x04
_VERSION, _EXTENSIONS, _BOOLEAN = 0xA0, 0xA3, 0x01
_DNS_NAME = 0x82
"""GeneralName's dNSName (RFC 5280 §4.2.1.6)."""
_ALTERNATIVE_NAMES, _COMMON_NAME = bytes.fromhex("551d11"), bytes.fromhex("550403")
_BEFORE_SUBJECT = ("serial number", "signature algorithm", "issuer", "validity")
_LONG_FORM, _HIGH_TAG = 0x80, 0x1F
_MOST_LENGTH_OCTETS = 3
"""A TLS message holds no certificate whose length needs more."""


class CertificateNames(NamedTuple):
    """What a certificate says whose it is."""

    names: tuple[str, ...]
    """dNSNames of subjectAltName, escaped, in their order; the common name where there are none (RFC 6125 §6.4.4)."""
    dropped: int = 0
    """Names beyond MAX_NAMES."""


class _Damage(Exception):  # noqa: N818 - it never leaves this module
    def __init__(self, offset: int, expected: str, got: str) -> None:
        super().__init__(expected)
        self.fault = Fault(WHERE, offset, expected, got)


class _Value(NamedTuple):
    tag: int
    start: int
    stop: int


def names_of(octets: bytes) -> CertificateNames | Fault:
    """Read the names of an X.509 certificate.

    Args:
        octets: of the whole certificate, and nothing else.
    """
    try:
        return _read(octets)
    except _Damage as damage:
        return damage.fault


def _read(octets: bytes) -> CertificateNames:
    certificate = _value(octets, 0, len(octets), _SEQUENCE, "a certificate")
    if certificate.stop != len(octets):
        raise _Damage(certificate.stop, "the end of the certificate", f"{len(octets) - certificate.stop} more octets")
    body = _value(octets, certificate.start, certificate.stop, _SEQUENCE, "the part that is signed")
    position = body.start
    if position < body.stop and octets[position] == _VERSION:
        position = _any(octets, position, body.stop, "the version").stop
    for what in _BEFORE_SUBJECT:
        position = _any(octets, position, body.stop, what).stop
    subject = _value(octets, position, body.stop, _SEQUENCE, "the subject")
    position = _any(octets, subject.stop, body.stop, "the public key").stop
    names = _alternative_names(octets, position, body.stop) or _common_names(octets, subject)
    return CertificateNames(tuple(names[:MAX_NAMES]), max(0, len(names) - MAX_NAMES))


def _alternative_names(octets: bytes, position: int, stop: int) -> list[str]:
    while position < stop:
        field = _any(octets, position, stop, "an extension field")
        position = field.stop
        if field.tag != _EXTENSIONS:
            continue
        extensions = _value(octets, field.start, field.stop, _SEQUENCE, "extensions")
        at = extensions.start
        while at < extensions.stop:
            extension = _value(octets, at, extensions.stop, _SEQUENCE, "an extension")
            at = extension.stop
            kind = _value(octets, extension.start, extension.stop, _OID, "an extension's identifier")
            if octets[kind.start : kind.stop] == _ALTERNATIVE_NAMES:
                return _dns_names(octets, kind.stop, extension.stop)
    return []


def _dns_names(octets: bytes, position: int, stop: int) -> list[str]:
    critical = _any(octets, position, stop, "the value of subjectAltName")
    if critical.tag == _BOOLEAN:
        position = critical.stop
    value = _value(octets, position, stop, _OCTETS, "the value of subjectAltName")
    names = _value(octets, value.start, value.stop, _SEQUENCE, "alternative names")
    found, at = [], names.start
    while at < names.stop:
        name = _any(octets, at, names.stop, "an alternative name")
        at = name.stop
        if name.tag == _DNS_NAME:
            found.append(printable(octets[name.start : name.stop]))
    return found


def _common_names(octets: bytes, subject: _Value) -> list[str]:
    found, at = [], subject.start
    while at < subject.stop:
        relative = _value(octets, at, subject.stop, _SET, "a part of the subject")
        at = relative.stop
        pair = _value(octets, relative.start, relative.stop, _SEQUENCE, "an attribute of the subject")
        kind = _value(octets, pair.start, pair.stop, _OID, "an attribute's type")
        value = _any(octets, kind.stop, pair.stop, "an attribute's value")
        if octets[kind.start : kind.stop] == _COMMON_NAME:
            found.append(printable(octets[value.start : value.stop]))
    return found[-1:]


def _value(octets: bytes, position: int, stop: int, tag: int, what: str) -> _Value:
    found = _any(octets, position, stop, what)
    if found.tag != tag:
        raise _Damage(position, f"{what} (tag {tag:#04x})", f"tag {found.tag:#04x}")
    return found


def _any(octets: bytes, position: int, stop: int, what: str) -> _Value:
    """Read identifier and length in the one form that DER allows (X.690 §10.1)."""
    if position + 2 > stop:
        raise _Damage(position, what, "the end of what holds it")
    tag, length = octets[position], octets[position + 1]
    if tag & _HIGH_TAG == _HIGH_TAG:
        raise _Damage(position, f"{what}, with a tag of one octet", "a longer tag")
    start = position + 2
    if length & _LONG_FORM:
        count = length & ~_LONG_FORM
        if not 0 < count <= _MOST_LENGTH_OCTETS or start + count > stop:
            raise _Damage(position + 1, f"the length of {what}", f"{count} octets of length")
        length = int.from_bytes(octets[start : start + count])
        if length < _LONG_FORM or length >> 8 * (count - 1) == 0:
            raise _Damage(position + 1, f"the length of {what} in its shortest form", "a longer one")
        start += count
    if start + length > stop:
        raise _Damage(position, f"{what} within what holds it", f"{length} octets where {stop - start} are left")
    return _Value(tag, start, start + length)
