"""What calls of SQS demand: the queue's own policy, and the key that encrypts it.

Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-using-identity-based-policies.html
and https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
"""

from __future__ import annotations

import json
from typing import Iterator
from urllib.parse import urlsplit

from moto.sqs.models import Queue, sqs_backends

from ...identity import PARTITION
from ...policy import Document
from ...route import Call
from . import keys, names
from .context import global_context, requested_tags
from .demand import Demand, KeyUse

_KEY_ACTIONS = {
    "sqs:SendMessage": ("kms:GenerateDataKey", "kms:Decrypt"),
    "sqs:ReceiveMessage": ("kms:Decrypt",),
}


def demands(call: Call) -> Iterator[Demand] | None:
    """None for calls about no queue in particular."""
    url, name = call.params.get("QueueUrl"), call.params.get("QueueName")
    if url:
        path = urlsplit(url).path.strip("/").split("/")
        account = path[-2] if len(path) > 1 and path[-2].isdigit() else call.account
        return iter([_on_queue(call, account, path[-1])])
    if name:
        return iter([_on_queue(call, call.params.get("QueueOwnerAWSAccountId") or call.account, name)])
    return None


def _on_queue(call: Call, account: str, name: str) -> Demand:
    queue = sqs_backends[account][call.region].queues.get(name)
    action = f"sqs:{names.action('sqs', call.name)}"
    context = global_context(call).with_values(requested_tags(call.params))
    for key, value in (queue.tags if queue else {}).items():
        context.set(f"aws:ResourceTag/{key}", value)
    return Demand(
        action,
        f"arn:{PARTITION}:sqs:{call.region}:{account}:{name}",
        context,
        policy=_policy(queue),
        owner=account,
        keys=tuple(_uses(call, action, queue)),
    )


def _policy(queue: Queue | None) -> Document | None:
    text = getattr(queue, "policy", None)
    if not text:
        return None
    return Document.parse(json.loads(text) if isinstance(text, str) else text, resource_based=True)


def _uses(call: Call, action: str, queue: Queue | None) -> Iterator[KeyUse]:
    name = getattr(queue, "kms_master_key_id", None)
    key = keys.find(name, call.account, call.region) if name else None
    if queue is None or key is None:
        return
    for used in _KEY_ACTIONS.get(action, ()):
        yield KeyUse(used, key, {"aws:sqs:arn": queue.queue_arn})
