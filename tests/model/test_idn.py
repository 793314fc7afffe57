"""A-labels and what they say."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiretruth.model.idn import beside, readable


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("xn--bcher-kva.example", "bücher.example"),
        ("MAIL.XN--BCHER-KVA.example", "MAIL.bücher.example"),
        ("mail.xn--wgv71a119e.example", "mail.日本語.example, CJK"),
        ("xn--80ak6aa92e.example", "аррӏе.example, Cyrillic"),  # noqa: RUF001 - the trap itself
        ("xn--pple-43d.example", "\\u0430pple.example, scripts mixed"),
    ],
)
def test_shown_beside_the_a_label(name: str, shown: str) -> None:
    assert shown == readable(name)
    assert f"{name} ({shown})" == beside(name)


@pytest.mark.parametrize(
    "name",
    [
        "example.net",
        "xn--a",  # decodes to nothing
        "xn--" + "a" * 63,
        "xn--bcher-kva\\000.example",
        "xn--99999999.example",
        "xn--" + "a\u3164b".encode("punycode").decode(),  # an invisible filler
        "xn--" + "a\u202eb".encode("punycode").decode(),  # a bidirectional override
        "xn--" + "\u0301a".encode("punycode").decode(),  # begins with a mark
    ],
)
def test_what_is_not_valid_stays_as_it_is(name: str) -> None:
    assert readable(name) is None
    assert name == beside(name)


@given(st.text(max_size=70))
def test_nothing_raises_and_nothing_unprintable_comes_out(text: str) -> None:
    for name in (text, f"xn--{text}", f"xn--{text.encode('punycode', 'replace').decode('ascii', 'replace')}.example"):
        shown = readable(name)
        assert shown is None or all(unicodedata.category(c) not in ("Cc", "Cf") or c in name for c in shown)
