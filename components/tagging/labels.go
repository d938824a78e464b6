package tagging

import (
	"maps"
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/internal/validate"
)

// The keys of the tags that every resource carries.
const (
	KeyName        = "Name"
	KeyProject     = "Project"
	KeyEnvironment = "Environment"
	KeyOwner       = "Owner"
	KeyCostCenter  = "CostCenter"
	KeyDataClass   = "DataClass"
	KeyRepository  = "Repository"
	KeyManagedBy   = "ManagedBy"
)

// ManagedBy is the value of the tag ManagedBy.
const ManagedBy = "bulwark"

var ownKeys = []string{
	KeyName, KeyProject, KeyEnvironment, KeyOwner, KeyCostCenter, KeyDataClass, KeyRepository, KeyManagedBy,
}

// maxExtra is how many tags may be added to the own ones.
var maxExtra = validate.MaxTags - len(ownKeys)

// DataClass says what harm a leak of the data would do.
type DataClass string

const (
	// Public data may be read by anybody.
	Public DataClass = "public"
	// Internal data is for the organisation, and would embarrass outside of it.
	Internal DataClass = "internal"
	// Confidential data would harm customers or the organisation: personal data, recordings, contracts.
	Confidential DataClass = "confidential"
	// Restricted data is regulated, or opens other data: payment data, health data, credentials.
	Restricted DataClass = "restricted"
)

// Values lists the data classes, the least sensitive first.
func (DataClass) Values() []DataClass {
	return []DataClass{Public, Internal, Confidential, Restricted}
}

// Labels say who a resource belongs to. All but Extra are required. They become tags: 1 to 256 letters, digits, spaces
// and _ . : / = + - @ each.
type Labels struct {
	// Project is the name of the product. With Environment it begins the names of buckets and key aliases.
	Project string `pulumi:"project"`
	// Environment is the stack: dev, prod.
	Environment string `pulumi:"environment"`
	// Owner is the team or address that answers for the resource.
	Owner string `pulumi:"owner"`
	// CostCenter says where the bill goes.
	CostCenter string `pulumi:"costCenter"`
	// DataClass is the class of the data: public, internal, confidential or restricted.
	DataClass DataClass `pulumi:"dataClass"`
	// Repository is where the program is that made it, for example github.com/acme/infra.
	Repository string `pulumi:"repository"`
	// Extra are further tags, at most 42. Keys of 1 to 128 characters, values of at most 256; none may be one of the
	// keys above or start with aws:.
	Extra map[string]string `pulumi:"extra,optional"`
}

// With returns a copy with further tags. Where a key exists already, the new value wins.
func (l Labels) With(extra map[string]string) Labels {
	merged := make(map[string]string, len(l.Extra)+len(extra))
	maps.Copy(merged, l.Extra)
	maps.Copy(merged, extra)
	l.Extra = merged
	return l
}

// Merge returns a copy in which everything that is set in over replaces what was there; Extra is merged key by key.
func (l Labels) Merge(over Labels) Labels {
	l = l.With(over.Extra)
	set := func(to *string, from string) {
		if from != "" {
			*to = from
		}
	}
	set(&l.Project, over.Project)
	set(&l.Environment, over.Environment)
	set(&l.Owner, over.Owner)
	set(&l.CostCenter, over.CostCenter)
	set((*string)(&l.DataClass), string(over.DataClass))
	set(&l.Repository, over.Repository)
	return l
}

// Map returns all tags of the resource with that name.
func (l Labels) Map(name string) map[string]string {
	tags := make(map[string]string, len(l.Extra)+len(ownKeys))
	maps.Copy(tags, l.Extra)
	tags[KeyName] = name
	tags[KeyProject] = l.Project
	tags[KeyEnvironment] = l.Environment
	tags[KeyOwner] = l.Owner
	tags[KeyCostCenter] = l.CostCenter
	tags[KeyDataClass] = string(l.DataClass)
	tags[KeyRepository] = l.Repository
	tags[KeyManagedBy] = ManagedBy
	return tags
}

// Tags is Map as the input of a resource.
func (l Labels) Tags(name string) pulumi.StringMap {
	return pulumi.ToStringMap(l.Map(name))
}

// Check reports every missing or malformed label.
func (l Labels) Check(path validate.Path) validate.Problems {
	var ps validate.Problems
	for _, f := range []struct{ field, value, expected string }{
		{"project", l.Project, "the name of the product"},
		{"environment", l.Environment, "the environment, such as dev or prod"},
		{"owner", l.Owner, "the team or address that answers for it"},
		{"costCenter", l.CostCenter, "where the bill goes"},
		{"repository", l.Repository, "the repository of the program, such as github.com/acme/infra"},
	} {
		at := path.Field(f.field)
		if f.value == "" {
			ps.Add(validate.Required(at, f.expected, "set "+f.field).By("label-required"))
			continue
		}
		ps.Add(validate.TagValue(at, f.value)...)
	}
	if l.DataClass == "" {
		ps.Add(validate.Required(path.Field("dataClass"), "one of public, internal, confidential, restricted",
			"set dataClass").By("label-required"))
	}
	ps.Add(validate.Enum(path.Field("dataClass"), l.DataClass)...)

	extra := path.Field("extra")
	ps.Add(validate.TagSet(extra, l.Extra, maxExtra)...)
	for _, key := range slices.Sorted(maps.Keys(l.Extra)) {
		for _, own := range ownKeys {
			if strings.EqualFold(key, own) {
				ps.Add(validate.Conflict(extra.Key(key), key, "a key other than "+own+", which the labels set themselves",
					"remove it").By("label-own-key"))
			}
		}
	}
	return ps
}
