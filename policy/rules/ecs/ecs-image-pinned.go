package ecs

import (
	"strings"

	"github.com/bulwark-iac/bulwark/internal/validate"
	"github.com/bulwark-iac/bulwark/policy/rule"
)

var ecsImagePinned = rule.Rule{
	ID:       "ecs-image-pinned",
	Title:    "Images are pinned",
	Why:      "What latest means is decided by whoever pushed last: two tasks of one service can run different programs, and a rollback brings back the broken one.",
	Severity: rule.Medium,
	Source:   "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/container-considerations.html",
	Fix: rule.Fix{
		Bulwark: "give service.Container.Image the ImageRef of image.NewImage, or what image.NewRepository names by a digest: service.NewWebService refuses tags in a permanent stack",
		Plain:   `"image": repository URL + "@" + digest, or with a tag that never moves`,
	},
	Types: []string{taskDefinition},
	Params: []rule.Param{
		{Name: "digest", Default: false, Description: "Whether a digest is needed, and a tag is not enough."},
		{
			Name: "registries", Default: []string{},
			Description: "Where images may come from: registries (*.dkr.ecr.*.amazonaws.com), or paths in them (public.ecr.aws/acme). Empty for anywhere.",
		},
	},
	Resource: func(r *rule.Resource, f *rule.Findings) {
		f.Each(containers(r), func(container rule.Value) {
			place := field(container, "image")
			i := validate.SplitImage(place.Text())
			switch {
			case i.Digest != "":
			case f.Bool("digest"):
				f.Fail(place, "%s: expected an image with a digest", place)
			case i.Tag == "" || i.Tag == "latest":
				f.Fail(place, "%s: expected an image with a digest, or a tag other than latest", place)
			}
			if from := f.Texts("registries"); len(from) > 0 && !comesFrom(i, from) {
				f.Fail(place, "%s: expected an image from %s", place, strings.Join(from, ", "))
			}
		})
	},
	Good: []rule.Example{{Name: "a digest", YAML: `
task:
  type: aws:ecs/taskDefinition:TaskDefinition
  properties:
    family: api
    containerDefinitions:
      fn::toJSON:
        - name: api
          image: 111122223333.dkr.ecr.eu-west-1.amazonaws.com/api@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
`}, {Name: "a tag", YAML: `
task:
  type: aws:ecs/taskDefinition:TaskDefinition
  properties:
    family: api
    containerDefinitions: {"fn::toJSON": [{name: api, image: "registry.acme.example:5000/api:1.4"}]}
`}, {Name: "from where it may come", Params: map[string]any{"registries": []any{"*.dkr.ecr.*.amazonaws.com", "public.ecr.aws/aws-observability"}, "digest": true}, YAML: `
task:
  type: aws:ecs/taskDefinition:TaskDefinition
  properties:
    family: api
    containerDefinitions:
      fn::toJSON:
        - name: api
          image: 111122223333.dkr.ecr.eu-west-1.amazonaws.com/api@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
        - name: otel
          image: public.ecr.aws/aws-observability/collector:0.43@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
`}},
	Bad: []rule.Example{{Name: "no tag", YAML: `
task:
  type: aws:ecs/taskDefinition:TaskDefinition
  properties:
    family: api
    containerDefinitions: {"fn::toJSON": [{name: api, image: "registry.acme.example:5000/api"}]}
`}, {Name: "latest", YAML: `
task:
  type: aws:ecs/taskDefinition:TaskDefinition
  properties:
    family: api
    containerDefinitions: {"fn::toJSON": [{name: api, image: "nginx:latest"}]}
`}, {Name: "a tag where a digest is needed", Params: map[string]any{"digest": true}, YAML: `
task:
  type: aws:ecs/taskDefinition:TaskDefinition
  properties:
    family: api
    containerDefinitions: {"fn::toJSON": [{name: api, image: "nginx:1.27"}]}
`}, {Name: "from somewhere else", Params: map[string]any{"registries": []any{"*.dkr.ecr.*.amazonaws.com", "public.ecr.aws/acme"}}, YAML: `
task:
  type: aws:ecs/taskDefinition:TaskDefinition
  properties:
    family: api
    containerDefinitions: {"fn::toJSON": [{name: api, image: "public.ecr.aws/acmes/api:1.4"}, {name: web, image: "nginx:1.27"}]}
`}},
}
