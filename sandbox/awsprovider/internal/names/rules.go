package names

import (
	"strings"
	"unicode"

	"github.com/pulumi/inflector"

	"github.com/bulwark-iac/bulwark/sandbox/awsprovider/internal/terraform"
)

// propertyName is the bridge's own rule for the Pulumi name of a Terraform property: camel case, and the plural for what
// is a list in Pulumi, unless that name is taken.
func propertyName(name string, field *terraform.Field, siblings terraform.Block, single bool) string {
	if field.Collection() && !single {
		plural := inflector.Pluralize(name)
		if _, taken := siblings[plural]; !taken || plural == name {
			name = plural
		}
	}
	return camel(name)
}

func camel(snake string) string {
	var result strings.Builder
	upper := false
	for _, r := range snake {
		switch {
		case r == '_' && result.Len() > 0:
			upper = true
			continue
		case upper:
			r = unicode.ToUpper(r)
		}
		upper = false
		result.WriteRune(r)
	}
	return result.String()
}

func pascal(snake string) string {
	name := camel(snake)
	if name == "" {
		return ""
	}
	return strings.ToUpper(name[:1]) + name[1:]
}

// modules maps the beginning of a Terraform type, after aws_, to the modules in which the official resource may stand.
// What remains after the prefix names it, or the whole. What fits none is looked for in ec2.
var modules = map[string][]string{
	"accessanalyzer_":      {"accessanalyzer"},
	"acm_":                 {"acm"},
	"alb_":                 {"alb"},
	"appautoscaling_":      {"appautoscaling"},
	"backup_":              {"backup"},
	"budgets_":             {"budgets"},
	"cloudfront_":          {"cloudfront"},
	"cloudtrail_":          {"cloudtrail"},
	"cloudwatch_":          {"cloudwatch"},
	"config_":              {"cfg"},
	"db_":                  {"rds"},
	"ebs_":                 {"ebs"},
	"ec2_":                 {"ec2", "ec2transitgateway", "ec2clientvpn"},
	"ec2_client_vpn_":      {"ec2clientvpn"},
	"ec2_transit_gateway_": {"ec2transitgateway"},
	"ecr_":                 {"ecr"},
	"ecs_":                 {"ecs"},
	"guardduty_":           {"guardduty"},
	"iam_":                 {"iam"},
	"inspector2_":          {"inspector2"},
	"kms_":                 {"kms"},
	"lambda_":              {"lambda"},
	"lb_":                  {"lb"},
	"organizations_":       {"organizations"},
	"rds_":                 {"rds"},
	"resourcegroups_":      {"resourcegroups"},
	"route53_":             {"route53"},
	"s3_":                  {"s3"},
	"s3_bucket_":           {"s3"},
	"s3control_":           {"s3control"},
	"scheduler_":           {"scheduler"},
	"secretsmanager_":      {"secretsmanager"},
	"securityhub_":         {"securityhub"},
	"sns_":                 {"sns"},
	"sqs_":                 {"sqs"},
	"ssm_":                 {"ssm"},
	"synthetics_":          {"synthetics"},
	"verifiedaccess_":      {"verifiedaccess"},
	"vpc_":                 {"vpc", "ec2"},
	"vpclattice_":          {"vpclattice"},
	"wafv2_":               {"wafv2"},
	"xray_":                {"xray"},
}

// resourceToken finds the official token of a Terraform resource type.
func resourceToken(kind string, official func(token string) bool) string {
	return token(kind, "", resourceTokens, official)
}

// functionToken finds the official token of a Terraform data source.
func functionToken(kind string, official func(token string) bool) string {
	return token(kind, "get", functionTokens, official)
}

// token returns the exception, or the first of the names by rule that the official provider has; V2 ends the names of
// what replaced an older resource.
func token(kind, verb string, exceptions map[string]string, official func(token string) bool) string {
	if exception, ok := exceptions[kind]; ok {
		return exception
	}
	rest := strings.TrimPrefix(kind, "aws_")
	var found []string
	for prefix, homes := range modules {
		if name, ok := strings.CutPrefix(rest, prefix); ok {
			for _, home := range homes {
				for _, candidate := range []string{name, rest} {
					for _, suffix := range []string{"V2", ""} {
						t := spell(home, verb, candidate, suffix)
						if official(t) {
							found = append(found, t)
						}
					}
				}
			}
		}
	}
	if len(found) == 0 {
		for _, home := range []string{"ec2", "index"} {
			if t := spell(home, verb, rest, ""); official(t) {
				found = append(found, t)
			}
		}
	}
	best := ""
	for _, t := range found {
		// The name that says most wins; with equal ones the order of the alphabet, to be the same every time.
		if len(t) > len(best) || len(t) == len(best) && t < best {
			best = t
		}
	}
	return best
}

func spell(module, verb, snake, suffix string) string {
	name := verb + pascal(snake) + suffix
	if verb == "" {
		name = camel(snake) + suffix
	}
	title := name
	if verb == "" {
		title = pascal(snake) + suffix
	}
	return "aws:" + module + "/" + name + ":" + title
}
