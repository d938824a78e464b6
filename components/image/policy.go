package image

import (
	"github.com/bulwark-iac/bulwark/components/internal/account"
	"github.com/bulwark-iac/bulwark/internal/iampolicy"
)

// What pulling and pushing take. Neither needs anything of the key: ECR uses it through grants of its own.
// Sources: https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policy-examples.html,
// https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-push-iam.html
var (
	pullActions = []string{"ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"}
	pushActions = []string{
		"ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:CompleteLayerUpload", "ecr:InitiateLayerUpload",
		"ecr:PutImage", "ecr:UploadLayerPart",
	}
)

// pulls are the statements of the repository policy. The principal is the account, and roles stand in a condition: a
// role that is created anew keeps its access, and one that does not exist yet is not refused.
func (a *RepositoryArgs) pulls(in account.Info) []iampolicy.Statement {
	statements := make([]iampolicy.Statement, len(a.PullAccess))
	for i, access := range a.PullAccess {
		other := account.Info{ID: access.AccountId, Partition: in.Partition}
		statements[i] = iampolicy.Statement{
			Sid: "PullFrom" + access.AccountId, Effect: iampolicy.Allow, Actions: pullActions,
			Principals: iampolicy.Principals{AWS: []string{other.Root()}},
		}
		if len(access.RoleArns) > 0 {
			statements[i].Conditions = append(statements[i].Conditions, iampolicy.Condition{
				Operator: "ArnEquals", Key: "aws:PrincipalArn", Values: access.RoleArns,
			})
		}
		if access.OrganizationId != "" {
			statements[i].Conditions = append(statements[i].Conditions, iampolicy.Condition{
				Operator: "StringEquals", Key: "aws:PrincipalOrgID", Values: []string{access.OrganizationId},
			})
		}
	}
	return statements
}
