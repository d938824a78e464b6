"""The evaluation of IAM policies, without any knowledge of S3 or KMS.

A ``Document`` is a parsed policy, a ``Request`` who wants to do what to which resource in which
context, and ``evaluate`` decides.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
"""

from .context import Context
from .document import Document, PolicyError, Statement
from .evaluate import Decision, Request, evaluate
from .public import is_public

__all__ = ["Context", "Decision", "Document", "PolicyError", "Request", "Statement", "evaluate", "is_public"]
