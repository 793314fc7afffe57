"""A cause in one sentence."""

from dataclasses import replace

import pytest

from tests.reports import scenes
from wiretruth.engine.fault_words import cause
from wiretruth.model.finding import Party

TRIED = scenes.delivery().attempts[0]
ATTEMPT = TRIED._replace(reply=scenes.reply(0, 1, 451, "4.1.8 no such domain", enhanced="4.1.8"))


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (
            "deferral-caused-by-dns",
            "192.0.2.66 asked 198.51.100.53 in vain while it was deciding, and put the mail off (451 4.1.8)",
        ),
        (
            "smtp-greylisted",
            "192.0.2.66 put off the mail at QUIT (451 4.1.8): the sender's domain does not exist in DNS, or takes no mail",
        ),
        (
            "smtp-deferred",
            "192.0.2.66 put off the mail at QUIT (451 4.1.8): the sender's domain does not exist in DNS, or takes no mail",
        ),
        ("smtp-blocklisted", "192.0.2.9 is on the block list bl.example"),
        ("connect-refused", "long because 192.0.2.9 is on the block list bl.example"),
    ],
)
def test_cause(code: str, words: str) -> None:
    finding = replace(
        scenes.REWRITTEN,
        code=code,
        summary="long because 192.0.2.9 is on the block list bl.example",
        intended=Party("198.51.100.53", 53),
    )

    assert words == cause(finding, ATTEMPT)


def test_without_a_code_the_servers_own_words_are_all_there_is() -> None:
    finding = replace(scenes.REWRITTEN, code="smtp-rejected")
    attempt = ATTEMPT._replace(reply=scenes.reply(0, 1, 550, "go away"))

    assert "192.0.2.66 rejected the mail at QUIT (550): go away" == cause(finding, attempt)


@pytest.mark.parametrize(("text", "enhanced"), [("4.7.1 later", "4.7.1"), ("Greylisted, come again", None)])
def test_greylisting_is_called_so_only_where_it_is(text: str, enhanced: str | None) -> None:
    finding = replace(scenes.REWRITTEN, code="smtp-greylisted")
    attempt = ATTEMPT._replace(reply=scenes.reply(0, 1, 451, text, enhanced=enhanced))

    assert cause(finding, attempt).endswith("as greylisting does")
