package rollout_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/ecs/types"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/bulwark-iac/bulwark/internal/rollout"
)

func TestEnsure(t *testing.T) {
	for name, c := range map[string]struct {
		play    func(w *world)
		updates []string
		outcome rollout.Outcome
	}{
		"it runs already": {play: func(w *world) {
			w.revisions[serviceRevision(1)] = revision2
			completes(1)(w)
			w.service.Deployments[0].TaskDefinition = ptr(revision2)
		}, outcome: rollout.OutcomeNoDeployment},
		"something else of it was rolled back": {
			play: func(w *world) {
				w.revisions[serviceRevision(1)], w.revisions[serviceRevision(3)] = revision2, revision2
				w.service.Deployments[0].TaskDefinition = ptr(revision2)
				deploys(3)(w)
				fails(3)(w)
				back(3, types.ServiceDeploymentStatusRollbackSuccessful)(w)
			},
			outcome: rollout.OutcomeRolledBack,
		},
		"it is on its way": {play: func(w *world) { deploys(2)(w); w.at(30*time.Second, completes(2)) }, outcome: rollout.OutcomeSucceeded},
		"it was rolled back": {
			play: func(w *world) {
				deploys(2)(w)
				fails(2)(w)
				back(2, types.ServiceDeploymentStatusRollbackSuccessful)(w)
				w.revisions[serviceRevision(3)] = revision2
				w.updated = func(w *world) {
					deploys(3)(w)
					w.script = append(w.script, event{time.Since(w.began) + 30*time.Second, completes(3)})
				}
			},
			updates: []string{revision2 + " false"}, outcome: rollout.OutcomeSucceeded,
		},
		"it is being rolled back": {
			play: func(w *world) {
				deploys(2)(w)
				fails(2)(w)
				w.at(time.Minute, back(2, types.ServiceDeploymentStatusRollbackSuccessful))
				w.revisions[serviceRevision(3)] = revision2
				w.updated = func(w *world) {
					assert.GreaterOrEqual(w.t, time.Since(w.began), time.Minute, "never into a rollback")
					deploys(3)(w)
					w.script = append(w.script, event{time.Since(w.began) + 30*time.Second, completes(3)})
				}
			},
			updates: []string{revision2 + " false"}, outcome: rollout.OutcomeSucceeded,
		},
		"it is stalled": {
			play: func(w *world) {
				w.history, w.service.Deployments = nil, nil
				deploys(2)(w)
				of(2, func(d *types.ServiceDeployment) { d.Status = types.ServiceDeploymentStatusRollbackFailed })(w)
				w.primary(2).RolloutState = types.DeploymentRolloutStateFailed
				w.revisions[serviceRevision(3)] = revision2
				w.updated = func(w *world) {
					deploys(3)(w)
					w.script = append(w.script, event{time.Since(w.began) + 30*time.Second, completes(3)})
				}
			},
			updates: []string{revision2 + " true"}, outcome: rollout.OutcomeSucceeded,
		},
		"it fails again": {
			play: func(w *world) {
				deploys(2)(w)
				fails(2)(w)
				back(2, types.ServiceDeploymentStatusRollbackSuccessful)(w)
				w.revisions[serviceRevision(3)] = revision2
				w.updated = func(w *world) {
					deploys(3)(w)
					w.script = append(w.script, event{time.Since(w.began) + 30*time.Second, fails(3)}, event{time.Since(w.began) + time.Minute, back(3, types.ServiceDeploymentStatusRollbackSuccessful)})
				}
			},
			updates: []string{revision2 + " false"}, outcome: rollout.OutcomeRolledBack,
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				time.Sleep(time.Until(start))
				w := newWorld(t)
				c.play(w)
				result, err := rollout.Ensure(t.Context(), w.clients(), rollout.Request{ClusterArn: cluster, ServiceName: "web", TaskDefinitionArn: revision2})
				assert.Equal(t, c.updates, w.updates)
				var failure *rollout.Failure
				if c.outcome == rollout.OutcomeRolledBack {
					require.ErrorAs(t, err, &failure)
					assert.Equal(t, c.outcome, failure.Outcome)
					return
				}
				require.NoError(t, err)
				assert.Equal(t, c.outcome, result.Outcome)
			})
		})
	}
}

func TestLookWaitsForARollback(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(start))
		w := newWorld(t)
		deploys(2)(w)
		fails(2)(w)
		w.at(time.Minute, back(2, types.ServiceDeploymentStatusRollbackSuccessful))
		var progress said
		mark, err := rollout.Look(t.Context(), w.clients(), rollout.Request{ClusterArn: cluster, ServiceName: "web", Progress: progress.add})
		require.NoError(t, err)
		assert.Equal(t, rollout.Mark{DeploymentId: "ecs-svc/1", ServiceDeploymentArn: deploymentArn(2)}, mark)
		assert.GreaterOrEqual(t, time.Since(start), time.Minute)
		assert.Equal(t, said{"warning: service web is going back to revision acme-web:1: waiting for that before it is changed again"}, progress)
	})
}

func ptr[T any](v T) *T { return &v }
