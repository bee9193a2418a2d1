"""The solve queue: the only place that knows Celery. The database holds the jobs; a message is a doorbell, never the truth."""
