"""Which hosts a certificate is for."""

import pytest

from wiretruth.model.tls import TlsStart


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("mail.example.net", True),
        ("MAIL.example.net.", True),
        ("a.mx.example.net", True),
        ("a.b.mx.example.net", False),
        ("mx.example.net", False),
        ("mail.example.org", False),
        ("net", False),
        ("", False),
    ],
)
def test_covers(host: str, expected: bool) -> None:
    shown = TlsStart(0, 1, implicit=False, names=("mail.example.net", "*.mx.example.net"))

    assert expected is shown.covers(host)


def test_nothing_was_shown() -> None:
    assert not TlsStart(0, 1, implicit=False).covers("mail.example.net")
