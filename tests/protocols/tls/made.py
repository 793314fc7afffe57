"""Certificates and handshakes made by OpenSSL, the independent judge."""

import contextlib
import shutil
import ssl
import subprocess
from pathlib import Path

import pytest

NAMES = ("mail.example.net", "*.mx.example.net", "xn--bcher-kva.example")


def certificate(folder: Path, *names: str, subject: str = "/CN=common.example.net") -> tuple[bytes, Path]:
    """Let OpenSSL make a certificate; give its DER, and the file that holds it with its key."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")
    both, der = folder / "both.pem", folder / "one.der"
    extensions = ["-addext", f"subjectAltName={','.join(f'DNS:{name}' for name in names)}"] if names else []
    made = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "9"]
    subprocess.run(
        [*made, "-subj", subject, *extensions, "-keyout", both, "-out", folder / "one.pem"],
        check=True,
        capture_output=True,
    )
    with both.open("a", encoding="ascii") as file:
        file.write((folder / "one.pem").read_text(encoding="ascii"))
    subprocess.run(["openssl", "x509", "-in", both, "-outform", "DER", "-out", der], check=True, capture_output=True)
    return der.read_bytes(), both


def server_octets(both: Path, version: ssl.TLSVersion) -> bytes:
    """Let two ends shake hands; give everything that the server sent."""
    serving, calling = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    serving.load_cert_chain(both)
    calling.check_hostname, calling.verify_mode = False, ssl.CERT_NONE
    serving.maximum_version = version
    ways = [ssl.MemoryBIO() for _ in range(4)]
    server = serving.wrap_bio(ways[0], ways[1], server_side=True)
    client = calling.wrap_bio(ways[2], ways[3], server_hostname="mail.example.net")
    sent = b""
    for _ in range(4):
        for end in (client, server):
            with contextlib.suppress(ssl.SSLWantReadError):
                end.do_handshake()
            ways[0].write(ways[3].read())
            octets = ways[1].read()
            sent += octets
            ways[2].write(octets)
    return sent
