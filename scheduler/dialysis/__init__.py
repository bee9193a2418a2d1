"""The dialysis area: series of sessions on stations, shift by shift."""
