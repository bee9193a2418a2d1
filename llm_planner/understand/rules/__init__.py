"""Reading without a model: normalise, link names, read times, then frames of intents."""
