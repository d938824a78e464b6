package ruletest

import (
	"fmt"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/bulwark-iac/bulwark/policy/internal/schema"
)

// writings are the properties for which the provider takes more than one way to write a value, as its source says: it
// turns all of them into one before it sends them, or compares them without regard to case. Paths have [] for any index.
//
// Source: StateFunc, DiffSuppressFunc and the validators that ignore case in
// https://github.com/hashicorp/terraform-provider-aws/tree/main/internal/service
var writings = map[string]func(text string) []string{
	"aws:lb/listener:Listener protocol":                                    anyCase,
	"aws:alb/listener:Listener protocol":                                   anyCase,
	"aws:lb/targetGroup:TargetGroup healthCheck.protocol":                  anyCase,
	"aws:alb/targetGroup:TargetGroup healthCheck.protocol":                 anyCase,
	"aws:rds/instance:Instance engine":                                     anyCase,
	"aws:ec2/securityGroup:SecurityGroup ingress[].protocol":               anyProtocol,
	"aws:ec2/securityGroup:SecurityGroup egress[].protocol":                anyProtocol,
	"aws:ec2/defaultSecurityGroup:DefaultSecurityGroup ingress[].protocol": anyProtocol,
	"aws:ec2/defaultSecurityGroup:DefaultSecurityGroup egress[].protocol":  anyProtocol,
	"aws:ec2/securityGroupRule:SecurityGroupRule protocol":                 anyProtocol,
	"aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule ipProtocol": byNumber,
	"aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule ipProtocol":   byNumber,
	"aws:ec2/networkAcl:NetworkAcl ingress[].action":                       anyCase,
	"aws:ec2/networkAcl:NetworkAcl ingress[].protocol":                     byNumber,
	"aws:ec2/defaultNetworkAcl:DefaultNetworkAcl ingress[].action":         anyCase,
	"aws:ec2/defaultNetworkAcl:DefaultNetworkAcl ingress[].protocol":       byNumber,
	"aws:ec2/networkAclRule:NetworkAclRule protocol":                       byNumber,
}

// assumed are defaults that the documentation of the SDK does not put so that a program can read it, from the source of the
// provider.
var assumed = map[string]string{
	"aws:lb/listener:Listener protocol":                    "HTTP", // of an application load balancer; others have to say it
	"aws:alb/listener:Listener protocol":                   "HTTP",
	"aws:lb/targetGroup:TargetGroup healthCheck.protocol":  "HTTP",
	"aws:alb/targetGroup:TargetGroup healthCheck.protocol": "HTTP",
}

func anyCase(text string) []string {
	title := text
	if text != "" {
		title = strings.ToUpper(text[:1]) + strings.ToLower(text[1:])
	}
	return []string{strings.ToUpper(text), strings.ToLower(text), title}
}

// numbers are the protocols that have a name and a number.
var numbers = map[string]string{"tcp": "6", "udp": "17", "icmp": "1", "icmpv6": "58"}

func byNumber(text string) []string {
	for name, number := range numbers {
		if text == name || text == number {
			return []string{name, number}
		}
	}
	return nil
}

func anyProtocol(text string) []string {
	if text == "-1" || strings.EqualFold(text, "all") {
		return []string{"-1", "all", "ALL"}
	}
	return append(byNumber(strings.ToLower(text)), anyCase(text)...)
}

// pattern is the path with [] for every index.
func (p path) pattern() string {
	var b strings.Builder
	for _, part := range p {
		key, ok := part.(string)
		switch {
		case !ok:
			b.WriteString("[]")
		case b.Len() == 0:
			b.WriteString(key)
		default:
			b.WriteString("." + key)
		}
	}
	return b.String()
}

// forms are other ways to write the old value that the provider takes for the same, by what is special about them.
func (m *mutation) forms() map[string]*structpb.Value {
	out := map[string]*structpb.Value{}
	switch kind := m.old.GetKind().(type) {
	case *structpb.Value_BoolValue:
		out["as a text"] = structpb.NewStringValue(fmt.Sprint(kind.BoolValue))
	case *structpb.Value_NumberValue:
		out["as a text"] = structpb.NewStringValue(fmt.Sprint(kind.NumberValue))
	case *structpb.Value_ListValue:
		if elements := kind.ListValue.GetValues(); len(elements) == 1 {
			out["as a single value"] = elements[0]
		}
	case *structpb.Value_StringValue:
		text := kind.StringValue
		if write := writings[m.typ()+" "+m.path.pattern()]; write != nil {
			for _, other := range write(text) {
				out[fmt.Sprintf("written %q", other)] = structpb.NewStringValue(other)
			}
		}
		if n := number(text); n != nil {
			out["as a number"] = n
		}
	}
	return out
}

// number is a text of digits as a number; nil for another text.
func number(text string) *structpb.Value {
	var n float64
	if _, err := fmt.Sscanf(text, "%g", &n); err != nil || fmt.Sprint(n) != text {
		return nil
	}
	return structpb.NewNumberValue(n)
}

func (m *mutation) typ() string { return m.check.resources[m.index].Type }

// isDefault tells whether the old value is what the provider takes when the program leaves it out.
func (m *mutation) isDefault() bool {
	if !scalar(m.old) {
		return false
	}
	fallback, ok := assumed[m.typ()+" "+m.path.pattern()]
	if !ok {
		fallback = m.documented()
	}
	return fallback != "" && fmt.Sprint(m.old.AsInterface()) == fallback
}

// documented is the default that the SDK documents for the place.
func (m *mutation) documented() string {
	typ := m.typ()
	for i, part := range m.path {
		key, ok := part.(string)
		if !ok {
			typ = strings.TrimPrefix(typ, "[]")
			continue
		}
		if i == len(m.path)-1 {
			return schema.Default(typ, key)
		}
		typ = schema.Input(typ, key)
	}
	return ""
}
