"""Secrets Manager: many secrets at once, of which those that the caller may not read are errors of the answer."""

from __future__ import annotations

from typing import Any

from ..errors import AwsError
from ..registry import operation
from ..route import Call
from .access import general, secrets


@operation("secretsmanager", "BatchGetSecretValue")
def batch_get_secret_value(call: Call) -> dict[str, Any]:
    """https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_BatchGetSecretValue.html"""
    result = call.forward_decoded()
    kept, errors = [], list(result.get("Errors") or [])
    for row in result.get("SecretValues") or []:
        try:
            if call.principal.kind in ("user", "role"):
                general.check(call, secrets.reading(call, row["ARN"]))
            kept.append(row)
        except AwsError as error:
            errors.append({"SecretId": row["ARN"], "ErrorCode": error.code, "Message": error.message})
    return {**result, "SecretValues": kept, "Errors": errors}
