"""The packets that a finding rests on, cut out of a capture: which they are, and what of them nobody else may see. No I/O."""
