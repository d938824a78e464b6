"""What ECS does for a task before it starts, as the task's execution role.

https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html
"""

from __future__ import annotations

import json
from typing import Any

from moto.core.request import Request
from moto.iam.models import Role
from moto.moto_server.werkzeug_app import BackendRequest
from moto.sts.models import AssumedRole, sts_backends
from werkzeug.test import EnvironBuilder

from ...errors import AwsError
from ...identity import PARTITION, SESSIONS
from ...route import Call
from ...store import table
from .. import access, sessions

_TARGETS = {
    "ecr": "AmazonEC2ContainerRegistry_V20150921",
    "logs": "Logs_20140328",
    "secretsmanager": "secretsmanager",
    "ssm": "AmazonSSM",
}


class Agent:
    """Asks services on behalf of one task; ``with`` ends its session."""

    def __init__(self, role: Role, region: str, task: str) -> None:
        self._region = region
        self._session: AssumedRole = sessions.issue(role, task, region=region)

    def __enter__(self) -> Agent:
        return self

    def __exit__(self, *_: Any) -> None:
        account = self._session.account_id
        sts_backends[account][PARTITION].assumed_roles.remove(self._session)
        table(SESSIONS, account).pop(self._session.access_key_id, None)

    def refusal(self, service: str, operation: str, region: str = "", **params: Any) -> str:
        """Why the role may not make a call, in the service's words; empty if it may."""
        call = Call(self._request(service, operation, region or self._region, params))
        try:
            access.authorize(call)
        except AwsError as error:
            return f"{error.code}: {error.message}"
        return ""

    def _request(self, service: str, operation: str, region: str, params: dict[str, Any]) -> Request:
        scope = f"{self._session.access_key_id}/20260101/{region}/{service}/aws4_request"
        headers = {
            "Authorization": f"AWS4-HMAC-SHA256 Credential={scope}, SignedHeaders=host, Signature=0",
            "X-Amz-Security-Token": self._session.session_token,
            "X-Amz-Target": f"{_TARGETS[service]}.{operation}",
            "Content-Type": "application/x-amz-json-1.1",
        }
        builder = EnvironBuilder(method="POST", path="/", headers=list(headers.items()), data=json.dumps(params))
        return BackendRequest(builder.get_environ())
