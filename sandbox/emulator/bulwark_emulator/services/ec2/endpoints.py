"""VPC endpoints: services by filter, routes that follow the tables, and endpoints that are gone when they are deleted.

https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVpcEndpointServices.html
https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteVpcEndpoints.html
https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html#gateway-endpoint-routing
"""

from __future__ import annotations

from typing import Any

from moto.ec2.models import ec2_backends
from moto.ec2.models.vpcs import VPCBackend

from ...answer import Answer
from ...registry import operation
from ...route import Call
from .interfaces import settle

_filter_services = VPCBackend._filter_endpoint_services


def _with_values(names: list[str], filters: list[dict[str, Any]], services: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """moto reads the values of a filter from a member that the API calls Values."""
    return _filter_services(names, [{"Value": f.get("Values", []), "Name": f["Name"]} for f in filters], services)


VPCBackend._filter_endpoint_services = staticmethod(_with_values)


def _settle(call: Call, name: str) -> None:
    endpoint = ec2_backends[call.account][call.region].vpc_end_points[name]
    settle(call, endpoint.network_interface_ids or [], "vpc_endpoint", endpoint.security_group_ids)


@operation("ec2", "CreateVpcEndpoint")
def create_endpoint(call: Call) -> dict[str, Any]:
    """https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpcEndpoint.html"""
    created = call.forward_decoded()
    _settle(call, created["VpcEndpoint"]["VpcEndpointId"])
    return created


@operation("ec2", "ModifyVpcEndpoint")
def modify_endpoint(call: Call) -> Answer:
    """A gateway endpoint has a route in each of its tables; moto makes routes only when it creates the endpoint."""
    answer = call.forward()
    if not answer.ok:
        return answer
    backend = ec2_backends[call.account][call.region]
    endpoint = backend.vpc_end_points[call.params["VpcEndpointId"]]
    _settle(call, endpoint.id)
    prefixes = endpoint.destination_prefix_list_id
    if prefixes:
        for name in call.params.get("AddRouteTableIds", []):
            backend.create_route(name, None, gateway_id=endpoint.id, destination_prefix_list_id=prefixes)
        for name in call.params.get("RemoveRouteTableIds", []):
            backend.delete_route(name, prefixes)
    return answer


@operation("ec2", "DeleteVpcEndpoints")
def delete_endpoints(call: Call) -> Answer:
    """A deleted endpoint is not found any more; moto lists it for ever, in the state deleted."""
    answer = call.forward()
    endpoints = ec2_backends[call.account][call.region].vpc_end_points
    for name in call.params.get("VpcEndpointIds", []):
        if name in endpoints and endpoints[name].state == "deleted":
            del endpoints[name]
    return answer
