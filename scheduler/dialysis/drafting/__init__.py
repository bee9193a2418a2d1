"""The dated problem while it is being put together: the unit's data on one horizon, open to changes."""
