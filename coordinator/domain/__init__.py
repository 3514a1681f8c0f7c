"""Frozen dataclasses and pure rules: the standard library and small pure libraries only."""
