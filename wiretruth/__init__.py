"""wiretruth: hold what mail servers believe against what happened on the wire."""

__version__ = "0.1.0"
