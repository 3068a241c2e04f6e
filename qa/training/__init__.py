"""Trains the reader: `python -m qa.training`. Nothing that answers questions imports it."""
