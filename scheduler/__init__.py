"""The engine: turns a Problem into a verified plan, and says why. Reads no clock, file or network."""
