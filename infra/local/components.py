"""What runs beside the servers: the web, the workers, the scheduler."""

from infra.local.environment import Environment
from infra.local.processes import Program, python

CELERY = ("-m", "celery", "--quiet", "-A", "config")
WORKER = (*CELERY, "worker", "--loglevel=INFO", "--without-gossip", "--without-mingle")


def web(settings: Environment) -> Program:
    command = python(
        "-m",
        "granian",
        "--interface=wsgi",
        "--blocking-threads=1",
        "--workers=2",
        "--respawn-failed-workers",
        "--workers-kill-timeout=4",
        "--no-ws",
        # Browsers ask ::1 for *.localhost, too, and then come here.
        "--host=127.0.0.1",
        f"--port={settings['PORT']}",
        "config.wsgi:application",
    )
    return Program("web", command, settings)


def google(settings: Environment) -> Program:
    """Return a Google that the demo's companies are connected to."""
    port = settings["GOOGLE_BASE_URL"].rpartition(":")[2]
    return Program("google", python("-m", "tests.fakes.google", port), settings)


def worker(settings: Environment) -> Program:
    command = python(*WORKER, "--queues=celery,pages,reviews", "--hostname=worker@%h")
    return Program("worker", [*command, "--pool=threads", "--concurrency=2"], settings)


def ops(settings: Environment) -> Program:
    """Return the one worker that sees all tenants."""
    command = python(*WORKER, "--queues=ops", "--hostname=ops@%h", "--pool=solo")
    return Program("ops", command, settings | {"DATABASE_ROLE": "ops"})


def scheduler(settings: Environment) -> Program:
    schedule = f"--schedule={settings['VAR_DIR']}/scheduler"
    return Program(
        "scheduler", python(*CELERY, "beat", "--loglevel=INFO", "--pidfile=", schedule), settings
    )
