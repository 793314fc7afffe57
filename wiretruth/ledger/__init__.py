"""Memory: who stated what, when, until when. Answers narrow questions."""
