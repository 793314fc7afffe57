"""How long a connection may be silent."""

from wiretruth.model.frames import NANOSECONDS

IDLE_ESTABLISHED = 3600 * NANOSECONDS
"""RFC 5321 §4.5.3.2 lets no side wait longer than ten minutes; an hour also spans a stopped virtual machine."""

IDLE_OTHERWISE = 120 * NANOSECONDS
"""Linux gives up a connection attempt after 127 s, its last SYN being 63 s old then; TIME-WAIT lasts 60 s."""
