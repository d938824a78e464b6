package provider

import (
	"context"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"testing"

	"github.com/blang/semver"
	"github.com/pulumi/pulumi/pkg/v3/codegen/nodejs"
	"github.com/pulumi/pulumi/pkg/v3/codegen/python"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// bound is the schema as the generators of libraries see it.
func bound(t *testing.T) *schema.Package {
	t.Helper()
	pkg, problems, err := schema.BindSpec(served(t), awsLoader{}, schema.ValidationOptions{})
	require.NoError(t, err)
	require.Empty(t, problems)
	return pkg
}

// In TypeScript the compiler says what takes no output of another resource, and which values there are.
func TestTypeScriptLibrary(t *testing.T) {
	files, err := nodejs.GeneratePackage("test", bound(t), nil, nil, false, awsLoader{})
	require.NoError(t, err)
	assert.Contains(t, string(files["package.json"]), `"name": "@bulwark-iac/bulwark"`)
	assert.Contains(t, string(files["package.json"]), `"@pulumi/aws": "^6.83.2"`)
	bucket := string(files["storage/bucket.ts"])
	for _, expected := range []string{
		"bucketName?: string;",
		"logBucketName?: pulumi.Input<string | undefined>;",
		"labels: inputs.tagging.LabelsArgs;",
		"lifecycle?: enums.lifecycle.Lifecycle;",
		"readonly bucket: pulumi.Output<pulumiAws.s3.BucketV2>;",
	} {
		assert.Contains(t, bucket, expected)
	}
	assert.Contains(t, string(files["types/input.ts"]), "values: pulumi.Input<pulumi.Input<string>[]>;")
	balancer := string(files["loadbalancing/loadBalancer.ts"])
	for _, expected := range []string{
		"vpcId?: pulumi.Input<string | undefined>;",
		"subnetIds?: pulumi.Input<pulumi.Input<string>[] | undefined>;",
		"listenerProtocol?: enums.loadbalancing.ListenerProtocol;",
		"readonly targetGroupArns: pulumi.Output<{[key: string]: string}>;",
	} {
		assert.Contains(t, balancer, expected)
	}
}

func TestPythonLibrary(t *testing.T) {
	files, err := python.GeneratePackage("test", bound(t), nil, awsLoader{})
	require.NoError(t, err)
	assert.Contains(t, string(files["pyproject.toml"]), "pulumi-aws>=6.83.2,<7.0.0")
	for _, module := range []string{
		"audit/trail.py", "dns/hosted_zone.py", "encryption/key.py", "loadbalancing/load_balancer.py", "network/security_group.py", "network/vpc.py", "storage/bucket.py",
		"storage/log_bucket.py", "storage/replica_bucket.py", "tagging/_inputs.py", "waf/web_acl.py",
	} {
		assert.Contains(t, slices.Collect(maps.Keys(files)), "bulwark_iac_bulwark/"+module)
	}
}

// awsLoader knows that the resources exist to which the schema refers, and nothing else of pulumi-aws.
type awsLoader struct{}

var awsResource = regexp.MustCompile(`/aws/v([\d.]+)/schema\.json#/resources/(aws:[\w/]+:\w+)`)

func (l awsLoader) LoadPackageV2(_ context.Context, d *schema.PackageDescriptor) (*schema.Package, error) {
	spec := schema.PackageSpec{
		Name: "aws", Version: awsVersion, Resources: map[string]schema.ResourceSpec{},
		Meta: &schema.MetadataSpec{ModuleFormat: "(.*)(?:/[^/]*)"},
	}
	if d.Name != spec.Name || d.Version.String() != awsVersion {
		return nil, fmt.Errorf("the schema refers to %s %s, and the libraries require aws %s", d.Name, d.Version, awsVersion)
	}
	for _, m := range awsResource.FindAllStringSubmatch(schemaJSON, -1) {
		spec.Resources[m[2]] = schema.ResourceSpec{}
	}
	return schema.ImportSpec(spec, nil, l, schema.ValidationOptions{})
}

func (l awsLoader) LoadPackage(name string, version *semver.Version) (*schema.Package, error) {
	return l.LoadPackageV2(context.Background(), &schema.PackageDescriptor{Name: name, Version: version})
}

func (l awsLoader) LoadPackageReferenceV2(ctx context.Context, d *schema.PackageDescriptor) (schema.PackageReference, error) {
	pkg, err := l.LoadPackageV2(ctx, d)
	if err != nil {
		return nil, err
	}
	return pkg.Reference(), nil
}

func (l awsLoader) LoadPackageReference(name string, version *semver.Version) (schema.PackageReference, error) {
	return l.LoadPackageReferenceV2(context.Background(), &schema.PackageDescriptor{Name: name, Version: version})
}
