package validate

import (
	"fmt"
	"slices"
	"strings"
)

// Storage classes that a lifecycle rule can move objects to, by their API names.
const (
	ClassStandardIA         = "STANDARD_IA"
	ClassOneZoneIA          = "ONEZONE_IA"
	ClassIntelligentTiering = "INTELLIGENT_TIERING"
	ClassGlacierIR          = "GLACIER_IR"
	ClassGlacier            = "GLACIER"
	ClassDeepArchive        = "DEEP_ARCHIVE"
)

// StorageClasses are the classes in the order of S3's waterfall.
var StorageClasses = []string{
	ClassStandardIA, ClassIntelligentTiering, ClassOneZoneIA, ClassGlacierIR, ClassGlacier, ClassDeepArchive,
}

type storageClass struct {
	// earliest is the age, in days, before which S3 refuses the transition.
	earliest int
	// charged is for how many days S3 bills an object in the class at least.
	charged int
	// next are the classes that objects in this one can move to.
	next []string
}

// Sources: https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html
// and https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-class-intro.html
var classes = map[string]storageClass{
	ClassStandardIA:         {30, 30, []string{ClassIntelligentTiering, ClassOneZoneIA, ClassGlacierIR, ClassGlacier, ClassDeepArchive}},
	ClassIntelligentTiering: {0, 0, []string{ClassOneZoneIA, ClassGlacierIR, ClassGlacier, ClassDeepArchive}},
	ClassOneZoneIA:          {30, 30, []string{ClassGlacier, ClassDeepArchive}},
	ClassGlacierIR:          {0, 90, []string{ClassGlacier, ClassDeepArchive}},
	ClassGlacier:            {0, 90, []string{ClassDeepArchive}},
	ClassDeepArchive:        {0, 180, nil},
}

// Transition moves objects to a storage class when they reach an age.
type Transition struct {
	Days  int
	Class string
}

// LifecycleRule is what a bucket does with the objects under a prefix. Days are counted from creation for current
// versions, from being replaced or deleted for noncurrent ones; zero means never.
type LifecycleRule struct {
	// Path leads to the rule; its fields are transitions, expiryDays, noncurrentExpiryDays, prefix.
	Path                 Path
	Prefix               string
	Transitions          []Transition
	ExpiryDays           int
	NoncurrentExpiryDays int
}

// maxLifecycleDays is the greatest number of days S3 accepts in a rule (a 32-bit integer).
const maxLifecycleDays = 2147483647

// LifecycleRules checks the rules of one bucket: each alone, and those whose prefixes lie inside one another, where S3
// does the earliest deletion and the rule for the longer prefix would silently change nothing.
func LifecycleRules(rules []LifecycleRule) Problems {
	var ps Problems
	for _, r := range rules {
		ps = append(ps, r.check()...)
	}
	for i, r := range rules {
		for j, outer := range rules {
			switch {
			case i == j || !strings.HasPrefix(r.Prefix, outer.Prefix):
			case r.Prefix != outer.Prefix:
				ps = append(ps, r.within(outer)...)
			case j < i:
				ps = append(ps, Conflict(r.Path.Field("prefix"), r.Prefix, "a prefix that only one rule has", "merge the two rules").By("s3-lifecycle-duplicate-prefix"))
			}
		}
	}
	return ps
}

func (r LifecycleRule) check() Problems {
	var ps Problems
	if r.ExpiryDays != 0 {
		ps = append(ps, Range(r.Path.Field("expiryDays"), r.ExpiryDays, 1, maxLifecycleDays, "days, or 0 to keep objects")...)
	}
	if r.NoncurrentExpiryDays != 0 {
		ps = append(ps, Range(r.Path.Field("noncurrentExpiryDays"), r.NoncurrentExpiryDays, 1, maxLifecycleDays, "days")...)
	}
	for i, t := range r.Transitions {
		path := r.Path.Field("transitions").Index(i)
		class, known := classes[t.Class]
		if !known {
			if t.Class == "" {
				ps = append(ps, Required(path.Field("class"), "one of "+strings.Join(StorageClasses, ", "), ""))
			} else {
				ps = append(ps, NotSupported(path.Field("class"), t.Class, StorageClasses))
			}
			continue
		}
		if t.Days < class.earliest || t.Days < 0 {
			ps = append(ps, Problem{
				Path: path.Field("days"), Value: Show(t.Days), Rule: "s3-lifecycle-class-minimum",
				Expected: fmt.Sprintf("at least %d days before a move to %s", class.earliest, t.Class),
				Fix:      fmt.Sprintf("use at least %d", class.earliest),
			})
		}
		if i > 0 {
			ps = append(ps, follow(path, r.Transitions[i-1], t)...)
		}
	}
	return append(ps, r.expiry()...)
}

// follow checks two transitions in a row.
func follow(path Path, before, t Transition) Problems {
	previous, known := classes[before.Class]
	if !known {
		return nil
	}
	if !slices.Contains(previous.next, t.Class) {
		fix := "remove one of the two"
		if next, ok := classes[t.Class]; ok && slices.Contains(next.next, before.Class) {
			fix = "swap the two"
		}
		return Problems{Conflict(path.Field("class"), t.Class, "a class that objects can move to from "+before.Class, fix).By("s3-lifecycle-class-order")}
	}
	if gap := max(previous.charged, 1); t.Days < before.Days+gap {
		return Problems{Conflict(path.Field("days"), t.Days,
			fmt.Sprintf("at least %d days after the move to %s on day %d", gap, before.Class, before.Days),
			fmt.Sprintf("use at least %d", before.Days+gap)).By("s3-lifecycle-class-gap")}
	}
	return nil
}

// expiry checks the deletion against the last move before it.
func (r LifecycleRule) expiry() Problems {
	if r.ExpiryDays <= 0 || len(r.Transitions) == 0 {
		return nil
	}
	path := r.Path.Field("expiryDays")
	last := r.Transitions[len(r.Transitions)-1]
	if r.ExpiryDays <= last.Days {
		return Problems{Conflict(path, r.ExpiryDays,
			fmt.Sprintf("more than the %d days after which objects move to %s", last.Days, last.Class),
			"delete later, or remove the transition").By("s3-lifecycle-expiry-order")}
	}
	if charged := classes[last.Class].charged; r.ExpiryDays < last.Days+charged {
		return Problems{Conflict(path, r.ExpiryDays,
			fmt.Sprintf("at least %d: S3 bills %d days in %s, whatever is deleted before", last.Days+charged, charged, last.Class),
			"delete later, or remove the transition").By("s3-lifecycle-class-minimum")}
	}
	return nil
}

// within checks a rule whose prefix lies inside another rule's.
func (r LifecycleRule) within(outer LifecycleRule) Problems {
	var ps Problems
	add := func(field string, days, outerDays int) {
		if days > 0 && outerDays > 0 && days > outerDays {
			ps = append(ps, Conflict(r.Path.Field(field), days,
				fmt.Sprintf("at most %d, when %s deletes the same objects", outerDays, outer.Path),
				"shorten it, or take the prefix out of the wider rule").By("s3-lifecycle-overlap"))
		}
	}
	add("expiryDays", r.ExpiryDays, outer.ExpiryDays)
	add("noncurrentExpiryDays", r.NoncurrentExpiryDays, outer.NoncurrentExpiryDays)
	for i, t := range r.Transitions {
		if outer.ExpiryDays > 0 && t.Days >= outer.ExpiryDays {
			ps = append(ps, Conflict(r.Path.Field("transitions").Index(i).Field("days"), t.Days,
				fmt.Sprintf("less than %d, when %s deletes the same objects", outer.ExpiryDays, outer.Path),
				"move earlier, or remove the transition").By("s3-lifecycle-overlap"))
		}
	}
	return ps
}
