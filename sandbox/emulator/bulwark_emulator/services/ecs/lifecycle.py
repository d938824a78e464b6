"""What becomes of one task: it is provisioned, pending, running, and stopped at the end.

https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-lifecycle-explanation.html
"""

from __future__ import annotations

import hashlib
import zlib
from datetime import datetime
from typing import Any, Iterable

from moto.ec2.models import ec2_backends

from . import launch, logs, targets
from .outcomes import Outcome
from .world import Rollout, Service, Task, tags, tasks

# What LATEST is for Linux.
PLATFORM_VERSION = "1.4.0"
# How many steps a task that fails its health checks is left running.
_UNHEALTHY_FOR = 4
_EXITED = "Essential container in task exited"


def start(
    account: str,
    region: str,
    arn: str,
    definition: dict[str, Any],
    network: dict[str, Any],
    at: datetime,
    outcome: Outcome,
    given: dict[str, Any],
    tagged: dict[str, str],
) -> Task:
    """Makes a task that is provisioned. ``given`` are members that depend on who starts it, as group and startedBy."""
    overrides = given.get("overrides", {})
    containers = [_container(arn, one) for one in definition["containerDefinitions"]]
    shown: dict[str, Any] = {
        "taskArn": arn,
        "taskDefinitionArn": definition["taskDefinitionArn"],
        "createdAt": at,
        "desiredStatus": "RUNNING",
        "lastStatus": "PROVISIONING",
        "healthStatus": "UNKNOWN",
        "containers": containers,
        "attachments": [],
        "attributes": [
            {
                "name": "ecs.cpu-architecture",
                "value": definition.get("runtimePlatform", {}).get("cpuArchitecture", "X86_64").lower(),
            }
        ],
        "cpu": overrides.get("cpu") or definition.get("cpu"),
        "memory": overrides.get("memory") or definition.get("memory"),
        "inferenceAccelerators": [],
        "overrides": {
            "containerOverrides": [{"name": one["name"]} for one in containers],
            "inferenceAcceleratorOverrides": [],
        },
        "ephemeralStorage": {"sizeInGiB": definition.get("ephemeralStorage", {}).get("sizeInGiB", 20)},
        "fargateEphemeralStorage": {"sizeInGiB": definition.get("ephemeralStorage", {}).get("sizeInGiB", 20)},
        "platformFamily": "Linux",
        "version": 1,
        **given,
    }
    task = Task({name: value for name, value in shown.items() if value is not None}, definition, outcome)
    _attach(account, region, task, network)
    tasks(account, region)[arn] = task
    tags(account, region)[arn] = tagged
    return task


def _container(arn: str, definition: dict[str, Any]) -> dict[str, Any]:
    cluster, _, task = arn.rpartition("task/")[2].partition("/")
    mark = hashlib.sha256(f"{arn}/{definition['name']}".encode()).hexdigest()
    return {
        "containerArn": f"{arn.rpartition(':')[0]}:container/{cluster}/{task}/{mark[:8]}-{mark[8:12]}-4{mark[13:16]}-8{mark[17:20]}-{mark[20:32]}",
        "taskArn": arn,
        "name": definition["name"],
        "image": definition["image"],
        "lastStatus": "PENDING",
        "networkInterfaces": [],
        "networkBindings": [],
        "healthStatus": "UNKNOWN",
        "cpu": str(definition.get("cpu", 0)),
        **({"memory": str(definition["memory"])} if definition.get("memory") else {}),
        **({"memoryReservation": str(definition["memoryReservation"])} if definition.get("memoryReservation") else {}),
    }


def _attach(account: str, region: str, task: Task, network: dict[str, Any]) -> None:
    """Gives a task a network interface of its own, in one subnet after the other.

    https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html
    """
    wanted = network.get("awsvpcConfiguration")
    if not wanted:
        return
    backend = ec2_backends[account][region]
    subnets = sorted(wanted["subnets"])
    subnet = backend.get_subnet(subnets[len(tasks(account, region)) % len(subnets)])
    interface = backend.create_network_interface(
        subnet, [], group_ids=wanted.get("securityGroups"), description=task.shown["taskArn"]
    )
    interface.status = "in-use"
    interface.requester_managed = True
    task.interface = interface.id
    number = zlib.crc32(task.id.encode())
    attachment = f"{number:08x}-0000-4000-8000-{task.id[:12]}"
    details = {
        "subnetId": subnet.id,
        "networkInterfaceId": interface.id,
        "macAddress": interface.mac_address,
        "privateDnsName": f"ip-{str(interface.private_ip_address).replace('.', '-')}.{region}.compute.internal",
        "privateIPv4Address": interface.private_ip_address,
    }
    task.shown["availabilityZone"] = subnet.availability_zone
    task.shown["attachments"] = [
        {
            "id": attachment,
            "type": "ElasticNetworkInterface",
            "status": "ATTACHING",
            "details": [{"name": name, "value": str(value)} for name, value in details.items()],
        }
    ]
    for container in task.shown["containers"]:
        container["networkInterfaces"] = [
            {"attachmentId": attachment, "privateIpv4Address": interface.private_ip_address}
        ]


def address(task: Task) -> str:
    """The private address of a task, empty without a network interface of its own."""
    for container in task.shown["containers"]:
        for interface in container["networkInterfaces"]:
            return str(interface["privateIpv4Address"])
    return ""


def step(account: str, region: str, task: Task, service: Service | None, at: datetime) -> None:
    """Moves a task on by one state."""
    task.shown["version"] += 1
    if task.shown["desiredStatus"] == "STOPPED":
        _go_down(account, region, task, service, at)
    elif task.status == "PROVISIONING":
        _say(task, "PENDING")
        task.shown |= {"pullStartedAt": at, "connectivity": "CONNECTED", "connectivityAt": at}
        for attachment in task.shown["attachments"]:
            attachment["status"] = "ATTACHED"
    elif task.status == "PENDING":
        _leave_pending(account, region, task, service, at)
    else:
        _run(account, region, task, service, at)


def _say(task: Task, status: str) -> None:
    task.shown["lastStatus"] = status
    seen = {"PROVISIONING": "PENDING", "DEACTIVATING": "RUNNING", "STOPPING": "RUNNING"}.get(status, status)
    for container in task.shown["containers"]:
        if container["lastStatus"] != "STOPPED":
            container["lastStatus"] = seen


def _leave_pending(account: str, region: str, task: Task, service: Service | None, at: datetime) -> None:
    reason = launch.problem(account, region, task)
    if reason:
        if reason.startswith("CannotPull"):
            task.shown["containers"][0]["reason"] = reason
        fail(account, region, task, service, "TaskFailedToStart", reason, at)
        return
    _say(task, "RUNNING")
    task.shown |= {"pullStoppedAt": at, "startedAt": at}
    for container, definition in _pairs(task):
        container["runtimeId"] = f"{task.id}-{zlib.crc32(definition['name'].encode()):010d}"
        container["imageDigest"] = digest(definition["image"])
        logs.write(account, region, task, definition, (), at)
    if service is not None and service.shown.get("loadBalancers"):
        for arn in targets.register(service, task, address(task)):
            service.tell(f"registered 1 targets in (target-group {arn})", at)


def digest(image: str) -> str:
    """The digest of an image: the one that its reference names, or one made of its name."""
    _, _, named = image.partition("@")
    return named or f"sha256:{hashlib.sha256(image.encode()).hexdigest()}"


def _pairs(task: Task) -> Iterable[tuple[dict[str, Any], dict[str, Any]]]:
    return zip(task.shown["containers"], task.definition["containerDefinitions"])


def _run(account: str, region: str, task: Task, service: Service | None, at: datetime) -> None:
    task.age += 1
    if task.outcome.crashes:
        _crash(account, region, task, service, at)
    elif task.outcome.kind == "failing-health-check" and service is not None:
        _fail_health_check(task, service, at)
    elif task.healthy is None:
        _pass_health_checks(task, service)
    elif service is None:
        _finish(account, region, task, at)


def _crash(account: str, region: str, task: Task, service: Service | None, at: datetime) -> None:
    """The first essential container ends; the others are stopped with it."""
    failing = next(number for number, (_, one) in enumerate(_pairs(task)) if one["essential"])
    for number, (container, definition) in enumerate(_pairs(task)):
        container["exitCode"] = task.outcome.exit_code if number == failing else 0
        if number == failing:
            logs.write(account, region, task, definition, task.outcome.logs, at)
    fail(account, region, task, service, "EssentialContainerExited", _EXITED, at)


def _fail_health_check(task: Task, service: Service, at: datetime) -> None:
    """Load balancer first, as most services have one; otherwise the health check of the container.

    https://docs.aws.amazon.com/AmazonECS/latest/developerguide/troubleshoot-service-load-balancers.html
    """
    if task.healthy is None:
        task.healthy = False
        targets.say(service, task, address(task), targets.unhealthy(task.outcome.reason))
        if not task.targets:
            _say_health(task, "UNHEALTHY")
    if task.age < _UNHEALTHY_FOR:
        return
    for arn, port in task.targets:
        service.tell(
            f"(task {task.id}) (port {port}) is unhealthy in (target-group {arn}) due to (reason {task.outcome.reason})",
            at,
        )
    if task.targets:
        arn = task.targets[0][0]
        service.tell(f"(task {task.id}) failed ELB health checks in (target-group {arn})", at)
        reason = f"Task failed ELB health checks in (target-group {arn})"
    else:
        service.tell(f"(task {task.id}) failed container health checks.", at)
        reason = "Task failed container health checks"
    stop(task, "ServiceSchedulerInitiated", reason, at)


def _pass_health_checks(task: Task, service: Service | None) -> None:
    task.healthy = True
    if service is not None:
        targets.say(service, task, address(task), targets.HEALTHY)
    checked = [container for container, definition in _pairs(task) if "healthCheck" in definition]
    for container in checked:
        container["healthStatus"] = "HEALTHY"
    if checked:
        task.shown["healthStatus"] = "HEALTHY"


def _say_health(task: Task, status: str) -> None:
    task.shown["healthStatus"] = status
    checked = [container for container, definition in _pairs(task) if "healthCheck" in definition]
    for container in checked or task.shown["containers"][:1]:
        container["healthStatus"] = status


def _finish(account: str, region: str, task: Task, at: datetime) -> None:
    """A task that no service keeps ends well, as a migration does."""
    for container in task.shown["containers"]:
        container["exitCode"] = 0
    fail(account, region, task, None, "EssentialContainerExited", _EXITED, at)


def stop(task: Task, code: str, reason: str, at: datetime) -> None:
    """Asks a task to stop."""
    if task.going:
        task.shown |= {"desiredStatus": "STOPPED", "stopCode": code, "stoppedReason": reason, "stoppingAt": at}


def _go_down(account: str, region: str, task: Task, service: Service | None, at: datetime) -> None:
    if task.status == "RUNNING":
        _say(task, "DEACTIVATING")
        if service is not None and task.targets:
            targets.say(service, task, address(task), targets.DRAINING)
            service.tell("has begun draining connections on 1 tasks.", at)
        return
    for container in task.shown["containers"]:
        if task.shown.get("startedAt") and "exitCode" not in container:
            container["exitCode"] = 0
    _end(account, region, task, service, at)


def fail(account: str, region: str, task: Task, service: Service | None, code: str, reason: str, at: datetime) -> None:
    """A task ends by itself."""
    stop(task, code, reason, at)
    _end(account, region, task, service, at)


def _end(account: str, region: str, task: Task, service: Service | None, at: datetime) -> None:
    _say(task, "STOPPED")
    task.shown["stoppedAt"] = at
    if task.shown.get("startedAt"):
        task.shown["executionStoppedAt"] = at
    for container in task.shown["containers"]:
        container["lastStatus"] = "STOPPED"
    if service is not None:
        for arn in targets.deregister(service, task, address(task)):
            service.tell(f"deregistered 1 targets in (target-group {arn})", at)
    for attachment in task.shown["attachments"]:
        attachment["status"] = "DELETED"
    if task.interface:
        ec2_backends[account][region].enis.pop(task.interface, None)
        task.interface = ""


def rollout_of(service: Service, task: Task) -> Rollout | None:
    return next((rollout for rollout in service.rollouts if rollout.id == task.shown.get("startedBy")), None)
