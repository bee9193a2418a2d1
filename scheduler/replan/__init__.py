"""Living with change: the cheapest places for one request, emergencies, and a plan repaired with as few moves as can be."""
