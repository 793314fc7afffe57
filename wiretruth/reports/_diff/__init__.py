"""What differs between answers and contacts, in the form of a unified diff."""
