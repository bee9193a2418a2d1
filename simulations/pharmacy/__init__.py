"""A hospital pharmacy: a sample drawn from a seed, and ordering rules played against the past."""
