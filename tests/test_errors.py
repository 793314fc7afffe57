"""An error is one line that says what to do."""

import pickle

import pytest

from wiretruth.errors import InputError, WiretruthError


@pytest.mark.parametrize(
    ("remedy", "expected"),
    [("", "mail.pcap: is empty"), ("capture again", "mail.pcap: is empty; capture again")],
)
def test_input_error_names_the_input_the_problem_and_the_remedy(remedy: str, expected: str) -> None:
    error = InputError("mail.pcap", "is empty", remedy)

    assert expected == str(error)
    assert ("mail.pcap", "is empty", remedy) == (error.path, error.problem, error.remedy)


def test_one_root() -> None:
    assert issubclass(InputError, WiretruthError)


def test_an_error_crosses_processes() -> None:
    """A worker's complaint must arrive whole."""
    error = pickle.loads(pickle.dumps(InputError("mail.pcap", "is empty", "capture again")))  # noqa: S301 - our own octets

    assert ("mail.pcap: is empty; capture again", "capture again") == (str(error), error.remedy)
