"""The Celery application: one queue, JSON only, a message acknowledged when its work is done."""

from __future__ import annotations

from celery import Celery

from hospital.errors import BadSettings
from planning.settings import Settings

QUEUE = "caretable"
SOLVE = "caretable.solve"
LONGEST_SOLVE_S = 600


def make_app(settings: Settings) -> Celery:
    """The application for these settings. Raises BadSettings where nobody said which broker to use."""
    if not settings.broker_url:
        raise BadSettings("no_broker_url")
    app = Celery("caretable", broker=settings.broker_url, set_as_current=False)
    app.conf.update(
        # what may come in: ids in JSON, of one known task
        accept_content=["json"],
        task_serializer="json",
        task_ignore_result=True,
        task_default_queue=QUEUE,
        worker_enable_remote_control=False,
        worker_consumer="workers.door:Door",
        # a message outlives the worker that took it; the lease in the database decides who may write
        task_acks_late=True,
        task_reject_on_worker_lost=True,
        worker_prefetch_multiplier=1,
        worker_cancel_long_running_tasks_on_connection_loss=False,
        # a broker that goes away comes back: wait for it without end, but never hang on a dead connection
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,
        broker_transport_options={
            "visibility_timeout": 6 * LONGEST_SOLVE_S,  # longer than the longest solve, or it is delivered twice
            "unacked_restore_interval": 5,
            "unacked_restore_throttle": 1,  # the default sweeps every hundred seconds
            "socket_timeout": 30,
            "socket_connect_timeout": 5,
            "socket_keepalive": True,
        },
        worker_hijack_root_logger=False,
    )
    return app
