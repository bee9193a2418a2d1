"""Dialysis' own parts of the plan page: the board, the week's patterns, one patient's weeks."""
