"""The `caretable` command and what `caretable up` starts."""
