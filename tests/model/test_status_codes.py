"""Enhanced status codes in words."""

import pytest

from wiretruth.model.status_codes import StatusMeaning, explained, meaning


@pytest.mark.parametrize(
    ("code", "words", "source"),
    [
        ("4.1.8", "the sender's domain does not exist in DNS", "RFC 3463"),
        ("5.1.1", "mailbox does not exist", "RFC 3463"),
        ("5.1.10", "null MX", "RFC 7505"),
        ("5.7.23", "SPF", "RFC 7372"),
        ("5.7.10", "encryption", "RFC 5248"),
        ("2.1.5", "valid", "RFC 3463"),
        ("5.7.30", "REQUIRETLS", "RFC 8689"),
    ],
)
def test_registered_codes(code: str, words: str, source: str) -> None:
    said = meaning(code)

    assert said is not None
    assert words in said.words
    assert source == said.source


def test_an_unknown_detail_falls_back_on_its_subject() -> None:
    assert StatusMeaning("security or policy", "RFC 3463") == meaning("5.7.606")


@pytest.mark.parametrize("code", [None, "", "5", "3.1.1", "5.9.1", "x.1.1", "5..1"])
def test_what_is_no_code_means_nothing(code: str | None) -> None:
    assert meaning(code) is None
    assert not explained(code)


def test_a_code_is_said_with_its_meaning() -> None:
    assert "5.2.2: the recipient's mailbox is full" == explained("5.2.2")
