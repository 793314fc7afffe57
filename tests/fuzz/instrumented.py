"""Runs one target under atheris: ``python -m tests.fuzz.instrumented TARGET CORPUS [libFuzzer's options]``."""

import sys

import atheris

with atheris.instrument_imports(include=["wiretruth"]):
    from tests.fuzz.target import target, timed

    CHECK = target(sys.argv[1]).check


def main() -> None:
    """Give the process to the fuzzer; it ends with it."""
    atheris.Setup([sys.argv[0], *sys.argv[2:]], lambda octets: timed(CHECK, octets))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
