"""Which reply belongs to which command."""

import time
from collections.abc import Iterable

import pytest

from wiretruth.model.smtp import Step
from wiretruth.protocols.smtp.pairing import MAX_WAITING, Asked, Pairing


def asked(step: Step, *, optional: bool = False) -> Asked:
    return Asked(step, None, 0, 0, optional=optional)


def greeted(*steps: Step) -> Pairing:
    """A dialogue behind its greeting, with commands that wait."""
    pairing = Pairing(0, 0)
    pairing.match(220, None)
    for step in steps:
        pairing.expect(asked(step), keep=True)
    return pairing


def steps(pairing: Pairing, codes: Iterable[int]) -> list[Step | None]:
    found = [pairing.match(code, None) for code in codes]
    return [match.step if match else None for match in found]


MAIL, RCPT, DATA, QUIT, OTHER, EHLO = Step.MAIL, Step.RCPT, Step.DATA, Step.QUIT, Step.OTHER, Step.EHLO


def test_first_in_first_out() -> None:
    assert [MAIL, RCPT, DATA, None] == steps(greeted(MAIL, RCPT, DATA), [250, 550, 354, 250])


def test_354_finds_its_data() -> None:
    """It can answer nothing else; what waited before it lost its reply."""
    assert [DATA] == steps(greeted(MAIL, RCPT, DATA), [354])


def test_354_without_data_goes_in_order() -> None:
    assert [OTHER, QUIT] == steps(greeted(OTHER, QUIT), [354, 221])


@pytest.mark.parametrize(
    ("waiting", "codes", "expected"),
    [
        ([RCPT], [250], [RCPT]),
        ([RCPT], [550], [RCPT]),
        ([RCPT], [221], [None]),
        ([DATA], [221], [None]),
        ([OTHER], [252], [OTHER]),
        ([RCPT, RCPT], [250, 250], [None, None]),
        ([RCPT, DATA], [250, 354], [None, DATA]),
        ([RCPT, Step.AUTH], [334], [Step.AUTH]),
        ([RCPT, Step.STARTTLS], [220], [Step.STARTTLS]),
        ([RCPT, QUIT], [550, 221], [None, QUIT]),
        ([], [250], [None]),
    ],
)
def test_in_doubt(waiting: list[Step], codes: list[int], expected: list[Step | None]) -> None:
    """Behind a gap a reply is paired only where it can be no other's."""
    pairing = greeted(*waiting)
    pairing.doubt(replies_lost=False)

    assert expected == steps(pairing, codes)


def test_doubt_ends_with_certainty() -> None:
    pairing = greeted(RCPT, DATA)
    pairing.doubt(replies_lost=True)
    pairing.match(354, None)
    for step in (Step.END_OF_DATA, MAIL):
        pairing.expect(asked(step), keep=True)

    assert [Step.END_OF_DATA, MAIL] == steps(pairing, [250, 250])


def test_half_an_ehlo_reply_is_none() -> None:
    """Its extensions may be in the gap: no one shall say that STARTTLS was not offered."""
    pairing = greeted(EHLO)
    pairing.doubt(replies_lost=True)

    assert [None] == steps(pairing, [250])


def test_noise_is_not_paired() -> None:
    pairing = greeted(QUIT)
    pairing.expect_noise()

    assert [None, None, QUIT] == steps(pairing, [500, 250, 221])


@pytest.mark.parametrize(
    ("before", "code", "enhanced", "is_greeting"),
    [
        ([], 220, None, True),
        ([], 554, "5.7.1", True),
        ([], 421, "4.3.2", True),
        ([], 450, None, True),
        ([], 550, "5.1.1", False),
        ([], 250, None, False),
        ([], 354, None, False),
        ([EHLO], 220, None, True),
        ([EHLO], 554, None, True),
        ([EHLO], 502, None, False),
        ([EHLO], 250, None, False),
        ([MAIL], 220, None, True),
        ([MAIL], 550, None, False),
        ([Step.STARTTLS], 220, None, False),
    ],
)
def test_greeting(before: list[Step], code: int, enhanced: str | None, is_greeting: bool) -> None:
    """The first reply is the greeting, unless it, or the command before it, says that the capture began later."""
    pairing = Pairing(0, 0)
    for step in before:
        pairing.expect(asked(step), keep=True)
    match = pairing.match(code, enhanced)

    assert is_greeting == (match is not None and match.step is Step.BANNER)
    assert is_greeting == (Step.BANNER in [x.step for x in pairing.exchanges()])


@pytest.mark.parametrize(("codes", "expected"), [([500, 250], [OTHER, QUIT]), ([221], [QUIT])])
def test_a_blank_line_may_or_may_not_be_answered(codes: list[int], expected: list[Step]) -> None:
    pairing = greeted()
    pairing.expect(asked(OTHER, optional=True), keep=True)
    pairing.expect(asked(QUIT), keep=True)

    assert expected == steps(pairing, codes)


def test_an_unanswered_blank_line_is_no_exchange() -> None:
    pairing = greeted()
    pairing.expect(asked(OTHER, optional=True), keep=True)

    assert [Step.BANNER] == [x.step for x in pairing.exchanges()]


def test_what_was_never_asked_is_passed_over() -> None:
    pairing = greeted()
    void = asked(Step.END_OF_DATA)
    pairing.expect(void, keep=True)
    pairing.expect(asked(QUIT), keep=True)
    void.void = True

    assert [QUIT] == steps(pairing, [221])


def test_a_completed_chunk_awaits_the_verdict() -> None:
    pairing = greeted(DATA)
    chunk = pairing._waiting[0]
    pairing.completed(chunk, 7, 8)

    assert (Step.END_OF_DATA, 7, 8) == (chunk.step, chunk.at, chunk.frame)
    assert not pairing.waits(DATA)
    assert pairing.waits(Step.END_OF_DATA)


def test_a_flood_is_bounded_and_pairs_nothing_wrongly() -> None:
    pairing = greeted(*[RCPT] * (MAX_WAITING + 10))

    assert MAX_WAITING == len(pairing._waiting)
    assert [None] == steps(pairing, [250])


def test_a_flood_of_chunks_that_nobody_answers_costs_no_search() -> None:
    pairing = greeted(*[RCPT] * MAX_WAITING)
    begun = time.perf_counter()
    for _ in range(20_000):
        chunk = asked(DATA)
        pairing.expect(chunk, keep=False)
        pairing.completed(chunk, 7, 8)

    assert time.perf_counter() - begun < 2
    assert not pairing.waits(Step.END_OF_DATA)
