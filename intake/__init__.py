"""The doors: CSV and Excel come in as hospital types or as refusals that name their place; plans and tables go out.

Start at ``intake.folder`` (a whole site), ``intake.upload`` (one file), ``intake.export`` and ``intake.plans`` (the way out);
``intake.schema`` is the contract of columns.
"""
