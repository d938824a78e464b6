package validate

import "strings"

// PolicyPrincipal checks the ARN of a role, user or account in a policy of a resource. Wildcards are refused: they
// would open the resource to everybody.
func PolicyPrincipal(path Path, text string) Problems {
	arn, ok := ParseARN(text)
	if ok && (arn.Service == "iam" || arn.Service == "sts") && accountID.MatchString(arn.Account) && !strings.ContainsAny(text, "*?") {
		return nil
	}
	return Problems{Invalid(path, text, "the ARN of a role, user or account, without wildcards",
		"such as arn:aws:iam::123456789012:role/reader").By("policy-principals")}
}

// ServicePrincipal checks the name by which a policy lets in an AWS service.
func ServicePrincipal(path Path, text string) Problems {
	if strings.HasSuffix(text, ".amazonaws.com") || strings.HasSuffix(text, ".amazonaws.com.cn") {
		return nil
	}
	return Problems{Invalid(path, text, "a service principal", "such as cloudfront.amazonaws.com").By("policy-principals")}
}
