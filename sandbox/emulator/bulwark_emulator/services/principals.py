"""The users and roles that resource policies name: AWS refuses a policy that names one that is not there."""

from __future__ import annotations

from moto.iam.models import iam_backends

from ..policy import Document


def missing_principal(policy: Document, account: str) -> str:
    """The first role or user of the account that a policy names and that does not exist; empty if all do.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
    """
    backend = iam_backends[account]["aws"]
    known = {entity.arn for entities in (backend.roles, backend.users) for entity in entities.values()}
    prefixes = tuple(f"arn:aws:iam::{account}:{kind}/" for kind in ("role", "user"))
    for statement in policy.statements:
        for name in statement.principals.aws if statement.principals else ():
            if name.startswith(prefixes) and name not in known:
                return name
    return ""
