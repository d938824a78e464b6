package componenttest

import (
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// PrivateZone is a hosted zone that the internet does not see. All zones that exist already are named acme.example.
const PrivateZone = "Z0PRIVATE0ZONE"

func init() {
	service(map[string]awsType{
		"aws:acm/certificate:Certificate": {computed: func(r registered) map[string]any {
			return map[string]any{"arn": arn("acm", "certificate/"+r.name), "domainValidationOptions": validationOptions(r)}
		}},
		"aws:acm/certificateValidation:CertificateValidation": {untaggable: true, computed: func(r registered) map[string]any {
			return map[string]any{"certificateArn": r.text("certificateArn", "")}
		}},
		"aws:route53/zone:Zone": {computed: func(r registered) map[string]any {
			return map[string]any{"id": r.name + "-id", "zoneId": r.name + "-id", "arn": "arn:aws:route53:::hostedzone/" + r.name + "-id"}
		}},
		"aws:route53/record:Record": {untaggable: true, computed: func(r registered) map[string]any {
			return map[string]any{"fqdn": r.text("name", r.name)}
		}},
	}, map[string]awsFunction{
		"aws:route53/getZone:getZone": func(r *Recorder, args pulumi.MockCallArgs) (map[string]any, error) {
			id := plain(args.Args["zoneId"]).(string)
			return map[string]any{"id": id, "zoneId": id, "name": zoneName(r, id), "privateZone": id == PrivateZone}, nil
		},
	})
}

// zoneName is the name of the zone that the program made with that id, or of one that was there before.
func zoneName(r *Recorder, id string) any {
	for _, made := range r.Find("aws:route53/zone:Zone") {
		if made.Name+"-id" == id {
			return made.Input("name")
		}
	}
	return "acme.example"
}

// validationOptions are the records by which ACM recognises the owner of each name. A wildcard has that of its domain.
func validationOptions(r registered) []any {
	names, _ := plain(r.inputs["subjectAlternativeNames"]).([]any)
	var options []any
	for _, name := range append([]any{plain(r.inputs["domainName"])}, names...) {
		domain := strings.TrimPrefix(name.(string), "*.")
		options = append(options, map[string]any{
			"domainName": name, "resourceRecordName": "_x." + domain + ".", "resourceRecordType": "CNAME",
			"resourceRecordValue": "_y." + domain + ".acm-validations.aws.",
		})
	}
	return options
}
