"""Runs that print figures beside their targets, a peer or a published result; never part of the tests."""
