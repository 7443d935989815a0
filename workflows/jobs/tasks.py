"""The jobs, each by the name under which operations enqueue it."""

import importlib
import traceback
from collections.abc import Callable
from types import ModuleType
from typing import Any

import structlog
from procrastinate import App, JobContext, RetryStrategy
from structlog.contextvars import bind_contextvars, clear_contextvars

from workflows.connectors.send_mail import send_mail
from workflows.domain.errors import DomainError
from workflows.jobs import gating
from workflows.operations import (
    delivery,
    digests,
    escalation,
    letters,
    mail,
    migration,
    service_tasks,
    sweeping,
    timers,
)
from workflows.settings import Settings
from workflows.store.session import Database

log = structlog.stdlib.get_logger("jobs")
STALLED_AFTER = 15
"""Seconds after which a worker that says nothing counts as dead, and its jobs are done by another."""
KEPT_HOURS = 72
RETRY = RetryStrategy(max_attempts=8, exponential_wait=2)


def define(app: App, db: Database, settings: Settings, *, periodic: bool) -> None:
    """Register every job on `app`; the periodic ones only where a worker stays."""
    _instance_jobs(app, db)
    _batch_jobs(app, db)
    _mail_job(app, db, settings)
    if periodic:
        _periodic_jobs(app, db)


def connector(operation: str) -> ModuleType:
    """The connector of a service-task operation, by the name in the diagram."""
    return importlib.import_module(f"workflows.connectors.{operation}")


def _instance_jobs(app: App, db: Database) -> None:
    @app.task(name="run_service", queue="work", retry=RETRY, pass_context=True)
    def run_service(context: JobContext, instance: int, task: str) -> None:
        def work() -> None:
            job = service_tasks.service_task(db, instance, task)
            if job is not None:
                outcome = connector(job.operation).perform(job.request)
                service_tasks.finish_service_task(db, instance, task, job, outcome)

        try:
            _kept(db, context, work)
        except DomainError as refusal:
            service_tasks.give_up(db, instance, task, str(refusal))
        except Exception as error:
            if RETRY.get_retry_decision(exception=error, job=context.job) is None:
                service_tasks.give_up(db, instance, task, f"{type(error).__name__}: {error}")
            raise

    @app.task(name="deliver_message", queue="work", retry=RETRY, pass_context=True)
    def deliver_message(context: JobContext, message: int) -> None:
        _kept(db, context, lambda: delivery.deliver_message(db, message))

    @app.task(name="deliver_letter", queue="work", retry=RETRY, pass_context=True)
    def deliver_letter(context: JobContext, letter: int) -> None:
        _kept(db, context, lambda: letters.deliver_letter(db, letter))

    @app.task(name="fire_timers", queue="work", retry=RETRY, pass_context=True)
    def fire_timers(context: JobContext, instance: int) -> None:
        _kept(db, context, lambda: timers.fire_timers(db, instance))


def _batch_jobs(app: App, db: Database) -> None:
    @app.task(name="migrate_batch", queue="work", retry=RETRY, pass_context=True)
    def migrate_batch(context: JobContext, batch: int) -> None:
        _kept(db, context, lambda: migration.carry_on(db, batch))

    @app.task(name="check_draft", queue="work", pass_context=True)
    def check_draft(context: JobContext, draft: int, sha256: str) -> None:
        _kept(db, context, lambda: gating.check_draft(db, draft, sha256))


def _mail_job(app: App, db: Database, settings: Settings) -> None:
    @app.task(name="mail_notice", queue="work", retry=RETRY, pass_context=True)
    def mail_notice(context: JobContext, notice: int) -> None:
        def work() -> None:
            if settings.smtp_url:
                mail.mail_notice(
                    db, notice, lambda **letter: send_mail(str(settings.smtp_url), settings.mail_from, **letter)
                )

        _kept(db, context, work)

    @app.task(name="mail_digest", queue="work", retry=RETRY, pass_context=True)
    def mail_digest(context: JobContext, login: str, day: str) -> None:
        def work() -> None:
            if settings.smtp_url:
                digests.mail_digest(
                    db,
                    login,
                    day,
                    f"{settings.public_url}/inbox",
                    lambda **letter: send_mail(str(settings.smtp_url), settings.mail_from, **letter),
                )

        _kept(db, context, work)


def _periodic_jobs(app: App, db: Database) -> None:
    @app.periodic(cron="* * * * * */2")
    @app.task(name="sweep", queue="system", queueing_lock="sweep", priority=50)
    def sweep(timestamp: int) -> None:  # noqa: ARG001  Procrastinate hands it over
        sweeping.sweep(db)

    @app.periodic(cron="* * * * *")
    @app.task(name="escalate", queue="system", queueing_lock="escalate")
    def escalate(timestamp: int) -> None:  # noqa: ARG001
        escalation.escalate(db)

    @app.periodic(cron="0 0 * * *")  # seven in the morning in Vietnam
    @app.task(name="order_digests", queue="system", queueing_lock="order_digests")
    def order_digests(timestamp: int) -> None:  # noqa: ARG001
        digests.order_digests(db)

    @app.periodic(cron="* * * * * */5")
    @app.task(name="reap", queue="system", queueing_lock="reap", priority=100)
    async def reap(timestamp: int) -> None:  # noqa: ARG001
        for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER):
            await app.job_manager.retry_job(job)

    @app.periodic(cron="17 * * * *")
    @app.task(name="forget_old_jobs", queue="system", queueing_lock="forget_old_jobs")
    async def forget_old_jobs(timestamp: int) -> None:  # noqa: ARG001
        await app.job_manager.delete_old_jobs(nb_hours=1, queue="system")
        await app.job_manager.delete_old_jobs(nb_hours=KEPT_HOURS, include_failed=False)


def _kept(db: Database, context: JobContext, work: Callable[[], Any]) -> None:
    """Do the work; keep why it failed, because the job engine only logs it."""
    bind_contextvars(job=context.job.id, name=context.job.task_name, **context.job.task_kwargs)
    try:
        work()
        log.info("job done")
    except Exception:
        sweeping.keep_error(db, context.job.id or 0, context.job.task_name, traceback.format_exc())
        raise
    finally:
        clear_contextvars()
