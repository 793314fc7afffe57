"""The page: elements as values, drawings, and the few words that only a page needs."""
