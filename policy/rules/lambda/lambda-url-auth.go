package lambda

import (
	"strings"

	"github.com/bulwark-iac/bulwark/policy/rule"
)

var lambdaURLAuth = rule.Rule{
	ID:         "lambda-url-auth",
	Title:      "Function URLs use IAM auth",
	Why:        "A URL without authorization is open to the internet, past the load balancer and its firewall; with CORS for every origin, any page that a user visits can call it.",
	Severity:   rule.High,
	References: rule.References{Checkov: []string{"CKV_AWS_258", "CKV2_AWS_75"}},
	Source:     "https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html",
	Fix: rule.Fix{
		Bulwark: "no component makes one: the way in is loadbalancing.NewLoadBalancer",
		Plain:   `lambda.FunctionUrlArgs{AuthorizationType: pulumi.String("AWS_IAM"), Cors: ... with AllowOrigins}`,
	},
	Types: []string{functionURL},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		f.WantOneOf(r.Get("authorizationType"), "AWS_IAM")
		f.Each(r.Get("cors.allowOrigins"), func(origin rule.Value) {
			if strings.Contains(origin.Text(), "*") {
				f.Fail(origin, "%s: expected the origins that call it", origin)
			}
		})
	},
	Good: []rule.Example{{YAML: `
url:
  type: aws:lambda/functionUrl:FunctionUrl
  properties: {functionName: api, authorizationType: AWS_IAM}
`}, {Name: "for one origin", YAML: `
url:
  type: aws:lambda/functionUrl:FunctionUrl
  properties: {functionName: api, authorizationType: AWS_IAM, cors: {allowOrigins: ["https://app.acme.example"]}}
`}},
	Bad: []rule.Example{{Name: "none", YAML: `
url:
  type: aws:lambda/functionUrl:FunctionUrl
  properties: {functionName: api, authorizationType: NONE}
`}, {Name: "every origin", YAML: `
url:
  type: aws:lambda/functionUrl:FunctionUrl
  properties: {functionName: api, authorizationType: AWS_IAM, cors: {allowOrigins: ["*"]}}
`}},
}
