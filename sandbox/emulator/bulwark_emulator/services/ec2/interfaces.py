"""Network interfaces that a service makes: of which kind they are, and in which security groups.

https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_NetworkInterface.html (InterfaceType)
"""

from __future__ import annotations

from typing import Any

from moto.ec2.models import ec2_backends

from ...registry import operation
from ...route import Call


def settle(call: Call, names: list[str], kind: str, groups: list[str] | None = None) -> None:
    """Makes interfaces of the account those of a service. moto takes each for one that a user has made."""
    backend = ec2_backends[call.account][call.region]
    for name in names:
        interface = backend.enis.get(name)
        if interface is None:
            continue
        interface.interface_type = kind
        if groups:
            found = (backend.get_security_group_from_id(group) for group in groups)
            interface._group_set = [group for group in found if group is not None]


@operation("ec2", "CreateNatGateway")
def create_nat_gateway(call: Call) -> dict[str, Any]:
    created = call.forward_decoded()
    addresses = created["NatGateway"].get("NatGatewayAddresses", [])
    settle(call, [row["NetworkInterfaceId"] for row in addresses if "NetworkInterfaceId" in row], "nat_gateway")
    return created
