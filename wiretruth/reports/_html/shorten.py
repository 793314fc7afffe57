"""Text for drawings, which cannot wrap it."""


def shortened(words: str, longest: int) -> str:
    """Cut text to a number of characters, the cut marked by an ellipsis."""
    return words if len(words) <= longest else words[: longest - 1].rstrip() + "…"
