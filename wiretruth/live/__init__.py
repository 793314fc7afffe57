"""The doors of a watch, which stay open for months: the ring of packets, files that grow, records kept, metrics, privileges."""
