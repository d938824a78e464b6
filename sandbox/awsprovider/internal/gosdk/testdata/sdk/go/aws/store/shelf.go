package store

func NewShelf(ctx *pulumi.Context,
	name string, args *ShelfArgs, opts ...pulumi.ResourceOption) (*Shelf, error) {
	if args.Height == nil {
		return nil, errors.New("invalid value for required argument 'Height'")
	}
	if args.Description == nil {
		args.Description = pulumi.String("Managed by Pulumi")
	}
	secrets := pulumi.AdditionalSecretOutputs([]string{
		"code",
	})
	var resource Shelf
	err := ctx.RegisterResource("aws:store/shelf:Shelf", name, args, &resource, opts...)
}

type shelfState struct {
	Arn    *string `pulumi:"arn"`
	Height *int    `pulumi:"height"`
}

type shelfArgs struct {
	Boards      []ShelfBoard   `pulumi:"boards"`
	Code        *string        `pulumi:"code"`
	Content     pulumi.Archive `pulumi:"content"`
	Description *string        `pulumi:"description"`
	// Height in centimetres.
	Height int               `pulumi:"height"`
	Policy interface{}       `pulumi:"policy"`
	Style  *ShelfStyle       `pulumi:"style"`
	Tags   map[string]string `pulumi:"tags"`
}
