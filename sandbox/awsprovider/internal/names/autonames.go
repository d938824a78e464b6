package names

import "strings"

// AutoName is how a property gets a value when a program leaves it out: the resource's name in the program, a hyphen
// and seven random hexadecimal digits.
type AutoName struct {
	// Field and Property are its Terraform and its Pulumi name.
	Field, Property string
	// Max is the longest value that is accepted, in characters; 0 means any.
	Max int
	// Bare leaves the hyphen out, Fixed the digits.
	Bare, Fixed bool
	// Lower turns the name to lower case, as AWS insists on for buckets.
	Lower bool
	// Prefix is put in front if it is not there.
	Prefix string
	// Fifo is the Pulumi name of the property that makes AWS want the ending .fifo.
	Fifo string
}

// Finish puts around a name what AWS wants there; fifo is the value of the property Fifo.
func (a AutoName) Finish(name string, fifo bool) string {
	if a.Prefix != "" {
		name = a.Prefix + strings.TrimPrefix(name, a.Prefix)
	}
	if fifo {
		name += ".fifo"
	}
	return name
}

// standard is the rule: every resource that takes a name gets one.
var standard = AutoName{Field: "name", Property: "name", Max: 255}

// autoNames holds the resources that differ from the rule, as the official provider has them.
var autoNames = map[string]AutoName{
	"aws_alb":                     {Field: "name", Property: "name", Max: 32},
	"aws_alb_target_group":        {Field: "name", Property: "name", Max: 32},
	"aws_cloudwatch_event_rule":   {Field: "name", Property: "name", Max: 64},
	"aws_cloudwatch_event_target": {Field: "target_id", Property: "targetId", Max: 255},
	"aws_cloudwatch_metric_alarm": {Field: "alarm_name", Property: "name", Max: 255},
	"aws_db_instance":             {Field: "identifier", Property: "identifier", Max: 255, Bare: true},
	"aws_iam_role":                {Field: "name", Property: "name", Max: 64},
	"aws_key_pair":                {Field: "key_name", Property: "keyName", Max: 255},
	"aws_kms_alias":               {Field: "name", Property: "name", Max: 238, Prefix: "alias/"},
	"aws_lambda_function":         {Field: "function_name", Property: "name", Max: 64},
	"aws_lambda_permission":       {Field: "statement_id", Property: "statementId", Max: 100},
	"aws_lb":                      {Field: "name", Property: "name", Max: 32},
	"aws_lb_target_group":         {Field: "name", Property: "name", Max: 32},
	"aws_s3_bucket":               {Field: "bucket", Property: "bucket", Max: 63, Lower: true},
	"aws_s3_bucket_object":        {Field: "key", Property: "key", Bare: true, Fixed: true},
	"aws_s3_object":               {Field: "key", Property: "key", Bare: true, Fixed: true},
	"aws_sns_topic":               {Field: "name", Property: "name", Max: 80, Fifo: "fifoTopic"},
	"aws_sqs_queue":               {Field: "name", Property: "name", Max: 80, Fifo: "fifoQueue"},
}

// unnamed holds the resources that take a name but never get one by themselves: a record's name is a domain.
var unnamed = map[string]bool{"aws_route53_record": true}

// AutoNameOf returns the rule for a Terraform type. The table tells whether a resource takes a name at all.
func (t *Table) AutoNameOf(kind string) (AutoName, bool) {
	if rule, ok := autoNames[kind]; ok {
		return rule, true
	}
	item := t.Resources[kind]
	return standard, item != nil && item.Named
}
