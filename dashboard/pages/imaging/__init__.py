"""Imaging's own parts of the plan page: classes, wards, emergencies."""
