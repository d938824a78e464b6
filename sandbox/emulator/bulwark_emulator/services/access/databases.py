"""Logins to databases with IAM: whether the signer of an authentication token may connect.

No database runs here. Whoever plays one (a proxy in front of PostgreSQL, a test) asks what RDS would answer.
Source: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.IAMPolicy.html
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any
from urllib.parse import parse_qsl, quote, urlsplit

from moto.core.request import Request as HttpRequest
from moto.core.utils import utcnow
from moto.rds.models import rds_backends

from ... import identity
from ...policy import Context, Request, evaluate
from . import credentials
from .context import set_principal
from .denial import sentence

_ACTION = "rds-db:connect"
_SERVICE = "rds-db"
_LONGEST = timedelta(minutes=15)


class _Refused(Exception):
    """The login fails; the message says why."""


@dataclass(frozen=True)
class Database:
    """An instance, a cluster or a proxy, by the id that policies name."""

    resource_id: str
    account: str
    takes_tokens: bool


class Token:
    """A pre-signed URL without its scheme: host:port/?Action=connect&DBUser=…"""

    def __init__(self, text: str) -> None:
        parts = urlsplit(f"https://{text}")
        self.host, self.netloc = parts.hostname or "", parts.netloc
        self.fields = dict(parse_qsl(parts.query, keep_blank_values=True))
        scope = self.fields.get("X-Amz-Credential", "").split("/")
        if len(scope) != 5 or self.fields.get("Action") != "connect" or not self.fields.get("DBUser"):
            raise _Refused("the password is no authentication token: host:port/?Action=connect&DBUser=... is expected")
        self.access_key, self.day, self.region, self.service = scope[:4]

    @property
    def user(self) -> str:
        return self.fields["DBUser"]

    def check_time(self) -> None:
        """https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.html"""
        try:
            signed = datetime.strptime(self.fields.get("X-Amz-Date", ""), "%Y%m%dT%H%M%SZ").replace(tzinfo=timezone.utc)
            lifetime = timedelta(seconds=int(self.fields.get("X-Amz-Expires", "")))
        except ValueError as error:
            raise _Refused("the token says neither when it was signed nor how long it counts") from error
        if datetime.now(timezone.utc) > signed + min(lifetime, _LONGEST):
            raise _Refused("the token has expired: it counts for 15 minutes")

    def check_signature(self, secret: str) -> None:
        """https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html"""
        key = f"AWS4{secret}".encode()
        for step in (self.day, self.region, self.service, "aws4_request"):
            key = _sign(key, step)
        expected = _sign(key, self._text_to_sign()).hex()
        if self.service != _SERVICE or not hmac.compare_digest(expected, self.fields.get("X-Amz-Signature", "")):
            raise _Refused("the token's signature is not that of the credentials that it names")

    def _text_to_sign(self) -> str:
        pairs = sorted((quote(k, "-_.~"), quote(v, "-_.~")) for k, v in self.fields.items() if k != "X-Amz-Signature")
        query, nothing = "&".join(f"{k}={v}" for k, v in pairs), hashlib.sha256(b"").hexdigest()
        request = f"GET\n/\n{query}\nhost:{self.netloc}\n\nhost\n{nothing}"
        scope = f"{self.day}/{self.region}/{self.service}/aws4_request"
        hashed = hashlib.sha256(request.encode()).hexdigest()
        return f"AWS4-HMAC-SHA256\n{self.fields.get('X-Amz-Date', '')}\n{scope}\n{hashed}"


def connect(http: HttpRequest, text: str, user: str = "", secure: bool = True) -> dict[str, Any]:
    """Whether the login succeeds with the token as the password of the user, and if it does not, why."""
    try:
        token = Token(text)
        principal = identity.identify(http, token.access_key)
        if user and user != token.user:
            raise _Refused(f"the token is for the user {token.user}, not for {user}")
        token.check_time()
        _check_credentials(token, principal)
        database = _find(token)
        user_of = f"{database.account}:dbuser:{database.resource_id}/{token.user}"
        resource = f"arn:{identity.PARTITION}:rds-db:{token.region}:{user_of}"
        _check_database(database, secure)
        if principal.kind in ("user", "role"):
            _check_policies(principal, resource, database, token)
    except _Refused as refused:
        return {"allowed": False, "message": str(refused)}
    return {"allowed": True, "principal": str(principal), "resource": resource}


def _check_credentials(token: Token, principal: identity.Principal) -> None:
    """Keys that nobody issued are the deployer's: there is no secret to check them by."""
    if not credentials.is_issued(principal, token.access_key):
        raise _Refused("the access key that signed the token has been deleted")
    if principal.kind == "role":
        session = identity.find_session(principal.account, token.access_key)
        if token.fields.get("X-Amz-Security-Token") != session.session_token:
            raise _Refused("the token carries no session token, or another than that of its credentials")
        if session.expiration <= utcnow():
            raise _Refused("the credentials that signed the token have expired")
        token.check_signature(session.secret_access_key)
    elif principal.kind == "user":
        key = identity.find_access_key(principal.account, token.access_key)
        if key.status != "Active":
            raise _Refused("the access key that signed the token is not active")
        token.check_signature(key.secret_access_key)


def _find(token: Token) -> Database:
    for account in list(rds_backends):
        backend = rds_backends[account][token.region]
        for instance in backend.databases.values():
            if instance.address == token.host:
                return Database(instance.dbi_resource_id, account, bool(instance.enable_iam_database_authentication))
        for cluster in backend.clusters.values():
            if token.host in (cluster.endpoint, cluster.reader_endpoint):
                return Database(cluster.db_cluster_resource_id, account, bool(cluster.iam_auth))
        for proxy in backend.db_proxies.values():
            if proxy.endpoint == token.host:
                takes = any(auth.get("IAMAuth") in ("REQUIRED", "ENABLED") for auth in proxy.auth or [])
                return Database(proxy.unique_id, account, takes)
    raise _Refused(f"there is no database at {token.host} in {token.region}")


def _check_database(database: Database, secure: bool) -> None:
    if not database.takes_tokens:
        raise _Refused("the database does not take IAM authentication: it is not enabled")
    if not secure:
        raise _Refused("IAM authentication needs TLS")


def _check_policies(principal: identity.Principal, resource: str, database: Database, token: Token) -> None:
    context = Context({"aws:ResourceAccount": database.account, "aws:RequestedRegion": token.region})
    set_principal(context, principal)
    decision = evaluate(Request(principal, _ACTION, resource, context), None, database.account)
    if not decision.allowed:
        raise _Refused(sentence(principal, _ACTION, resource, decision.reason(_ACTION)))


def _sign(key: bytes, text: str) -> bytes:
    return hmac.new(key, text.encode(), hashlib.sha256).digest()
