package network

import "github.com/bulwark-iac/bulwark/internal/netplan"

// Tier is a kind of subnet, by what it can reach.
type Tier string

const (
	// TierPublic has a route to and from the internet: load balancers and NAT gateways.
	TierPublic Tier = Tier(netplan.Public)
	// TierPrivate has the way out that Egress says, and none in: the workloads.
	TierPrivate Tier = Tier(netplan.Private)
	// TierIsolated reaches the VPC and S3 only: databases.
	TierIsolated Tier = Tier(netplan.Isolated)
)

// Values lists the tiers.
func (Tier) Values() []Tier { return []Tier{TierPublic, TierPrivate, TierIsolated} }

// Egress is how the workloads of a VPC reach AWS's services and the internet. Each choice has its price; see
// docs/network.md.
type Egress string

const (
	// EgressEndpointsOnly has no way to the internet: S3 and the services of the features in use are reached through
	// VPC endpoints, nothing else is. The default.
	EgressEndpointsOnly Egress = Egress(netplan.EndpointsOnly)
	// EgressNATSingle has one NAT gateway for all zones: when its zone fails, so does the way out of the others.
	EgressNATSingle Egress = Egress(netplan.NATSingle)
	// EgressNATPerZone has a NAT gateway in each zone.
	EgressNATPerZone Egress = Egress(netplan.NATPerZone)
	// EgressNATSingleAndEndpoints has one NAT gateway for the internet, and endpoints for AWS's services.
	EgressNATSingleAndEndpoints Egress = Egress(netplan.NATSingleAndEndpoints)
	// EgressNATPerZoneAndEndpoints has a NAT gateway in each zone, and endpoints for AWS's services.
	EgressNATPerZoneAndEndpoints Egress = Egress(netplan.NATPerZoneAndEndpoints)
	// EgressPublicAddresses puts the workloads into the public subnets, with public addresses and closed security groups:
	// for development, where a NAT gateway would cost more than all the rest.
	EgressPublicAddresses Egress = Egress(netplan.PublicAddresses)
)

// Values lists the choices.
func (Egress) Values() []Egress {
	values := make([]Egress, len(netplan.Egresses()))
	for i, e := range netplan.Egresses() {
		values[i] = Egress(e)
	}
	return values
}

// plan is the choice in the terms of netplan, with its default.
func (e Egress) plan() netplan.Egress {
	if e == "" {
		return netplan.EndpointsOnly
	}
	return netplan.Egress(e)
}

// Feature is something that workloads use, and that has to be reachable for it.
type Feature string

const (
	// FeatureECR is pulling container images: two endpoints.
	FeatureECR Feature = "ecr"
	// FeatureLogs is writing to CloudWatch Logs, as the awslogs driver of ECS does.
	FeatureLogs Feature = "logs"
	// FeatureSecretsManager is reading secrets.
	FeatureSecretsManager Feature = "secretsManager"
	// FeatureKMS is calling KMS itself. Services that decrypt on behalf of a caller, such as S3, do not need it.
	FeatureKMS Feature = "kms"
	// FeatureSSM is reading Parameter Store.
	FeatureSSM Feature = "ssm"
	// FeatureECSExec is opening a shell in a container.
	FeatureECSExec Feature = "ecsExec"
	// FeatureXRay is sending traces.
	FeatureXRay Feature = "xray"
	// FeatureSTS is assuming roles.
	FeatureSTS Feature = "sts"
	// FeatureMonitoring is sending CloudWatch metrics.
	FeatureMonitoring Feature = "monitoring"
	// FeatureSNS is publishing to topics.
	FeatureSNS Feature = "sns"
	// FeatureSQS is using queues.
	FeatureSQS Feature = "sqs"
	// FeatureEvents is putting events on an EventBridge bus.
	FeatureEvents Feature = "events"
)

// Values lists the features.
func (Feature) Values() []Feature {
	return []Feature{
		FeatureECR, FeatureLogs, FeatureSecretsManager, FeatureKMS, FeatureSSM, FeatureECSExec, FeatureXRay, FeatureSTS,
		FeatureMonitoring, FeatureSNS, FeatureSQS, FeatureEvents,
	}
}

// NetworkAcls says which network ACLs a VPC has.
type NetworkAcls string

const (
	// NetworkAclsShared is one for all subnets, the VPC's default one: from outside it lets in the public ports, and the
	// answers to what went out. The default.
	NetworkAclsShared NetworkAcls = "shared"
	// NetworkAclsPerTier is one for each tier: public ports reach the public tier only, and the isolated tier has nothing
	// from outside but the answers of S3. The default network ACL lets nothing through.
	NetworkAclsPerTier NetworkAcls = "perTier"
)

// Values lists the choices.
func (NetworkAcls) Values() []NetworkAcls {
	return []NetworkAcls{NetworkAclsShared, NetworkAclsPerTier}
}
