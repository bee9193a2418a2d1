"""An invented radiotherapy department and its requests."""
