package network

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/vpc"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/internal/inputerror"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// Port is a TCP port, 1 to 65535.
type Port int

// Connection is what Allow created.
type Connection struct {
	// Ingress are the rules of the destination, Egress those of the source.
	Ingress []*vpc.SecurityGroupIngressRule
	Egress  []*vpc.SecurityGroupEgressRule
}

// Allow lets one peer open connections to TCP ports of another: network.Allow(ctx, service, database, 5432). Each of
// the two that is a security group gets a rule; at least one has to be. It reports all problems at once, before it
// creates anything.
func Allow(ctx *pulumi.Context, from, to Peer, ports ...Port) (*Connection, error) {
	b, err := newConnectionBuilder(ctx, from, to, ports)
	if err != nil {
		return nil, err
	}
	return b.build()
}

// AllowAWS lets a group reach AWS over https, on the way that its network has: S3 by its prefix list, and the other
// services through the interface endpoints, or through the internet where the network has no endpoints and a way out.
func AllowAWS(ctx *pulumi.Context, from *SecurityGroup) (*Connection, error) {
	if from == nil || from.network == nil {
		name := unnamed
		if from != nil {
			name = from.group.name
		}
		return nil, inputerror.Of(validate.Problems{validate.Required("from", "a security group that knows its network",
			"give NewSecurityGroup a Network instead of a VpcId").By("edge-network")}, "network.AllowAWS", name)
	}
	n := from.network
	peers := []Peer{n.S3()}
	if n.endpoints != nil {
		peers = append(peers, n.Endpoints())
	} else if n.egress.plan().HasInternet() && !n.egress.plan().HasEndpoints() {
		peers = append(peers, Internet())
	}
	made := &Connection{}
	for _, to := range peers {
		c, err := Allow(ctx, from, to, 443)
		if err != nil {
			return nil, err
		}
		made.Ingress, made.Egress = append(made.Ingress, c.Ingress...), append(made.Egress, c.Egress...)
	}
	return made, nil
}
