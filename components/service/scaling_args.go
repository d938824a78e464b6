package service

import (
	"cmp"
	"fmt"
)

// Scaling adds and removes tasks, between MinTasks and MaxTasks.
type Scaling struct {
	// MinTasks is how many tasks run at least, 0 to 5000.
	MinTasks int `pulumi:"minTasks"`
	// MaxTasks is how many tasks run at most, MinTasks to 5000.
	MaxTasks int `pulumi:"maxTasks"`
	// CpuPercent keeps the CPU of the tasks at that average, 10 to 90.
	CpuPercent int `pulumi:"cpuPercent,optional"`
	// MemoryPercent keeps the memory of the tasks at that average, 10 to 90.
	MemoryPercent int `pulumi:"memoryPercent,optional"`
	// RequestsPerTarget keeps the requests that each task gets in a minute at that average, at least 1. It needs
	// LoadBalancer.
	RequestsPerTarget int `pulumi:"requestsPerTarget,optional"`
	// ScaleOutCooldownSeconds is the time after tasks were added before more are, 0 to 3600. Default: 60.
	ScaleOutCooldownSeconds *int `pulumi:"scaleOutCooldownSeconds,optional"`
	// ScaleInCooldownSeconds is the time after tasks were removed before more are, 0 to 3600. Default: 300.
	ScaleInCooldownSeconds *int `pulumi:"scaleInCooldownSeconds,optional"`
	// Schedules change MinTasks and MaxTasks by the clock.
	Schedules []ScalingSchedule `pulumi:"schedules,optional"`
	// OfficeHours runs no task outside of them: for development, where nobody works at night.
	OfficeHours *OfficeHours `pulumi:"officeHours,optional"`
}

// ScalingSchedule changes how many tasks run from some time on, until another one changes it again.
type ScalingSchedule struct {
	// Name tells the schedules apart: letters, digits, hyphens and underscores.
	Name string `pulumi:"name"`
	// Expression is when: cron(0 22 * * ? *), rate(1 day) or at(2027-01-31T03:00:00).
	Expression string `pulumi:"expression"`
	// TimeZone is the one that Expression is in, such as Europe/Berlin. Default: UTC.
	TimeZone string `pulumi:"timeZone,optional"`
	// MinTasks is how many tasks run at least from then on.
	MinTasks int `pulumi:"minTasks"`
	// MaxTasks is how many tasks run at most from then on.
	MaxTasks int `pulumi:"maxTasks"`
}

// OfficeHours are when tasks run.
type OfficeHours struct {
	// TimeZone is where the office is, such as Europe/Berlin. Default: UTC.
	TimeZone string `pulumi:"timeZone,optional"`
	// FromHour is when the tasks start, 0 to 23. Default: 7.
	FromHour *int `pulumi:"fromHour,optional"`
	// ToHour is when the last task stops, 0 to 23. Default: 20.
	ToHour *int `pulumi:"toHour,optional"`
	// Weekends says that people work on Saturdays and Sundays too.
	Weekends bool `pulumi:"weekends,optional"`
}

func (o *OfficeHours) from() int { return orElse(o.FromHour, 7) }

func (o *OfficeHours) to() int { return orElse(o.ToHour, 20) }

// schedules are those of the arguments and those of the office hours.
func (s *Scaling) schedules() []ScalingSchedule {
	all := s.Schedules
	if s.OfficeHours == nil {
		return all
	}
	o, days := s.OfficeHours, "MON-FRI"
	if o.Weekends {
		days = "MON-SUN"
	}
	at := func(hour int) string { return fmt.Sprintf("cron(0 %d ? * %s *)", hour, days) }
	zone := cmp.Or(o.TimeZone, "UTC")
	return append(all[:len(all):len(all)],
		ScalingSchedule{
			Name: "office-hours-begin", Expression: at(o.from()), TimeZone: zone, MinTasks: s.MinTasks, MaxTasks: s.MaxTasks,
		},
		ScalingSchedule{Name: "office-hours-end", Expression: at(o.to()), TimeZone: zone})
}
