"""The mark of a generated page."""


def generated(source: str) -> str:
    """Say where a page comes from, so that nobody changes it in vain."""
    return f"<!-- Written by `make docs` from {source}; change it there. -->"
