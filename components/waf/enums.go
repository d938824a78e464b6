package waf

// Mode says whether a rule acts on the requests that match, or only counts them.
type Mode string

const (
	// ModeBlock acts: the default.
	ModeBlock Mode = "block"
	// ModeCount counts in metrics and logs, and lets the request go on to the next rule.
	ModeCount Mode = "count"
)

// Values lists the modes.
func (Mode) Values() []Mode { return []Mode{ModeBlock, ModeCount} }

// Action is what a rule of one's own does with a request that matches.
type Action string

const (
	// ActionBlock answers with 403, or 429 when the rule has a limit: the default.
	ActionBlock Action = "block"
	// ActionAllow lets the request in, past every rule with a higher priority number.
	ActionAllow Action = "allow"
)

// Values lists the actions.
func (Action) Values() []Action { return []Action{ActionBlock, ActionAllow} }

// Logging says whether the web ACL writes logs.
type Logging string

const (
	// LoggingOn is the default.
	LoggingOn Logging = "on"
	// LoggingOff gives up the record of who was blocked, and why.
	LoggingOff Logging = "off"
)

// Values lists the choices.
func (Logging) Values() []Logging { return []Logging{LoggingOn, LoggingOff} }

// LoggedRequests says which requests the logs hold.
type LoggedRequests string

const (
	// LoggedAll are all requests: the default.
	LoggedAll LoggedRequests = "all"
	// LoggedMatched are those that a rule blocked, counted or challenged: a fraction of the size, and enough to tune
	// rules, but no record of what was let in.
	LoggedMatched LoggedRequests = "matched"
)

// Values lists the choices.
func (LoggedRequests) Values() []LoggedRequests { return []LoggedRequests{LoggedAll, LoggedMatched} }

// BotLevel is how closely Bot Control looks.
type BotLevel string

const (
	// BotLevelCommon finds bots that say what they are: the default.
	BotLevelCommon BotLevel = "COMMON"
	// BotLevelTargeted finds those that pretend to be browsers too, at ten times the price a request.
	BotLevelTargeted BotLevel = "TARGETED"
)

// Values lists the levels.
func (BotLevel) Values() []BotLevel { return []BotLevel{BotLevelCommon, BotLevelTargeted} }

// PayloadType is how a form sends its fields.
type PayloadType string

const (
	// PayloadJSON is a JSON document; fields are JSON pointers, such as /login/password. The default.
	PayloadJSON PayloadType = "JSON"
	// PayloadFormEncoded is what an HTML form sends; fields are names, such as password.
	PayloadFormEncoded PayloadType = "FORM_ENCODED"
)

// Values lists the types.
func (PayloadType) Values() []PayloadType { return []PayloadType{PayloadJSON, PayloadFormEncoded} }

// Method is an HTTP method.
type Method string

// The HTTP methods.
const (
	MethodGet     Method = "GET"
	MethodHead    Method = "HEAD"
	MethodPost    Method = "POST"
	MethodPut     Method = "PUT"
	MethodPatch   Method = "PATCH"
	MethodDelete  Method = "DELETE"
	MethodOptions Method = "OPTIONS"
	MethodTrace   Method = "TRACE"
	MethodConnect Method = "CONNECT"
)

// Values lists the methods.
func (Method) Values() []Method {
	return []Method{MethodGet, MethodHead, MethodPost, MethodPut, MethodPatch, MethodDelete, MethodOptions, MethodTrace, MethodConnect}
}
