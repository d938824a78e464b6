package edge

import (
	"fmt"
	"slices"
	"strings"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/acm"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/lb"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/route53"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/internal/validate"
)

// validationTTL is how many seconds resolvers may remember the records by which ACM recognises the owner of a domain.
const validationTTL = 300

// certificate is the ARN of the certificate given, or of one that the component makes and that has become valid.
func (b *builder) certificate() (pulumi.StringOutput, error) {
	if b.args.CertificateArn != nil {
		return b.located.certificate("certificateArn", b.args.CertificateArn), nil
	}
	l, names := b.out, b.args.DomainNames
	var err error
	l.Certificate, err = acm.NewCertificate(b.ctx, b.name, &acm.CertificateArgs{
		DomainName: pulumi.String(names[0]), SubjectAlternativeNames: pulumi.ToStringArray(names[1:]), ValidationMethod: pulumi.String("DNS"),
		Tags: b.args.Labels.Tags(b.name),
	}, b.parent)
	if err != nil {
		return pulumi.StringOutput{}, err
	}
	var records pulumi.StringArray
	for _, domain := range owned(names) {
		option := validationOption(l.Certificate, domain)
		record, err := route53.NewRecord(b.ctx, b.name+"-validation-"+domain, &route53.RecordArgs{
			ZoneId: b.zoneID, Ttl: pulumi.Int(validationTTL),
			Name:    option.ApplyT(func(o acm.CertificateDomainValidationOption) string { return text(o.ResourceRecordName) }).(pulumi.StringOutput),
			Type:    option.ApplyT(func(o acm.CertificateDomainValidationOption) string { return text(o.ResourceRecordType) }).(pulumi.StringOutput),
			Records: pulumi.StringArray{option.ApplyT(func(o acm.CertificateDomainValidationOption) string { return text(o.ResourceRecordValue) }).(pulumi.StringOutput)},
			// The record is the same for every certificate of the account with this name, that of the next region
			// or that which replaces this one.
			AllowOverwrite: pulumi.Bool(true),
		}, b.parent)
		if err != nil {
			return pulumi.StringOutput{}, err
		}
		records = append(records, record.Fqdn)
	}
	l.Validation, err = acm.NewCertificateValidation(b.ctx, b.name, &acm.CertificateValidationArgs{
		CertificateArn: l.Certificate.Arn, ValidationRecordFqdns: records,
	}, b.parent)
	if err != nil {
		return pulumi.StringOutput{}, err
	}
	return l.Validation.CertificateArn, nil
}

// owned are the domains whose owner ACM has to recognise: a wildcard has the record of its domain.
func owned(names []string) []string {
	var domains []string
	for _, name := range names {
		if domain := withoutWildcard(name); !slices.Contains(domains, domain) {
			domains = append(domains, domain)
		}
	}
	return domains
}

// validationOption is what ACM wants to see in the domain.
func validationOption(certificate *acm.Certificate, domain string) acm.CertificateDomainValidationOptionOutput {
	return certificate.DomainValidationOptions.ApplyT(func(options []acm.CertificateDomainValidationOption) (acm.CertificateDomainValidationOption, error) {
		for _, o := range options {
			if withoutWildcard(text(o.DomainName)) == domain {
				return o, nil
			}
		}
		return acm.CertificateDomainValidationOption{}, fmt.Errorf("ACM names no validation record for %s", domain)
	}).(acm.CertificateDomainValidationOptionOutput)
}

func text(p *string) string {
	if p == nil {
		return ""
	}
	return *p
}

// extraCertificates are for clients that ask for other names.
func (b *builder) extraCertificates() error {
	for i, c := range b.args.ExtraCertificates {
		at := validate.Path("extraCertificates").Index(i).Field("arn")
		_, err := lb.NewListenerCertificate(b.ctx, b.name+"-"+c.Name, &lb.ListenerCertificateArgs{
			ListenerArn: b.out.ListenerArn, CertificateArn: b.located.certificate(at, c.Arn),
		}, b.parent)
		if err != nil {
			return err
		}
	}
	return nil
}

// records point the domain names at the load balancer.
func (b *builder) records() error {
	b.out.Url = b.url()
	if b.args.Zone == nil {
		return nil
	}
	types := []string{"A"}
	if b.args.dual() {
		types = append(types, "AAAA")
	}
	for _, name := range b.args.DomainNames {
		for _, typ := range types {
			_, err := route53.NewRecord(b.ctx, b.name+"-"+strings.Replace(name, "*", "wildcard", 1)+"-"+strings.ToLower(typ), &route53.RecordArgs{
				ZoneId: b.zoneID, Name: pulumi.String(name), Type: pulumi.String(typ),
				Aliases: route53.RecordAliasArray{route53.RecordAliasArgs{
					Name: b.out.DnsName, ZoneId: b.out.ZoneId, EvaluateTargetHealth: pulumi.Bool(true),
				}},
			}, b.parent)
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
