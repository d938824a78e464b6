//go:build sandbox

package accesskeys

import (
	"os"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ecs"
	ecstypes "github.com/aws/aws-sdk-go-v2/service/ecs/types"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/internal/sandboxtest"
)

func TestMain(m *testing.M) { os.Exit(sandboxtest.Main(m)) }

// TestRetire takes one key through its retirement: a service holds it, then no longer; it is deactivated, and deleted.
func TestRetire(t *testing.T) {
	env := sandboxtest.New(t)
	env.Reset(t)
	cfg := env.AWSConfig("eu-west-1")
	id := makeKey(t, iam.NewFromConfig(cfg), "audio-service")
	client := ecs.NewFromConfig(cfg)
	cluster, err := client.CreateCluster(t.Context(), &ecs.CreateClusterInput{ClusterName: aws.String("main")})
	require.NoError(t, err)
	holding := define(t, client, "AWS_ACCESS_KEY_ID", id, "AWS_SECRET_ACCESS_KEY", aSecret)
	_, err = client.CreateService(t.Context(), &ecs.CreateServiceInput{
		Cluster: cluster.Cluster.ClusterArn, ServiceName: aws.String("audio"), TaskDefinition: aws.String(holding), DesiredCount: aws.Int32(0),
		Tags: []ecstypes.Tag{{Key: aws.String("Environment"), Value: aws.String("prod")}},
	})
	require.NoError(t, err)

	clients, err := NewClients(t.Context(), cfg)
	require.NoError(t, err)
	look := func(now time.Time) *Inventory {
		inventory, err := Read(t.Context(), clients, Options{Now: now})
		require.NoError(t, err)
		return inventory
	}
	inventory := look(time.Now())
	key, ok := inventory.Find(id)
	require.True(t, ok)
	require.Len(t, key.Holders, 1)
	assert.Equal(t, "prod: main/audio (audio:1), container app, AWS_ACCESS_KEY_ID", key.Holders[0].String())
	assert.Equal(t, Replace, inventory.Stage(key))
	assert.ErrorContains(t, inventory.MayDeactivate(id, false), "prod (audio) holds it")

	// The next revision has no keys. The old one stays registered, and nobody runs it.
	_, err = client.UpdateService(t.Context(), &ecs.UpdateServiceInput{
		Cluster: cluster.Cluster.ClusterArn, Service: aws.String("audio"), TaskDefinition: aws.String(define(t, client, "PORT", "8080")),
	})
	require.NoError(t, err)
	later := time.Now().AddDate(0, 0, 60)
	require.Eventually(t, func() bool {
		key, _ = look(later).Find(id)
		return len(key.Holders) == 0
	}, 30*time.Second, 200*time.Millisecond, "the deployment is over")
	inventory = look(later)
	assert.Equal(t, DeactivateNow, inventory.Stage(key))
	require.NoError(t, inventory.MayDeactivate(id, false))
	require.NoError(t, SetActive(t.Context(), clients, key, false))

	inventory = look(later)
	key, _ = inventory.Find(id)
	assert.False(t, key.Active)
	assert.Equal(t, DeleteNow, inventory.Stage(key))
	require.NoError(t, inventory.MayDelete(id))
	require.NoError(t, Delete(t.Context(), clients, key))
	assert.Empty(t, look(later).Keys)
	env.AssertEmulated(t)
}

// makeKey makes a user with a key, and returns its id.
func makeKey(t *testing.T, client *iam.Client, user string) string {
	t.Helper()
	_, err := client.CreateUser(t.Context(), &iam.CreateUserInput{UserName: aws.String(user)})
	require.NoError(t, err)
	out, err := client.CreateAccessKey(t.Context(), &iam.CreateAccessKeyInput{UserName: aws.String(user)})
	require.NoError(t, err)
	return aws.ToString(out.AccessKey.AccessKeyId)
}

// define registers a revision with an environment, and returns its ARN.
func define(t *testing.T, client *ecs.Client, environment ...string) string {
	t.Helper()
	out, err := client.RegisterTaskDefinition(t.Context(), &ecs.RegisterTaskDefinitionInput{
		Family: aws.String("audio"), ContainerDefinitions: []ecstypes.ContainerDefinition{{
			Name: aws.String("app"), Image: aws.String("audio"), Memory: aws.Int32(128), Environment: pairs(environment...),
		}},
	})
	require.NoError(t, err)
	return aws.ToString(out.TaskDefinition.TaskDefinitionArn)
}
