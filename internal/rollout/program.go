package rollout

// optionsKey is the key of [Options] in the context of a Pulumi program.
type optionsKey struct{}

// valuer is a context of Go or of Pulumi.
type valuer interface{ Value(key any) any }

// OptionsKey is the key under which whoever runs a Pulumi program within its own process says where AWS is: the program
// does not see the environment of the engine then.
//
//	program(ctx.WithValue(rollout.OptionsKey, rollout.Options{Endpoint: endpoint}))
var OptionsKey any = optionsKey{}

// OptionsOf are the options in the context of a program; the zero value where there are none.
func OptionsOf(ctx valuer) Options {
	options, _ := ctx.Value(OptionsKey).(Options)
	return options
}
