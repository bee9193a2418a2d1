"""What every area shares: rules, models, search, verification."""
