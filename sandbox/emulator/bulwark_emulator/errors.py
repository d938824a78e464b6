"""The error that a handler raises, and the errors that several services share."""

from __future__ import annotations

from typing import Any

from moto.core.exceptions import ServiceException


class AwsError(ServiceException):
    """An AWS error answer. Without a status, the service's own model decides (400 where it is silent).

    Further fields become members of the error document, as S3's BucketName or KMS's Reason.
    """

    def __init__(self, code: str, message: str, status: int | None = None, **fields: Any) -> None:
        super().__init__(code, message)
        self.status = status
        for name, value in fields.items():
            setattr(self, name, value)


class NotEmulated(AwsError):
    """Neither moto nor the layer has the operation."""

    def __init__(self, service: str, operation: str) -> None:
        super().__init__("NotEmulated", f"not emulated: {service}:{operation}", 501)
        self.service, self.operation = service, operation
