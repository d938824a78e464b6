"""What there is in one account and region: clusters, task definitions, services, deployments and tasks.

What AWS shows is kept as the dictionary that it shows; dataclasses hold what it does not show beside it.
"""

from __future__ import annotations

import math
import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Any

from ...store import table
from .outcomes import SUCCESS, Outcome

# How many stopped tasks and events of a service are kept.
# https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Service.html
KEPT_EVENTS = 100
KEPT_STOPPED = 50


def now() -> datetime:
    """The time in whole milliseconds, which is what clients see; rounded up, so that nothing begins before its call."""
    exact = datetime.now(timezone.utc)
    return exact.replace(microsecond=0) + timedelta(milliseconds=math.ceil(exact.microsecond / 1000))


@dataclass
class Task:
    """One task. ``healthy`` is what the scheduler knows of its health checks: None until there is an answer."""

    shown: dict[str, Any]
    definition: dict[str, Any]
    outcome: Outcome = field(default_factory=lambda: SUCCESS)
    healthy: bool | None = None
    age: int = 0
    interface: str = ""
    targets: list[tuple[str, int]] = field(default_factory=list)

    @property
    def id(self) -> str:
        return str(self.shown["taskArn"].rpartition("/")[2])

    @property
    def status(self) -> str:
        return str(self.shown["lastStatus"])

    @property
    def stopped(self) -> bool:
        return self.status == "STOPPED"

    @property
    def going(self) -> bool:
        """Whether it is to run: neither stopped nor asked to stop."""
        return self.shown["desiredStatus"] == "RUNNING" and not self.stopped

    @property
    def running(self) -> bool:
        return self.going and self.status == "RUNNING"


@dataclass
class Rollout:
    """One entry of a service's ``deployments``, with the service deployment and the service revision that belong to it.

    https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Deployment.html
    """

    shown: dict[str, Any]
    revision: dict[str, Any]
    deployment: dict[str, Any]
    outcome: Outcome = field(default_factory=lambda: SUCCESS)
    failures: int = 0
    consecutive: int = 0
    wait: int = 0
    baked: int = 0
    ever_completed: bool = False
    monitors_alarms: bool = False

    @property
    def id(self) -> str:
        return str(self.shown["id"])

    @property
    def state(self) -> str:
        return str(self.shown["rolloutState"])

    @property
    def status(self) -> str:
        return str(self.shown["status"])


@dataclass
class Service:
    """One service. ``shown`` is what DescribeServices answers, but for counts, deployments and events."""

    account: str
    region: str
    shown: dict[str, Any]
    rollouts: list[Rollout] = field(default_factory=list)
    events: list[dict[str, Any]] = field(default_factory=list)
    steady: bool = False

    @property
    def arn(self) -> str:
        return str(self.shown["serviceArn"])

    @property
    def name(self) -> str:
        return str(self.shown["serviceName"])

    @property
    def primary(self) -> Rollout:
        return self.rollouts[0]

    def tell(self, message: str, at: datetime) -> None:
        """Adds an event; the newest is the first."""
        message = f"(service {self.name}) {message}"
        self.events.insert(0, {"id": str(uuid.uuid4()), "createdAt": at, "message": message})
        del self.events[KEPT_EVENTS:]


def clusters(account: str, region: str) -> dict[str, dict[str, Any]]:
    """Clusters by name, those that were deleted too."""
    return table("ecs clusters", account, region)


def definitions(account: str, region: str) -> dict[str, dict[str, Any]]:
    """Task definitions by ARN, in the order in which they were registered."""
    return table("ecs task definitions", account, region)


def services(account: str, region: str) -> dict[str, Service]:
    """Services by ARN."""
    return table("ecs services", account, region)


def tasks(account: str, region: str) -> dict[str, Task]:
    """Tasks by ARN, in the order in which they were started."""
    return table("ecs tasks", account, region)


def deployments(account: str, region: str) -> dict[str, dict[str, Any]]:
    """Service deployments by ARN, oldest first."""
    return table("ecs service deployments", account, region)


def revisions(account: str, region: str) -> dict[str, dict[str, Any]]:
    """Service revisions by ARN."""
    return table("ecs service revisions", account, region)


def tags(account: str, region: str) -> dict[str, dict[str, str]]:
    """Tags by ARN."""
    return table("ecs tags", account, region)


def tasks_of(service: Service, rollout: Rollout | None = None) -> list[Task]:
    """The tasks of a service, or of one of its deployments."""
    group = f"service:{service.name}"
    cluster = service.shown["clusterArn"]
    return [
        task
        for task in tasks(service.account, service.region).values()
        if task.shown["group"] == group
        and task.shown["clusterArn"] == cluster
        and (rollout is None or task.shown.get("startedBy") == rollout.id)
    ]


def forget_stopped(service: Service) -> None:
    """Keeps the newest of the stopped tasks only; AWS keeps them for an hour."""
    stopped = [task for task in tasks_of(service) if task.stopped]
    for task in stopped[:-KEPT_STOPPED]:
        arn = task.shown["taskArn"]
        del tasks(service.account, service.region)[arn]
        tags(service.account, service.region).pop(arn, None)


def forget_deployments(service: Service) -> None:
    known = deployments(service.account, service.region)
    for arn in [arn for arn, one in known.items() if one["serviceArn"] == service.arn]:
        del known[arn]
