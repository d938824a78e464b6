"""Rules of security groups: their descriptions, whichever operation reads them, and whatever a rule names.

https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SecurityGroupRule.html
https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html
"""

from __future__ import annotations

from typing import Any

from moto.ec2.models import ec2_backends
from moto.ec2.models.security_groups import (
    GroupedSecurityRuleView,
    SecurityGroup,
    SecurityGroupBackend,
    SecurityGroupRule,
)

from ...answer import Answer
from ...registry import operation
from ...route import Call

_init = SecurityGroupRule.__init__


def _described(rule: SecurityGroupRule, *args: Any, **kwargs: Any) -> None:
    """moto keeps a description with a range of addresses, and loses that of a prefix list. Here all are in one place.

    moto's arguments, by position: ..., ip_range, source_group, prefix_list_id.
    """
    _init(rule, *args, **kwargs)
    given = [*args[5:8], *(kwargs.get(name) for name in ("ip_range", "source_group", "prefix_list_id"))]
    texts = [target["Description"] for target in given if target and "Description" in target]
    if texts:
        # Where moto itself looks, and where it writes when a rule is modified.
        rule.ip_range = {**rule.ip_range, "Description": texts[0]}
    # Two rules are the same whatever their descriptions.
    rule.source_group = {name: value for name, value in rule.source_group.items() if name != "Description"}


def _grouped(_: SecurityGroup, rules: list[SecurityGroupRule]) -> list[GroupedSecurityRuleView]:
    """The rules by protocol and ports, each source with its description, as DescribeSecurityGroups tells them."""
    views: dict[tuple[Any, ...], GroupedSecurityRuleView] = {}
    for rule in rules:
        what = (rule.from_port, rule.to_port, rule.ip_protocol)
        view = views.setdefault(what, GroupedSecurityRuleView(*what))
        said = {"Description": rule.description} if rule.description else {}
        if rule.cidr_ipv4 or rule.cidr_ipv6:
            view.all_ip_ranges.append(rule.ip_range)
        elif rule.prefix_list_id:
            view.prefix_list_ids.append({"PrefixListId": rule.prefix_list_id, **said})
        elif rule.source_group:
            view.source_groups.append({**rule.source_group, **said})
    return list(views.values())


def _describe_again(_: SecurityGroupBackend, given: SecurityGroupRule, rule: SecurityGroupRule) -> None:
    """A description that is left out goes.

    https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_UpdateSecurityGroupRuleDescriptionsIngress.html
    """
    kept = {name: value for name, value in rule.ip_range.items() if name != "Description"}
    rule.ip_range = {**kept, "Description": given.description} if given.description else kept


@operation("ec2", "AuthorizeSecurityGroupIngress", "AuthorizeSecurityGroupEgress")
def authorize(call: Call) -> Answer | dict[str, Any]:
    """All rules that were added are told; moto tells those of the last permission.

    https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AuthorizeSecurityGroupIngress.html
    """
    backend = ec2_backends[call.account][call.region]
    before = {rule.id for rule in backend.describe_security_group_rules([], {})}
    answer = call.forward()
    if not answer.ok:
        return answer
    added = [rule for rule in backend.describe_security_group_rules([], {}) if rule.id not in before]
    return {"Return": True, "SecurityGroupRules": [_told(rule) for rule in added]}


def _told(rule: SecurityGroupRule) -> dict[str, Any]:
    source = rule.source_group
    told = {
        "SecurityGroupRuleId": rule.id,
        "GroupId": rule.group_id,
        "GroupOwnerId": rule.owner_id,
        "IsEgress": rule.is_egress,
        "IpProtocol": rule.ip_protocol,
        "FromPort": rule.from_port,
        "ToPort": rule.to_port,
        "CidrIpv4": rule.cidr_ipv4,
        "CidrIpv6": rule.cidr_ipv6,
        "PrefixListId": rule.prefix_list_id,
        "ReferencedGroupInfo": {"GroupId": source["GroupId"], "UserId": source.get("OwnerId")} if source else None,
        "Description": rule.description,
        "Tags": rule.get_tags(),
    }
    return {name: value for name, value in told.items() if value is not None}


SecurityGroupRule.__init__ = _described
SecurityGroup._flattened_rules = _grouped
SecurityGroupBackend._sg_update_description = _describe_again
