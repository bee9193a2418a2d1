"""Dialysis units drawn from a seed."""
