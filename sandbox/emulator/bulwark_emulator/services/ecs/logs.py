"""What containers write: the awslogs driver's streams in CloudWatch Logs.

https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LogConfiguration.html
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Iterable

from moto.logs.models import LogGroup, logs_backends

from .world import Task

DRIVER = "awslogs"


def options(container: dict[str, Any]) -> dict[str, str]:
    """The options of a container's awslogs driver, empty if it has another one."""
    configuration = container.get("logConfiguration", {})
    return configuration.get("options", {}) if configuration.get("logDriver") == DRIVER else {}


def find_group(account: str, region: str, given: dict[str, str]) -> LogGroup | None:
    """The log group of a driver; the driver may create it."""
    backend = logs_backends[account][given.get("awslogs-region", region)]
    name = given.get("awslogs-group", "")
    if name not in backend.groups and given.get("awslogs-create-group") == "true":
        backend.create_log_group(name, {})
    return backend.groups.get(name)


def write(account: str, region: str, task: Task, container: dict[str, Any], lines: Iterable[str], at: datetime) -> None:
    """Adds lines to a container's stream, which is named prefix/container/task."""
    given = options(container)
    group = find_group(account, region, given) if given else None
    if group is None:
        return
    name = stream(given, container, task)
    if name not in group.streams:
        group.create_log_stream(name)
    start = int(at.timestamp() * 1000)
    events = [{"timestamp": start + number, "message": line} for number, line in enumerate(lines)]
    if events:
        group.put_log_events(name, events)


def stream(given: dict[str, str], container: dict[str, Any], task: Task) -> str:
    return f"{given.get('awslogs-stream-prefix', 'ecs')}/{container['name']}/{task.id}"
