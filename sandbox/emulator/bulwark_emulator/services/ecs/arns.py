"""How ECS calls its things, and how a call finds them.

https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-account-settings.html
"""

from __future__ import annotations

import secrets
import string
from typing import Any

from ...errors import AwsError
from ...route import Call
from .world import Service, Task, clusters, definitions, services, tasks

DEFAULT_CLUSTER = "default"


def arn(call: Call, kind: str, *names: str) -> str:
    return f"arn:aws:ecs:{call.region}:{call.account}:{'/'.join((kind, *names))}"


def number() -> str:
    """The number of a deployment and of its service revision."""
    return str(secrets.randbelow(9 * 10**18) + 10**18)


def token(length: int) -> str:
    return "".join(secrets.choice(string.ascii_letters + string.digits) for _ in range(length))


def hexadecimal() -> str:
    """The id of a task."""
    return secrets.token_hex(16)


def invalid(message: str) -> AwsError:
    return AwsError("InvalidParameterException", message, 400)


def client(message: str) -> AwsError:
    return AwsError("ClientException", message, 400)


def last(name_or_arn: str) -> str:
    return name_or_arn.rpartition("/")[2]


def find_cluster(call: Call, name_or_arn: str) -> dict[str, Any] | None:
    """A cluster by name or ARN, active or not."""
    cluster = clusters(call.account, call.region).get(last(name_or_arn))
    if cluster is None or (name_or_arn.startswith("arn:") and cluster["clusterArn"] != name_or_arn):
        return None
    return cluster


def cluster_of(call: Call, member: str = "cluster") -> dict[str, Any]:
    """The active cluster that a call is about, or the error."""
    cluster = find_cluster(call, call.params.get(member) or DEFAULT_CLUSTER)
    if cluster is None:
        raise AwsError("ClusterNotFoundException", "Cluster not found.", 400)
    if cluster["status"] != "ACTIVE":
        raise AwsError("ClusterNotFoundException", "The referenced cluster was inactive.", 400)
    return cluster


def find_service(call: Call, cluster: dict[str, Any], name_or_arn: str) -> Service | None:
    wanted = arn(call, "service", cluster["clusterName"], last(name_or_arn))
    if name_or_arn.startswith("arn:") and name_or_arn != wanted:
        return None
    return services(call.account, call.region).get(wanted)


def service_of(call: Call, member: str = "service") -> Service:
    """The service that a call is about, deleted or not, or the error."""
    service = find_service(call, cluster_of(call), call.params[member])
    if service is None:
        raise AwsError("ServiceNotFoundException", "Service not found.", 400)
    return service


def active_service_of(call: Call) -> Service:
    service = service_of(call)
    if service.shown["status"] != "ACTIVE":
        raise AwsError("ServiceNotActiveException", "Service was not ACTIVE.", 400)
    return service


def find_task(call: Call, cluster: dict[str, Any], id_or_arn: str) -> Task | None:
    wanted = arn(call, "task", cluster["clusterName"], last(id_or_arn))
    if id_or_arn.startswith("arn:") and id_or_arn != wanted:
        return None
    return tasks(call.account, call.region).get(wanted)


def find_definition(call: Call, name: str) -> dict[str, Any] | None:
    """A task definition by ARN, ``family:revision``, or by its family: then its newest active revision.

    https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeTaskDefinition.html
    """
    name = name.rpartition("task-definition/")[2]
    family, _, revision = name.partition(":")
    if revision:
        return definitions(call.account, call.region).get(arn(call, "task-definition", name))
    known = [
        definition
        for definition in definitions(call.account, call.region).values()
        if definition["family"] == family and definition["status"] == "ACTIVE"
    ]
    return known[-1] if known else None


def definition_of(call: Call, name: str) -> dict[str, Any]:
    """The active task definition that new tasks are to have, or the error."""
    definition = find_definition(call, name)
    if definition is None:
        raise client("Unable to describe task definition.")
    if definition["status"] != "ACTIVE":
        raise client("TaskDefinition is inactive")
    return definition


def page(call: Call, items: list[Any], default: int = 100) -> tuple[list[Any], dict[str, Any]]:
    """One page of a list, and the members that lead to the next one."""
    token_ = call.params.get("nextToken")
    start = int(token_) if token_ and token_.isdigit() else 0
    size = call.params.get("maxResults") or default
    rest = {"nextToken": str(start + size)} if start + size < len(items) else {}
    return items[start : start + size], rest


def failures(missing: list[str], reason: str = "MISSING") -> list[dict[str, Any]]:
    """https://docs.aws.amazon.com/AmazonECS/latest/developerguide/api_failures_messages.html"""
    return [{"arn": name, "reason": reason} for name in missing]
