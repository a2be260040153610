"""Readers: bytes of any supported format to one text with its provenance."""
