"""Tags of everything that ECS has.

https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-using-tags.html
"""

from __future__ import annotations

from typing import Any

from ...registry import operation
from ...route import Call
from .arns import invalid
from .world import clusters, definitions, services, tags, tasks

LIMIT = 50


def put(call: Call, arn: str, given: list[dict[str, str]]) -> None:
    """Adds tags to a thing, or changes them."""
    known = {**tags(call.account, call.region).get(arn, {}), **as_map(given)}
    if len(known) > LIMIT:
        raise invalid(f"Tags can not contain more than {LIMIT} entries")
    if any(key.lower().startswith("aws:") for key in as_map(given)):
        raise invalid("Tag key can not start with aws:")
    tags(call.account, call.region)[arn] = known


def shown(call: Call, arn: str) -> list[dict[str, str]]:
    return as_list(tags(call.account, call.region).get(arn, {}))


def as_map(given: list[dict[str, str]]) -> dict[str, str]:
    return {tag["key"]: tag.get("value", "") for tag in given}


def as_list(given: dict[str, str]) -> list[dict[str, str]]:
    return [{"key": key, "value": value} for key, value in given.items()]


@operation("ecs", "TagResource")
def tag_resource(call: Call) -> dict[str, Any]:
    """https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TagResource.html"""
    put(call, _known(call), call.params["tags"])
    return {}


@operation("ecs", "UntagResource")
def untag_resource(call: Call) -> dict[str, Any]:
    """https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UntagResource.html"""
    known = tags(call.account, call.region).get(_known(call), {})
    for key in call.params["tagKeys"]:
        known.pop(key, None)
    return {}


@operation("ecs", "ListTagsForResource")
def list_tags_for_resource(call: Call) -> dict[str, Any]:
    """https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListTagsForResource.html"""
    return {"tags": shown(call, _known(call))}


def _known(call: Call) -> str:
    """The ARN that a call names, if there is such a thing."""
    arn = str(call.params["resourceArn"])
    places: list[Any] = [
        [cluster["clusterArn"] for cluster in clusters(call.account, call.region).values()],
        *(kept(call.account, call.region) for kept in (definitions, services, tasks)),
    ]
    if not any(arn in place for place in places):
        raise invalid("The specified resource was not found. Specify a valid ARN and try again.")
    return arn
