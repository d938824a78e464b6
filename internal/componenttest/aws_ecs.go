package componenttest

func init() {
	service(map[string]awsType{
		"aws:ecs/cluster:Cluster": {computed: func(r registered) map[string]any {
			name := r.generated("name")
			return map[string]any{"id": arn("ecs", "cluster/"+name), "arn": arn("ecs", "cluster/"+name), "name": name}
		}},
		"aws:ecs/clusterCapacityProviders:ClusterCapacityProviders": {untaggable: true},
		"aws:ecs/taskDefinition:TaskDefinition": {computed: func(r registered) map[string]any {
			family := arn("ecs", "task-definition/"+r.text("family", r.name))
			return map[string]any{"id": r.text("family", r.name), "arn": family + ":1", "arnWithoutRevision": family, "revision": 1}
		}},
		"aws:ecs/service:Service": {computed: func(r registered) map[string]any {
			return map[string]any{"id": arn("ecs", "service/acme/"+r.generated("name"))}
		}},
		"aws:appautoscaling/target:Target": {computed: func(registered) map[string]any {
			return map[string]any{"arn": arn("application-autoscaling", "scalable-target/0123456789abcdef")}
		}},
		"aws:appautoscaling/policy:Policy":                   {untaggable: true},
		"aws:appautoscaling/scheduledAction:ScheduledAction": {untaggable: true},
		"aws:scheduler/scheduleGroup:ScheduleGroup": {computed: func(r registered) map[string]any {
			name := r.generated("name")
			return map[string]any{"id": name, "name": name, "arn": arn("scheduler", "schedule-group/"+name)}
		}},
		"aws:scheduler/schedule:Schedule": {untaggable: true, computed: func(r registered) map[string]any {
			group, name := r.text("groupName", "default"), r.generated("name")
			return map[string]any{"id": group + "/" + name, "name": name, "arn": arn("scheduler", "schedule/"+group+"/"+name)}
		}},
		"aws:sqs/queue:Queue": {computed: func(r registered) map[string]any {
			name := r.generated("name")
			url := "https://sqs." + Region + ".amazonaws.com/" + AccountID + "/" + name
			return map[string]any{"id": url, "url": url, "name": name, "arn": arn("sqs", name)}
		}},
	}, nil)
}
