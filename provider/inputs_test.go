package provider

import (
	"reflect"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/urn"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
	"github.com/stretchr/testify/assert"

	"github.com/bulwark-iac/bulwark/components/encryption"
	"github.com/bulwark-iac/bulwark/components/storage"
)

func TestCheckInputs(t *testing.T) {
	output := property.New("known by now").WithDependencies([]urn.URN{"urn:pulumi:test::bulwark::aws:s3/bucketV2:BucketV2::other"})
	condition := func(values any) object {
		return object{"policyStatements": []any{object{"conditions": []any{object{"values": values}}}}}
	}
	bucket, key := reflect.TypeFor[storage.BucketArgs](), reflect.TypeFor[encryption.KeyArgs]()
	for name, c := range map[string]struct {
		args   reflect.Type
		inputs object
		want   []string
	}{
		"nothing":                  {bucket, object{}, nil},
		"null":                     {bucket, object{"bucketName": property.New(property.Null), "retention": property.New(property.Null)}, nil},
		"an input that comes late": {bucket, object{"keyArn": property.New(property.Computed), "logBucketName": output}, nil},
		"a secret input":           {bucket, object{"keyArn": property.New("arn").WithSecret(true)}, nil},
		"a deep input":             {bucket, condition([]any{output}), nil},
		"a deep input, all of it":  {bucket, condition(property.New(property.Computed)), nil},
		"a plain value, unknown":   {bucket, object{"bucketName": property.New(property.Computed)}, []string{"bucketName: plain-value"}},
		"a plain value, known":     {bucket, object{"bucketName": output}, []string{"bucketName: plain-value"}},
		"a plain value, secret":    {bucket, object{"bucketName": property.New("x").WithSecret(true)}, []string{"bucketName: plain-value"}},
		"a plain value in an object": {
			bucket,
			object{"labels": object{"owner": output, "extra": object{"team": output}}},
			[]string{`labels.extra["team"]: plain-value`, "labels.owner: plain-value"},
		},
		"a list with an input, all of it": {bucket, object{"policyStatements": property.New(property.Computed)}, []string{"policyStatements: plain-value"}},
		"a number for a text":             {bucket, object{"bucketName": 1.0, "keyArn": 1.0}, []string{"bucketName: type", "keyArn: type"}},
		"a text for a number":             {bucket, object{"abortMultipartDays": "7"}, []string{"abortMultipartDays: type"}},
		"a fraction":                      {bucket, object{"abortMultipartDays": 7.5}, []string{"abortMultipartDays: type"}},
		"a text for a list":               {key, object{"uses": "s3"}, []string{"uses: type"}},
		"a number for an enum":            {key, object{"uses": []any{"s3", 1.0}}, []string{"uses[1]: type"}},
		"a text in a list of inputs":      {bucket, condition([]any{true}), []string{"policyStatements[0].conditions[0].values[0]: type"}},
		"a list for an object":            {bucket, object{"retention": []any{}}, []string{"retention: type"}},
		"a text for a map":                {bucket, object{"labels": object{"extra": "a=b"}}, []string{"labels.extra: type"}},
		"a text for a boolean":            {bucket, object{"eventBridge": "true"}, []string{"eventBridge: type"}},
		"an unknown property":             {bucket, object{"acl": "private"}, []string{"acl: unknown-property"}},
		"a property of Go":                {key, object{"secondRegion": "x"}, []string{"secondRegion: unknown-property"}},
		"snake case":                      {bucket, object{"labels": object{"cost_center": "1"}}, []string{"labels.cost_center: unknown-property"}},
	} {
		t.Run(name, func(t *testing.T) {
			var found []string
			for _, problem := range checkInputs(c.args, values(t, c.inputs)) {
				found = append(found, string(problem.Path)+": "+problem.Rule)
			}
			assert.Equal(t, c.want, found)
		})
	}
}
