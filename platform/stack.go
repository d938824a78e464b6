package platform

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/audit"
	"github.com/bulwark-iac/bulwark/components/loadbalancing"
	"github.com/bulwark-iac/bulwark/components/network"
	"github.com/bulwark-iac/bulwark/components/storage"
)

// The names of the components within the stack, from which AWS names and the outputs are made.
const (
	audioName        = "audio"
	logsName         = "logs"
	networkName      = "main"
	serviceName      = "service"
	dataName         = "database"
	clusterName      = "main"
	loadBalancerName = "load-balancer"
	hostedZoneName   = "zone"
	webAclName       = "web-acl"
	trailName        = "trail"
)

// stack is what has been made so far, for the parts that come later.
type stack struct {
	ctx    *pulumi.Context
	config *Config

	logs    *storage.LogBucket
	audio   *storage.Bucket
	network *network.Network
	service *network.SecurityGroup

	loadBalancer *loadbalancing.LoadBalancer
}

// uploads is the prefix of the audio bucket under which the service keeps recordings.
const uploads = "uploads/"

// makeStorage makes the log archive and the bucket for recordings.
func (s *stack) makeStorage() (err error) {
	c := s.config
	if s.logs, err = storage.NewLogBucket(s.ctx, logsName, &storage.LogBucketArgs{
		Labels:        c.Labels,
		Lifecycle:     c.Lifecycle,
		RetentionDays: c.LogRetentionDays,
		Sources: storage.LogSources{
			AccessLogs:    &storage.AccessLogSource{Buckets: []string{audioName}},
			LoadBalancers: &storage.LoadBalancerSource{Prefixes: []string{loadbalancing.AccessLogPrefix, loadbalancing.ConnectionLogPrefix}},
			CloudTrail:    &storage.CloudTrailSource{TrailNames: []string{audit.TrailName(c.Labels)}},
			Waf:           &storage.WafSource{},
			FlowLogs:      &storage.FlowLogSource{},
		},
	}); err != nil {
		return err
	}
	if s.audio, err = storage.NewBucket(s.ctx, audioName, &storage.BucketArgs{
		Labels:    c.Labels,
		Lifecycle: c.Lifecycle,
		LogBucket: s.logs,
		Retention: c.Audio.retention(),
		Cors:      c.Audio.cors(),
	}); err != nil {
		return err
	}
	s.ctx.Export("audioBucket", s.audio.BucketName)
	s.ctx.Export("audioBucketArn", s.audio.BucketArn)
	s.ctx.Export("audioBucketAddress", s.audio.RegionalDomainName)
	s.ctx.Export("audioKeyArn", s.audio.KeyArn)
	s.ctx.Export("audioServicePolicy", s.audio.ReadWrite(uploads).PolicyJSON())
	s.ctx.Export("logBucket", s.logs.BucketName)
	s.ctx.Export("logBucketArn", s.logs.BucketArn)
	return nil
}

func (a AudioConfig) retention() *storage.Retention {
	r := &storage.Retention{NoncurrentExpiryDays: a.NoncurrentDays}
	if a.InfrequentAfterDays > 0 {
		r.Transitions = []storage.Transition{{Days: a.InfrequentAfterDays, Class: storage.StandardIA}}
	}
	return r
}

func (a AudioConfig) cors() []storage.CorsRule {
	if len(a.Origins) == 0 {
		return nil
	}
	return []storage.CorsRule{{Origins: a.Origins}}
}

// endpointServices are what the service uses; they decide on the interface endpoints.
var endpointServices = []network.EndpointService{network.EndpointECR, network.EndpointLogs, network.EndpointSecretsManager, network.EndpointXRay}

// databasePort is PostgreSQL's.
const databasePort = 5432

// makeNetwork makes the VPC, and the groups of the service and its database with the connections between them.
func (s *stack) makeNetwork() error {
	c := s.config
	vpc, err := network.NewVpc(s.ctx, networkName, &network.VpcArgs{
		Labels:           c.Labels,
		Lifecycle:        c.Lifecycle,
		Cidr:             c.Network.Cidr,
		Zones:            c.Network.Zones,
		Egress:           c.Network.Egress,
		EndpointServices: endpointServices,
		FlowLogs:         &network.FlowLogs{LogBucket: s.logs},
	})
	if err != nil {
		return err
	}
	s.network = vpc.Network()
	if s.service, err = network.NewSecurityGroup(s.ctx, serviceName, &network.SecurityGroupArgs{Labels: c.Labels, Network: s.network}); err != nil {
		return err
	}
	database, err := network.NewSecurityGroup(s.ctx, dataName, &network.SecurityGroupArgs{Labels: c.Labels, Network: s.network})
	if err != nil {
		return err
	}
	if _, err := network.Allow(s.ctx, s.service, database, databasePort); err != nil {
		return err
	}
	if _, err := network.AllowAWS(s.ctx, s.service); err != nil {
		return err
	}
	s.ctx.Export("vpcId", s.network.VpcId)
	s.ctx.Export("workloadSubnetIds", s.network.WorkloadSubnetIds)
	s.ctx.Export("databaseSubnetIds", s.network.IsolatedSubnetIds)
	s.ctx.Export("serviceSecurityGroupId", s.service.SecurityGroupId)
	s.ctx.Export("databaseSecurityGroupId", database.SecurityGroupId)
	s.ctx.Export("networkMonthlyEstimate", vpc.MonthlyEstimateText)
	return nil
}
