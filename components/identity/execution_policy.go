package identity

import (
	"strings"

	"github.com/bulwark-iac/bulwark/components/internal/account"
	"github.com/bulwark-iac/bulwark/components/internal/policydoc"
	"github.com/bulwark-iac/bulwark/internal/iampolicy"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// executionStatements are what the role may do with what the lists name, in the order of ExecutionRoleArgs.lists.
//
// Sources: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html,
// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html
func executionStatements(lists []arnList, in account.Info) []iampolicy.Statement {
	logs, repositories := lists[logGroupList].known, lists[repositoryList].known
	secrets, parameters := lists[secretList].known, lists[parameterList].known
	var statements []iampolicy.Statement
	allow := func(sid string, resources []string, actions ...string) {
		if len(resources) > 0 {
			statements = append(statements, iampolicy.Statement{
				Sid: sid, Effect: iampolicy.Allow, Actions: actions, Resources: resources,
			})
		}
	}
	streams := make([]string, len(logs))
	for i, arn := range logs {
		streams[i] = strings.TrimSuffix(arn, ":*") + ":*"
	}
	allow("Logs", streams, "logs:CreateLogStream", "logs:PutLogEvents")
	for _, key := range lists[logKeyList].known {
		statements = append(statements, policydoc.KeyUse("LogsKey", key, in.Service("logs"), logKeyActions, nil))
	}
	allow("Images", repositories, "ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer")
	if len(repositories) > 0 {
		// The token is that of the registry: AWS knows no resource for it.
		allow("Registry", []string{"*"}, "ecr:GetAuthorizationToken")
	}
	bare := make([]string, len(secrets))
	for i, arn := range secrets {
		bare[i] = validate.BareSecretARN(arn)
	}
	allow("Secrets", bare, "secretsmanager:GetSecretValue")
	allow("Parameters", parameters, "ssm:GetParameters")
	for _, key := range lists[keyList].known {
		if len(bare) > 0 {
			statements = append(statements, decrypt("SecretsKey", key, in.Service("secretsmanager"), "SecretARN", bare))
		}
		if len(parameters) > 0 {
			statements = append(statements, decrypt("ParametersKey", key, in.Service("ssm"), "PARAMETER_ARN", parameters))
		}
	}
	return statements
}

// logKeyActions are what a role that writes into an encrypted log group may do with its key, through CloudWatch Logs.
// Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
var logKeyActions = []string{
	"kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey", "kms:GenerateDataKeyWithoutPlaintext",
	"kms:ReEncryptFrom", "kms:ReEncryptTo",
}

// decrypt lets the role decrypt what one service keeps, and of that only what is named: the service sends the ARN as
// encryption context.
//
// Sources: https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html,
// https://docs.aws.amazon.com/systems-manager/latest/userguide/secure-string-parameter-kms-encryption.html
func decrypt(sid, key, service, context string, arns []string) iampolicy.Statement {
	return policydoc.KeyUse(sid, key, service, []string{"kms:Decrypt"}, []iampolicy.Condition{
		{Operator: "StringEquals", Key: "kms:EncryptionContext:" + context, Values: arns},
	})
}
