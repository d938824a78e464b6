package names

import (
	"reflect"
	"testing"

	"github.com/bulwark-iac/bulwark/sandbox/awsprovider/internal/gosdk"
	"github.com/bulwark-iac/bulwark/sandbox/awsprovider/internal/terraform"
)

func TestPropertyName(t *testing.T) {
	list := &terraform.Field{Kind: "list"}
	for _, test := range []struct {
		name   string
		field  *terraform.Field
		single bool
		want   string
	}{
		{"kms_master_key_id", &terraform.Field{Kind: "string"}, false, "kmsMasterKeyId"},
		{"cors_rule", list, false, "corsRules"},
		{"filter", list, true, "filter"},
		{"policy", list, false, "policies"},
		{"taken", list, false, "taken"},
	} {
		siblings := terraform.Block{test.name: test.field, "takens": {Kind: "string"}}
		if got := propertyName(test.name, test.field, siblings, test.single); got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
}

func TestTokens(t *testing.T) {
	official := func(tokens ...string) func(string) bool {
		return func(token string) bool {
			for _, known := range tokens {
				if token == known {
					return true
				}
			}
			return false
		}
	}
	for _, test := range []struct {
		kind     string
		official []string
		want     string
	}{
		{"aws_kms_key", []string{"aws:kms/key:Key"}, "aws:kms/key:Key"},
		{"aws_s3_bucket_versioning", []string{"aws:s3/bucketVersioningV2:BucketVersioningV2"}, "aws:s3/bucketVersioningV2:BucketVersioningV2"},
		{"aws_s3_bucket_inventory", []string{"aws:s3/inventory:Inventory"}, "aws:s3/inventory:Inventory"},
		{"aws_vpc", []string{"aws:ec2/vpc:Vpc"}, "aws:ec2/vpc:Vpc"},
		{"aws_vpc_endpoint", []string{"aws:ec2/vpcEndpoint:VpcEndpoint"}, "aws:ec2/vpcEndpoint:VpcEndpoint"},
		{"aws_vpc_security_group_egress_rule", []string{"aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"}, "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"},
		{"aws_db_instance", []string{"aws:rds/instance:Instance", "aws:ec2/instance:Instance"}, "aws:rds/instance:Instance"},
		{"aws_lb", nil, "aws:lb/loadBalancer:LoadBalancer"},
		{"aws_nothing_known", nil, ""},
	} {
		if got := resourceToken(test.kind, official(test.official...)); got != test.want {
			t.Errorf("%s: %q, want %q", test.kind, got, test.want)
		}
	}
	if got := functionToken("aws_caller_identity", official("aws:index/getCallerIdentity:getCallerIdentity")); got != "aws:index/getCallerIdentity:getCallerIdentity" {
		t.Errorf("a data source of the root: %q", got)
	}
}

func TestAlign(t *testing.T) {
	sdk, err := gosdk.Load("../gosdk/testdata/sdk")
	if err != nil {
		t.Fatal(err)
	}
	modules["store_"] = []string{"store"}
	t.Cleanup(func() { delete(modules, "store_") })
	upstream := &terraform.Provider{
		Config: terraform.Block{"skip_region_validation": {Kind: "bool", Optional: true}, "token": {Kind: "string", Optional: true}},
		Resources: map[string]terraform.Block{
			"aws_store_box": {},
			"aws_store_shelf": {
				"arn":         {Kind: "string", Computed: true},
				"board":       {Kind: "set", Optional: true, Block: terraform.Block{"load": {Kind: "string"}, "wood": {Kind: "string", Required: true}}},
				"code":        {Kind: "string", Optional: true, Secret: true},
				"content":     {Kind: "string", Optional: true},
				"description": {Kind: "string", Optional: true},
				"height":      {Kind: "int", Required: true},
				"id":          {Kind: "string", Computed: true},
				"oddity":      {Kind: "string", Optional: true},
				"policy":      {Kind: "string", Optional: true},
				"style":       {Kind: "list", Optional: true, Block: terraform.Block{"colour": {Kind: "string"}}},
				"tags":        {Kind: "map", Optional: true},
				"tags_all":    {Kind: "map", Optional: true, Computed: true},
			},
		},
		DataSources: map[string]terraform.Block{"aws_store_shelf": {"height": {Kind: "int", Computed: true}}},
	}
	table, report := Align(upstream, sdk)
	yes := true
	want := &Item{Token: "aws:store/shelf:Shelf", Tagged: true, Fields: map[string]*Field{
		"board":       {Fields: map[string]*Field{"load": {Type: "integer"}}},
		"content":     {Archive: true},
		"description": {Default: "Managed by Pulumi"},
		"oddity":      {Omit: true},
		"policy":      {Document: true},
		"style":       {MaxItemsOne: &yes},
		"tags_all":    {Omit: true},
	}}
	if got := table.Resources["aws_store_shelf"]; !reflect.DeepEqual(got, want) {
		text, err := (&Table{Resources: map[string]*Item{"got": got, "want": want}}).JSON()
		t.Errorf("%s %v", text, err)
	}
	if got := table.Config; !reflect.DeepEqual(got, map[string]*Field{
		"skip_region_validation": {Default: true}, "token": {Secret: true},
	}) {
		t.Errorf("configuration: %v", got)
	}
	if !reflect.DeepEqual(report.Unknown, []string{"aws_store_box"}) {
		t.Errorf("unknown: %v", report.Unknown)
	}
	if !reflect.DeepEqual(report.Unmatched, []string{"aws_store_shelf.oddity", "aws_store_shelf.tags_all"}) {
		t.Errorf("unmatched: %v", report.Unmatched)
	}
	if got, want := string(report.Newer()), "aws_store_box\naws_store_shelf.oddity\naws_store_shelf.tags_all\n"; got != want {
		t.Errorf("newer than the official provider: %q, want %q", got, want)
	}
	delete(upstream.Resources["aws_store_shelf"], "content")
	table, _ = Align(upstream, sdk)
	if got := table.Resources["aws_store_shelf"].Lacks; !reflect.DeepEqual(got, []string{"content"}) {
		t.Errorf("lacking inputs: %v", got)
	}
	if !reflect.DeepEqual(report.Missing, []string{"data.aws_store_shelf:name"}) {
		t.Errorf("missing: %v", report.Missing)
	}
}

func TestAutoNameFinish(t *testing.T) {
	alias := autoNames["aws_kms_alias"]
	for name, want := range map[string]string{"data-1234567": "alias/data-1234567", "alias/data-1234567": "alias/data-1234567"} {
		if got := alias.Finish(name, false); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
	queue := autoNames["aws_sqs_queue"]
	if got := queue.Finish("jobs-1234567", true); got != "jobs-1234567.fifo" {
		t.Errorf("a FIFO queue is called %s", got)
	}
}

// TestExceptionsAreUsed holds the exceptions against the table: one that leads nowhere is a mistake or has had its day.
func TestExceptionsAreUsed(t *testing.T) {
	table, err := Official()
	if err != nil {
		t.Fatal(err)
	}
	for kind, token := range resourceTokens {
		if item := table.Resources[kind]; item == nil || item.Token != token {
			t.Errorf("resourceTokens: %s is not in the table as %s", kind, token)
		}
	}
	for kind, token := range functionTokens {
		if item := table.DataSources[kind]; item == nil || item.Token != token {
			t.Errorf("functionTokens: %s is not in the table as %s", kind, token)
		}
	}
	for kind := range autoNames {
		if table.Resources[kind] == nil {
			t.Errorf("autoNames: %s is not in the table", kind)
		}
	}
	for kind := range unnamed {
		if item := table.Resources[kind]; item == nil || item.Named {
			t.Errorf("unnamed: %s is not in the table, or named there", kind)
		}
	}
	if _, named := table.AutoNameOf("aws_sns_topic_policy"); named {
		t.Error("a topic's policy takes no name")
	}
	if rule, named := table.AutoNameOf("aws_ecs_cluster"); !named || rule != standard {
		t.Errorf("a cluster is named by the rule, not by %+v", rule)
	}
}
