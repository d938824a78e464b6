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

const serviceList = `package provider

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

func TestWrite(t *testing.T) {
	vendor, dir := t.TempDir(), filepath.Join(t.TempDir(), "overlay")
	services := awsModule + "/internal/service/"
	for _, service := range Services {
		write(t, vendor, services+service+"/a.go", "package "+service+"\n\nvar _ = c.KMSClient(ctx)\n")
	}
	write(t, vendor, awsModule+"/internal/provider/service_packages_gen.go", serviceList)
	write(t, vendor, awsModule+"/internal/conns/awsclient_gen.go", clients)
	write(t, vendor, services+"s3/bucket_lifecycle_configuration.go",
		"package s3\n\nfunc f() {\n\ttime.Sleep(lifecycleConfigurationExtraRetryDelay)\n}\n")
	state := write(t, vendor, "github.com/hashicorp/terraform-plugin-sdk/v2/helper/retry/state.go", waiter)
	bridge := write(t, vendor, "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfshim/sdk-v2/provider2.go", importer)
	body := write(t, vendor, "github.com/aws/smithy-go/transport/http/internal/io/safe.go", closedBody)
	file, kept, err := Write(vendor, dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(kept) != len(Services) {
		t.Errorf("%d services kept, %d wanted", len(kept), len(Services))
	}
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var overlay struct{ Replace map[string]string }
	if err := json.Unmarshal(content, &overlay); err != nil {
		t.Fatal(err)
	}
	paced, err := os.ReadFile(overlay.Replace[state])
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Pace(conf.MinTimeout)", "wait > Pace(10*time.Second)", PaceVariable} {
		if !strings.Contains(string(paced), want) {
			t.Errorf("the paced waiter lacks %s", want)
		}
	}
	lazy, err := os.ReadFile(overlay.Replace[bridge])
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(lazy), "ty :=") {
		t.Errorf("the bridge still works types out beforehand:\n%s", lazy)
	}
	forgiving, err := os.ReadFile(overlay.Replace[body])
	if err != nil {
		t.Fatal(err)
	}
	if strings.Count(string(forgiving), "io.EOF") != 1 || !strings.Contains(string(forgiving), "return 0, nil") {
		t.Errorf("a closed body still ends WriteTo with an error, or Read without:\n%s", forgiving)
	}
	if original, err := os.ReadFile(state); err != nil || string(original) != waiter {
		t.Errorf("the vendored file was changed: %v", err)
	}
}
