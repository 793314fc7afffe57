"""The nouns: frozen, slotted, printable; standard library only. Import from the modules."""
