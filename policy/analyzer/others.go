package analyzer

import (
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/protobuf/encoding/protowire"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
)

// others are the rules that do not apply to a type, in the form in which a response is sent. There are hundreds of them for
// every resource, and they are the same for all of a type: putting them together each time took most of the pack's time.
type others []byte

// notApplicable is the name of the field that they are in, in both responses.
const notApplicable protoreflect.Name = "not_applicable"

// add adds a rule, for responses of the kind.
func (o *others) add(id string, kind proto.Message) {
	// Marshalling a message of texts cannot fail but for texts that are not UTF-8, which no id is.
	message, err := proto.Marshal(&pulumirpc.PolicyNotApplicable{PolicyName: id})
	if err != nil {
		panic(err)
	}
	number := kind.ProtoReflect().Descriptor().Fields().ByName(notApplicable).Number()
	*o = protowire.AppendTag(*o, number, protowire.BytesType)
	*o = protowire.AppendBytes(*o, message)
}

// addTo makes them a part of a response: what a message does not know of itself is sent as it is, and read by the engine
// as the field that it is.
func (o others) addTo(response proto.Message) {
	response.ProtoReflect().SetUnknown(protoreflect.RawFields(o))
}
