"""Exercises as data: the schema, its checks and the library of files."""
