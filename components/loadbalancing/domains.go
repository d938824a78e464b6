package loadbalancing

import (
	"fmt"
	"slices"
	"strings"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/acm"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/lb"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/route53"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/internal/account"
	"github.com/bulwark-iac/bulwark/components/internal/component"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// validationTTL is for how many seconds resolvers may remember the records by which ACM recognises the owner of a
// domain.
const validationTTL = 300

// hostedZone finds the id of the zone, and an error once AWS says that it has another name, or is private: records
// would be where nobody looks.
func (b *builder) hostedZone() error {
	zone := b.args.HostedZone
	if zone == nil {
		return nil
	}
	found := route53.LookupZoneOutput(b.Ctx, route53.LookupZoneOutputArgs{ZoneId: zone.Id.ToStringOutput()}, b.Parent)
	b.zoneID = pulumi.All(zone.Id, found.Name(), found.PrivateZone()).ApplyT(func(values []any) (string, error) {
		id, name := values[0].(string), strings.TrimSuffix(values[1].(string), ".")
		private, _ := values[2].(*bool)
		var ps validate.Problems
		if name != zone.Name {
			ps.Add(validate.Conflict("hostedZone.id", id, "the zone "+zone.Name+", and not "+name,
				"give the id and the name of the same zone").By("zone-name"))
		}
		if private != nil && *private {
			ps.Add(validate.Invalid("hostedZone.id", id, "a public hosted zone, in which ACM can see its records",
				"give the public zone of the same name").By("zone-private"))
		}
		return id, b.Err(ps)
	}).(pulumi.StringOutput)
	return nil
}

// certificate finds the ARN of the certificate given, or makes one and waits until it is valid.
func (b *builder) certificate() (err error) {
	l := b.out
	switch {
	case !b.args.https():
		l.CertificateArn = component.None()
	case b.args.CertificateArn != nil:
		l.CertificateArn = b.inRegion("certificateArn", b.args.CertificateArn)
	default:
		names := b.args.DomainNames
		l.Certificate, err = acm.NewCertificate(b.Ctx, b.Name, &acm.CertificateArgs{
			DomainName: pulumi.String(names[0]), SubjectAlternativeNames: pulumi.ToStringArray(names[1:]),
			ValidationMethod: pulumi.String("DNS"), Tags: b.args.Labels.Tags(b.Name),
		}, b.Parent)
		if err != nil {
			return err
		}
		return b.validation()
	}
	return nil
}

// inRegion is the ARN of a certificate, and an error once it is known to be none, or of another region.
func (b *builder) inRegion(path validate.Path, arn pulumi.StringInput) pulumi.StringOutput {
	return b.Checked(arn, func(text string, in account.Info) validate.Problems {
		return checkCertificate(path, text, in.Region)
	})
}

// validation makes the records that ACM asks for, and waits for the certificate.
func (b *builder) validation() error {
	l := b.out
	var records pulumi.StringArray
	for _, domain := range validated(b.args.DomainNames) {
		option := b.validationOption(domain)
		record, err := route53.NewRecord(b.Ctx, b.Name+"-validation-"+domain, &route53.RecordArgs{
			ZoneId: b.zoneID, Ttl: pulumi.Int(validationTTL),
			Name: option.ResourceRecordName().Elem(), Type: option.ResourceRecordType().Elem(),
			Records: pulumi.StringArray{option.ResourceRecordValue().Elem()},
			// The record is the same for every certificate of the account with this name: that of another region, or
			// that which replaces this one.
			AllowOverwrite: pulumi.Bool(true),
		}, b.Parent)
		if err != nil {
			return err
		}
		records = append(records, record.Fqdn)
	}
	var err error
	l.Validation, err = acm.NewCertificateValidation(b.Ctx, b.Name, &acm.CertificateValidationArgs{
		CertificateArn: l.Certificate.Arn, ValidationRecordFqdns: records,
	}, b.Parent)
	if err != nil {
		return err
	}
	l.CertificateArn = l.Validation.CertificateArn
	return nil
}

// validated are the domains whose owner ACM has to recognise: a wildcard shares the record of its domain.
func validated(names []string) []string {
	var domains []string
	for _, name := range names {
		if domain := withoutWildcard(name); !slices.Contains(domains, domain) {
			domains = append(domains, domain)
		}
	}
	return domains
}

func withoutWildcard(name string) string { return strings.TrimPrefix(name, "*.") }

// validationOption is the record that ACM wants to see in the domain.
func (b *builder) validationOption(domain string) acm.CertificateDomainValidationOptionOutput {
	type option = acm.CertificateDomainValidationOption
	return b.out.Certificate.DomainValidationOptions.ApplyT(func(options []option) (option, error) {
		for _, o := range options {
			if o.DomainName != nil && withoutWildcard(*o.DomainName) == domain {
				return o, nil
			}
		}
		return option{}, fmt.Errorf("%s %q: ACM names no validation record for %s", b.Type, b.Name, domain)
	}).(acm.CertificateDomainValidationOptionOutput)
}

// additionalCertificates are for clients that ask for other names. AWS knows them by their ARNs: a second resource with
// the ARN of another would take it off the listener when that one goes.
func (b *builder) additionalCertificates() error {
	for i, c := range b.args.AdditionalCertificates {
		at := validate.Path("additionalCertificates").Index(i).Field("arn")
		name, former := c.Name, c.FormerNames
		if arn, ok := component.Literal(c.Arn); ok {
			name, former = "certificate-"+arn[strings.LastIndex(arn, "/")+1:], append(slices.Clone(former), c.Name)
		}
		_, err := lb.NewListenerCertificate(b.Ctx, b.Name+"-"+name, &lb.ListenerCertificateArgs{
			ListenerArn: b.out.ListenerArn, CertificateArn: b.inRegion(at, c.Arn),
		}, b.Child(b.formerly(former)...)...)
		if err != nil {
			return err
		}
	}
	return nil
}

// records point the domain names at the load balancer.
func (b *builder) records() error {
	b.out.Url = b.url()
	if b.args.HostedZone == nil {
		return nil
	}
	types := []string{"A"}
	if b.args.dual() {
		types = append(types, "AAAA")
	}
	for _, name := range b.args.DomainNames {
		for _, typ := range types {
			child := b.Name + "-" + strings.Replace(name, "*", "wildcard", 1) + "-" + strings.ToLower(typ)
			_, err := route53.NewRecord(b.Ctx, child, &route53.RecordArgs{
				ZoneId: b.zoneID, Name: pulumi.String(name), Type: pulumi.String(typ),
				Aliases: route53.RecordAliasArray{route53.RecordAliasArgs{
					Name: b.out.DnsName, ZoneId: b.out.ZoneId, EvaluateTargetHealth: pulumi.Bool(true),
				}},
			}, b.Parent)
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// url is where the load balancer is reached.
func (b *builder) url() pulumi.StringOutput {
	scheme := "http://"
	if b.args.https() {
		scheme = "https://"
	}
	for _, name := range b.args.DomainNames {
		if name == withoutWildcard(name) {
			return pulumi.String(scheme + name).ToStringOutput()
		}
	}
	return pulumi.Sprintf("%s%s", scheme, b.out.DnsName)
}
