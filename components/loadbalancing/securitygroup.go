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
	for _, client := range b.clients() {
		if _, err := network.Allow(b.Ctx, client, b.out.SecurityGroup, b.args.ports()...); err != nil {
			return err
		}
	}
	return nil
}

// clients are who is let in: those named, everybody if none are and the load balancer faces the internet, or nobody.
func (b *builder) clients() []network.Peer {
	var clients []network.Peer
	for _, c := range b.args.AllowedClients {
		clients = append(clients, network.Addresses(c.Name, c.Cidrs...))
	}
	if len(clients) == 0 && !b.args.internal() {
		clients = append(clients, network.Internet())
	}
	return clients
}
