"""Two ways to understand a text, one type: rules that are always there, and a model where one is served."""
