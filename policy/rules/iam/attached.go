package iam

import (
	"strings"

	"github.com/bulwark-iac/bulwark/internal/validate"
	"github.com/bulwark-iac/bulwark/policy/rule"
)

// attachments are the types that attach managed policies to identities.
var attachments = []string{
	rolePolicyAttachment, userPolicyAttachment, groupPolicyAttachment, policyAttachment, role,
	roleAttachments, userAttachments, groupAttachments, permissionSet,
}

// eachAttached calls judge for the ARN of every managed policy that the resource attaches.
func eachAttached(r *rule.Resource, f *rule.Findings, judge func(arn rule.Value)) {
	switch {
	case r.Is(roleAttachments, userAttachments, groupAttachments):
		f.Each(r.Get("policyArns"), judge)
		return
	case r.Is(permissionSet):
		judge(r.Get("managedPolicyArn"))
		return
	case !r.Is(role):
		judge(r.Get("policyArn"))
		return
	}
	if r.Get("managedPolicyArns").Empty() {
		f.NotApplicable("it names no managed policy itself")
		return
	}
	f.Each(r.Get("managedPolicyArns"), judge)
}

// ofAWS is the name of a policy that AWS manages, without its path; empty for another policy.
func ofAWS(v rule.Value) string {
	arn, ok := validate.SplitARN(v.Text())
	if !ok || arn.Account != "aws" {
		return ""
	}
	return arn.Resource[strings.LastIndex(arn.Resource, "/")+1:]
}

// notAttached is a rule that a policy of AWS's is attached to nobody. Instead completes "expected ...".
func notAttached(name, instead string) func(*rule.Resource, *rule.Findings) {
	return func(r *rule.Resource, f *rule.Findings) {
		eachAttached(r, f, func(arn rule.Value) {
			if ofAWS(arn) == name {
				f.Fail(arn, "%s: expected %s", arn, instead)
			}
		})
	}
}
