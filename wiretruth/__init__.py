"""wiretruth: hold what mail servers believe against what happened on the wire.

From a program or a notebook::

    import wiretruth
    report = wiretruth.read("mail.pcap")
    print([finding.summary for finding in report.findings])
"""

from typing import Any

__version__ = "0.1.0"
__all__ = ["Report", "__version__", "read", "rows", "table"]

_HOMES = {
    "Report": "wiretruth.model.report",
    "read": "wiretruth.api.reading",
    "rows": "wiretruth.api.tables",
    "table": "wiretruth.api.tables",
}


def __getattr__(name: str) -> Any:
    """Import what is asked for, when it is asked for: ``import wiretruth`` alone costs nothing."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415 - the point of it

    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return __all__
