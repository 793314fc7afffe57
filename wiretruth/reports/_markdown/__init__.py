"""The report for a ticket: Markdown that says the same wherever it is pasted."""
