package rollout_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ecs/types"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/internal/rollout"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden compares with a file of testdata.
func golden(t *testing.T, name, text string) {
	t.Helper()
	file := filepath.Join("testdata", name+".txt")
	if *update {
		require.NoError(t, os.MkdirAll("testdata", 0o755))
		require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err, "accept it with go test ./internal/rollout -update")
	assert.Equal(t, string(want), text, "if that is right: go test ./internal/rollout -update")
}

func TestFollow(t *testing.T) {
	for _, s := range stories {
		t.Run(s.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { s.test(t, nil) })
		})
	}
}

// TestFollowWithoutHistory tells the same stories where service deployments cannot be read: the verdicts are the same.
func TestFollowWithoutHistory(t *testing.T) {
	for _, err := range []error{apiError("UnknownOperationException", "unknown"), accessDenied("ecs:ListServiceDeployments")} {
		for _, s := range stories {
			if strings.HasPrefix(s.name, "history") {
				continue
			}
			t.Run(s.name, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) { s.test(t, err) })
			})
		}
	}
}

func (s story) test(t *testing.T, noHistory error) {
	// The clock of the bubble begins at another time.
	time.Sleep(time.Until(start))
	w := newWorld(t)
	request := rollout.Request{
		ClusterArn: cluster, ServiceName: "web", TaskDefinitionArn: revision2,
		Before: &rollout.Mark{DeploymentId: "ecs-svc/1", ServiceDeploymentArn: deploymentArn(1)},
	}
	s.play(w)
	if noHistory != nil {
		w.forever["ListServiceDeployments"] = []error{noHistory}
	}
	if s.request != nil {
		s.request(&request)
	}
	var progress said
	request.Progress = progress.add
	result, err := rollout.Follow(t.Context(), w.clients(), request)

	var outcome rollout.Outcome
	var failure *rollout.Failure
	text := progress.String()
	switch {
	case errors.As(err, &failure):
		outcome = failure.Outcome
		text += "\n" + failure.Error() + "\n"
		assert.NotContains(t, failure.Error(), "\n", "one paragraph")
		assert.NotContains(t, failure.Error(), "..", "sentences")
	case err != nil:
		t.Fatal(err)
	default:
		outcome = result.Outcome
		text += fmt.Sprintf("\n%s: %d of %d tasks of %s in %s\n", outcome, result.RunningCount, result.DesiredCount, result.TaskDefinitionArn, result.Duration)
	}
	for _, secret := range []string{"horse", "battery"} {
		assert.NotContains(t, text, secret)
	}
	want := s.outcome
	if noHistory != nil && s.without != "" {
		want = s.without
	}
	assert.Equal(t, want, outcome, text)
	if noHistory == nil {
		golden(t, strings.ReplaceAll(s.name, " ", "-"), text)
	}
}

func TestFollowErrors(t *testing.T) {
	for name, c := range map[string]struct {
		play func(w *world)
		want string
	}{
		"not allowed at all": {
			func(w *world) { w.forever["DescribeServices"] = []error{accessDenied("ecs:DescribeServices")} },
			"service web of cluster acme cannot be followed: permission ecs:DescribeServices is missing: add it to the policy of the role that deploys " +
				"(AccessDeniedException: User: arn:aws:sts::111122223333:assumed-role/deploy/ci is not authorized to perform: ecs:DescribeServices); " +
				"what became of the change is not known",
		},
		"credentials expire": {
			func(w *world) {
				w.at(0, deploys(2)).at(time.Minute, func(w *world) {
					w.forever["DescribeServices"] = []error{apiError("ExpiredTokenException", "The security token included in the request is expired")}
				})
			},
			"service web of cluster acme cannot be followed any longer: the AWS credentials have expired: use ones that outlive the deployment, and run up again to see its end: " +
				"ecs:DescribeServices: api error ExpiredTokenException: The security token included in the request is expired",
		},
		"busy for ever": {
			func(w *world) {
				w.at(0, deploys(2)).at(time.Minute, func(w *world) { w.forever["DescribeServiceDeployments"] = []error{throttled} })
			},
			"service web of cluster acme cannot be followed: ecs:DescribeServiceDeployments: api error ThrottlingException: Rate exceeded; the deployment goes on without being followed",
		},
		"no such cluster": {
			func(w *world) {
				w.forever["DescribeServices"] = []error{&types.ClusterNotFoundException{Message: aws.String("Cluster not found.")}}
			},
			"service web of cluster acme cannot be followed: ecs:DescribeServices: ClusterNotFoundException: Cluster not found.; what became of the change is not known",
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				time.Sleep(time.Until(start))
				w := newWorld(t)
				c.play(w)
				_, err := rollout.Follow(t.Context(), w.clients(), rollout.Request{
					ClusterArn: cluster, ServiceName: "web", TaskDefinitionArn: revision2, Before: &rollout.Mark{DeploymentId: "ecs-svc/1", ServiceDeploymentArn: deploymentArn(1)},
				})
				require.Error(t, err)
				assert.Equal(t, c.want, err.Error())
				assert.LessOrEqual(t, time.Since(start), 21*time.Minute)
			})
		})
	}
	_, err := rollout.Follow(t.Context(), rollout.Clients{}, rollout.Request{})
	assert.EqualError(t, err, "follow a deployment: cluster and service must be named")
}

// TestFollowCancelled ends at once, and says that ECS does not.
func TestFollowCancelled(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(start))
		w := newWorld(t).at(0, deploys(2))
		ctx, cancel := context.WithTimeout(t.Context(), 33*time.Second)
		defer cancel()
		_, err := rollout.Follow(ctx, w.clients(), rollout.Request{
			ClusterArn: cluster, ServiceName: "web", TaskDefinitionArn: revision2, Before: &rollout.Mark{DeploymentId: "ecs-svc/1", ServiceDeploymentArn: deploymentArn(1)},
		})
		require.ErrorIs(t, err, context.DeadlineExceeded)
		assert.EqualError(t, err, "service web of cluster acme: no longer followed: context deadline exceeded; the deployment goes on without being followed")
		assert.Equal(t, 33*time.Second, time.Since(start))
	})
}

func TestLook(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		r := rollout.Request{ClusterArn: cluster, ServiceName: "web"}
		mark, err := rollout.Look(t.Context(), w.clients(), r)
		require.NoError(t, err)
		assert.Equal(t, rollout.Mark{DeploymentId: "ecs-svc/1", ServiceDeploymentArn: deploymentArn(1)}, mark)

		w.forever["ListServiceDeployments"] = []error{accessDenied("ecs:ListServiceDeployments")}
		mark, err = rollout.Look(t.Context(), w.clients(), r)
		require.NoError(t, err)
		assert.Equal(t, rollout.Mark{DeploymentId: "ecs-svc/1"}, mark)

		w.forever["DescribeServices"] = []error{accessDenied("ecs:DescribeServices")}
		_, err = rollout.Look(t.Context(), w.clients(), r)
		var denied *rollout.DeniedError
		require.ErrorAs(t, err, &denied)
		assert.Equal(t, "ecs:DescribeServices", denied.Action)
	})
}
