"""Rules of security groups: the descriptions of those that name a group or a prefix list, which moto loses.

https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SecurityGroupRule.html
"""

from __future__ import annotations

from typing import Any

from moto.ec2.models.security_groups import SecurityGroupRule

_init = SecurityGroupRule.__init__


def _described(rule: SecurityGroupRule, *args: Any, **kwargs: Any) -> None:
    """moto's arguments, by position: ..., ip_range, source_group, prefix_list_id."""
    _init(rule, *args, **kwargs)
    given = [*args[5:8], *(kwargs.get(name) for name in ("ip_range", "source_group", "prefix_list_id"))]
    texts = [target["Description"] for target in given if target and "Description" in target]
    if texts:
        # Where moto itself looks, and where it writes when a rule is modified.
        rule.ip_range = {**rule.ip_range, "Description": texts[0]}


SecurityGroupRule.__init__ = _described
