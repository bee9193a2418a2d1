"""The use cases: who may do what to a plan, and what is written down about it. Knows the engine and the doors, never
the database."""
