// Package naming makes the physical names of resources whose name must be known before they exist, from the labels and
// the name within the stack. The same inputs always give the same name.
package naming

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

// Base joins project, environment and name with hyphens, in lower case, everything but letters and digits replaced.
func Base(project, environment, name string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(project + "-" + environment + "-" + name) {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	return strings.TrimSuffix(b.String(), "-")
}

const maxBucketName = 63

// Bucket is a globally unique bucket name: prefix, base, account and region. A base that is too long is cut, and six
// digits of its hash keep it apart from others that begin alike.
func Bucket(prefix, base, account, region string) string {
	suffix := "-" + account + "-" + region
	if room := maxBucketName - len(prefix) - len(suffix); len(base) > room {
		base = cut(base, room)
	}
	return prefix + base + suffix
}

const maxRoleName = 64

// Role is the name of an IAM role: the base and an ending, which tells the roles of one service apart. A base that is
// too long is cut, as that of a bucket is.
func Role(base, ending string) string {
	if room := maxRoleName - len(ending); len(base) > room {
		base = cut(base, room)
	}
	return base + ending
}

// cut shortens a base to that many characters, six of which keep it apart from others that begin alike.
func cut(base string, room int) string {
	sum := sha256.Sum256([]byte(base))
	return strings.TrimSuffix(base[:room-7], "-") + "-" + hex.EncodeToString(sum[:3])
}
