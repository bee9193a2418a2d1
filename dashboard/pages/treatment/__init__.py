"""Radiotherapy's own parts of the plan page: priorities, courses, new courses."""
