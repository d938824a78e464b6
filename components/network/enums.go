package network

import (
	"cmp"

	"github.com/bulwark-iac/bulwark/internal/netplan"
)

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
	// EgressEndpointsOnly has no way to the internet: S3 and the endpoint services are reached through VPC endpoints,
	// nothing else is. The default.
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
func (e Egress) plan() netplan.Egress { return netplan.Egress(cmp.Or(e, EgressEndpointsOnly)) }

// EndpointService is an AWS service, or a use of one, that workloads reach through interface endpoints.
type EndpointService string

const (
	// EndpointECR is pulling container images: two endpoints.
	EndpointECR EndpointService = "ecr"
	// EndpointLogs is writing to CloudWatch Logs, as the awslogs driver of ECS does.
	EndpointLogs EndpointService = "logs"
	// EndpointSecretsManager is reading secrets.
	EndpointSecretsManager EndpointService = "secretsManager"
	// EndpointKMS is calling KMS itself. Services that decrypt on behalf of a caller, such as S3, do not need it.
	EndpointKMS EndpointService = "kms"
	// EndpointSSM is reading Parameter Store.
	EndpointSSM EndpointService = "ssm"
	// EndpointECSExec is opening a shell in a container.
	EndpointECSExec EndpointService = "ecsExec"
	// EndpointXRay is sending traces.
	EndpointXRay EndpointService = "xray"
	// EndpointSTS is assuming roles.
	EndpointSTS EndpointService = "sts"
	// EndpointMonitoring is sending CloudWatch metrics.
	EndpointMonitoring EndpointService = "monitoring"
	// EndpointSNS is publishing to topics.
	EndpointSNS EndpointService = "sns"
	// EndpointSQS is using queues.
	EndpointSQS EndpointService = "sqs"
	// EndpointEvents is putting events on an EventBridge bus.
	EndpointEvents EndpointService = "events"
)

// Values lists the services.
func (EndpointService) Values() []EndpointService {
	return []EndpointService{
		EndpointECR, EndpointLogs, EndpointSecretsManager, EndpointKMS, EndpointSSM, EndpointECSExec, EndpointXRay,
		EndpointSTS, EndpointMonitoring, EndpointSNS, EndpointSQS, EndpointEvents,
	}
}

// NetworkAcls says which network ACLs a VPC has.
type NetworkAcls string

const (
	// NetworkAclsShared is one for all subnets, the VPC's default network ACL: from outside it lets in the public ports,
	// and the answers to what went out. The default.
	NetworkAclsShared NetworkAcls = "shared"
	// NetworkAclsPerTier is one for each tier: public ports reach the public tier only, and the isolated tier has nothing
	// from outside but the answers of S3. The default network ACL lets nothing through.
	NetworkAclsPerTier NetworkAcls = "perTier"
)

// Values lists the choices.
func (NetworkAcls) Values() []NetworkAcls {
	return []NetworkAcls{NetworkAclsShared, NetworkAclsPerTier}
}
