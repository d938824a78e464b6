package rollout

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ecs"
	"github.com/aws/aws-sdk-go-v2/service/ecs/types"
)

// DefaultKeep is how many revisions of a family stay when nobody says.
const DefaultKeep = 10

const (
	// maxPruned is how many revisions one call deregisters: a family with a long past is tidied up over several deployments.
	maxPruned = 20
	// maxServices is how many services of the account are read to learn what is in use.
	maxServices = 1000
	// pruneTime bounds the whole call.
	pruneTime = 2 * time.Minute
)

// Pruned is what became of the old revisions of a family.
type Pruned struct {
	// Deregistered are the task definitions that are inactive now.
	Deregistered []string
	// Kept is how many active revisions are left.
	Kept int
	// Warning says why less was done than there was to do; empty for all done. It is no reason to fail a deployment.
	Warning string
}

// PruneRevisions deregisters old revisions of a task definition's family: all but the newest ones, and but those that a
// service, one of its deployments or a running task of any cluster in the region uses. A revision that is deregistered can
// still be read, and what runs of it goes on; it is never deleted. When it cannot find out what is in use, it does nothing.
func PruneRevisions(ctx context.Context, c Clients, family string, keep int) Pruned {
	if keep <= 0 {
		keep = DefaultKeep
	}
	ctx, cancel := context.WithTimeout(ctx, pruneTime)
	defer cancel()
	p := pruner{ecs: c.ECS, family: familyName(family)}
	done, err := p.prune(ctx, keep)
	if err != nil {
		done.Warning = fmt.Sprintf("old revisions of task definition %s are left: %s", p.family, err)
	}
	return done
}

// familyName is the family of a task definition, whatever form it is given in.
func familyName(name string) string {
	family, _, _ := strings.Cut(lastPart(name), ":")
	return family
}

type pruner struct {
	ecs    ECSClient
	family string
}

// prunePatience is how often a call of the cleaner is tried.
var prunePatience = attempts{most: 3}

func (p pruner) prune(ctx context.Context, keep int) (Pruned, error) {
	active, err := p.active(ctx)
	if err != nil || len(active) <= keep {
		return Pruned{Kept: len(active)}, err
	}
	done := Pruned{Kept: len(active)}
	used, err := p.used(ctx)
	if err != nil {
		return done, err
	}
	old := active[keep:]
	// The oldest first: what is left after an error is what is most likely to be wanted.
	slices.Reverse(old)
	for _, arn := range old {
		if used[arn] {
			continue
		}
		if len(done.Deregistered) == maxPruned {
			return done, nil
		}
		if _, err := do(ctx, prunePatience, "ecs:DeregisterTaskDefinition", func(ctx context.Context) (*ecs.DeregisterTaskDefinitionOutput, error) {
			return p.ecs.DeregisterTaskDefinition(ctx, &ecs.DeregisterTaskDefinitionInput{TaskDefinition: &arn})
		}); err != nil {
			return done, err
		}
		done.Deregistered = append(done.Deregistered, arn)
		done.Kept--
	}
	return done, nil
}

// active lists the revisions of the family, newest first.
func (p pruner) active(ctx context.Context) ([]string, error) {
	var all []string
	in := &ecs.ListTaskDefinitionsInput{FamilyPrefix: &p.family, Status: types.TaskDefinitionStatusActive, Sort: types.SortOrderDesc}
	for {
		out, err := do(ctx, prunePatience, "ecs:ListTaskDefinitions", func(ctx context.Context) (*ecs.ListTaskDefinitionsOutput, error) {
			return p.ecs.ListTaskDefinitions(ctx, in)
		})
		if err != nil {
			return nil, err
		}
		for _, arn := range out.TaskDefinitionArns {
			if familyName(arn) == p.family {
				all = append(all, arn)
			}
		}
		if in.NextToken = out.NextToken; in.NextToken == nil {
			slices.SortStableFunc(all, func(a, b string) int { return revisionNumber(b) - revisionNumber(a) })
			return all, nil
		}
	}
}

func revisionNumber(arn string) int {
	n, err := strconv.Atoi(arn[strings.LastIndex(arn, ":")+1:])
	if err != nil {
		return 0
	}
	return n
}

// used are the task definitions that services and running tasks of the region's clusters use.
func (p pruner) used(ctx context.Context) (map[string]bool, error) {
	used := map[string]bool{}
	in := &ecs.ListClustersInput{}
	services := 0
	for {
		out, err := do(ctx, prunePatience, "ecs:ListClusters", func(ctx context.Context) (*ecs.ListClustersOutput, error) {
			return p.ecs.ListClusters(ctx, in)
		})
		if err != nil {
			return nil, err
		}
		for _, cluster := range out.ClusterArns {
			n, err := p.usedByServices(ctx, cluster, maxServices-services, used)
			if err != nil {
				return nil, err
			}
			services += n
			if err := p.usedByTasks(ctx, cluster, used); err != nil {
				return nil, err
			}
		}
		if in.NextToken = out.NextToken; in.NextToken == nil {
			return used, nil
		}
	}
}

// servicesPage is how many services one call describes.
const servicesPage = 10

func (p pruner) usedByServices(ctx context.Context, cluster string, most int, used map[string]bool) (int, error) {
	in := &ecs.ListServicesInput{Cluster: &cluster, MaxResults: aws.Int32(servicesPage)}
	read := 0
	for {
		list, err := do(ctx, prunePatience, "ecs:ListServices", func(ctx context.Context) (*ecs.ListServicesOutput, error) {
			return p.ecs.ListServices(ctx, in)
		})
		if err != nil {
			return 0, err
		}
		if read += len(list.ServiceArns); read > most {
			return 0, fmt.Errorf("the region has more than %d services, too many to find out which revisions they use", maxServices)
		}
		if len(list.ServiceArns) > 0 {
			out, err := do(ctx, prunePatience, "ecs:DescribeServices", func(ctx context.Context) (*ecs.DescribeServicesOutput, error) {
				return p.ecs.DescribeServices(ctx, &ecs.DescribeServicesInput{Cluster: &cluster, Services: list.ServiceArns})
			})
			if err != nil {
				return 0, err
			}
			for _, s := range out.Services {
				note(used, s)
			}
		}
		if in.NextToken = list.NextToken; in.NextToken == nil {
			return read, nil
		}
	}
}

func note(used map[string]bool, s types.Service) {
	used[aws.ToString(s.TaskDefinition)] = true
	for _, d := range s.Deployments {
		used[aws.ToString(d.TaskDefinition)] = true
	}
	for _, t := range s.TaskSets {
		used[aws.ToString(t.TaskDefinition)] = true
	}
}

func (p pruner) usedByTasks(ctx context.Context, cluster string, used map[string]bool) error {
	in := &ecs.ListTasksInput{Cluster: &cluster, Family: &p.family, MaxResults: aws.Int32(tasksPage)}
	for {
		list, err := do(ctx, prunePatience, "ecs:ListTasks", func(ctx context.Context) (*ecs.ListTasksOutput, error) {
			return p.ecs.ListTasks(ctx, in)
		})
		if err != nil {
			return err
		}
		if len(list.TaskArns) > 0 {
			out, err := do(ctx, prunePatience, "ecs:DescribeTasks", func(ctx context.Context) (*ecs.DescribeTasksOutput, error) {
				return p.ecs.DescribeTasks(ctx, &ecs.DescribeTasksInput{Cluster: &cluster, Tasks: list.TaskArns})
			})
			if err != nil {
				return err
			}
			for _, t := range out.Tasks {
				used[aws.ToString(t.TaskDefinitionArn)] = true
			}
		}
		if in.NextToken = list.NextToken; in.NextToken == nil {
			return nil
		}
	}
}
