"""SMTP: recognising it by content, and reading a dialogue of it (RFC 5321)."""
