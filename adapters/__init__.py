"""Vertical slices: one package per business adapter, the same file names in each."""
