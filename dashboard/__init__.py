"""The face in the browser: a Dash application over ``planning.app.Application``. Decides nothing itself."""
