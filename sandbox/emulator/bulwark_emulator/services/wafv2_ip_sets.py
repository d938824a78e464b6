"""WAF's IP sets: the addresses as AWS writes them, sets that stay because a rule uses them, and their lock tokens."""

from __future__ import annotations

import ipaddress
from typing import Any

from moto.moto_api._internal import mock_random
from moto.wafv2.models import FakeIPSet

from ..answer import Answer
from ..errors import AwsError
from ..registry import operation
from ..route import Call
from .wafv2 import backend_of, check_new, in_use, invalid, missing, nested

# https://docs.aws.amazon.com/waf/latest/developerguide/limits.html
_MOST_ADDRESSES = 10_000

_BAD_ADDRESS = "The parameter contains formatting that is not valid."

_init, _update = FakeIPSet.__init__, FakeIPSet.update


def _made(ip_set: FakeIPSet, *args: Any, **kwargs: Any) -> None:
    """A lock token is a UUID. moto's has six digits, which no call may give back.

    https://docs.aws.amazon.com/waf/latest/APIReference/API_IPSetSummary.html
    """
    _init(ip_set, *args, **kwargs)
    ip_set.lock_token = str(mock_random.uuid4())


def _changed(ip_set: FakeIPSet, *args: Any, **kwargs: Any) -> None:
    _update(ip_set, *args, **kwargs)
    ip_set.lock_token = str(mock_random.uuid4())


FakeIPSet.__init__, FakeIPSet.update = _made, _changed


def _addresses(call: Call) -> list[str]:
    """The addresses as AWS gives them back, IPv6 with all digits.

    https://docs.aws.amazon.com/waf/latest/APIReference/API_IPSet.html
    """
    given = call.params["Addresses"]
    if len(given) > _MOST_ADDRESSES:
        message = "AWS WAF couldn’t perform the operation because you exceeded your resource limit."
        raise AwsError("WAFLimitsExceededException", message, 400)
    version = call.params.get("IPAddressVersion")
    if version is None:
        version = _ip_set(call).ip_address_version
    written = []
    for text in given:
        try:
            if "/" not in text:
                raise ValueError("no prefix length")
            network = ipaddress.ip_network(text)
        except ValueError as error:
            raise invalid(_BAD_ADDRESS, "IP_ADDRESS", text) from error
        if f"IPV{network.version}" != version or network.prefixlen == 0:
            raise invalid(_BAD_ADDRESS, "IP_ADDRESS", text)
        written.append(f"{network.network_address.exploded}/{network.prefixlen}")
    return written


def _ip_set(call: Call) -> Any:
    for ip_set in backend_of(call).ip_sets.values():
        if ip_set.ip_set_id == call.params["Id"] and ip_set.name == call.params["Name"]:
            return ip_set
    raise missing()


@operation("wafv2", "CreateIPSet")
def create_ip_set(call: Call) -> Answer:
    """https://docs.aws.amazon.com/waf/latest/APIReference/API_CreateIPSet.html"""
    backend, addresses = backend_of(call), _addresses(call)
    check_new(call, backend.ip_sets)
    answer = call.forward()
    if answer.ok:
        created = next(item for item in backend.ip_sets.values() if item.name == call.params["Name"])
        created.addresses = addresses
    return answer


@operation("wafv2", "UpdateIPSet")
def update_ip_set(call: Call) -> Answer:
    """Replaces everything, the description too.

    https://docs.aws.amazon.com/waf/latest/APIReference/API_UpdateIPSet.html
    """
    ip_set, addresses = _ip_set(call), _addresses(call)
    answer = call.forward()
    if answer.ok:
        ip_set.addresses = addresses
        ip_set.description = call.params.get("Description", "")
    return answer


@operation("wafv2", "DeleteIPSet")
def delete_ip_set(call: Call) -> Answer:
    """An IP set that a rule refers to stays.

    https://docs.aws.amazon.com/waf/latest/APIReference/API_DeleteIPSet.html
    """
    arn, backend = _ip_set(call).arn, backend_of(call)
    for holder in (*backend.wacls.values(), *backend.rule_groups.values()):
        for rule in holder.rules:
            for part in nested(rule.statement):
                if part.get("IPSetReferenceStatement", {}).get("ARN") == arn:
                    raise in_use()
    return call.forward()
