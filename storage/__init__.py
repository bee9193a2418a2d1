"""The database: tables, migrations, and one unit of work that implements ``planning.ports``. The only place that
knows SQLAlchemy."""
