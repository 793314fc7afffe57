"""One frame in, one packet out: the definition of how frames are read. Never raises on hostile octets."""
