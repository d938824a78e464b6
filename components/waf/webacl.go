package waf

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/wafv2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/encryption"
	"github.com/bulwark-iac/bulwark/components/internal/component"
)

// WebAclType is the type token of WebAcl.
const WebAclType = "bulwark:waf:WebAcl"

// WebAcl is a web ACL with its IP sets, its logging and its association. See NewWebAcl.
type WebAcl struct {
	pulumi.ResourceState

	// WebAclArn is the ARN of the web ACL.
	WebAclArn pulumi.StringOutput `pulumi:"webAclArn"`
	// WebAclName is its name.
	WebAclName pulumi.StringOutput `pulumi:"webAclName"`
	// MetricName is the dimension WebACL of its metrics in CloudWatch. The dimension Rule is the name of a rule.
	MetricName pulumi.StringOutput `pulumi:"metricName"`
	// Capacity is what its rules need, in WCU, as AWS counts.
	Capacity pulumi.IntOutput `pulumi:"capacity"`
	// LogDestinationArn is the ARN of what receives the logs; empty when logging is disabled.
	LogDestinationArn pulumi.StringOutput `pulumi:"logDestinationArn"`

	// WebAcl is the web ACL itself.
	WebAcl *wafv2.WebAcl `pulumi:"webAcl" provider:"type=aws@6.83.2:wafv2/webAcl:WebAcl"`
	// BlockIpv4 and BlockIpv6 hold the addresses of WebAclArgs.Block; nil without such.
	BlockIpv4, BlockIpv6 *wafv2.IpSet
	// AllowIpv4 and AllowIpv6 hold the addresses of WebAclArgs.Allow; nil without such.
	AllowIpv4, AllowIpv6 *wafv2.IpSet
	// Association puts the web ACL in front of the load balancer; nil without one.
	Association *wafv2.WebAclAssociation
	// Logging sends the logs; nil when logging is disabled.
	Logging *wafv2.WebAclLoggingConfiguration
	// LogGroup keeps the logs; nil unless WebAclArgs.LogGroup asks for one.
	LogGroup *cloudwatch.LogGroup
	// LogKey encrypts LogGroup; nil without a log group, and where only the ARN of its key is known.
	LogKey *encryption.Key
}

// NewWebAcl creates a web ACL for an Application Load Balancer. It reports all problems with the arguments at once,
// before it creates anything.
func NewWebAcl(ctx *pulumi.Context, name string, args *WebAclArgs, opts ...pulumi.ResourceOption) (*WebAcl, error) {
	b := &builder{Base: component.NewBase(ctx, WebAclType, name), args: component.OrEmpty(args)}
	if err := b.Err(b.args.check(name)); err != nil {
		return nil, err
	}
	return b.build(opts)
}
