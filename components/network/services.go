package network

import (
	"fmt"
	"slices"
	"strings"

	"github.com/bulwark-iac/bulwark/internal/validate"
)

// endpoint is an interface endpoint that a feature needs.
type endpoint struct {
	// suffix ends the name of the service; prefix begins its actions.
	suffix, prefix string
}

// endpointsOf are the interface endpoints of each feature.
// Sources: https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html,
// https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html,
// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/vpc-endpoints.html
var endpointsOf = map[Feature][]endpoint{
	FeatureECR:            {{"ecr.api", "ecr"}, {"ecr.dkr", "ecr"}},
	FeatureLogs:           {{"logs", "logs"}},
	FeatureSecretsManager: {{"secretsmanager", "secretsmanager"}},
	FeatureKMS:            {{"kms", "kms"}},
	FeatureSSM:            {{"ssm", "ssm"}},
	FeatureECSExec:        {{"ssmmessages", "ssmmessages"}},
	FeatureXRay:           {{"xray", "xray"}},
	FeatureSTS:            {{"sts", "sts"}},
	FeatureMonitoring:     {{"monitoring", "cloudwatch"}},
	FeatureSNS:            {{"sns", "sns"}},
	FeatureSQS:            {{"sqs", "sqs"}},
	FeatureEvents:         {{"events", "events"}},
}

// services asks for the services behind features. A feature that the region has no endpoint for is a problem, and so is
// one that has none in any of the zones, by their letters. Without zones that is left to AWS.
func (p *place) services(features []Feature, zones []string) ([]*service, validate.Problems, error) {
	var found []*service
	var ps validate.Problems
	for i, feature := range features {
		if slices.Contains(features[:i], feature) {
			continue
		}
		for _, e := range endpointsOf[feature] {
			s, err := p.service(e.suffix)
			if err != nil {
				return nil, nil, err
			}
			switch {
			case s == nil:
				ps.Add(validate.Invalid(validate.Path("features").Index(i), string(feature),
					fmt.Sprintf("a feature that has an endpoint in %s: com.amazonaws.%s.%s does not exist", p.region, p.region, e.suffix),
					"remove the feature, or reach it through an egress with a NAT gateway and without endpoints").By("feature-region"))
			case len(zones) > 0 && !slices.ContainsFunc(zones, func(zone string) bool { return s.serves(p.region + zone) }):
				ps.Add(validate.Invalid(validate.Path("features").Index(i), string(feature),
					"a feature that has an endpoint in one of the VPC's zones: "+s.name+" is in "+strings.Join(s.zones, ", "),
					"add one of these zones, or remove the feature").By("feature-zone"))
			default:
				s.actions = e.prefix + ":*"
				found = append(found, s)
			}
		}
	}
	return found, ps, nil
}
