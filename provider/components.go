package provider

import (
	"context"
	"reflect"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi-go-provider/infer"
	"github.com/pulumi/pulumi/sdk/v3/go/common/util/rpcutil/rpcerror"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/audit"
	"github.com/bulwark-iac/bulwark/components/dns"
	"github.com/bulwark-iac/bulwark/components/encryption"
	"github.com/bulwark-iac/bulwark/components/identity"
	"github.com/bulwark-iac/bulwark/components/image"
	"github.com/bulwark-iac/bulwark/components/loadbalancing"
	"github.com/bulwark-iac/bulwark/components/network"
	"github.com/bulwark-iac/bulwark/components/service"
	"github.com/bulwark-iac/bulwark/components/storage"
	"github.com/bulwark-iac/bulwark/components/waf"
	"github.com/bulwark-iac/bulwark/internal/inputerror"
)

// components are what the package serves, by their constructors.
var components = []component{
	serve(audit.NewAccountBaseline),
	serve(audit.NewTrail),
	serve(dns.NewHostedZone),
	serve(encryption.NewKey),
	serve(image.NewImage),
	serve(image.NewRepository),
	serve(identity.NewDeployRole),
	serve(identity.NewExecutionRole),
	serve(identity.NewGitHubProvider),
	serve(identity.NewPreviewRole),
	serve(identity.NewTaskRole),
	serve(loadbalancing.NewLoadBalancer),
	serve(network.NewEndpoints),
	serve(network.NewExistingVpc),
	serve(network.NewSecurityGroup),
	serve(network.NewVpc),
	serve(service.NewCluster),
	serve(service.NewScheduledTask),
	serve(service.NewTask),
	serve(service.NewWebService),
	serve(storage.NewBucket),
	serve(storage.NewLogBucket),
	serve(storage.NewReplicaBucket),
	serve(waf.NewWebAcl),
}

// component is a component of the library behind Pulumi's protocol.
type component struct {
	infer.InferredComponent
	// args is the struct of its arguments, outputs that of the component itself.
	args, outputs reflect.Type
}

// serve makes one of its constructor.
func serve[A any, C pulumi.ComponentResource](construct func(*pulumi.Context, string, *A, ...pulumi.ResourceOption) (C, error)) component {
	return component{
		InferredComponent: infer.ComponentF[*A, C](construct),
		args:              reflect.TypeFor[A](),
		outputs:           reflect.TypeFor[C]().Elem(),
	}
}

// Construct checks the inputs, which the protocol leaves to the component, before they are copied into Go.
func (c component) Construct(ctx context.Context, req p.ConstructRequest) (p.ConstructResponse, error) {
	if err := inputerror.Of(checkInputs(c.args, req.Inputs), string(req.Urn.Type()), req.Urn.Name()); err != nil {
		return p.ConstructResponse{}, rpcerror.WrapDetailedError(err)
	}
	return c.InferredComponent.Construct(ctx, req)
}
