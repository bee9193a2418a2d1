"""The sample hospital, drawn from a seed, and what may go wrong in it on a day."""
