"""What a task gets from the container agent: credentials of its task role.

https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html
"""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

from ...store import table, tables
from .. import roles, sessions
from .arns import last
from .launch import trusts
from .world import Task

# Six hours, as the agent's credentials have.
_SECONDS = 6 * 60 * 60


class NoCredentials(Exception):
    """There is nothing to hand out; ``status`` is that of the HTTP answer."""

    def __init__(self, message: str, status: int = 404) -> None:
        super().__init__(message)
        self.status = status


def of(account: str, name: str) -> dict[str, str]:
    """The credentials of a running task, by the task's id, or by ``cluster/service``: then of one of its tasks.

    The session is called after the task, as ECS does.
    """
    region, task = _find(account, name)
    role_arn = task.shown["overrides"].get("taskRoleArn") or task.definition.get("taskRoleArn")
    if not role_arn:
        raise NoCredentials(f"the task definition {task.shown['taskDefinitionArn']} has no task role")
    role = roles.find(role_arn)
    if role is None or not trusts(role, account, task.shown["taskArn"]):
        message = f"ECS was unable to assume the role '{role_arn}' that was provided for this task."
        raise NoCredentials(message, 403)
    known = table("ecs credentials", account, region)
    session = known.get((task.id, role_arn))
    if session is None or session.expiration <= datetime.now(timezone.utc).replace(tzinfo=None):
        session = sessions.issue(role, task.id, region=region, duration=_SECONDS)
        known[task.id, role_arn] = session
    return {
        "RoleArn": role_arn,
        "AccessKeyId": session.access_key_id,
        "SecretAccessKey": session.secret_access_key,
        "Token": session.session_token,
        "Expiration": session.expiration.strftime("%Y-%m-%dT%H:%M:%SZ"),
    }


def _find(account: str, name: str) -> tuple[str, Task]:
    cluster, _, service = name.rpartition("/")
    running: list[tuple[str, Task]] = [
        (region, task)
        for region, rows in tables("ecs tasks", account).items()
        for task in rows.values()
        if task.running
    ]
    for region, task in running:
        of_service = task.shown["group"] == f"service:{service}" and last(task.shown["clusterArn"]) == cluster
        if task.id == name or of_service:
            return region, task
    known: Any = ", ".join(sorted({f"{last(task.shown['clusterArn'])}/{task.id}" for _, task in running})) or "none"
    raise NoCredentials(f"no running task {name!r}, which is a task's id, or cluster/service; running: {known}")
