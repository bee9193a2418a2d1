"""A pharmacy's day: forecasts and orders put together, exceptions, the month's report."""
