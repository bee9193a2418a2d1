"""Scanners: CT, MR, PET-CT, fluoroscopy."""
