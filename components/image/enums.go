package image

// TagMutability says whether a tag of a repository can be moved to another image.
type TagMutability string

const (
	// Immutable refuses a push under a tag that exists: the default.
	Immutable TagMutability = "IMMUTABLE"
	// Mutable lets whoever may push put another program under your version.
	Mutable TagMutability = "MUTABLE"
)

// Values lists the choices. ECR also knows both with exceptions for some tags, which pulumi-aws v6 cannot set.
func (TagMutability) Values() []TagMutability { return []TagMutability{Immutable, Mutable} }

// Platform is what an image is built for.
type Platform string

const (
	// LinuxArm64 is for Graviton: the default, as Fargate tasks run on it.
	LinuxArm64 Platform = "linux/arm64"
	// LinuxAmd64 is for x86.
	LinuxAmd64 Platform = "linux/amd64"
)

// Values lists the platforms.
func (Platform) Values() []Platform { return []Platform{LinuxArm64, LinuxAmd64} }
