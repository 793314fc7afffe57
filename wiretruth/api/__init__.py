"""What programs and notebooks call: ``wiretruth.read``, ``wiretruth.rows``, ``wiretruth.table``."""
