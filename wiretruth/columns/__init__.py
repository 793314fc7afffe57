"""The fast lane: whole batches of frames as columns. What it does not fully understand goes, by row, to ``wire``.

numpy is slow to load: import the modules of this room where a batch is worth it.
"""
