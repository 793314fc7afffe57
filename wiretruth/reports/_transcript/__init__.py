"""A dialogue as one would have typed it: what was said, what passed below it, and how long it took."""
