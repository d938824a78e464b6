package accesskeys

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ecs"
	"github.com/aws/aws-sdk-go-v2/service/ecs/types"

	"github.com/bulwark-iac/bulwark/internal/validate"
)

// Holder is a container that has a key in its environment.
type Holder struct {
	Region  string `json:"region"`
	Cluster string `json:"cluster"`
	// Service is empty for a task that belongs to none.
	Service string `json:"service,omitempty"`
	// Environment is the tag Environment of the service or of the task definition.
	Environment    string `json:"environment,omitempty"`
	TaskDefinition string `json:"taskDefinition"`
	Container      string `json:"container"`
	// Variable is the name of the variable; its value is not kept.
	Variable string `json:"variable"`
	// KeyID is the key that it holds; empty when that cannot be told. From says why.
	KeyID string `json:"keyId,omitempty"`
	From  string `json:"from,omitempty"`
}

// String names the holder.
func (h Holder) String() string {
	where := h.Cluster + "/" + h.Service
	if h.Service == "" {
		where = "a task of " + h.Cluster
	}
	text := fmt.Sprintf("%s (%s), container %s, %s", where, h.TaskDefinition, h.Container, h.Variable)
	if h.Environment != "" {
		text = h.Environment + ": " + text
	}
	return text
}

// keyText is what the characters of an id stand between. Keys of sessions, which begin with ASIA, end by themselves.
var keyText = regexp.MustCompile(`[A-Z0-9]+`)

// keyIDs are the ids of access keys in a text, wherever they stand.
func keyIDs(text string) []string {
	var ids []string
	for _, word := range keyText.FindAllString(text, -1) {
		if len(validate.AccessKeyID("", word)) == 0 {
			ids = append(ids, word)
		}
	}
	return ids
}

// keyVariable are the names under which AWS's SDKs look for the id of a key.
var keyVariable = regexp.MustCompile(`(?i)^(aws|s3)_?access_?key(_?id)?$`)

// readHolders looks into the containers of every region.
func (i *Inventory) readHolders(ctx context.Context, c Clients) error {
	i.Regions = slices.Sorted(maps.Keys(c.ECS))
	for _, region := range i.Regions {
		r := &reader{ctx: ctx, ecs: c.ECS[region], region: region, definitions: map[string]*definition{}}
		if err := r.read(); err != nil {
			return fmt.Errorf("look into the containers in %s: %w", region, err)
		}
		for _, holder := range r.found {
			i.add(holder)
		}
	}
	return nil
}

// add puts a holder where it belongs.
func (i *Inventory) add(h Holder) {
	if h.KeyID == "" {
		i.Unread = append(i.Unread, h)
		return
	}
	for at := range i.Keys {
		if i.Keys[at].ID == h.KeyID {
			i.Keys[at].Holders = append(i.Keys[at].Holders, h)
			return
		}
	}
	i.Foreign = append(i.Foreign, h)
}

// reader looks into the containers of one region.
type reader struct {
	ctx    context.Context
	ecs    ECSClient
	region string
	// definitions are those that were read.
	definitions map[string]*definition
	found       []Holder
}

// definition is a task definition with its tag Environment.
type definition struct {
	*types.TaskDefinition
	environment string
}

func (r *reader) read() error {
	clusters := ecs.NewListClustersPaginator(r.ecs, &ecs.ListClustersInput{})
	for clusters.HasMorePages() {
		page, err := clusters.NextPage(r.ctx)
		if err != nil {
			return err
		}
		for _, cluster := range page.ClusterArns {
			if err := r.services(cluster); err != nil {
				return err
			}
			if err := r.tasks(cluster); err != nil {
				return err
			}
		}
	}
	return nil
}

// services looks at what the services of a cluster run, and at what they are about to.
func (r *reader) services(cluster string) error {
	services := ecs.NewListServicesPaginator(r.ecs, &ecs.ListServicesInput{Cluster: aws.String(cluster)})
	for services.HasMorePages() {
		page, err := services.NextPage(r.ctx)
		if err != nil {
			return err
		}
		// A page of ListServices has ten, which is what DescribeServices takes.
		for some := range slices.Chunk(page.ServiceArns, 10) {
			out, err := r.ecs.DescribeServices(r.ctx, &ecs.DescribeServicesInput{
				Cluster: aws.String(cluster), Services: some, Include: []types.ServiceField{types.ServiceFieldTags},
			})
			if err != nil {
				return err
			}
			for _, service := range out.Services {
				if err := r.service(cluster, service); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func (r *reader) service(cluster string, service types.Service) error {
	definitions := []string{aws.ToString(service.TaskDefinition)}
	for _, deployment := range service.Deployments {
		// One that is replaced counts as long as it has tasks.
		if aws.ToString(deployment.Status) != "PRIMARY" && deployment.RunningCount+deployment.PendingCount+deployment.DesiredCount == 0 {
			continue
		}
		definitions = append(definitions, aws.ToString(deployment.TaskDefinition))
	}
	slices.Sort(definitions)
	for _, arn := range slices.Compact(definitions) {
		if err := r.look(arn, Holder{
			Cluster: lastName(cluster), Service: aws.ToString(service.ServiceName), Environment: environment(service.Tags),
		}); err != nil {
			return err
		}
	}
	return nil
}

// tasks looks at the tasks that belong to no service.
func (r *reader) tasks(cluster string) error {
	tasks := ecs.NewListTasksPaginator(r.ecs, &ecs.ListTasksInput{Cluster: aws.String(cluster)})
	for tasks.HasMorePages() {
		page, err := tasks.NextPage(r.ctx)
		if err != nil {
			return err
		}
		if len(page.TaskArns) == 0 {
			continue
		}
		out, err := r.ecs.DescribeTasks(r.ctx, &ecs.DescribeTasksInput{
			Cluster: aws.String(cluster), Tasks: page.TaskArns, Include: []types.TaskField{types.TaskFieldTags},
		})
		if err != nil {
			return err
		}
		for _, task := range out.Tasks {
			if strings.HasPrefix(aws.ToString(task.Group), "service:") {
				continue
			}
			if err := r.look(aws.ToString(task.TaskDefinitionArn), Holder{Cluster: lastName(cluster), Environment: environment(task.Tags)}); err != nil {
				return err
			}
		}
	}
	return nil
}

// look looks into the containers of a task definition.
func (r *reader) look(arn string, at Holder) error {
	if arn == "" {
		return nil
	}
	d, known := r.definitions[arn]
	if !known {
		out, err := r.ecs.DescribeTaskDefinition(r.ctx, &ecs.DescribeTaskDefinitionInput{
			TaskDefinition: aws.String(arn), Include: []types.TaskDefinitionField{types.TaskDefinitionFieldTags},
		})
		if err != nil {
			return err
		}
		d = &definition{TaskDefinition: out.TaskDefinition, environment: environment(out.Tags)}
		r.definitions[arn] = d
	}
	if d.TaskDefinition == nil {
		return nil
	}
	at.Region, at.TaskDefinition, at.Environment = r.region, lastName(arn), cmp.Or(at.Environment, d.environment)
	for _, container := range d.ContainerDefinitions {
		at.Container = aws.ToString(container.Name)
		for _, holder := range inContainer(container, at) {
			if !slices.Contains(r.found, holder) {
				r.found = append(r.found, holder)
			}
		}
	}
	return nil
}

// inContainer finds the keys of one container. The values themselves go no further.
func inContainer(container types.ContainerDefinition, at Holder) []Holder {
	var found []Holder
	add := func(variable, id, from string) {
		at.Variable, at.KeyID, at.From = variable, id, from
		found = append(found, at)
	}
	for _, pair := range container.Environment {
		for _, id := range keyIDs(aws.ToString(pair.Value)) {
			add(aws.ToString(pair.Name), id, "")
		}
	}
	for _, secret := range container.Secrets {
		if keyVariable.MatchString(aws.ToString(secret.Name)) {
			add(aws.ToString(secret.Name), "", aws.ToString(secret.ValueFrom))
		}
	}
	for _, file := range container.EnvironmentFiles {
		add("environmentFiles", "", aws.ToString(file.Value))
	}
	return found
}

// environment is the tag Environment.
func environment(tags []types.Tag) string {
	for _, tag := range tags {
		if aws.ToString(tag.Key) == "Environment" {
			return aws.ToString(tag.Value)
		}
	}
	return ""
}

// lastName is what stands behind the last slash.
func lastName(arn string) string { return arn[strings.LastIndexByte(arn, '/')+1:] }
