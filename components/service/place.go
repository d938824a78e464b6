package service

import (
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/internal/account"
	"github.com/bulwark-iac/bulwark/components/internal/component"
	"github.com/bulwark-iac/bulwark/components/network"
	"github.com/bulwark-iac/bulwark/components/tagging"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// place is where the tasks of a component run.
type place struct {
	clusterArn, clusterName pulumi.StringOutput
	subnetIds               pulumi.StringArrayOutput
	securityGroupIds        pulumi.StringArrayOutput
	assignPublicIps         bool
	shares                  []CapacityShare
	// group is the security group that the component made or was given as one; otherwise nil.
	group *network.SecurityGroup
	// after has to exist before a task can start.
	after []pulumi.Resource
}

// newPlace takes what is given, and makes a security group where none is.
func newPlace(b *component.Base, p *Placement, labels tagging.Labels) (*place, error) {
	out := &place{shares: p.shares(), assignPublicIps: p.AssignPublicIps, group: p.SecurityGroup}
	if p.Cluster != nil {
		out.clusterArn, out.clusterName = p.Cluster.ClusterArn, p.Cluster.ClusterName
		out.after = append(out.after, p.Cluster.CapacityProviders)
	} else {
		out.clusterArn = b.Checked(p.ClusterArn, func(text string, in account.Info) validate.Problems {
			const path = "placement.clusterArn"
			if ps := validate.ClusterARN(path, text); len(ps) > 0 {
				return ps
			}
			return validate.SameRegion(path, text, in.Region, "the tasks")
		})
		out.clusterName = out.clusterArn.ApplyT(func(arn string) string {
			return arn[strings.LastIndex(arn, "/")+1:]
		}).(pulumi.StringOutput)
	}
	out.subnetIds = pulumi.StringArray{}.ToStringArrayOutput()
	if p.Network != nil {
		out.subnetIds, out.assignPublicIps = p.Network.WorkloadSubnetIds, p.Network.AssignPublicIps
	} else {
		out.subnetIds = p.SubnetIds.ToStringArrayOutput()
	}
	return out, out.securityGroups(b, p, labels)
}

// securityGroups makes the security group of the tasks, which reaches AWS and nothing else, unless one is given.
func (o *place) securityGroups(b *component.Base, p *Placement, labels tagging.Labels) (err error) {
	if p.makesSecurityGroup() {
		o.group, err = network.NewSecurityGroup(b.Ctx, b.Name, &network.SecurityGroupArgs{
			Labels: labels, Network: p.Network,
		}, b.Parent)
		if err != nil {
			return err
		}
		made, err := network.AllowAWS(b.Ctx, o.group)
		if err != nil {
			return err
		}
		// Without a way to ECR and Secrets Manager no task starts, and the first deployment fails.
		for _, rule := range made.Egress {
			o.after = append(o.after, rule)
		}
		for _, rule := range made.Ingress {
			o.after = append(o.after, rule)
		}
	}
	if o.group != nil {
		o.securityGroupIds = pulumi.StringArray{o.group.SecurityGroupId}.ToStringArrayOutput()
	} else {
		o.securityGroupIds = p.SecurityGroupIds.ToStringArrayOutput()
	}
	return nil
}
