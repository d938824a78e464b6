package ecs

import (
	"slices"
	"strings"

	"github.com/bulwark-iac/bulwark/internal/iampolicy"
	"github.com/bulwark-iac/bulwark/policy/rule"
	"github.com/bulwark-iac/bulwark/policy/rules/internal/policies"
)

// tracePolicies are AWS's own policies with which a collector may send traces, by the ends of their ARNs.
var tracePolicies = []string{
	":policy/AWSXRayDaemonWriteAccess", ":policy/AWSXrayWriteOnlyAccess", ":policy/CloudWatchAgentServerPolicy",
	":policy/AWSXrayFullAccess",
}

// sendsTraces tells whether a role may send traces to X-Ray, by any of the ways to give it a policy.
func sendsTraces(s *rule.Stack, r *rule.Resource) bool {
	documents := []rule.Value{}
	for _, inline := range s.Referrers(r, "role", rolePolicy) {
		documents = append(documents, inline.Get("policy"))
	}
	attachments := append(s.Referrers(r, "role", rolePolicyAttachment), s.Referrers(r, "roles", policyAttachment)...)
	for _, attachment := range attachments {
		managed := s.Referred(attachment, "policyArn", managedPolicy)
		for _, policy := range managed {
			documents = append(documents, policy.Get("policy"))
		}
		if len(managed) == 0 && isTracePolicy(attachment.Get("policyArn")) {
			return true
		}
	}
	if slices.ContainsFunc(documents, allowsTraces) {
		return true
	}
	if len(documents)+len(attachments) > 0 && !(r.Get("inlinePolicies").Known() && r.Get("managedPolicyArns").Known()) {
		return false // the role has its policies apart: a preview does not know the others, because there are none
	}
	return slices.ContainsFunc(r.All("inlinePolicies[*].policy"), allowsTraces) ||
		slices.ContainsFunc(r.Get("managedPolicyArns").List(), isTracePolicy)
}

func isTracePolicy(arn rule.Value) bool {
	return slices.ContainsFunc(tracePolicies, func(end string) bool { return strings.HasSuffix(arn.Text(), end) })
}

// allowsTraces tells whether a policy lets somebody send traces, unless a condition keeps it from doing so.
func allowsTraces(policy rule.Value) bool {
	document, ok := policies.Read(policy)
	if !ok {
		return false
	}
	caller, _ := iampolicy.CallerOf("arn:aws:iam::111122223333:role/task")
	result := iampolicy.Evaluate(
		iampolicy.Request{Caller: caller, Action: "xray:PutTraceSegments", Resource: "*", Unknown: []string{"*"}},
		iampolicy.Policies{Identity: []iampolicy.Document{document}},
	)
	return result.Decision == iampolicy.Allowed || result.Decision == iampolicy.Undetermined
}
