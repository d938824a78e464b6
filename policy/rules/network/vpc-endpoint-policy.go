package network

import (
	"strings"

	"github.com/bulwark-iac/bulwark/policy/rule"
	"github.com/bulwark-iac/bulwark/policy/rules/internal/policies"
)

var vpcEndpointPolicy = rule.Rule{
	ID:       "vpc-endpoint-policy",
	Title:    "Endpoint policies are not *:*",
	Why:      "Without a policy of its own an endpoint lets everybody do everything: stolen credentials carry data into a bucket of another account, from inside of the VPC.",
	Severity: rule.Medium,
	Source:   "https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html",
	Fix: rule.Fix{
		Bulwark: "network.NewVpc lets the account's identities reach resources of the account, and of VpcArgs.TrustedAccounts",
		Plain:   `ec2.VpcEndpointArgs{Policy: ...} with "Condition": {"StringEquals": {"aws:PrincipalAccount": ..., "aws:ResourceAccount": ...}}`,
	},
	Types: []string{endpoint, endpointPolicy},
	Stack: func(s *rule.Stack, f *rule.Findings) {
		f.EachResource(s.Of(endpoint), func(r *rule.Resource) {
			apart := s.Referrers(r, "vpcEndpointId", endpointPolicy)
			for _, own := range apart {
				wantNarrowEndpoint(f, own.Get("policy"))
			}
			switch {
			case len(apart) > 0:
			case r.Get("vpcEndpointType").Is("GatewayLoadBalancer", "Resource", "ServiceNetwork"), isPartner(r):
				f.NotApplicable("such endpoints have no policies")
			default:
				wantNarrowEndpoint(f, r.Get("policy"))
			}
		})
	},
	Good: []rule.Example{{Name: "a resource of its own", YAML: `
endpoint:
  type: aws:ec2/vpcEndpoint:VpcEndpoint
  properties: {vpcId: vpc-0123456789abcdef0, serviceName: com.amazonaws.eu-west-1.s3}
narrow:
  type: aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy
  properties:
    vpcEndpointId: ${endpoint.id}
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement: [{Effect: Allow, Principal: "*", Action: "s3:*", Resource: "*", Condition: {StringEquals: {"aws:PrincipalAccount": "111122223333"}}}]
`}, {Name: "the account's own", YAML: `
endpoint:
  type: aws:ec2/vpcEndpoint:VpcEndpoint
  properties:
    vpcId: vpc-0123456789abcdef0
    serviceName: com.amazonaws.eu-west-1.s3
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement: [{Effect: Allow, Principal: "*", Action: "s3:*", Resource: "*", Condition: {StringEquals: {"aws:PrincipalAccount": "111122223333", "aws:ResourceAccount": "111122223333"}}}]
`}, {Name: "one bucket", YAML: `
endpoint:
  type: aws:ec2/vpcEndpoint:VpcEndpoint
  properties:
    vpcId: vpc-0123456789abcdef0
    serviceName: com.amazonaws.eu-west-1.s3
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement: [{Effect: Allow, Principal: "*", Action: "s3:*", Resource: ["arn:aws:s3:::acme-audio", "arn:aws:s3:::acme-audio/*"]}]
`}, {Name: "one role", YAML: `
endpoint:
  type: aws:ec2/vpcEndpoint:VpcEndpoint
  properties:
    vpcId: vpc-0123456789abcdef0
    serviceName: com.amazonaws.eu-west-1.s3
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement: [{Effect: Allow, Principal: {AWS: "arn:aws:iam::111122223333:role/api"}, Action: "*", Resource: "*"}]
`}, {Name: "beside a partner's, which has none", YAML: `
endpoint:
  type: aws:ec2/vpcEndpoint:VpcEndpoint
  properties:
    vpcId: vpc-0123456789abcdef0
    serviceName: com.amazonaws.eu-west-1.s3
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement: [{Effect: Allow, Principal: "*", Action: "s3:GetObject", Resource: "arn:aws:s3:::acme-audio/*"}]
partner:
  type: aws:ec2/vpcEndpoint:VpcEndpoint
  properties: {vpcId: vpc-0123456789abcdef0, serviceName: com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0, vpcEndpointType: Interface}
`}},
	Bad: []rule.Example{{Name: "a resource of its own that opens everything", YAML: `
endpoint:
  type: aws:ec2/vpcEndpoint:VpcEndpoint
  properties: {vpcId: vpc-0123456789abcdef0, serviceName: com.amazonaws.eu-west-1.s3}
wide:
  type: aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy
  properties:
    vpcEndpointId: ${endpoint.id}
    policy:
      fn::toJSON: {Version: "2012-10-17", Statement: [{Effect: Allow, Principal: "*", Action: "*", Resource: "*"}]}
`}, {Name: "none", YAML: `
endpoint:
  type: aws:ec2/vpcEndpoint:VpcEndpoint
  properties: {vpcId: "vpc-0123456789abcdef0", serviceName: com.amazonaws.eu-west-1.secretsmanager, vpcEndpointType: Interface}
`}, {Name: "everything", YAML: `
endpoint:
  type: aws:ec2/vpcEndpoint:VpcEndpoint
  properties:
    vpcId: vpc-0123456789abcdef0
    serviceName: com.amazonaws.eu-west-1.s3
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement: [{Effect: Allow, Principal: "*", Action: "*", Resource: "*"}]
`}, {Name: "everything of the service", YAML: `
endpoint:
  type: aws:ec2/vpcEndpoint:VpcEndpoint
  properties:
    vpcId: vpc-0123456789abcdef0
    serviceName: com.amazonaws.eu-west-1.s3
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement: [{Effect: Allow, Principal: {AWS: "*"}, Action: "s3:*", Resource: "*"}]
`}, {Name: "everything but one call", YAML: `
endpoint:
  type: aws:ec2/vpcEndpoint:VpcEndpoint
  properties:
    vpcId: vpc-0123456789abcdef0
    serviceName: com.amazonaws.eu-west-1.s3
    policy:
      fn::toJSON:
        Version: "2012-10-17"
        Statement: [{Effect: Allow, Principal: "*", NotAction: "s3:DeleteBucket", Resource: "*"}]
`}},
}

// wantNarrowEndpoint reports a policy that lets everybody do everything, and one that is not there.
func wantNarrowEndpoint(f *rule.Findings, policy rule.Value) {
	document, ok := policies.Read(policy)
	if !ok {
		f.Fail(policy, "%s: everybody may do everything through the endpoint: expected a policy", policy)
		return
	}
	everything := map[int]bool{}
	for _, finding := range document.WildcardResources() {
		everything[finding.Statement] = true
	}
	for _, finding := range append(document.ServiceWildcards(), document.AllowNotAction()...) {
		statement := document.Statements[finding.Statement]
		if everything[finding.Statement] && statement.Principals.Everybody() && len(statement.Conditions) == 0 {
			f.Fail(policy, "%s: it %s to everybody on every resource; expected the account's own identities and resources", finding.Path, finding.Reason)
		}
	}
}

// isPartner tells whether an endpoint leads to the service of another company or team, instead of AWS's.
func isPartner(r *rule.Resource) bool {
	return strings.Contains(r.Get("serviceName").Text(), ".vpce-svc-")
}
