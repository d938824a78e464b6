package loadbalancing

import "github.com/bulwark-iac/bulwark/components/network"

// securityGroup lets clients in, and nothing out.
func (b *builder) securityGroup() (err error) {
	b.out.SecurityGroup, err = network.NewSecurityGroup(b.Ctx, b.Name, &network.SecurityGroupArgs{
		Labels: b.args.Labels, Network: b.vpc,
	}, b.Parent)
	if err != nil {
		return err
	}
	b.out.SecurityGroupId = b.out.SecurityGroup.SecurityGroupId
	for _, c := range b.args.AllowedClients {
		peer, ports := network.Addresses(c.Name, c.Cidrs...), b.args.ports()
		if c.PrefixListId != nil {
			peer, ports = network.PrefixList(c.Name, c.PrefixListId), ports[:1]
		}
		if _, err := network.Allow(b.Ctx, peer, b.out.SecurityGroup, ports...); err != nil {
			return err
		}
	}
	if !b.args.open() {
		return nil
	}
	_, err = network.Allow(b.Ctx, network.Internet(), b.out.SecurityGroup, b.args.ports()...)
	return err
}
