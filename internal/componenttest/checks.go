package componenttest

import (
	"fmt"
	"strings"
)

// untaggable are the resource types in use that AWS gives no tags. Every other type has to carry tags, so that a new
// one cannot be forgotten.
var untaggable = map[string]bool{
	"aws:acm/certificateValidation:CertificateValidation":                                        true,
	"aws:lb/listenerCertificate:ListenerCertificate":                                             true,
	"aws:route53/record:Record":                                                                  true,
	"aws:ec2/route:Route":                                                                        true,
	"aws:ec2/routeTableAssociation:RouteTableAssociation":                                        true,
	"aws:iam/rolePolicy:RolePolicy":                                                              true,
	"aws:cloudwatch/logMetricFilter:LogMetricFilter":                                             true,
	"aws:ebs/encryptionByDefault:EncryptionByDefault":                                            true,
	"aws:iam/accountPasswordPolicy:AccountPasswordPolicy":                                        true,
	"aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock":                                   true,
	"aws:kms/alias:Alias":                                                                        true,
	"aws:s3/bucketCorsConfigurationV2:BucketCorsConfigurationV2":                                 true,
	"aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2":                       true,
	"aws:s3/bucketLoggingV2:BucketLoggingV2":                                                     true,
	"aws:s3/bucketNotification:BucketNotification":                                               true,
	"aws:s3/bucketObjectLockConfigurationV2:BucketObjectLockConfigurationV2":                     true,
	"aws:s3/bucketOwnershipControls:BucketOwnershipControls":                                     true,
	"aws:s3/bucketPolicy:BucketPolicy":                                                           true,
	"aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock":                                     true,
	"aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2": true,
	"aws:s3/bucketVersioningV2:BucketVersioningV2":                                               true,
	"aws:wafv2/webAclAssociation:WebAclAssociation":                                              true,
	"aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration":                            true,
	"pulumi:providers:aws":                                                                       true,
}

// stateful are the resource types that hold data, or without which data cannot be read.
var stateful = map[string]bool{
	"aws:cloudwatch/logGroup:LogGroup": true,
	"aws:kms/key:Key":                  true,
	"aws:s3/bucketV2:BucketV2":         true,
}

// Orphans are the resources that do not descend from a component, except those of the types given, which a test
// program registers itself.
func Orphans(r *Recorder, except ...string) []string {
	registrations := r.Registrations()
	byURN := map[string]Registration{}
	for _, reg := range registrations {
		byURN[reg.URN] = reg
	}
	var found []string
	for _, reg := range registrations {
		if (!reg.Custom && reg.Parent == "") || contains(except, reg.Type) {
			continue
		}
		ancestor := reg
		for ancestor.Parent != "" {
			next, ok := byURN[ancestor.Parent]
			if !ok {
				break
			}
			ancestor = next
		}
		if ancestor.Custom || ancestor.Parent != "" {
			found = append(found, fmt.Sprintf("%s %q descends from no component", reg.Type, reg.Name))
		}
	}
	return found
}

// Untagged are the resources that AWS gives tags, and that carry none or lack one of the keys.
func Untagged(r *Recorder, keys ...string) []string {
	var found []string
	for _, reg := range r.Registrations() {
		if !reg.Custom || untaggable[reg.Type] {
			continue
		}
		tags, _ := reg.Input("tags").(map[string]any)
		var missing []string
		for _, key := range keys {
			if text, _ := tags[key].(string); text == "" {
				missing = append(missing, key)
			}
		}
		if len(tags) == 0 || len(missing) > 0 {
			found = append(found, fmt.Sprintf("%s %q lacks tags: %s", reg.Type, reg.Name, strings.Join(missing, ", ")))
		}
	}
	return found
}

// Unprotected are the resources that hold data and could be deleted or would not be retained.
func Unprotected(r *Recorder) []string {
	var found []string
	for _, reg := range r.Registrations() {
		if stateful[reg.Type] && (!reg.Protect || !reg.RetainOnDelete) {
			found = append(found, fmt.Sprintf("%s %q: protect %t, retainOnDelete %t", reg.Type, reg.Name, reg.Protect, reg.RetainOnDelete))
		}
	}
	return found
}

// Undeletable are the resources that would survive the destruction of a disposable stack.
func Undeletable(r *Recorder) []string {
	var found []string
	for _, reg := range r.Registrations() {
		if reg.Protect || reg.RetainOnDelete {
			found = append(found, fmt.Sprintf("%s %q: protect %t, retainOnDelete %t", reg.Type, reg.Name, reg.Protect, reg.RetainOnDelete))
		}
		if reg.Type == "aws:s3/bucketV2:BucketV2" && reg.Input("forceDestroy") != true {
			found = append(found, fmt.Sprintf("%s %q: no forceDestroy", reg.Type, reg.Name))
		}
	}
	return found
}

func contains(list []string, s string) bool {
	for _, e := range list {
		if e == s {
			return true
		}
	}
	return false
}
