"""What IAM calls services and operations that botocore calls otherwise. S3's are in actions.py."""

from __future__ import annotations

from ...route import SERVICES
from . import reference

_SIGNING = {service: name for name, service in SERVICES.items()}

# Source: https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
_PREFIXES = {
    "apigatewayv2": "apigateway",
    "docdb": "rds",
    "dynamodbstreams": "dynamodb",
    "elb": "elasticloadbalancing",
    "elbv2": "elasticloadbalancing",
    "iot-data": "iot",
    "neptune": "rds",
    "opensearch": "es",
    "resourcegroupstaggingapi": "tag",
    "s3control": "s3",
    "sesv2": "ses",
}

_ACTIONS = {
    # https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-api-permissions-reference.html
    ("sqs", "ChangeMessageVisibilityBatch"): "ChangeMessageVisibility",
    ("sqs", "DeleteMessageBatch"): "DeleteMessage",
    ("sqs", "SendMessageBatch"): "SendMessage",
    # https://docs.aws.amazon.com/sns/latest/api/API_PublishBatch.html
    ("sns", "PublishBatch"): "Publish",
    # https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
    ("lambda", "Invoke"): "InvokeFunction",
    ("lambda", "InvokeWithResponseStream"): "InvokeFunction",
    # https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html
    ("dynamodb", "TransactGetItems"): "GetItem",
}


def prefix(service: str) -> str:
    """The beginning of the service's actions: elasticloadbalancing for elbv2."""
    candidates = (_PREFIXES.get(service, service), _SIGNING.get(service, service))
    return next((name for name in candidates if name in reference.prefixes()), candidates[0])


def action(service: str, operation: str) -> str:
    """The action of an operation without its prefix."""
    return _ACTIONS.get((service, operation), operation)
