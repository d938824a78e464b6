package overlay

import (
	"bytes"
	"fmt"
	"os"
)

// Terraform AWS 6 gives nearly every resource an argument "region" of its own; version 5, which the official provider
// wraps, has none, and takes the region from the provider. The functions here take the argument out again: out of the
// schemas, out of the models that read them, and out of what an import writes.

const regionOverride = "isRegionOverrideEnabled = true"

// oneRegionButOfSome keeps the region of those data sources that had one in version 5: what they answer depends on it.
func oneRegionButOfSome(path string) ([]byte, error) {
	source, err := oneRegion(path)
	if err != nil {
		return nil, err
	}
	const dataSource = "\t\t\tr := v.Factory()\n\n" +
		"\t\t\t// Ensure that the correct CRUD handler variants are used.\n\t\t\tif r.Read != nil || r.ReadContext != nil {\n" +
		"\t\t\t\terrs = append(errs, fmt.Errorf(\"incorrect Read handler variant: %s data source\", typeName))\n\t\t\t\tcontinue\n\t\t\t}\n\n" +
		"\t\t\tvar isRegionOverrideEnabled bool\n" +
		"\t\t\tif v := v.Region; !tfunique.IsHandleNil(v) && v.Value().IsOverrideEnabled {\n\t\t\t\tisRegionOverrideEnabled = "
	return changed(path, source, []replacement{{dataSource + "false\n", dataSource + `typeName == "aws_availability_zone" || ` +
		`typeName == "aws_cloudtrail_service_account" || typeName == "aws_lb_hosted_zone_id"` + "\n"}})
}

// oneRegion never turns the region of a resource on.
func oneRegion(path string) ([]byte, error) {
	source, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	if !bytes.Contains(source, []byte(regionOverride)) {
		return nil, fmt.Errorf("%s: expected %q: upstream has changed, look at the replacement anew", path, regionOverride)
	}
	return bytes.ReplaceAll(source, []byte(regionOverride), []byte("isRegionOverrideEnabled = false")), nil
}

// regionOutOfModels keeps the field, so that the code compiles, and takes it out of what is read and written.
func regionOutOfModels(path string) ([]byte, error) {
	return replaced(path, []replacement{{"`tfsdk:\"region\"`", "`tfsdk:\"-\"`"}}, "")
}

// regionByName: the function that looks a region up holds its own argument "region" against others.
func regionByName(path string) ([]byte, error) {
	return replaced(path, []replacement{{"\t\t\tpath.MatchRoot(names.AttrRegion),\n", ""}}, "")
}

// importByARN, importSingleton: a resource of the plugin framework is imported without a region in its state.
func importByARN(path string) ([]byte, error) {
	return replaced(path, []replacement{{"\tif !identitySpec.IsGlobalResource {\n", "\tif false {\n"}}, "")
}

func importSingleton(path string) ([]byte, error) {
	return replaced(path, []replacement{{
		"\t\tresponse.Diagnostics.Append(response.State.GetAttribute(ctx, regionPath, &region)...)\n", "",
	}, {
		"\tresponse.Diagnostics.Append(response.State.SetAttribute(ctx, regionPath, regionVal)...)\n", "",
	}}, "")
}

// importOfProvider: these imports of the older SDK build an ARN, from the region of the provider as in version 5.
func importOfProvider(path string) ([]byte, error) {
	return replaced(path, []replacement{{
		"region := d.Get(names.AttrRegion).(string)", "region := meta.(*conns.AWSClient).Region(ctx)",
	}}, "")
}
