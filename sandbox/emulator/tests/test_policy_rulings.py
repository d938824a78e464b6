"""The rulings that the Go evaluator (internal/iampolicy) is held to, so that the two cannot differ."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from bulwark_emulator.identity import Principal, root
from bulwark_emulator.policy import Context, Document, Request, evaluate

RULINGS = json.loads((Path(__file__).parents[3] / "internal/iampolicy/testdata/rulings.json").read_text())

# The words of the messages, and those of the Go evaluator.
POLICIES = {
    "identity-based policy": "identity policy",
    "resource-based policy": "resource policy",
    "permissions boundary": "permissions boundary",
    "session policy": "session policy",
}


def caller(ruling):
    """The principal of a name, with the policies of the ruling."""
    name = ruling["caller"]
    limits = {kind: policy(ruling[kind]) for kind in ("boundary", "session") if kind in ruling}
    own = {"identity": [policy(ruling["identity"])] if "identity" in ruling else [], **limits}
    if name == "*":
        return Principal("anonymous")
    if re.fullmatch(r"\d{12}", name):
        return root(name)
    if "oidc-provider" in name or name.startswith("accounts."):
        return Principal("federated", arn=name, name=name)
    if name.endswith(".amazonaws.com"):
        return Principal("service", arn=name, name=name)
    account, _, last = name.split(":")[4], *name.rpartition("/")[1:]
    if ":user/" in name:
        return Principal("user", account, name, name, last, "AIDA" + last, **own)
    role = re.sub(r":sts:(.*):assumed-role/(\w+)/.*", r":iam:\1:role/\2", name)
    return Principal("role", account, role, name, role.rpartition("/")[2], f"AROA:{last}", **own)


def policy(statements):
    return {"Version": "2012-10-17", "Statement": statements}


def resource_policy(ruling):
    if "resourcePolicy" not in ruling:
        return None
    # A trust policy names no resource: it is about its role.
    statements = [{"Resource": "*", **row} for row in ruling["resourcePolicy"]]
    return Document.parse(policy(statements), resource_based=True)


def context(ruling, who):
    values = dict(ruling.get("context", {}))
    if who.kind in ("root", "user", "role"):
        values |= {"aws:PrincipalArn": who.arn, "aws:PrincipalAccount": who.account, "kms:CallerAccount": who.account}
    if who.kind == "user":
        values |= {"aws:username": who.name, "aws:PrincipalType": "User"}
    return Context({**values, "aws:ResourceAccount": owner(ruling, who)})


def owner(ruling, who):
    return ruling.get("owner") or ruling["resource"].split(":")[4] or who.account


@pytest.mark.parametrize("ruling", RULINGS, ids=lambda ruling: ruling["name"])
def test_ruling(ruling):
    who = caller(ruling)
    decides = ruling["action"].startswith(("kms:", "sts:"))
    request = Request(who, ruling["action"], ruling["resource"], context(ruling, who))
    decision = evaluate(request, resource_policy(ruling), owner(ruling, who), policy_decides=decides)
    denied = "explicitly denied" if decision.explicit else "implicitly denied"
    assert ("allowed" if decision.allowed else denied) == ruling["decision"]
    if "by" in ruling:
        assert POLICIES[decision.policy] == ruling["by"]
