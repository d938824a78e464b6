"""The decision over all policies that concern a request.

Sources: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
and https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Iterable

from .context import Context
from .document import Document, Statement
from .principals import Match

if TYPE_CHECKING:
    from ..identity import Principal

RESOURCE, IDENTITY = "resource-based policy", "identity-based policy"
BOUNDARY, SESSION, TRUST = "permissions boundary", "session policy", "role trust policy"


@dataclass(frozen=True)
class Request:
    """Who wants to do what to which resource."""

    principal: Principal
    action: str
    resource: str
    context: Context


@dataclass(frozen=True)
class Decision:
    """``policy`` is the kind of policy that decided against the request, ``explicit`` whether by a Deny."""

    allowed: bool
    policy: str = ""
    explicit: bool = False

    def reason(self, action: str) -> str:
        """The end of AWS's message.

        Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
        """
        if self.explicit:
            article = {IDENTITY: "an", TRUST: "the"}.get(self.policy, "a")
            return f"with an explicit deny in {article} {self.policy}"
        return f"because no {self.policy} allows the {action} action"


ALLOWED = Decision(True)


def evaluate(
    request: Request, resource_policy: Document | None, owner: str, policy_decides: bool = False
) -> Decision:
    """Decides a request to a resource of the account ``owner``.

    With ``policy_decides`` nothing is allowed that the resource's policy does not allow or leave to
    the account, not even to the account's root; so it is with KMS keys
    (https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html). A bucket's policy may
    stay silent towards its own account.
    """
    documents = _Documents(request.principal)
    match = _granted(resource_policy, request)
    for policy, statements in [(RESOURCE, resource_policy), *documents.all()]:
        if statements and _denies(statements, request):
            return Decision(False, policy, explicit=True)
    if match is Match.NONE and (policy_decides or _is_stranger(request.principal, owner)):
        return Decision(False, RESOURCE)
    if request.principal.kind not in ("user", "role"):
        return ALLOWED
    return _within_account(request, documents, match, at_home=request.principal.account == owner)


def _within_account(request: Request, documents: _Documents, match: Match, at_home: bool) -> Decision:
    """What the caller's own policies say to a request that the resource's side does not object to."""
    if at_home and match is Match.DIRECT:
        return ALLOWED
    if not (at_home and match is Match.ROLE) and not _allows(documents.identity, request):
        return Decision(False, IDENTITY)
    for policy, limit in ((BOUNDARY, documents.boundary), (SESSION, documents.session)):
        if limit is not None and not _allows(limit, request):
            return Decision(False, policy)
    return ALLOWED


class _Documents:
    """The caller's own policies."""

    def __init__(self, principal: Principal) -> None:
        parsed = [Document.parse(document) for document in principal.identity]
        self.identity = Document(tuple(statement for document in parsed for statement in document.statements))
        self.boundary = _optional(principal.boundary)
        self.session = _optional(principal.session)

    def all(self) -> Iterable[tuple[str, Document | None]]:
        return (IDENTITY, self.identity), (BOUNDARY, self.boundary), (SESSION, self.session)


def _optional(documents: Any) -> Document | None:
    """A policy, or several of a kind, which allow what one of them allows."""
    if documents is None:
        return None
    rows = documents if isinstance(documents, list) else [documents]
    return Document(tuple(statement for row in rows for statement in Document.parse(row).statements))


def _is_stranger(principal: Principal, owner: str) -> bool:
    """Services and anonymous callers belong to no account."""
    return principal.kind not in ("root", "user", "role") or principal.account != owner


def _granted(policy: Document | None, request: Request) -> Match:
    """How the statement that allows the most to the caller names it."""
    if policy is None:
        return Match.NONE
    return max(
        (
            statement.principals.match(request.principal)
            for statement in policy.statements
            if statement.allow and statement.principals and _concerns(statement, request)
        ),
        default=Match.NONE,
    )


def _denies(policy: Document, request: Request) -> bool:
    return any(
        not statement.allow
        and (statement.principals is None or statement.principals.match(request.principal))
        and _concerns(statement, request)
        for statement in policy.statements
    )


def _allows(policy: Document, request: Request) -> bool:
    return any(statement.allow and _concerns(statement, request) for statement in policy.statements)


def _concerns(statement: Statement, request: Request) -> bool:
    return statement.concerns(request.action, request.resource, request.context)
