"""Who may do what: the order of policies, and how principals are named."""

from __future__ import annotations

import pytest

from bulwark_emulator.identity import Principal, root
from bulwark_emulator.policy import Context, Document, Request, evaluate

ACCOUNT, OTHER = "123456789012", "210987654321"
ROOT = f"arn:aws:iam::{ACCOUNT}:root"
USER = f"arn:aws:iam::{ACCOUNT}:user/ana"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/reader"
SESSION = f"arn:aws:sts::{ACCOUNT}:assumed-role/reader/job"
SERVICE = "delivery.logs.amazonaws.com"
RESOURCE = "arn:aws:s3:::audio/a"


def policy(effect, principal=None, action="s3:GetObject", **elements):
    named = {} if principal is None else {"Principal": principal}
    return {
        "Version": "2012-10-17",
        "Statement": [{"Effect": effect, **named, "Action": action, "Resource": "*", **elements}],
    }


def user(*identity, **more):
    return Principal("user", ACCOUNT, USER, USER, "ana", "AIDAANA", identity=list(identity), **more)


def role(*identity, **more):
    return Principal(
        "role", ACCOUNT, ROLE, SESSION, "reader", "AROAREADER:job", identity=list(identity), **more
    )


service = Principal("service", arn=SERVICE, name=SERVICE)
anonymous = Principal("anonymous")

ALLOW, DENY, OTHERS = policy("Allow"), policy("Deny"), policy("Allow", action="s3:PutObject")


def decide(caller, resource_policy=None, owner=ACCOUNT, policy_decides=False, context=None):
    parsed = Document.parse(resource_policy, resource_based=True) if resource_policy else None
    request = Request(caller, "s3:GetObject", RESOURCE, Context(context))
    decision = evaluate(request, parsed, owner, policy_decides)
    return "allowed" if decision.allowed else decision.reason("s3:GetObject")


NO_IDENTITY = "because no identity-based policy allows the s3:GetObject action"
NO_RESOURCE = "because no resource-based policy allows the s3:GetObject action"
NO_BOUNDARY = "because no permissions boundary allows the s3:GetObject action"
NO_SESSION = "because no session policy allows the s3:GetObject action"


@pytest.mark.parametrize(
    ("caller", "resource_policy", "expected"),
    [
        (root(ACCOUNT), None, "allowed"),
        (root(ACCOUNT), policy("Allow", "*", "s3:PutObject"), "allowed"),
        (root(ACCOUNT), policy("Deny", "*"), "with an explicit deny in a resource-based policy"),
        (user(), None, NO_IDENTITY),
        (user(OTHERS), None, NO_IDENTITY),
        (user(ALLOW), None, "allowed"),
        (user(OTHERS, ALLOW), None, "allowed"),
        (user(ALLOW, DENY), None, "with an explicit deny in an identity-based policy"),
        (user(ALLOW), policy("Deny", "*"), "with an explicit deny in a resource-based policy"),
        (user(ALLOW, boundary=DENY), None, "with an explicit deny in a permissions boundary"),
        (role(ALLOW, session=DENY), None, "with an explicit deny in a session policy"),
        (user(DENY), policy("Allow", {"AWS": USER}), "with an explicit deny in an identity-based policy"),
        (user(ALLOW, boundary=OTHERS), None, NO_BOUNDARY),
        (user(ALLOW, boundary=ALLOW), None, "allowed"),
        (user(boundary=ALLOW), None, NO_IDENTITY),
        (role(ALLOW, session=OTHERS), None, NO_SESSION),
        (role(session=ALLOW), None, NO_IDENTITY),
        (role(ALLOW, boundary=ALLOW, session=ALLOW), None, "allowed"),
        # The bucket's policy alone is enough at home, but not when it names the account.
        (user(), policy("Allow", {"AWS": USER}), "allowed"),
        (user(), policy("Allow", {"AWS": "AIDAANA"}), "allowed"),
        (user(), policy("Allow", {"AWS": [ROLE, USER]}), "allowed"),
        (user(), policy("Allow", "*"), "allowed"),
        (user(), policy("Allow", {"AWS": ROOT}), NO_IDENTITY),
        (user(), policy("Allow", {"AWS": ACCOUNT}), NO_IDENTITY),
        (user(), policy("Allow", {"AWS": ROLE}), NO_IDENTITY),
        (user(), policy("Allow", {"Service": SERVICE}), NO_IDENTITY),
        # A boundary does not limit what a policy gives to the user, but what it gives to the role.
        (user(boundary=OTHERS), policy("Allow", {"AWS": USER}), "allowed"),
        (role(boundary=OTHERS), policy("Allow", {"AWS": ROLE}), NO_BOUNDARY),
        (role(session=OTHERS), policy("Allow", {"AWS": ROLE}), NO_SESSION),
        (role(session=ALLOW), policy("Allow", {"AWS": ROLE}), "allowed"),
        (role(boundary=OTHERS, session=OTHERS), policy("Allow", {"AWS": SESSION}), "allowed"),
        (role(session=OTHERS), policy("Allow", "*"), "allowed"),
        (role(), policy("Allow", {"AWS": "AROAREADER"}), "allowed"),
        (role(), policy("Deny", {"AWS": ROLE}), "with an explicit deny in a resource-based policy"),
        # Services and anonymous callers have nothing but the bucket's policy.
        (service, None, NO_RESOURCE),
        (service, policy("Allow", {"Service": SERVICE}), "allowed"),
        (service, policy("Allow", {"Service": "cloudtrail.amazonaws.com"}), NO_RESOURCE),
        (service, policy("Allow", {"AWS": ACCOUNT}), NO_RESOURCE),
        (service, policy("Deny", "*"), "with an explicit deny in a resource-based policy"),
        (anonymous, None, NO_RESOURCE),
        (anonymous, policy("Allow", "*"), "allowed"),
        (anonymous, policy("Allow", {"AWS": "*"}), "allowed"),
        (anonymous, policy("Allow", {"AWS": ACCOUNT}), NO_RESOURCE),
    ],
)
def test_at_home(caller, resource_policy, expected):
    assert decide(caller, resource_policy) == expected


@pytest.mark.parametrize(
    ("caller", "resource_policy", "expected"),
    [
        (user(ALLOW), None, NO_RESOURCE),
        (user(ALLOW), policy("Allow", {"AWS": ACCOUNT}), "allowed"),
        (user(ALLOW), policy("Allow", {"AWS": USER}), "allowed"),
        (user(ALLOW), policy("Allow", {"AWS": OTHER}), NO_RESOURCE),
        (user(), policy("Allow", {"AWS": USER}), NO_IDENTITY),
        (user(), policy("Allow", "*"), NO_IDENTITY),
        (role(ALLOW, session=OTHERS), policy("Allow", {"AWS": SESSION}), NO_SESSION),
        (root(ACCOUNT), None, NO_RESOURCE),
        (root(ACCOUNT), policy("Allow", {"AWS": ROOT}), "allowed"),
    ],
)
def test_across_accounts(caller, resource_policy, expected):
    assert decide(caller, resource_policy, owner=OTHER) == expected


@pytest.mark.parametrize(
    ("caller", "resource_policy", "expected"),
    [
        (root(ACCOUNT), policy("Allow", {"AWS": ROLE}), NO_RESOURCE),
        (root(ACCOUNT), policy("Allow", {"AWS": ROOT}), "allowed"),
        (user(ALLOW), policy("Allow", {"AWS": ROLE}), NO_RESOURCE),
        (user(ALLOW), policy("Allow", {"AWS": ROOT}), "allowed"),
        (user(), policy("Allow", {"AWS": ROOT}), NO_IDENTITY),
        (user(), policy("Allow", {"AWS": USER}), "allowed"),
    ],
)
def test_a_policy_that_decides_alone(caller, resource_policy, expected):
    assert decide(caller, resource_policy, policy_decides=True) == expected


def spared(*names, caller):
    statement = {"Effect": "Deny", "NotPrincipal": {"AWS": list(names)}, "Action": "s3:*", "Resource": "*"}
    return decide(caller, {"Version": "2012-10-17", "Statement": [statement]}) == "allowed"


def test_not_principal_spares_those_whose_every_level_it_names():
    assert spared(ROOT, caller=root(ACCOUNT))
    assert spared(ROOT, USER, caller=user(ALLOW))
    assert spared(ROOT, ROLE, SESSION, caller=role(ALLOW))
    assert not spared(USER, caller=user(ALLOW))
    assert not spared(ROOT, ROLE, caller=role(ALLOW))
    assert not spared(USER, caller=root(ACCOUNT))
    assert not spared(ROOT, USER, caller=anonymous)
    assert not spared(ROOT, USER, caller=user(ALLOW, boundary=ALLOW)), "a boundary voids NotPrincipal"


def test_not_principal_spares_services():
    statement = {"Effect": "Deny", "NotPrincipal": {"Service": SERVICE}, "Action": "s3:*", "Resource": "*"}
    allow = {"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*"}
    document = {"Version": "2012-10-17", "Statement": [statement, allow]}
    assert decide(service, document) == "allowed"
    assert decide(anonymous, document) == "with an explicit deny in a resource-based policy"


def test_conditions_decide_over_a_deny():
    deny = policy("Deny", "*", Condition={"Bool": {"aws:SecureTransport": "false"}})
    assert decide(root(ACCOUNT), deny, context={"aws:SecureTransport": "true"}) == "allowed"
    assert "explicit deny" in decide(root(ACCOUNT), deny, context={"aws:SecureTransport": "false"})
    assert decide(root(ACCOUNT), deny) == "allowed", "without the key the condition is not met"
