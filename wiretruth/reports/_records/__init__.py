"""The records of the machine-readable reports: one kind of record, one file. Keys are public and stable."""
