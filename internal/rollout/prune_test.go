package rollout_test

import (
	"fmt"
	"testing"
	"testing/synctest"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ecs/types"
	"github.com/stretchr/testify/assert"

	"github.com/bulwark-iac/bulwark/internal/rollout"
)

func revision(family string, n int) string {
	return fmt.Sprintf("%stask-definition/%s:%d", account, family, n)
}

// withRevisions gives the family revisions 1 to n, and one of a family whose name begins the same.
func withRevisions(w *world, n int) *world {
	for i := 1; i <= n; i++ {
		w.families = append(w.families, revision("acme-web", i))
	}
	w.families = append(w.families, revision("acme-web-migrate", 1))
	return w
}

func TestPruneRevisions(t *testing.T) {
	for name, c := range map[string]struct {
		revisions, keep int
		play            func(w *world)
		gone            []int
		kept            int
		warning         string
	}{
		"few":                    {revisions: 10, kept: 10},
		"default":                {revisions: 12, gone: []int{2}, kept: 11},
		"by number, not as text": {revisions: 101, keep: 98, gone: []int{2, 3}, kept: 99},
		"bounded":                {revisions: 60, keep: 10, gone: []int{2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21}, kept: 40},
		"in use": {
			revisions: 15, keep: 5, gone: []int{2, 3, 5, 7, 9, 10}, kept: 9,
			play: func(w *world) {
				// A deployment that goes on, a task of a schedule, another cluster's service and its task set.
				w.service.Deployments = append(w.service.Deployments, deploymentOf(2, revision("acme-web", 4), "ACTIVE", types.DeploymentRolloutStateInProgress, ""))
				w.tasks = []types.Task{{TaskArn: aws.String("t"), TaskDefinitionArn: aws.String(revision("acme-web", 6))}}
				w.clusters[account+"cluster/other"] = []types.Service{{
					TaskDefinition: aws.String(revision("acme-web", 8)), TaskSets: []types.TaskSet{{TaskDefinition: aws.String(revision("acme-web", 8))}},
				}}
			},
		},
		"what is in use is not known": {
			revisions: 12, kept: 12, play: func(w *world) { w.forever["ListClusters"] = []error{accessDenied("ecs:ListClusters")} },
			warning: "old revisions of task definition acme-web are left: permission ecs:ListClusters is missing: add it to the policy of the role that deploys " +
				"(AccessDeniedException: User: arn:aws:sts::111122223333:assumed-role/deploy/ci is not authorized to perform: ecs:ListClusters)",
		},
		"may not": {
			revisions: 12, kept: 12, play: func(w *world) {
				w.forever["DeregisterTaskDefinition"] = []error{accessDenied("ecs:DeregisterTaskDefinition")}
			},
			warning: "old revisions of task definition acme-web are left: permission ecs:DeregisterTaskDefinition is missing: add it to the policy of the role that deploys " +
				"(AccessDeniedException: User: arn:aws:sts::111122223333:assumed-role/deploy/ci is not authorized to perform: ecs:DeregisterTaskDefinition)",
		},
		"busy for a moment": {revisions: 12, gone: []int{2}, kept: 11, play: func(w *world) { w.errs["DeregisterTaskDefinition"] = []error{throttled, throttled} }},
		"busy": {
			revisions: 14, gone: []int{2}, kept: 13, keep: 10,
			play:    func(w *world) { w.errs["DeregisterTaskDefinition"] = []error{nil, throttled, throttled, throttled} },
			warning: "old revisions of task definition acme-web are left: ecs:DeregisterTaskDefinition: api error ThrottlingException: Rate exceeded",
		},
		"too many services": {
			revisions: 12, kept: 12, play: func(w *world) { w.clusters[account+"cluster/other"] = make([]types.Service, 1001) },
			warning: "old revisions of task definition acme-web are left: the region has more than 1000 services, too many to find out which revisions they use",
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := withRevisions(newWorld(t), c.revisions)
				if c.play != nil {
					c.play(w)
				}
				pruned := rollout.PruneRevisions(t.Context(), w.clients(), revision("acme-web", c.revisions), c.keep)
				var gone []string
				for _, n := range c.gone {
					gone = append(gone, revision("acme-web", n))
				}
				assert.Equal(t, gone, pruned.Deregistered)
				assert.Equal(t, gone, w.deregistered)
				assert.Equal(t, c.kept, pruned.Kept)
				assert.Equal(t, c.warning, pruned.Warning)
			})
		})
	}
}
