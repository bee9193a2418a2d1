"""Orders of stock: what to buy, when and why."""
