"""Models of many series at once, all with the same verbs."""
