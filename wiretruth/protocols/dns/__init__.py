"""DNS: messages, their framing over TCP, and lookups that pair queries with responses."""
