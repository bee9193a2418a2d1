"""The sample hospital's imaging department: who works there, what is asked of it, what is already promised."""
