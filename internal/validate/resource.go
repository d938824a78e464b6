package validate

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

var (
	resourceName = regexp.MustCompile(`^[A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9])?$`)
	idDigits     = regexp.MustCompile(`^([0-9a-f]{8}|[0-9a-f]{17})$`)
)

// ResourceName checks the name of a Pulumi resource, or of an entry of a list that becomes one. What it becomes part of
// ("descriptions") says why.
func ResourceName(path Path, name string, most int, partOf string) Problems {
	switch {
	case name == "":
		return Problems{Required(path, "a name", "choose one that stays: it becomes part of "+partOf)}
	case len(name) > most || !resourceName.MatchString(name):
		return Problems{Invalid(path, name, fmt.Sprintf("a name of 1 to %d letters, digits, hyphens, dots and underscores", most),
			"choose such a name: it becomes part of "+partOf).By("resource-name")}
	}
	return nil
}

// ResourceID checks an id that AWS gave: vpc-0123456789abcdef0. The kind is what stands before the hyphen.
// Source: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html
func ResourceID(path Path, kind, what, text string) Problems {
	if digits, found := strings.CutPrefix(text, kind+"-"); found && idDigits.MatchString(digits) {
		return nil
	}
	return Problems{Invalid(path, text, "the id of a "+what+", such as "+kind+"-0123456789abcdef0", "copy the id from AWS, not a name or an ARN").By("id-form")}
}

// accessKeyID is the id of a long-term access key.
// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
var accessKeyID = regexp.MustCompile(`^AKIA[A-Z0-9]{16}$`)

// AccessKeyID checks the id of an IAM user's access key. It never quotes the text: a secret may stand there by mistake.
func AccessKeyID(path Path, text string) Problems {
	if accessKeyID.MatchString(text) {
		return nil
	}
	return Problems{Invalid(path, count(len([]rune(text))), "the id of a long-term access key: AKIA and 16 capital letters and digits",
		"use the id, never the secret; aws iam list-access-keys shows it").By("access-key-id")}
}

// AccessKeyIDs checks a list of them, none of which may be there twice.
func AccessKeyIDs(path Path, ids []string, most int) Problems {
	var ps Problems
	if len(ids) > most {
		ps.Add(Invalid(path, fmt.Sprintf("%d keys", len(ids)), fmt.Sprintf("at most %d keys", most),
			"remove those that are deleted").By("access-key-count"))
	}
	for i, id := range ids {
		if problems := AccessKeyID(path.Index(i), id); len(problems) > 0 {
			ps.Add(problems...)
		} else if slices.Contains(ids[:i], id) {
			ps.Add(Duplicate(path.Index(i), id))
		}
	}
	return ps
}

// count describes a text that is not shown.
type count int

func (c count) String() string { return fmt.Sprintf("a text of %d characters (not shown)", int(c)) }
