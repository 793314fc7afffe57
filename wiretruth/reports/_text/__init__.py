"""The report for a person: one part, one file. Parts give lines as values; ``page`` alone makes ink of them."""
