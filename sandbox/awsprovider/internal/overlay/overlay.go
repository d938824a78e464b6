package overlay

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
)

// Write makes the changed files for the vendored sources below vendor, puts them into dir, and returns the path of the
// file for the go command's -overlay flag and the services that are kept.
func Write(vendor, dir string) (overlayFile string, services []string, err error) {
	services, err = Closure(vendor, Services)
	if err != nil {
		return "", nil, err
	}
	used, err := clientsUsed(vendor, services)
	if err != nil {
		return "", nil, err
	}
	changes := []struct {
		path   string
		change func(path string) ([]byte, error)
	}{
		{awsModule + "/internal/provider/sdkv2/service_packages_gen.go", func(path string) ([]byte, error) { return pruneServiceList(path, services) }},
		{awsModule + "/internal/conns/awsclient_gen.go", func(path string) ([]byte, error) { return pruneClients(path, used) }},
		{awsModule + "/internal/backoff/backoff.go", paceRetries},
		{awsModule + "/internal/provider/sdkv2/provider.go", oneRegionButOfSome},
		{awsModule + "/internal/provider/sdkv2/identity_interceptor.go", identityAfterUpdate},
		{awsModule + "/internal/provider/framework/wrap.go", oneRegion},
		{awsModule + "/internal/provider/framework/importer/arn.go", importByARN},
		{awsModule + "/internal/provider/framework/importer/singleton.go", importSingleton},
		{awsModule + "/internal/framework/with_region.go", regionOutOfModels},
		{awsModule + "/internal/service/ecs/cluster.go", importOfProvider},
		{awsModule + "/internal/service/ecs/service.go", ecsServices},
		{awsModule + "/internal/service/ec2/ec2_ami_data_source.go", imagesWithoutOwner},
		{awsModule + "/internal/service/ec2/ec2_instance.go", instancesEnd},
		{awsModule + "/internal/service/meta/region_data_source.go", regionByName},
		{awsModule + "/internal/service/s3/bucket_object.go", bucketObjectByKey},
		{awsModule + "/internal/service/s3/object.go", objectByKey},
		{awsModule + "/internal/service/wafv2/schemas.go", machineLearning},
		{"github.com/hashicorp/terraform-plugin-sdk/v2/helper/retry/state.go", paceWaiters},
		{"github.com/hashicorp/go-cty/cty/object_type.go", shareTypes},
		{"github.com/zclconf/go-cty/cty/object_type.go", shareNewerTypes},
		{"github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema/core_schema.go", rememberSchemas},
		{"github.com/hashicorp/terraform-plugin-sdk/v2/internal/configs/configschema/schema.go", holdImpliedType},
		{"github.com/hashicorp/terraform-plugin-sdk/v2/internal/configs/configschema/implied_type.go", rememberImpliedType},
		{"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfshim/sdk-v2/provider2.go", startLazily},
		{"github.com/aws/smithy-go/transport/http/internal/io/safe.go", forgiveClosedBody},
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", nil, err
	}
	replace := map[string]string{}
	for i, c := range changes {
		original := filepath.Join(vendor, c.path)
		changed, err := c.change(original)
		if err != nil {
			return "", nil, err
		}
		copied := filepath.Join(dir, fmt.Sprintf("%d_%s", i, filepath.Base(c.path)))
		if err := os.WriteFile(copied, changed, 0o644); err != nil {
			return "", nil, err
		}
		replace[original] = copied
	}
	content, err := json.MarshalIndent(map[string]any{"Replace": replace}, "", "  ")
	if err != nil {
		return "", nil, err
	}
	overlayFile = filepath.Join(dir, "overlay.json")
	return overlayFile, services, os.WriteFile(overlayFile, content, 0o644)
}
