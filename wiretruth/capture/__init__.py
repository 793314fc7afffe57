"""Capture file formats: octets in, frame batches out. One format, one file."""
