"""The bed manager's use cases: who fills the wards tonight and in the next 14 days, what the plan adds, how yesterday's forecast did."""
