"""Flow logs: the options of a bucket as destination, which moto loses.

https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DestinationOptionsRequest.html
"""

from __future__ import annotations

from typing import Any

from ...answer import Answer
from ...registry import operation
from ...route import Call
from ...store import table


@operation("ec2", "CreateFlowLogs")
def create(call: Call) -> dict[str, Any]:
    created = call.forward_decoded()
    options = call.params.get("DestinationOptions")
    if options:
        kept = table("ec2 flow log destinations", call.account, call.region)
        for name in created.get("FlowLogIds", []):
            kept[name] = {
                "FileFormat": options.get("FileFormat", "plain-text"),
                "HiveCompatiblePartitions": options.get("HiveCompatiblePartitions", False),
                "PerHourPartition": options.get("PerHourPartition", False),
            }
    return created


@operation("ec2", "DescribeFlowLogs")
def describe(call: Call) -> dict[str, Any]:
    found = call.forward_decoded()
    kept = table("ec2 flow log destinations", call.account, call.region)
    for log in found.get("FlowLogs", []):
        if log["FlowLogId"] in kept:
            log["DestinationOptions"] = kept[log["FlowLogId"]]
    return found


@operation("ec2", "DeleteFlowLogs")
def delete(call: Call) -> Answer:
    answer = call.forward()
    kept = table("ec2 flow log destinations", call.account, call.region)
    for name in call.params.get("FlowLogIds", []):
        kept.pop(name, None)
    return answer
