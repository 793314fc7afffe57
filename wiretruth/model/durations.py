"""Time spans in words: findings and reports say them alike."""

from wiretruth.model.frames import NANOSECONDS

_MILLISECOND = 1_000_000
_MINUTE = 60 * NANOSECONDS


def duration(nanoseconds: int) -> str:
    """Say a time span as a person would: ``0.2 ms``, ``3.1 s``, ``4 min 20 s``."""
    if nanoseconds < NANOSECONDS:
        return f"{nanoseconds / _MILLISECOND:.1f} ms"
    if nanoseconds < 2 * _MINUTE:
        return f"{nanoseconds / NANOSECONDS:.1f} s"
    minutes, seconds = divmod(round(nanoseconds / NANOSECONDS), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min {seconds} s"
