"""Runs one target under atheris: ``python -m tests.fuzz.instrumented TARGET CORPUS [libFuzzer's options]``."""

import sys

import atheris

with atheris.instrument_imports(include=["wiretruth"]):
    from tests.fuzz.target import names, target, timed

    names()  # loads every target, and with them what they test


def main() -> None:
    """Give the process to the fuzzer; it ends with it."""
    name, *words = sys.argv[1:]
    check = target(name).check
    atheris.Setup([sys.argv[0], *words], lambda octets: timed(check, octets))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
