"""Parts that pages are put together from; each is a function from values to a Dash component."""
