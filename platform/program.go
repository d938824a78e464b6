package platform

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/storage"
)

// Program is the Pulumi program of one stack. It reports everything that is wrong with the configuration before it
// creates anything.
func Program(ctx *pulumi.Context) error {
	c, err := LoadConfig(ctx)
	if err != nil {
		return err
	}
	return Deploy(ctx, c)
}

// The names of the stack's components, from which AWS names and the outputs are made.
const (
	audioName = "audio"
	logsName  = "logs"
)

// uploads is the prefix of the audio bucket under which the service keeps recordings.
const uploads = "uploads/"

// Deploy creates the stack's components and exports their outputs.
func Deploy(ctx *pulumi.Context, c *Config) error {
	logs, err := storage.NewLogBucket(ctx, logsName, &storage.LogBucketArgs{
		Labels:        c.Labels,
		Lifecycle:     c.Lifecycle,
		RetentionDays: c.LogRetentionDays,
		Sources: storage.LogSources{
			AccessLogs:    &storage.AccessLogSource{Buckets: []string{audioName}},
			LoadBalancers: &storage.LoadBalancerSource{},
			CloudTrail:    &storage.CloudTrailSource{TrailNames: []string{c.trailName()}},
			Waf:           &storage.WafSource{},
			FlowLogs:      &storage.FlowLogSource{},
		},
	})
	if err != nil {
		return err
	}
	audio, err := storage.NewBucket(ctx, audioName, &storage.BucketArgs{
		Labels:    c.Labels,
		Lifecycle: c.Lifecycle,
		LogBucket: logs,
		Retention: c.Audio.retention(),
		Cors:      c.Audio.cors(),
	})
	if err != nil {
		return err
	}
	ctx.Export("audioBucket", audio.BucketName)
	ctx.Export("audioBucketArn", audio.BucketArn)
	ctx.Export("audioBucketAddress", audio.RegionalDomainName)
	ctx.Export("audioKeyArn", audio.KeyArn)
	ctx.Export("audioServicePolicy", audio.ReadWrite(uploads).PolicyJSON())
	ctx.Export("logBucket", logs.BucketName)
	ctx.Export("logBucketArn", logs.BucketArn)
	return nil
}

// trailName is the name that the stack's trail will have; the log archive lets in exactly that one.
func (c *Config) trailName() string { return c.Labels.Project + "-" + c.Labels.Environment }

func (a AudioConfig) retention() *storage.Retention {
	r := &storage.Retention{NoncurrentExpiryDays: a.NoncurrentDays}
	if a.InfrequentAfterDays > 0 {
		r.Transitions = []storage.Transition{{Days: a.InfrequentAfterDays, Class: storage.StandardIA}}
	}
	return r
}

func (a AudioConfig) cors() []storage.CorsRule {
	if len(a.Origins) == 0 {
		return nil
	}
	return []storage.CorsRule{{Origins: a.Origins}}
}
