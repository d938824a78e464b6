"""What calls of CloudWatch Logs demand."""

from __future__ import annotations

from typing import Iterator

from ...identity import PARTITION
from ...route import Call
from .context import global_context, requested_tags
from .demand import Demand


def demands(call: Call) -> Iterator[Demand] | None:
    """A log group is <ARN>:log-stream:, so that a policy that names it ends in :*.

    Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/iam-access-control-overview-cwl.html
    """
    params = call.params
    group = params.get("logGroupName") or params.get("logGroupIdentifier", "").partition(":log-group:")[2]
    return _demand(call, group.removesuffix(":*")) if group else None


def _demand(call: Call, group: str) -> Iterator[Demand]:
    stream = call.params.get("logStreamName", "")
    resource = f"arn:{PARTITION}:logs:{call.region}:{call.account}:log-group:{group}:log-stream:{stream}"
    context = global_context(call).with_values(requested_tags(call.params))
    yield Demand(f"logs:{call.name}", resource, context)
