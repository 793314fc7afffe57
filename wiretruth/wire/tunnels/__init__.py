"""Plug room: one tunnel, one file, found by the IP protocol numbers or the UDP destination ports that it declares.

``decode(octets, begin)`` reads the tunnel's header at *begin*; the octets end where the outer packet does. It gives where
the packet or frame inside is found, ``Unread`` where there is none that can be read, and ``None`` where the octets are no
header of this tunnel after all, which a port alone never proves.
"""
