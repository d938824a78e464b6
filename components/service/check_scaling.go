package service

import (
	"slices"
	"strings"

	"github.com/bulwark-iac/bulwark/internal/validate"
)

// check reports what is wrong with scaling; balanced says that a load balancer is known, whose requests can be counted.
func (s *Scaling) check(path validate.Path, balanced bool) validate.Problems {
	ps := checkLimits(path, s.MinTasks, s.MaxTasks)
	ps.Add(validate.OptionalRange(path.Field("cpuPercent"), s.CpuPercent, 10, 90, "percent")...)
	ps.Add(validate.OptionalRange(path.Field("memoryPercent"), s.MemoryPercent, 10, 90, "percent")...)
	ps.Add(validate.OptionalRange(
		path.Field("requestsPerTarget"), s.RequestsPerTarget, 1, 1000000, "requests a minute")...)
	if s.RequestsPerTarget != 0 && !balanced {
		ps.Add(validate.Conflict(path.Field("requestsPerTarget"), s.RequestsPerTarget,
			"a load balancer whose requests are counted", "give LoadBalancer instead of targetGroupArn").By("scaling-requests"))
	}
	ps.Add(validate.Range(path.Field("scaleOutCooldownSeconds"), s.scaleOutCooldown(), 0, 3600, "seconds")...)
	ps.Add(validate.Range(path.Field("scaleInCooldownSeconds"), s.scaleInCooldown(), 0, 3600, "seconds")...)
	ps.Add(s.checkSchedules(path.Field("schedules"))...)
	ps.Add(s.OfficeHours.check(path.Field("officeHours"))...)
	if s.CpuPercent == 0 && s.MemoryPercent == 0 && s.RequestsPerTarget == 0 && len(s.schedules()) == 0 {
		ps.Add(validate.Required(path,
			"something to scale by: cpuPercent, memoryPercent, requestsPerTarget, schedules or officeHours",
			"choose one, or set tasks instead of scaling").By("scaling-empty"))
	}
	return ps
}

// checkLimits checks the fewest and the most tasks.
func checkLimits(path validate.Path, low, high int) validate.Problems {
	ps := validate.Range(path.Field("minTasks"), low, 0, maxTasks, "tasks")
	ps.Add(validate.Range(path.Field("maxTasks"), high, 0, maxTasks, "tasks")...)
	if len(ps) == 0 && low > high {
		ps.Add(validate.Conflict(path.Field("minTasks"), low, "at most maxTasks, "+validate.Show(high),
			"lower minTasks, or raise maxTasks").By("scaling-limits"))
	}
	return ps
}

func (s *Scaling) checkSchedules(path validate.Path) validate.Problems {
	var ps validate.Problems
	var names []string
	for i, schedule := range s.Schedules {
		at := path.Index(i)
		ps.Add(validate.ECSName(at.Field("name"), schedule.Name, "schedule")...)
		if slices.Contains(names, schedule.Name) || strings.HasPrefix(schedule.Name, officeHours) {
			ps.Add(validate.Duplicate(at.Field("name"), schedule.Name))
		}
		names = append(names, schedule.Name)
		ps.Add(validate.Schedule(at.Field("expression"), schedule.Expression)...)
		ps.Add(validate.TimeZone(at.Field("timeZone"), schedule.TimeZone)...)
		ps.Add(checkLimits(at, schedule.MinTasks, schedule.MaxTasks)...)
	}
	return ps
}

func (o *OfficeHours) check(path validate.Path) validate.Problems {
	if o == nil {
		return nil
	}
	ps := validate.TimeZone(path.Field("timeZone"), o.TimeZone)
	from := validate.Range(path.Field("fromHour"), o.from(), 0, 23, "o'clock")
	to := validate.Range(path.Field("toHour"), o.to(), 0, 23, "o'clock")
	ps.Add(from...)
	ps.Add(to...)
	if from == nil && to == nil && o.from() >= o.to() {
		ps.Add(validate.Conflict(path.Field("fromHour"), o.from(), "an hour before toHour, "+validate.Show(o.to()),
			"swap the two").By("office-hours"))
	}
	return ps
}
