"""Radiotherapy: courses of treatment on linacs, session by session, day by day."""
