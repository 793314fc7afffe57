"""The assembler: labels become distances, and what cannot be encoded is refused."""

import pytest

from wiretruth.live.bpf import EQUAL, JUMP, LOAD_HALF, RETURN, Step, assemble, decoded, numbers

PORT_25 = [Step(LOAD_HALF, 36), Step(EQUAL, 25, then="take"), Step(RETURN, 0), Step(RETURN, 99, label="take")]


def test_labels_become_distances() -> None:
    assert [(0x28, 0, 0, 36), (0x15, 1, 0, 25), (0x06, 0, 0, 0), (0x06, 0, 0, 99)] == decoded(assemble(PORT_25))


def test_a_jump_says_how_far() -> None:
    assert (0x05, 0, 0, 300) == decoded(assemble([Step(JUMP, 300)]))[0]


@pytest.mark.parametrize(
    "steps",
    [
        [],
        [Step(EQUAL, 1, then="nowhere"), Step(RETURN, 0)],
        [Step(RETURN, 0, label="before"), Step(EQUAL, 1, then="before")],
        [Step(EQUAL, 1, then="far"), *[Step(RETURN, 0)] * 256, Step(RETURN, 0, label="far")],
    ],
    ids=["nothing", "an unknown label", "backwards", "too far"],
)
def test_what_cannot_be_encoded_is_refused(steps: list[Step]) -> None:
    with pytest.raises(ValueError, match=r"."):
        assemble(steps)


def test_what_tcpdump_prints_is_understood() -> None:
    assert assemble(PORT_25) == numbers("4\n40 0 0 36\n21 1 0 25\n6 0 0 0\n6 0 0 99\n")


@pytest.mark.parametrize("text", ["", "2\n1 2 3 4\n", "1\n1 2 3\n", "tcpdump: syntax error"])
def test_other_words_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        numbers(text)
