package overlay

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

func write(t *testing.T, root, path, content string) string {
	t.Helper()
	full := filepath.Join(root, path)
	if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(full, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	return full
}

const serviceList = `package sdkv2

import (
	"context"

	"` + awsModule + `/internal/conns"
	"` + awsModule + `/internal/service/kms"
	"` + awsModule + `/internal/service/glue"
)

func servicePackages(ctx context.Context) []conns.ServicePackage {
	v := []conns.ServicePackage{
		glue.ServicePackage(ctx),
		kms.ServicePackage(ctx),
	}
	return v
}
`

const clients = `package conns

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/service/glue"
	"github.com/aws/aws-sdk-go-v2/service/kms"
	kms_sdkv1 "github.com/aws/aws-sdk-go/service/kms"
)

func (c *AWSClient) GlueClient(ctx context.Context) *glue.Client { return nil }

func (c *AWSClient) KMSClient(ctx context.Context) *kms.Client { return nil }

func (c *AWSClient) KMSConn(ctx context.Context) *kms_sdkv1.KMS { return nil }
`

func TestPrune(t *testing.T) {
	dir := t.TempDir()
	list, err := pruneServiceList(write(t, dir, "list.go", serviceList), []string{"kms"})
	if err != nil {
		t.Fatal(err)
	}
	if text := string(list); strings.Contains(text, "glue") || !strings.Contains(text, "kms.ServicePackage(ctx)") {
		t.Errorf("service list:\n%s", text)
	}
	pruned, err := pruneClients(write(t, dir, "clients.go", clients), map[string]bool{"KMSClient": true})
	if err != nil {
		t.Fatal(err)
	}
	if text := string(pruned); strings.Contains(text, "glue") || !strings.Contains(text, "KMSClient") || !strings.Contains(text, "kms_sdkv1") {
		t.Errorf("clients:\n%s", text)
	}
}

func TestClosure(t *testing.T) {
	vendor := t.TempDir()
	services := awsModule + "/internal/service/"
	write(t, vendor, services+"rds/a.go", "package rds\n\nimport _ \""+awsModule+"/internal/service/kms\"\n")
	write(t, vendor, services+"kms/a.go", "package kms\n\nimport _ \""+awsModule+"/internal/service/iam/policy\"\n")
	write(t, vendor, services+"iam/a.go", "package iam\n")
	write(t, vendor, services+"glue/a.go", "package glue\n")
	got, err := Closure(vendor, []string{"rds"})
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"iam", "kms", "rds"}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if _, err := Closure(vendor, []string{"gone"}); err == nil || !strings.Contains(err.Error(), "was renamed upstream") {
		t.Errorf("error for a service that is not there: %v", err)
	}
}

func TestReplacedNoticesUpstreamChanges(t *testing.T) {
	path := write(t, t.TempDir(), "a.go", "one two two")
	changed, err := replaced(path, []replacement{{"one", "1"}}, "!")
	if err != nil || string(changed) != "1 two two!" {
		t.Errorf("%q, %v", changed, err)
	}
	for _, from := range []string{"three", "two"} {
		if _, err := replaced(path, []replacement{{from, ""}}, ""); err == nil || !strings.Contains(err.Error(), "upstream has changed") {
			t.Errorf("%s: %v", from, err)
		}
	}
}

const importer = `package sdkv2

func (p *v2Provider) Importer(t string) shim.ImportFunc {
	res := p.tf.ResourcesMap[t]
	ty := res.CoreConfigSchema().ImpliedType()
	return shim.ImportFunc(func(tt, id string, _ interface{}) ([]shim.InstanceState, error) {
		states, err := p.server.ImportResourceState(ctx, t, ty, id)
		return states, err
	})
}
`

const waiter = `package retry

import (
	"time"
)

func (conf *StateChangeConf) WaitForStateContext() {
	notfoundTick := 0
	wait = 100 * time.Millisecond
	if wait > 10*time.Second {
		wait = 10 * time.Second
	}
}
`

const closedBody = `package io

func (r *safeWriteToReadCloser) WriteTo(w io.Writer) (int64, error) {
	if r.safeReadCloser.closed {
		return 0, io.EOF
	}

	return r.safeReadCloser.readCloser.(io.WriterTo).WriteTo(w)
}

func (r *safeReadCloser) Read(p []byte) (n int, err error) {
	if r.closed {
		return 0, io.EOF
	}

	return r.readCloser.Read(p)
}
`

const objectType = `package cty

import (
	"fmt"
)

func Object(attrTypes map[string]Type) Type {
	return Type{
		typeObject{
			AttrTypes: attrTypesNorm,
		},
	}
}

func (t typeObject) Equals(other Type) bool {
	if ot, ok := other.typeImpl.(typeObject); ok {
		if len(t.AttrTypes) != len(ot.AttrTypes) {
			return false
		}
	}
}
`

const newerObjectType = `package cty

import (
	"fmt"
	"sort"
)

func ObjectWithOptionalAttrs(attrTypes map[string]Type, optional []string) Type {
	return Type{
		typeObject{
			AttrTypes:    attrTypesNorm,
			AttrOptional: optionalSet,
		},
	}
}

func (t typeObject) Equals(other Type) bool {
	if ot, ok := other.typeImpl.(typeObject); ok {
		if len(t.AttrTypes) != len(ot.AttrTypes) {
			return false
		}
	}
}
`

const retryTimer = `package backoff

import (
	"time"

	inttypes "github.com/hashicorp/terraform-provider-aws/internal/types"
)

func (t *timerImpl) After(d time.Duration) <-chan time.Time {
	return time.After(d)
}
`

const sdkProvider = `package sdkv2

func initialize() {
			r := v.Factory()

			// Ensure that the correct CRUD handler variants are used.
			if r.Read != nil || r.ReadContext != nil {
				errs = append(errs, fmt.Errorf("incorrect Read handler variant: %s data source", typeName))
				continue
			}

			var isRegionOverrideEnabled bool
			if v := v.Region; !tfunique.IsHandleNil(v) && v.Value().IsOverrideEnabled {
				isRegionOverrideEnabled = true
			}

			var isRegionOverrideEnabled bool
			if v := resource.Region; !tfunique.IsHandleNil(v) && v.Value().IsOverrideEnabled {
				isRegionOverrideEnabled = true
			}
}
`

const identityInterceptor = `package sdkv2

func (r identityInterceptor) run() {
			if why == Update && !(r.identitySpec.IsMutable && r.identitySpec.IsSetOnUpdate) {
				break
			}
}

var interceptor = interceptorInvocation{
		why:  Create | Read,
}
`

const singleton = `package importer

func regionalSingleton() {
		response.Diagnostics.Append(response.State.GetAttribute(ctx, regionPath, &region)...)
	response.Diagnostics.Append(response.State.SetAttribute(ctx, regionPath, regionVal)...)
}
`

const ecsService = `package ecs

var schema = map[string]*schema.Schema{
			"availability_zone_rebalancing": {
				Type:             schema.TypeString,
				Optional:         true,
				Computed:         true,
			},
							Default:          awstypes.DeploymentControllerTypeEcs,
}

func resourceServiceImport() {
	region := d.Get(names.AttrRegion).(string)
}
`

const botControl = `package wafv2

var schema = map[string]*schema.Schema{
							"enable_machine_learning": {
								Type:     schema.TypeBool,
								Optional: true,
								Default:  false,
							},
}
`

func TestWrite(t *testing.T) {
	vendor, dir := t.TempDir(), filepath.Join(t.TempDir(), "overlay")
	services := awsModule + "/internal/service/"
	for _, service := range Services {
		write(t, vendor, services+service+"/a.go", "package "+service+"\n\nvar _ = c.KMSClient(ctx)\n")
	}
	const schemas = "github.com/hashicorp/terraform-plugin-sdk/v2/"
	// Each file that is changed: what stands in it, what has to stand in its place, and what must be gone.
	files := []struct{ path, original, want, gone string }{
		{awsModule + "/internal/provider/sdkv2/service_packages_gen.go", serviceList, "kms.ServicePackage(ctx)", "glue"},
		{awsModule + "/internal/conns/awsclient_gen.go", clients, "KMSClient", "GlueClient"},
		{awsModule + "/internal/backoff/backoff.go", retryTimer, "time.After(retry.Pace(d))", "time.After(d)"},
		{
			awsModule + "/internal/provider/sdkv2/provider.go", sdkProvider,
			"isRegionOverrideEnabled = typeName == \"aws_availability_zone\" || ", "isRegionOverrideEnabled = true",
		},
		{
			awsModule + "/internal/provider/sdkv2/identity_interceptor.go", identityInterceptor,
			"why:  Create | Read | Update,", "IsSetOnUpdate",
		},
		{
			awsModule + "/internal/provider/framework/wrap.go", "package framework\n\nvar a = f(isRegionOverrideEnabled = true)\n",
			"isRegionOverrideEnabled = false", "isRegionOverrideEnabled = true",
		},
		{
			awsModule + "/internal/provider/framework/importer/arn.go", "package importer\n\nfunc ARN() {\n\tif !identitySpec.IsGlobalResource {\n\t}\n}\n",
			"if false {", "IsGlobalResource",
		},
		{awsModule + "/internal/provider/framework/importer/singleton.go", singleton, "func regionalSingleton() {", "response.State"},
		{
			awsModule + "/internal/framework/with_region.go", "package framework\n\ntype WithRegionModel struct {\n\tRegion types.String `tfsdk:\"region\"`\n}\n",
			"`tfsdk:\"-\"`", "`tfsdk:\"region\"`",
		},
		{
			services + "ecs/cluster.go", "package ecs\n\nfunc f() {\n\tregion := d.Get(names.AttrRegion).(string)\n}\n",
			"region := meta.(*conns.AWSClient).Region(ctx)", "AttrRegion",
		},
		{services + "ecs/service.go", ecsService, "Default:          awstypes.AvailabilityZoneRebalancingDisabled", "Computed"},
		{services + "ec2/ec2_ami_data_source.go", "package ec2\n\nvar a = check(d.Get(\"allow_unsafe_filter\").(bool))\n", "check(true)", "allow_unsafe"},
		{services + "ec2/ec2_instance.go", "package ec2\n\nfunc f() {\n\tif d.Get(names.AttrForceDestroy).(bool) {\n\t}\n}\n", "if true {", "ForceDestroy"},
		{services + "s3/bucket_object.go", "package s3\n\nvar a = d.SetId(createBucketObjectImportID(d))\n", "d.SetId(d.Get(names.AttrKey).(string))", "ImportID"},
		{services + "s3/object.go", "package s3\n\nvar a = d.SetId(createObjectImportID(d))\n", "d.SetId(d.Get(names.AttrKey).(string))", "ImportID"},
		{
			services + "meta/region_data_source.go", "package meta\n\nvar a = f(\n\t\t\tpath.MatchRoot(names.AttrName),\n\t\t\tpath.MatchRoot(names.AttrRegion),\n)\n",
			"path.MatchRoot(names.AttrName)", "AttrRegion",
		},
		{services + "wafv2/schemas.go", botControl, "Default:  true", "false"},
		{"github.com/hashicorp/terraform-plugin-sdk/v2/helper/retry/state.go", waiter, "wait > Pace(10*time.Second)", "wait > 10*time.Second"},
		{"github.com/hashicorp/go-cty/cty/object_type.go", objectType, "shareAttributes(attrTypesNorm)", "AttrTypes: attrTypesNorm"},
		{"github.com/zclconf/go-cty/cty/object_type.go", newerObjectType, "attrTypesNorm = shareAttributes(attrTypesNorm)", ""},
		{
			schemas + "helper/schema/core_schema.go", "package schema\n\nimport (\n\t\"fmt\"\n)\n\nfunc (r *Resource) CoreConfigSchema() *configschema.Block {\n}\n",
			"builtSchemas.LoadOrStore(r, r.buildCoreConfigSchema())", "",
		},
		{
			schemas + "internal/configs/configschema/schema.go", "package configschema\n\nimport (\n)\n\ntype Block struct {\n}\n",
			"implied atomic.Pointer[cty.Type]", "",
		},
		{
			schemas + "internal/configs/configschema/implied_type.go", "package configschema\n\nfunc (b *Block) ImpliedType() cty.Type {\n}\n",
			"computed := b.computeImpliedType()", "",
		},
		{"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfshim/sdk-v2/provider2.go", importer, "CoreConfigSchema().ImpliedType(), id)", "ty :="},
		{"github.com/aws/smithy-go/transport/http/internal/io/safe.go", closedBody, "return 0, nil\n\t}\n\n\treturn r.safeReadCloser.readCloser.(io.WriterTo)", ""},
	}
	for _, file := range files {
		write(t, vendor, file.path, file.original)
	}
	overlayFile, kept, err := Write(vendor, dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(kept) != len(Services) {
		t.Errorf("%d services kept, %d wanted", len(kept), len(Services))
	}
	content, err := os.ReadFile(overlayFile)
	if err != nil {
		t.Fatal(err)
	}
	var overlay struct{ Replace map[string]string }
	if err := json.Unmarshal(content, &overlay); err != nil {
		t.Fatal(err)
	}
	if len(overlay.Replace) != len(files) {
		t.Errorf("%d files are changed, %d are looked at here", len(overlay.Replace), len(files))
	}
	for _, file := range files {
		original := filepath.Join(vendor, file.path)
		changed, err := os.ReadFile(overlay.Replace[original])
		if err != nil {
			t.Errorf("%s: %v", file.path, err)
			continue
		}
		if !strings.Contains(string(changed), file.want) || file.gone != "" && strings.Contains(string(changed), file.gone) {
			t.Errorf("%s: want %q in it, and no %q:\n%s", file.path, file.want, file.gone, changed)
		}
		if untouched, err := os.ReadFile(original); err != nil || string(untouched) != file.original {
			t.Errorf("the vendored file %s was changed: %v", file.path, err)
		}
	}
}
