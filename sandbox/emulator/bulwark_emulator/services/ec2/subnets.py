"""Subnets: their IPv6 blocks, which can be found, and whose state can be read.

https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSubnets.html
https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SubnetIpv6CidrBlockAssociation.html
"""

from __future__ import annotations

from typing import Any

from moto.ec2.models.subnets import Subnet

_filter_value = Subnet.get_filter_value


def _associations(subnet: Subnet) -> list[dict[str, Any]]:
    """The members as the API names them."""
    return [
        {
            "AssociationId": association["associationId"],
            "Ipv6CidrBlock": association["ipv6CidrBlock"],
            "Ipv6CidrBlockState": association["ipv6CidrBlockState"],
        }
        for association in subnet.ipv6_cidr_block_associations.values()
        if association["ipv6CidrBlockState"]["State"] == "associated"
    ]


def _value(subnet: Subnet, name: str, method: str | None = None) -> Any:
    """The filters that moto does not have."""
    member = {
        "ipv6-cidr-block-association.association-id": "associationId",
        "ipv6-cidr-block-association.ipv6-cidr-block": "ipv6CidrBlock",
    }.get(name)
    if member is None:
        return _filter_value(subnet, name, method)
    return [association[member] for association in subnet.ipv6_cidr_block_associations.values()]


Subnet.ipv6_cidr_block_association_set = property(_associations)
Subnet.get_filter_value = _value
