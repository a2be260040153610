"""Initiatives over many years."""
