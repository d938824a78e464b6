package platform

import "github.com/bulwark-iac/bulwark/components/audit"

// makeAudit makes the trail, which records what happens to the recordings too.
func (s *stack) makeAudit() error {
	c := s.config
	trail, err := audit.NewTrail(s.ctx, trailName, &audit.TrailArgs{
		Labels:              c.Labels,
		Lifecycle:           c.Lifecycle,
		LogBucket:           s.logs,
		DataEvents:          []audit.DataEvents{{Bucket: s.audio}},
		RetiredAccessKeyIds: c.RetiredAccessKeys,
	})
	if err != nil {
		return err
	}
	s.ctx.Export("trailArn", trail.TrailArn)
	s.ctx.Export("trailLogGroup", trail.LogGroupName)
	return nil
}
