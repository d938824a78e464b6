// Package toggle says of something that components do by default whether they do it: access logs, a baseline setting.
//
//	storage.BucketArgs{AccessLogs: toggle.Disabled}
//
// The zero value is Enabled, so that whoever gives something up says so by name. What is off by default is a bool.
package toggle

// Toggle is Enabled or Disabled. Not set means Enabled.
type Toggle string

const (
	// Enabled is the default.
	Enabled Toggle = "enabled"
	// Disabled gives up what the field's documentation says.
	Disabled Toggle = "disabled"
)

// Values lists both.
func (Toggle) Values() []Toggle { return []Toggle{Enabled, Disabled} }

// On is true for everything but Disabled.
func (t Toggle) On() bool { return t != Disabled }
