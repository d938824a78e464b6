package service

import (
	"cmp"
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/internal/rollout"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// hooks follow every deployment of the service to its end, and make up fail when it was not successful. Previews run no
// hooks.
func (b *webServiceBuilder) hooks() (*pulumi.ResourceHookBinding, error) {
	if !b.args.deployment().RolloutCheck.On() {
		return nil, nil
	}
	f := &rolloutFollower{
		ctx: b.Ctx, options: rollout.OptionsOf(b.Ctx), family: b.task.family(), keep: b.args.Task.keptRevisions(),
		timeout: time.Duration(b.args.deployment().timeoutMinutes()) * time.Minute,
		anyTask: b.args.ImageOwner == ImageOwnerCI,
	}
	b.rollouts = f
	f.name = hookName(WebServiceType + "::" + b.Name)
	name := f.name
	before, err := b.Ctx.RegisterResourceHook(name+"::before", f.before, nil)
	if err != nil {
		return nil, err
	}
	after, err := b.Ctx.RegisterResourceHook(name+"::after", f.after, nil)
	if err != nil {
		return nil, err
	}
	return &pulumi.ResourceHookBinding{
		BeforeUpdate: []*pulumi.ResourceHook{before},
		AfterCreate:  []*pulumi.ResourceHook{after}, AfterUpdate: []*pulumi.ResourceHook{after},
	}, nil
}

// hookNames counts the hooks of one name. Names of hooks have to be unique in a deployment, and two components of one
// name can stand below different parents.
var hookNames = struct {
	sync.Mutex
	count map[string]int
}{count: map[string]int{}}

func hookName(base string) string {
	hookNames.Lock()
	defer hookNames.Unlock()
	hookNames.count[base]++
	return fmt.Sprintf("%s::%d", base, hookNames.count[base])
}

// rolloutFollower follows the deployments of one service. It runs in the process of the program, with the credentials
// that the AWS SDK finds there, and outlives the call that constructed the component.
type rolloutFollower struct {
	ctx     *pulumi.Context
	options rollout.Options
	family  string
	keep    int
	timeout time.Duration
	// anyTask says that somebody else decides which task definition is right.
	anyTask bool
	mark    *rollout.Mark
	// name begins the names of the hooks.
	name string
	// followed says that this run followed a deployment, failed that it did not end well.
	followed, failed bool
}

// before notes how far the deployments have come before an update. What cannot be noted is no reason not to update.
func (f *rolloutFollower) before(args *pulumi.ResourceHookArgs) error {
	ctx := context.Background() // Look waits for a rollback to end, until the time is up.
	request := f.request(args.OldInputs)
	clients, err := f.clients(ctx, request)
	if err == nil {
		var mark rollout.Mark
		if mark, err = rollout.Look(ctx, clients, request); err == nil {
			f.mark = &mark
		}
	}
	if err != nil {
		f.say(true, "the deployment will be followed without knowing the one before it: "+err.Error())
	}
	return nil
}

// after follows the deployment, and cleans up revisions that nobody uses any more once it has succeeded.
func (f *rolloutFollower) after(args *pulumi.ResourceHookArgs) error {
	ctx := context.Background() // Follow ends by itself, when the time is up.
	request := f.request(args.NewInputs)
	request.Before, request.Created = f.mark, args.OldInputs == nil
	clients, err := f.clients(ctx, request)
	if err != nil {
		return err
	}
	f.followed, f.failed = true, true
	if _, err := rollout.Follow(ctx, clients, request); err != nil {
		return err
	}
	f.failed = false
	if pruned := rollout.PruneRevisions(ctx, clients, f.family, f.keep); pruned.Warning != "" {
		f.say(true, pruned.Warning)
	}
	return nil
}

func (f *rolloutFollower) request(in resource.PropertyMap) rollout.Request {
	r := rollout.Request{
		ClusterArn: text(in, "cluster"), ServiceName: text(in, "name"), TaskDefinitionArn: text(in, "taskDefinition"),
		Timeout:  f.timeout,
		Progress: func(p rollout.Progress) { f.say(p.Warning, p.Message) },
	}
	if f.anyTask {
		r.TaskDefinitionArn = ""
	}
	return r
}

// clients ask the region of the cluster, with the profile that the default provider is configured with.
func (f *rolloutFollower) clients(ctx context.Context, r rollout.Request) (rollout.Clients, error) {
	options := f.options
	if arn, ok := validate.ParseARN(r.ClusterArn); ok {
		options.Region = arn.Region
	}
	if profile, ok := f.ctx.GetConfig("aws:profile"); ok && options.Credentials == nil {
		options.Profile = cmp.Or(options.Profile, profile)
	}
	return rollout.NewClients(ctx, options)
}

// say writes a line into the output of up. It names no resource: the service is not known to the program before its
// hooks have ended.
func (f *rolloutFollower) say(warning bool, message string) {
	log := f.ctx.Log.Info
	if warning {
		log = f.ctx.Log.Warn
	}
	// A line that cannot be written is no reason to fail.
	_ = log(f.family+": "+message, nil)
}

// text is a property that is a text, however it is wrapped.
func text(in resource.PropertyMap, name resource.PropertyKey) string {
	v := in[name]
	for {
		switch {
		case v.IsSecret():
			v = v.SecretValue().Element
		case v.IsOutput():
			v = v.OutputValue().Element
		case v.IsString():
			return v.StringValue()
		default:
			return ""
		}
	}
}
