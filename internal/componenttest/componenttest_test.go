package componenttest

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

type component struct{ pulumi.ResourceState }

type thing struct{ pulumi.CustomResourceState }

// register makes a component with a bucket inside, and a bucket beside it.
func register(ctx *pulumi.Context) error {
	c := &component{}
	if err := ctx.RegisterComponentResource("bulwark:test:Component", "c", c); err != nil {
		return err
	}
	inside, beside := &thing{}, &thing{}
	err := ctx.RegisterResource("aws:s3/bucketV2:BucketV2", "inside", pulumi.Map{"tags": pulumi.StringMap{"Owner": pulumi.String("me")}}, inside,
		pulumi.Parent(c), pulumi.Protect(true), pulumi.RetainOnDelete(true))
	if err != nil {
		return err
	}
	return ctx.RegisterResource("aws:s3/bucketV2:BucketV2", "beside", pulumi.Map{"policy": inside.ID().ApplyT(func(id pulumi.ID) string { return `{"id":"` + string(id) + `"}` })}, beside)
}

func TestChecksFindWhatIsWrong(t *testing.T) {
	r := Run(t, register)
	assert.Equal(t, []string{`aws:s3/bucketV2:BucketV2 "beside" descends from no component`}, Orphans(r))
	assert.Empty(t, Orphans(r, "aws:s3/bucketV2:BucketV2"))
	assert.Equal(t, []string{`aws:s3/bucketV2:BucketV2 "beside" lacks tags: Owner`}, Untagged(r, "Owner"))
	assert.Len(t, Untagged(r, "Owner", "Name"), 2)
	assert.Equal(t, []string{`aws:s3/bucketV2:BucketV2 "beside": protect false, retainOnDelete false`}, Unprotected(r))
	assert.Len(t, Undeletable(r), 3, "a protected one, and two without forceDestroy")
	assert.Equal(t, 1, r.OutputRegistrations(), "the component of this test registers none, the stack does")
}

func TestBadPoliciesNameResourceAndOffender(t *testing.T) {
	r := Run(t, func(ctx *pulumi.Context) error {
		inline := pulumi.MapArray{pulumi.Map{"policy": pulumi.String(`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObjects","Resource":"*"}]}`)}}
		return ctx.RegisterResource("aws:iam/role:Role", "app", pulumi.Map{
			"assumeRolePolicy": pulumi.String(`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}`),
			"inlinePolicies":   inline,
		}, &thing{})
	})
	assert.Equal(t, []string{
		`aws:iam/role:Role "app": inlinePolicies: Statement[0].Action[0]: "s3:GetObjects": expected an action of AWS; fix: did you mean s3:GetObject?`,
	}, BadPolicies(r))
}

func TestAPreviewKnowsNothingThatAWSDecides(t *testing.T) {
	updated, previewed := Run(t, register), func() *Recorder {
		r, err := Preview(register)
		require.NoError(t, err)
		return r
	}()
	assert.Equal(t, shape(updated), shape(previewed))
	input := func(r *Recorder) any { return r.Find("aws:s3/bucketV2:BucketV2")[0].Input("policy") }
	assert.Equal(t, `{"id":"inside-0123456"}`, input(updated))
	assert.Equal(t, Unknown, input(previewed))
}

func TestGoldenComparison(t *testing.T) {
	got, err := graph(Run(t, register))
	require.NoError(t, err)
	assert.Contains(t, string(got), `"id": "inside-0123456"`, "documents are expanded")

	path := filepath.Join(t.TempDir(), "x.golden.json")
	assert.Equal(t, path+" is missing", compare(path, got))

	require.NoError(t, os.WriteFile(path, got, 0o600))
	assert.Empty(t, compare(path, got))

	assert.Contains(t, compare(path, []byte("[]\n")), "+[]")
}

func TestFieldsThatOtherLanguagesCannotReach(t *testing.T) {
	type nested struct {
		NoTag string
	}
	type args struct {
		Good    string             `pulumi:"good,optional"`
		Wrong   string             `pulumi:"wrongName"`
		GoOnly  *component         `sibling:"good"`
		Plain   string             `sibling:"good"`
		Nested  []nested           `pulumi:"nested"`
		Perhaps nested             `pulumi:"perhaps,optional"`
		Input   pulumi.StringInput `pulumi:"input"`
		private string
	}
	_ = args{private: ""}
	assert.Equal(t, []string{
		`args.Wrong has the pulumi tag "wrongName" instead of "wrong"`,
		"args.Plain could have a pulumi tag",
		"args.Nested.NoTag has neither a pulumi nor a sibling tag",
		"args.Perhaps is an optional struct and needs a pointer",
		"args.private is not exported",
	}, BadArgsFields(args{}))

	type outputs struct {
		pulumi.ResourceState
		Name   pulumi.StringOutput `pulumi:"name"`
		Arn    pulumi.StringOutput
		Child  *thing `pulumi:"child"`
		Other  *thing `pulumi:"other" provider:"type=aws@6.83.2:s3/bucketV2:BucketV2"`
		Absent *thing
	}
	assert.Equal(t, []string{"outputs.Arn has no pulumi tag", `outputs.Child has no provider:"type=..." tag`}, BadOutputFields(outputs{}))
}
