package analyzer

import (
	"fmt"
	"io"
	"net"
	"os"
	"runtime"
	"runtime/debug"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/encoding"
	"google.golang.org/grpc/encoding/proto"
)

const (
	// maxMessage is the engine's own limit for a message: all resources of a stack come in one.
	maxMessage = 400 << 20
	// gcPercent is how much the heap may grow between collections, in percent of what is in use.
	gcPercent = 400
	// parentCheck is how often the pack looks whether the engine still lives.
	parentCheck = 2 * time.Second
)

// Serve answers the engine on a free port of the loopback interface, which it writes to out first. It returns when the
// process that started it is gone; normally the engine ends it before.
func Serve(out io.Writer, server *Server) error {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	// Most of what the pack allocates are messages, which live for a call: a larger heap is worth less collecting.
	debug.SetGCPercent(gcPercent)
	// The engine asks one thing after the other: more processors would only wait, and waiting costs as much as working.
	runtime.GOMAXPROCS(1)
	g := grpc.NewServer(
		grpc.MaxRecvMsgSize(maxMessage), grpc.MaxSendMsgSize(maxMessage),
		grpc.ForceServerCodecV2(codec{encoding.GetCodecV2(proto.Name)}),
	)
	g.RegisterService(service(), server)
	go func() {
		parent := os.Getppid()
		for os.Getppid() == parent {
			time.Sleep(parentCheck)
		}
		g.Stop()
	}()
	if _, err := fmt.Fprintf(out, "%d\n", listener.Addr().(*net.TCPAddr).Port); err != nil {
		return err
	}
	return g.Serve(listener)
}
