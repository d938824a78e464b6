package network

import (
	"github.com/bulwark-iac/bulwark/components/internal/account"
	"github.com/bulwark-iac/bulwark/internal/iampolicy"
)

// An endpoint policy grants nothing: it limits what can be done through the endpoint. So leaked credentials of another
// account are of no use inside the VPC, and nothing can be carried into a bucket of another account.
// Sources: https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html,
// https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_data-perimeters.html

// ownAccount lets the account's own identities do everything with resources of the account and of trusted ones.
func ownAccount(in account.Info, actions string, trusted []string) iampolicy.Statement {
	return iampolicy.Statement{
		Sid: "OwnAccount", Effect: iampolicy.Allow, Principals: iampolicy.Principals{Any: true},
		Actions: []string{actions}, Resources: []string{"*"},
		Conditions: []iampolicy.Condition{
			{Operator: "StringEquals", Key: "aws:PrincipalAccount", Values: []string{in.ID}},
			{Operator: "StringEquals", Key: "aws:ResourceAccount", Values: append([]string{in.ID}, trusted...)},
		},
	}
}

// s3Policy also lets everybody read some buckets. ECR's is among them: image layers come from a bucket that AWS owns,
// with addresses that ECR signed itself, so that neither account is the caller's.
// Source: https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html#ecr-minimum-s3-perms
func s3Policy(in account.Info, trusted, readable []string) []iampolicy.Statement {
	statements := []iampolicy.Statement{
		ownAccount(in, "s3:*", trusted),
		reading("EcrLayers", in.BucketARN("prod-"+in.Region+"-starport-layer-bucket")+"/*"),
	}
	if len(readable) > 0 {
		arns := make([]string, len(readable))
		for i, bucket := range readable {
			arns[i] = in.BucketARN(bucket) + "/*"
		}
		statements = append(statements, reading("ReadableBuckets", arns...))
	}
	return statements
}

func reading(sid string, objects ...string) iampolicy.Statement {
	return iampolicy.Statement{
		Sid: sid, Effect: iampolicy.Allow, Principals: iampolicy.Principals{Any: true},
		Actions: []string{"s3:GetObject"}, Resources: objects,
	}
}
