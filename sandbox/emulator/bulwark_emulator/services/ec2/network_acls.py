"""Network ACLs: the type and code of ICMP rules, which moto loses.

https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNetworkAclEntry.html
"""

from __future__ import annotations

from moto.ec2.models import ec2_backends

from ...answer import Answer
from ...registry import operation
from ...route import Call


@operation("ec2", "CreateNetworkAclEntry", "ReplaceNetworkAclEntry")
def entry(call: Call) -> Answer:
    answer = call.forward()
    icmp = call.params.get("IcmpTypeCode")
    if answer.ok and icmp:
        acl = ec2_backends[call.account][call.region].get_network_acl(call.params["NetworkAclId"])
        for entry in acl.network_acl_entries:
            if entry.rule_number == call.params["RuleNumber"] and entry.egress == call.params["Egress"]:
                entry.icmp_type, entry.icmp_code = icmp.get("Type"), icmp.get("Code")
    return answer
