package componenttest

// ImageDigest is that of every image that is built.
const ImageDigest = "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"

func init() {
	service(map[string]awsType{
		"aws:ecr/repository:Repository": {stateful: true, computed: func(r registered) map[string]any {
			name := r.generated("name")
			return map[string]any{
				"id": name, "name": name, "arn": arn("ecr", "repository/"+name), "registryId": AccountID,
				"repositoryUrl": AccountID + ".dkr.ecr." + Region + ".amazonaws.com/" + name,
			}
		}},
		"aws:ecr/lifecyclePolicy:LifecyclePolicy": {untaggable: true, computed: func(r registered) map[string]any {
			return map[string]any{"id": r.text("repository", ""), "registryId": AccountID}
		}},
		"aws:ecr/repositoryPolicy:RepositoryPolicy": {untaggable: true, computed: func(r registered) map[string]any {
			return map[string]any{"id": r.text("repository", ""), "registryId": AccountID}
		}},
		// A component of awsx, whose plugin builds and pushes: no tags, and the digest of what was pushed.
		"awsx:ecr:Image": {untaggable: true, computed: func(r registered) map[string]any {
			url := r.text("repositoryUrl", "")
			return map[string]any{"imageUri": url + "@" + ImageDigest}
		}},
	}, nil)
}
