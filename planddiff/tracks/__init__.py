"""Initiatives over many years: lineages, returns, trends and survival."""
