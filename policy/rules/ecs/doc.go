// Package ecs has the rules about ECS clusters, services and task definitions, and about the ECR repositories of their images.
package ecs
