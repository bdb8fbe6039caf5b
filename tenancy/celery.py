"""The tenant travels in the message's headers and wraps the task, its retries and its canvas."""

from contextlib import ExitStack
from typing import Any

from celery.signals import before_task_publish, task_postrun, task_prerun

from tenancy.context import current_tenant_id, no_tenant, tenant_scope

HEADER = "tenant_id"


@before_task_publish.connect
def stamp(headers: dict[str, Any] | None = None, **kwargs: Any) -> None:
    """Write the tenant in scope into a message that names none yet."""
    if headers is not None:
        headers.setdefault(HEADER, current_tenant_id())


@task_prerun.connect
def enter(task: Any = None, **kwargs: Any) -> None:
    """Enter the message's tenant; a message without one runs outside any."""
    tenant_id = task.request.get(HEADER)
    if tenant_id is None and task.request.is_eager:
        tenant_id = current_tenant_id()
    stack = ExitStack()
    stack.enter_context(no_tenant() if tenant_id is None else tenant_scope(int(tenant_id)))
    task.request.tenant_scope = stack


@task_postrun.connect
def leave(task: Any = None, **kwargs: Any) -> None:
    """Go back to what was in scope before the task."""
    if (stack := getattr(task.request, "tenant_scope", None)) is not None:
        stack.close()
