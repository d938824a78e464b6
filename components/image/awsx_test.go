package image

import (
	"sync"
	"testing"

	awsxecr "github.com/pulumi/pulumi-awsx/sdk/v2/go/awsx/ecr"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// requests keeps what is registered.
type requests struct {
	mu   sync.Mutex
	seen []*pulumirpc.RegisterResourceRequest
}

func (r *requests) NewResource(args pulumi.MockResourceArgs) (string, resource.PropertyMap, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if args.TypeToken == awsxImageType {
		r.seen = append(r.seen, args.RegisterRPC)
	}
	return "", resource.PropertyMap{}, nil
}

func (*requests) Call(pulumi.MockCallArgs) (resource.PropertyMap, error) { return nil, nil }

// What is registered is what awsx's own SDK registers, in every respect but what the component decides.
func TestTheImageIsAwsxs(t *testing.T) {
	seen := &requests{}
	require.NoError(t, pulumi.RunErr(func(ctx *pulumi.Context) error {
		_, err := awsxecr.NewImage(ctx, "api", &awsxecr.ImageArgs{
			RepositoryUrl: pulumi.String("123456789012.dkr.ecr.eu-west-1.amazonaws.com/acme/api"),
			Context:       pulumi.String("app"), Dockerfile: pulumi.String("app/Dockerfile"), Target: pulumi.String("release"),
			Platform: pulumi.String("linux/arm64"), Args: pulumi.StringMap{"VERSION": pulumi.String("1")},
			CacheFrom: pulumi.ToStringArray([]string{"nginx:1"}), ImageTag: pulumi.String("1.4.0"),
		})
		if err != nil {
			return err
		}
		_, err = newAwsxImage(ctx, "api", &awsxImageArgs{
			RepositoryUrl: pulumi.String("123456789012.dkr.ecr.eu-west-1.amazonaws.com/acme/api"),
			Context:       pulumi.String("app"), Dockerfile: pulumi.String("app/Dockerfile"), Target: pulumi.String("release"),
			Platform: pulumi.String("linux/arm64"), Args: pulumi.StringMap{"VERSION": pulumi.String("1")},
			CacheFrom: pulumi.ToStringArray([]string{"nginx:1"}), ImageTag: pulumi.String("1.4.0"),
		})
		return err
	}, pulumi.WithMocks("bulwark", "test", seen)))

	require.Len(t, seen.seen, 2)
	theirs, ours := seen.seen[0], seen.seen[1]
	assert.Equal(t, theirs.GetObject().AsMap(), ours.GetObject().AsMap())
	assert.Len(t, theirs.GetObject().AsMap(), 8)
	assert.Equal(t, theirs.GetType(), ours.GetType())
	assert.Equal(t, theirs.GetVersion(), ours.GetVersion())
	assert.Equal(t, theirs.GetPluginDownloadURL(), ours.GetPluginDownloadURL())
	assert.True(t, theirs.GetRemote() && ours.GetRemote())
}

func TestANewerPluginBuilds(t *testing.T) {
	props := pulumi.Map{"push": pulumi.Bool(true)}
	result := newerDockerBuild(t.Context(), &pulumi.ResourceTransformArgs{
		Type: dockerBuildImageType, Props: props, Opts: pulumi.ResourceOptions{Version: "0.0.8", Protect: true},
	})
	require.NotNil(t, result)
	assert.Equal(t, dockerBuildVersion, result.Opts.Version)
	assert.True(t, result.Opts.Protect, "whatever else was chosen stays")
	assert.Equal(t, props, result.Props)
	assert.Nil(t, newerDockerBuild(t.Context(), &pulumi.ResourceTransformArgs{Type: awsxImageType}))
}
