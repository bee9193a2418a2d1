"""Forecasts of drug demand, bed occupancy and durations: quantiles and sample paths of many series at once."""
