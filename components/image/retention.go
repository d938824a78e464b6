package image

import "encoding/json"

// lifecycleRule is a rule of an ECR lifecycle policy.
// Source: https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle-policy-parameters.html
type lifecycleRule struct {
	Priority    int               `json:"rulePriority"`
	Description string            `json:"description"`
	Selection   selection         `json:"selection"`
	Action      map[string]string `json:"action"`
}

type selection struct {
	TagStatus      string   `json:"tagStatus"`
	TagPatternList []string `json:"tagPatternList,omitempty"`
	CountType      string   `json:"countType"`
	CountUnit      string   `json:"countUnit,omitempty"`
	CountNumber    int      `json:"countNumber"`
}

// policyJSON is the lifecycle policy: the rules for some tags first, then that for all tags, then that for images
// without one. Each has a priority of its own, by its place.
func (r Retention) policyJSON() (string, error) {
	var rules []lifecycleRule
	add := func(description string, s selection) {
		rules = append(rules, lifecycleRule{len(rules) + 1, description, s, map[string]string{"type": "expire"}})
	}
	for _, t := range r.Tags {
		s := selection{TagStatus: "tagged", TagPatternList: []string{t.Pattern}}
		if t.Days > 0 {
			add("Old images tagged "+t.Pattern, s.olderThan(t.Days))
		} else {
			add("All but the newest images tagged "+t.Pattern, s.moreThan(t.Images))
		}
	}
	add("All but the newest images with a tag",
		selection{TagStatus: "tagged", TagPatternList: []string{anyTag}}.moreThan(r.TaggedImages))
	add("Images without a tag", selection{TagStatus: "untagged"}.olderThan(r.UntaggedDays))
	text, err := json.Marshal(map[string]any{"rules": rules})
	return string(text), err
}

// anyTag is the pattern of the rule for all tags.
const anyTag = "*"

func (s selection) moreThan(images int) selection {
	s.CountType, s.CountNumber = "imageCountMoreThan", images
	return s
}

func (s selection) olderThan(days int) selection {
	s.CountType, s.CountUnit, s.CountNumber = "sinceImagePushed", "days", days
	return s
}
